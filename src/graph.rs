//! Entities joined by the claims that support it.
