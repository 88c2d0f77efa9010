//! What a caller may set.

/// How resolution weighs and bounds its work.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ResolveOptions {
    /// Log-odds from which two names that are not written alike are merged.
    /// Default 1.0 (73 of 100).
    pub merge: f64,
    /// Log-odds from which two people with one and the same full name are
    /// merged. Default 0.0 (even odds).
    pub merge_namesakes: f64,
    /// How many names may share a blocking key before only neighbors in the
    /// alphabet are compared. Default 200.
    pub block: usize,
    /// How many neighbors on one side are compared then. Default 20.
    pub neighbors: usize,
}

impl Default for ResolveOptions {
    fn default() -> Self {
        Self { merge: 1.0, merge_namesakes: 0.0, block: 200, neighbors: 20 }
    }
}
