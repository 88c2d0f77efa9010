//! The command line of silsila.

fn main() {}
