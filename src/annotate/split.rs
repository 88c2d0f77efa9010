//! Where a text falls apart before parsing: lines, headlines, page furniture.
