//! spaCy's CNN pipelines, run in Rust.
