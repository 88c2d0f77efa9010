//! From the model's named spans to mentions and the things they refer to.
