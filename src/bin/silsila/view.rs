//! Which part of a built folder's graph is meant.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, bail};
use clap::Args as ClapArgs;
use silsila::date::PartialDate;
use silsila::entity::EntityId;
use silsila::graph::{Graph, ViewOptions};
use silsila::ontology::Ontology;
use silsila::pipeline::{GraphRows, read_graph};

use crate::args::date;
use crate::folder::{self, BuiltFolder};
use crate::hinted;
use crate::ledger::find;

/// What stays of a graph.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Filters")]
pub struct Filters {
    /// Only the N entities whose edges have most sources
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    /// Only what lies around somebody: an id, a name, or NAME#DOCUMENT; may be given more than
    /// once
    #[arg(long, value_name = "X")]
    pub ego: Vec<String>,
    /// How many edges away from --ego, or how long a way --between two may be [default: 1 edge
    /// away; the shortest ways]
    #[arg(long, value_name = "K")]
    pub hops: Option<usize>,
    /// Only the ways between two
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with = "ego")]
    pub between: Option<Vec<String>>,
    /// Only these relations or event types, such as metWith or CONSULT
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub relation: Vec<String>,
    /// Only what takes place on that day or later; what bears no date is left out
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<PartialDate>,
    /// Only what takes place on that day or before; what bears no date is left out
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub to: Option<PartialDate>,
    /// Only edges with so many independent sources: copies and translations count once
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub min_sources: usize,
}

/// The graph of a folder, or the part of it that is asked for.
pub struct Viewed {
    pub graph: Graph,
    pub ontology: Ontology,
    /// The entities that the filters name, along `ego` or `between`.
    pub named: Vec<EntityId>,
}

impl Filters {
    /// Reads the graph of a folder and applies the filters. `more` are further
    /// names to be found.
    pub fn read(&self, path: &Path, decisions: bool, more: &[String]) -> anyhow::Result<Viewed> {
        let manifest = folder::known(path)?;
        let ontology = folder::ontology_of(path, &manifest)?;
        let open = |name: &str| folder::open(path, name);
        let rows = GraphRows {
            documents: open("documents.jsonl")?,
            entities: open("entities.jsonl")?,
            claims: open("claims.jsonl")?,
            decisions: decisions.then(|| open("decisions.jsonl")).transpose()?,
        };
        let about = || format!("cannot read {}", path.display());
        let graph = read_graph(rows, &ontology).with_context(about)?;
        self.check(&ontology)?;
        let typed: Vec<&String> =
            (self.ego.iter()).chain(self.between.iter().flatten()).chain(more).collect();
        let named = named(path, &graph, &typed)?;
        let options = ViewOptions {
            relations: self.relation.clone(),
            from: self.from,
            to: self.to,
            min_sources: self.min_sources,
            around: named.iter().take(self.ego.len()).cloned().collect(),
            hops: self.hops.unwrap_or(1),
            between: match (&self.between, named.as_slice()) {
                (Some(_), [a, b, ..]) => Some([a.clone(), b.clone()]),
                _ => None,
            },
            way: self.hops.unwrap_or(0),
            top: self.top,
        };
        let had = !graph.statements().is_empty();
        let graph = graph.view(&options, &ontology)?;
        if had && graph.statements().is_empty() {
            return Err(match &self.between {
                Some(ends) => hinted(
                    format!("no way leads from {}", ends.join(" to ")),
                    "Leave out other filters, or look at each of the two with --ego.",
                ),
                None => hinted("nothing is left of the graph", "Leave out some of the filters."),
            });
        }
        Ok(Viewed { graph, ontology, named })
    }

    /// Whether all relations asked for are known, and no filter is in vain.
    fn check(&self, ontology: &Ontology) -> anyhow::Result<()> {
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for relation in ontology.relations.values() {
            known.insert(&relation.name);
            known.extend(
                [&relation.family, &relation.family_planned, &relation.family_negated]
                    .into_iter()
                    .filter_map(|family| family.as_deref()),
            );
        }
        if let Some(name) = self.relation.iter().find(|name| !known.contains(name.as_str())) {
            let names = known.into_iter().collect::<Vec<_>>().join(", ");
            return Err(hinted(
                format!("no relation or event type is called \"{name}\""),
                format!("Known are {names}."),
            ));
        }
        if self.hops.is_some() && self.ego.is_empty() && self.between.is_none() {
            bail!("--hops says how far from --ego or --between, and neither is given");
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to.last_day() < from.first_day()
        {
            bail!("--to {to} lies before --from {from}");
        }
        Ok(())
    }
}

/// The entities that somebody named, as `explain` finds them.
fn named(path: &Path, graph: &Graph, typed: &[&String]) -> anyhow::Result<Vec<EntityId>> {
    let is_id = |typed: &&String| graph.entity(&EntityId((**typed).clone())).is_some();
    if typed.iter().all(is_id) {
        return Ok(typed.iter().map(|typed| EntityId((*typed).clone())).collect());
    }
    // To be found by name, who is who must be told again.
    let built = BuiltFolder::open(path)?;
    let resolved = built.folder.resolve(&built.ledger);
    let mut named = Vec::new();
    for typed in typed {
        let found = find(&built, &resolved, typed)?.entity;
        if graph.entity(&found).is_none() {
            return Err(hinted(
                format!("no claim speaks of \"{typed}\""),
                "silsila explain says where it is named.",
            ));
        }
        named.push(found);
    }
    Ok(named)
}

/// Writes a file beside its place and puts it there when it is whole.
pub fn write_file<E: Into<anyhow::Error>>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> anyhow::Result<()> {
    let about = || format!("cannot write {}", path.display());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let file = tempfile::Builder::new().prefix(".silsila-").tempfile_in(folder);
    let mut file = file.map_err(|error| {
        hinted(format!("{}: {error}", about()), "Name a file in a folder that is there with -o.")
    })?;
    let mut out = std::io::BufWriter::new(file.as_file_mut());
    write(&mut out).map_err(Into::into).with_context(about)?;
    out.flush().with_context(about)?;
    drop(out);
    readable(file.as_file()).with_context(about)?;
    file.persist(path).with_context(about)?;
    Ok(())
}

/// Gives a temporary file the rights of a common one, as far as the user's mask
/// allows it for the folder's own files.
#[cfg(unix)]
fn readable(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &File) -> std::io::Result<()> {
    Ok(())
}

/// Whether standard output is a terminal.
pub fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}
