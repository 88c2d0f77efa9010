//! The graph in the formats of those who read it.
