//! Sums of money.
