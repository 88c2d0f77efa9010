//! SPARQL over the graph's quads.
