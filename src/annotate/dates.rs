//! Expressions of time and what they denote.
