//! `silsila query`: a question in SPARQL.

use anyhow::bail;

use crate::Outcome;
use crate::args::Query;

pub fn run(_args: &Query) -> anyhow::Result<Outcome> {
    bail!("questions cannot be answered yet")
}
