//! `silsila export`: the graph of a built folder in other formats.

use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args as ClapArgs;
use silsila::export::{ExportOptions, Flavor, Format};

use crate::args::{GraphFormat, Talk, graph_format, wanted_formats};
use crate::view::{Filters, Viewed, is_terminal, write_file};
use crate::{Outcome, hinted};

#[derive(ClapArgs, Debug)]
pub struct Export {
    /// A folder that build made
    #[arg(value_name = "DIR")]
    pub graph: PathBuf,
    /// The formats; several go to a folder
    #[arg(
        long,
        value_name = "FORMAT",
        required = true,
        value_delimiter = ',',
        value_parser = graph_format
    )]
    pub format: Vec<GraphFormat>,
    /// The file or folder to write to; - is standard output
    #[arg(short, long, value_name = "FILE|DIR", default_value = "-")]
    pub output: PathBuf,
    #[command(flatten)]
    pub options: Options,
    #[command(flatten)]
    pub filters: Filters,
}

/// How a graph is written.
#[derive(ClapArgs, Debug)]
pub struct Options {
    /// The language of labels, such as en or ur
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub language: String,
    /// The IRI that those of RDF, ids of tables included, begin with
    #[arg(long, value_name = "IRI", default_value = ExportOptions::BASE)]
    pub base: String,
    /// The program that GraphML is for: gephi, strict (the schema) or yed
    #[arg(long, value_name = "NAME", default_value = "gephi", value_parser = flavor)]
    pub flavor: Flavor,
    /// Make events nodes, joined with all who take part
    #[arg(long)]
    pub events: bool,
    /// Draw a frame around each community (DOT)
    #[arg(long)]
    pub clusters: bool,
    /// Leave cells of CSV as they are, even those that a spreadsheet takes for formulas
    #[arg(long)]
    pub raw_cells: bool,
}

impl From<&Options> for ExportOptions {
    fn from(options: &Options) -> Self {
        Self {
            base: options.base.clone(),
            language: options.language.clone(),
            flavor: options.flavor,
            events: options.events,
            clusters: options.clusters,
            raw_cells: options.raw_cells,
        }
    }
}

pub fn run(args: &Export, talk: &Talk) -> anyhow::Result<Outcome> {
    let formats = wanted_formats(&args.format);
    let is_folder = args.output.is_dir() || args.output.to_string_lossy().ends_with(['/', '\\']);
    let options = ExportOptions::from(&args.options);
    if options.events && !formats.iter().any(|format| format.takes_events()) {
        let known = Format::ALL.into_iter().filter(|format| format.takes_events());
        let known: Vec<_> = known.map(Format::name).collect();
        return Err(hinted(
            "none of the formats takes --events",
            format!(
                "These do: {}. RDF, Neo4j and FollowTheMoney have events as it is.",
                known.join(", ")
            ),
        ));
    }
    if let ([format], false) = (formats.as_slice(), is_folder) {
        let is_stdout = args.output == Path::new("-");
        if is_stdout && !format.exporter().files().is_empty() && is_terminal() {
            return Err(hinted(
                format!("{} is an archive of several tables", format.name()),
                "Name a file with -o, or a folder with / behind it.",
            ));
        }
        let viewed = read(args, &formats)?;
        let Viewed { graph, ontology, .. } = &viewed;
        if is_stdout {
            let mut out = BufWriter::new(stdout().lock());
            format.write(graph, ontology, &options, &mut out)?;
            out.flush()?;
        } else {
            write_file(&args.output, |out| format.write(graph, ontology, &options, out))?;
        }
        say(&viewed, talk);
        return Ok(Outcome::Clean);
    }
    if !is_folder && args.output.exists() || args.output == Path::new("-") {
        return Err(hinted(
            "several formats go to a folder",
            "Name one with -o; it is made if it is not there.",
        ));
    }
    let viewed = read(args, &formats)?;
    std::fs::create_dir_all(&args.output)
        .with_context(|| format!("cannot make the folder {}", args.output.display()))?;
    let Viewed { graph, ontology, .. } = &viewed;
    for format in formats {
        let exporter = format.exporter();
        if exporter.files().is_empty() {
            let path = args.output.join(format!("graph.{}", format.extension()));
            write_file(&path, |out| format.write(graph, ontology, &options, out))?;
        }
        for file in exporter.files() {
            write_file(&args.output.join(file), |out| {
                exporter.write_file(file, graph, ontology, &options, out)
            })?;
        }
    }
    say(&viewed, talk);
    Ok(Outcome::Clean)
}

fn read(args: &Export, formats: &[Format]) -> anyhow::Result<Viewed> {
    let decisions = formats.iter().any(|format| format.tells_decisions());
    args.filters.read(&args.graph, decisions, &[])
}

fn say(viewed: &Viewed, talk: &Talk) {
    if !talk.quiet {
        eprintln!("{}", size(viewed));
    }
}

/// How large a graph is.
pub fn size(viewed: &Viewed) -> String {
    use crate::report::plural;
    let graph = &viewed.graph;
    format!(
        "{}, {}, {}",
        plural(graph.entities().len() as u64, "entity", "entities"),
        plural(graph.edges().len() as u64, "edge", "edges"),
        plural(graph.statements().len() as u64, "claim", "claims")
    )
}

fn flavor(name: &str) -> anyhow::Result<Flavor> {
    match Flavor::from_name(name) {
        Some(flavor) => Ok(flavor),
        None => bail!("known are {}", Flavor::ALL.map(Flavor::name).join(", ")),
    }
}
