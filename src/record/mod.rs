//! Flat rows, one JSON object a line: the contract between the stages.
