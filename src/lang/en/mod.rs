//! English: tables and trained weights.
