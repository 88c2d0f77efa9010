//! `silsila draw`: a picture of a built folder's graph.

use std::fmt::Write as _;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args as ClapArgs;
use silsila::export::{ExportOptions, Format, timeline};

use crate::args::Talk;
use crate::export::size;
use crate::report::plural;
use crate::view::{Filters, Viewed, write_file};
use crate::{Outcome, hinted};

#[derive(ClapArgs, Debug)]
pub struct Draw {
    /// A folder that build made
    #[arg(value_name = "DIR")]
    pub graph: PathBuf,
    /// The picture to write; its extension says how: .svg, .png or .pdf
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Draw what somebody did and is to do, by date, instead of the graph; an SVG, without Graphviz
    #[arg(long, value_name = "X")]
    pub timeline: Option<String>,
    /// The language of labels, such as en or ur
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub language: String,
    /// Draw a frame around each community
    #[arg(long)]
    pub clusters: bool,
    /// Another layout of Graphviz than the one for the size of the graph
    #[arg(long, value_name = "NAME", value_parser = ["dot", "neato", "fdp", "sfdp", "circo", "twopi"])]
    pub layout: Option<String>,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub timeout: u64,
    #[command(flatten)]
    pub filters: Filters,
}

/// How many entities Graphviz can draw so that something is seen.
const LEGIBLE: usize = 300;

pub fn run(args: &Draw, talk: &Talk) -> anyhow::Result<Outcome> {
    let extension = args.output.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if !["svg", "png", "pdf"].contains(&extension.as_str()) {
        return Err(hinted(
            format!("{} does not say what picture it is", args.output.display()),
            "Let the file end in .svg, .png or .pdf.",
        ));
    }
    let options = ExportOptions {
        language: args.language.clone(),
        clusters: args.clusters,
        ..ExportOptions::default()
    };
    if args.timeline.is_some() {
        return draw_timeline(args, &extension, &options, talk);
    }
    let viewed = args.filters.read(&args.graph, false, &[])?;
    if viewed.graph.edges().is_empty() {
        bail!("there is nothing to draw: the articles say nothing of two");
    }
    let mut dot = Vec::new();
    Format::Dot.write(&viewed.graph, &viewed.ontology, &options, &mut dot)?;
    graphviz(args, &extension, &dot)?;
    if !talk.quiet {
        eprintln!("{}", size(&viewed));
        if viewed.graph.entities().len() > LEGIBLE {
            eprintln!("hint: --top 60, --min-sources 2 or --ego show less, and can be read");
        }
    }
    Ok(Outcome::Clean)
}

fn draw_timeline(
    args: &Draw,
    extension: &str,
    options: &ExportOptions,
    talk: &Talk,
) -> anyhow::Result<Outcome> {
    if extension != "svg" {
        return Err(hinted(
            "a timeline is an SVG",
            "Let the file end in .svg; rsvg-convert or a browser makes other pictures of it.",
        ));
    }
    let more: Vec<String> = args.timeline.iter().cloned().collect();
    let Viewed { graph, ontology, named } = args.filters.read(&args.graph, false, &more)?;
    let entity = named.last().context("nobody is named")?;
    let mut picture = Vec::new();
    let drawn = timeline::draw(&graph, &ontology, options, entity, &mut picture)?;
    if drawn.rows == 0 {
        return Err(hinted(
            format!("nothing that is said of \"{}\" bears a date", more.join("")),
            "Leave out filters, or draw what lies around it with --ego.",
        ));
    }
    write_file(&args.output, |out| out.write_all(&picture))?;
    if !talk.quiet {
        let mut line = plural(drawn.rows as u64, "row", "rows");
        if drawn.undated > 0 {
            let _ = write!(line, ", {} without a date left out", drawn.undated);
        }
        if drawn.left_out > 0 {
            let _ = write!(line, ", {} with fewest sources left out", drawn.left_out);
        }
        eprintln!("{line}");
    }
    Ok(Outcome::Clean)
}

/// Lets Graphviz draw, for as long as it may.
fn graphviz(args: &Draw, extension: &str, dot: &[u8]) -> anyhow::Result<()> {
    let input = tempfile::Builder::new().suffix(".dot").tempfile();
    let mut input = input.context("cannot make a temporary file")?;
    input.write_all(dot).and_then(|()| input.flush()).context("cannot write a temporary file")?;
    write_file(&args.output, |out| {
        let picture = tempfile::NamedTempFile::new().context("cannot make a temporary file")?;
        let mut command = Command::new("dot");
        if let Some(layout) = &args.layout {
            command.arg(format!("-K{layout}"));
        }
        command.arg(format!("-T{extension}")).arg("-o").arg(picture.path()).arg(input.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|error| match error.kind() {
            ErrorKind::NotFound => hinted(
                "Graphviz is not installed: there is no program `dot`",
                "Install it (apt install graphviz, dnf install graphviz, brew install graphviz), \
                 or write DOT with `silsila export … --format dot` and draw it elsewhere.",
            ),
            _ => anyhow::Error::new(error).context("cannot start `dot`"),
        })?;
        wait(child, Duration::from_secs(args.timeout))?;
        copy(picture.path(), out)
    })
}

fn copy(from: &Path, to: &mut dyn Write) -> anyhow::Result<()> {
    let mut file = std::fs::File::open(from).context("cannot read what Graphviz drew")?;
    std::io::copy(&mut file, to)?;
    Ok(())
}

/// Waits for Graphviz to end, and ends it if it takes too long.
fn wait(mut child: Child, limit: Duration) -> anyhow::Result<()> {
    // What it says is read beside, lest it wait for a reader.
    let stderr = child.stderr.take();
    let said = std::thread::spawn(move || {
        let mut said = String::new();
        if let Some(mut stderr) = stderr {
            let _ = stderr.read_to_string(&mut said);
        }
        said
    });
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().context("cannot wait for `dot`")? {
            break status;
        }
        if limit < start.elapsed() {
            let _ = child.kill();
            let _ = child.wait();
            return Err(hinted(
                format!("Graphviz did not end within {} seconds", limit.as_secs()),
                "Draw less (--top, --min-sources, --ego), or give it more time with --timeout.",
            ));
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let said = said.join().unwrap_or_default();
    if !status.success() {
        let last =
            said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it did not say why");
        bail!("Graphviz could not draw it: {last}");
    }
    Ok(())
}
