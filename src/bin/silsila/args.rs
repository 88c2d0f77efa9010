//! What can be asked for on the command line.

use std::path::PathBuf;

use anyhow::bail;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use silsila::date::PartialDate;
use silsila::store::AnswerFormat;
use silsila::{export, ingest};

use crate::draw::Draw;
use crate::export::Export;
use crate::stats::Stats;

const EXAMPLES: &str = "\
Examples:
  silsila build articles/ -o graph          a folder of articles to a graph
  silsila build news.jsonl.gz -o graph --format turtle,dot
  zcat news.jsonl.gz | silsila extract - | jq .relation
  silsila explain 'Thomas West'             why he is one; then same, different, split, undo
  silsila query graph 'SELECT ?s ?o WHERE { ?s <https://w3id.org/silsila/ontology#metWith> ?o }'
";

/// Reads news articles and writes down who met whom, who visited where and who
/// gave what to whom, with the sentence that says so.
#[derive(Parser, Debug)]
#[command(name = "silsila", version, before_help = EXAMPLES, max_term_width = 100)]
pub struct Args {
    #[command(flatten)]
    pub talk: Talk,
    #[command(subcommand)]
    pub command: Command,
}

/// How much is said on standard error.
#[derive(ClapArgs, Clone, Copy, Debug)]
pub struct Talk {
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say all there is to say: notes, and each of many like findings
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Read articles and write a graph: the whole job
    #[command(before_help = "\
Examples:
  silsila build articles/ -o graph
  silsila build a.txt b.html news.csv -o graph --format all
  silsila build today/ -o graph --add       articles of today to those in the folder
  silsila build old/ -o graph --published 1998-05 --language en

Articles are text, Markdown, HTML, JSON lines, JSON or CSV, also with .gz behind. A metadata.csv
beside them (file,published,language,source,url,title) says what they do not say themselves.")]
    Build(Build),
    /// Write who and what is named in each document, one row a document
    #[command(before_help = "\
Examples:
  zcat news.jsonl.gz | silsila annotate - | jq '.mentions[].text'
  silsila annotate articles/")]
    Annotate(Stage),
    /// Write what each document says of whom, one row a claim
    #[command(before_help = "\
Examples:
  zcat news.jsonl.gz | silsila extract - | jq -r '[.subject.name, .relation, .object.name] | @tsv'
  echo 'Macron met Scholz in Berlin on 3 March 2023.' | silsila extract")]
    Extract(Extract),
    /// Say whether two names can be names of one thing, and why
    #[command(before_help = "\
Examples:
  silsila compare --names 'Bill Clinton' 'William J. Clinton'
  echo '{\"id\": 1, \"a\": \"Bob Rae\", \"b\": \"Robert Rae\"}' | silsila compare -")]
    Compare(Compare),
    /// Write the graph of a built folder in other formats, or a part of it
    #[command(before_help = "\
Examples:
  silsila export graph --format gexf -o graph.gexf
  silsila export graph --format csv -o tables/                  nodes.csv, edges.csv, claims.csv
  silsila export graph --format graphml --ego 'Thomas West' --hops 2 -o west.graphml
  silsila export graph --format dot --top 50 | dot -Tsvg -o top.svg

The articles are not read again. docs/formats.md says what opens what.")]
    Export(Export),
    /// Draw the graph of a built folder, or a part of it, with Graphviz
    #[command(before_help = "\
Examples:
  silsila draw graph -o graph.svg
  silsila draw graph --top 60 --min-sources 2 -o top.png
  silsila draw graph --between 'Thomas West' 'Asif Durrani' -o ways.svg
  silsila draw graph --timeline 'Thomas West' -o west.svg       what happened and is planned, by date")]
    Draw(Draw),
    /// Count what a built folder holds
    #[command(before_help = "\
Examples:
  silsila stats graph
  silsila stats graph --json | jq .relations")]
    Stats(Stats),
    /// Ask a graph a question in SPARQL
    #[command(before_help = "\
Examples:
  silsila query graph 'SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 10'
  silsila query graph/graph.nq @question.rq --format csv")]
    Query(Query),
    /// Measure how often claims are right: draw a sample, judge it, count
    #[command(before_help = "\
Examples:
  silsila audit draw graph -n 200 -o sheet.csv
  silsila audit score sheet.csv

Between the two a person opens the sheet in a spreadsheet and writes y, n or ? into the column
\"right\": whether the sentence says what the row says, in all its parts.")]
    Audit(Audit),
    /// Say that two names are one person, body or place
    #[command(before_help = "\
Examples:
  silsila same 'Tom West' 'Thomas West' -m 'his own page says so'
  silsila same west-1a2b3c4d 'Thomas West' -g out
  silsila same 'West#2023-12-05.txt' 'Thomas West'

A side is the id of an entity, a name, or a name with # and the file or id of an article. The row goes to
decisions.csv in the folder, and all files of the folder are made anew.")]
    Same(RulePair),
    /// Say that two names are not one person, body or place
    #[command(before_help = "\
Examples:
  silsila different 'Jon Whitfield' 'John Whitfield'
  silsila different 'Ali Raza#n42' 'Ali Raza' -m 'the cricketer'")]
    Different(RulePair),
    /// Take apart what the program joined
    #[command(before_help = "\
Examples:
  silsila split 'Thomas West'                    each written name is another
  silsila split 'Ali Raza' --by document         and so is that name in each document

What `silsila same` has joined stays one, and `silsila same` joins again what belongs together.")]
    Split(Split),
    /// Take back a decision: the last one, or that of a row
    #[command(before_help = "\
Examples:
  silsila undo
  silsila undo 3 -m 'a mistake of mine'")]
    Undo(Undo),
    /// Say why somebody is one, or why two are two
    #[command(before_help = "\
Examples:
  silsila explain 'Thomas West'
  silsila explain 'Thomas West' 'Tom West'
  silsila explain 'Thomas West' --json | jq .links")]
    Explain(Explain),
    /// Go through the pairs that are least certain, one by one
    #[command(before_help = "\
Examples:
  silsila review
  printf 's\\nd\\nq\\n' | silsila review -g out

Answers are s (same), d (different), ? (leave it), u (take back the last answer) and q (enough).")]
    Review(Review),
    /// Show, check and test the relations and classes that the program knows
    #[command(before_help = "\
Examples:
  silsila ontology list
  silsila ontology show metWith
  silsila ontology check mine.ttl && silsila ontology test mine.ttl
  silsila build articles/ -o graph --ontology mine.ttl

docs/your-own-relation.md shows how such a file is written.")]
    Ontology(Ontology),
}

#[derive(ClapArgs, Debug)]
pub struct Build {
    /// Files and folders with articles; - is standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder to write to; a folder that an earlier run made is replaced
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// The graph files to write
    #[arg(
        long,
        value_name = "FORMAT",
        value_delimiter = ',',
        default_value = "turtle,nquads,graphml,dot",
        value_parser = graph_format
    )]
    pub format: Vec<GraphFormat>,
    /// What people have decided of who is who [default: decisions.csv in the folder]
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
    /// Add the articles to what the folder holds, instead of replacing it
    #[arg(long)]
    pub add: bool,
    /// A list of people, bodies or places that have ids elsewhere, as CSV, TSV or JSON lines of
    /// FollowTheMoney; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub reference: Vec<PathBuf>,
    /// Write to the folder even if something else made it
    #[arg(short, long)]
    pub force: bool,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub own: Own,
}

/// The folder that a command is about.
#[derive(ClapArgs, Debug)]
pub struct OfFolder {
    /// A folder that build made
    #[arg(short, long, value_name = "DIR", default_value = "graph")]
    pub graph: PathBuf,
}

/// Who decides, when and why.
#[derive(ClapArgs, Debug)]
pub struct Signed {
    /// Who decides [default: $SILSILA_AUTHOR or the name of the user]
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// When [default: $SOURCE_DATE_EPOCH or today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<PartialDate>,
    /// Why
    #[arg(short = 'm', long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub comment: String,
}

#[derive(ClapArgs, Debug)]
pub struct RulePair {
    /// One side: an id, a name, or NAME#DOCUMENT
    pub a: String,
    /// The other side
    pub b: String,
    #[command(flatten)]
    pub folder: OfFolder,
    #[command(flatten)]
    pub signed: Signed,
}

#[derive(ClapArgs, Debug)]
pub struct Split {
    /// An id, a name, or NAME#DOCUMENT
    pub entity: String,
    /// Whether a name in each document becomes another, too
    #[arg(long, value_enum, default_value_t = SplitBy::Name)]
    pub by: SplitBy,
    #[command(flatten)]
    pub folder: OfFolder,
    #[command(flatten)]
    pub signed: Signed,
}

/// What an entity is taken apart by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum SplitBy {
    Name,
    Document,
}

#[derive(ClapArgs, Debug)]
pub struct Undo {
    /// The row to take back, its record_id in decisions.csv [default: the last]
    pub row: Option<u32>,
    #[command(flatten)]
    pub folder: OfFolder,
    #[command(flatten)]
    pub signed: Signed,
}

#[derive(ClapArgs, Debug)]
pub struct Explain {
    /// An id, a name, or NAME#DOCUMENT
    pub a: String,
    /// Another one, to explain the two
    pub b: Option<String>,
    /// Write one JSON object instead of text
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub folder: OfFolder,
}

#[derive(ClapArgs, Debug)]
pub struct Review {
    /// How many pairs are shown at most
    #[arg(short, long, value_name = "N")]
    pub number: Option<usize>,
    #[command(flatten)]
    pub folder: OfFolder,
    #[command(flatten)]
    pub signed: Signed,
}

#[derive(ClapArgs, Debug)]
pub struct Extract {
    #[command(flatten)]
    pub stage: Stage,
    #[command(flatten)]
    pub own: Own,
}

/// What the user adds to the ontology.
#[derive(ClapArgs, Debug)]
pub struct Own {
    /// A file of relations, classes and cue words to add to the known ones, in Turtle; may be
    /// given more than once
    #[arg(long = "ontology", value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

#[derive(ClapArgs, Debug)]
pub struct Stage {
    /// Files and folders with articles; - is standard input
    #[arg(default_value = "-", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

/// How articles are read.
#[derive(ClapArgs, Debug)]
pub struct Reading {
    /// The date of publication of articles that bear none
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<PartialDate>,
    /// The language of articles that do not name theirs, such as en [default: detected]
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// How standard input and files without a known extension are written [default: detected]
    #[arg(long, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,
    /// The longest text that is read as one article, in bytes
    #[arg(long, value_name = "SIZE", default_value = "1M", value_parser = size)]
    pub max_text: usize,
    /// The number of threads [default: one for each core]
    #[arg(short, long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub threads: usize,
    /// A folder with another language model: model.safetensors and tables.json
    #[arg(long, value_name = "DIR")]
    pub model: Option<PathBuf>,
}

#[derive(ClapArgs, Debug)]
pub struct Compare {
    /// Files of pairs, one JSON object a line with a, b and, if it is no person, class
    #[arg(default_value = "-", value_name = "PATH", conflicts_with = "names")]
    pub paths: Vec<PathBuf>,
    /// Compare these two names
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub names: Option<Vec<String>>,
    /// What the names of pairs without a class are names of
    #[arg(long, default_value = "Person")]
    pub class: String,
    #[command(flatten)]
    pub own: Own,
}

#[derive(ClapArgs, Debug)]
pub struct Query {
    /// A folder that build made, or a file of RDF
    #[arg(value_name = "DIR|FILE")]
    pub graph: PathBuf,
    /// The question in SPARQL; @FILE reads it from a file, - from standard input
    #[arg(value_name = "SPARQL")]
    pub question: String,
    /// How the answers are written: table, csv, tsv or json
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = answer_format)]
    pub format: AnswerFormat,
}

#[derive(ClapArgs, Debug)]
pub struct Audit {
    #[command(subcommand)]
    pub command: AuditCommand,
}

#[derive(Subcommand, Debug)]
pub enum AuditCommand {
    /// Draw claims into a sheet that a person ticks
    Draw(AuditDraw),
    /// Count what was ticked: precision for each relation and over all
    Score {
        /// The sheet
        sheet: PathBuf,
    },
}

#[derive(ClapArgs, Debug)]
pub struct AuditDraw {
    /// A folder that build made
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// How many claims are drawn
    #[arg(short, long, default_value_t = 200)]
    pub number: usize,
    /// The sheet to write
    #[arg(short, long, value_name = "FILE", default_value = "sheet.csv")]
    pub output: PathBuf,
    /// Another number gives another sample
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Write over a sheet that is there
    #[arg(short, long)]
    pub force: bool,
}

#[derive(ClapArgs, Debug)]
pub struct Ontology {
    #[command(subcommand)]
    pub command: OntologyCommand,
}

#[derive(Subcommand, Debug)]
pub enum OntologyCommand {
    /// List the relations, by event type, and the classes
    List {
        #[command(flatten)]
        own: Own,
    },
    /// Show all there is about a relation
    Show {
        /// Its name, such as metWith, or its IRI
        name: String,
        #[command(flatten)]
        own: Own,
    },
    /// Report what is wrong or missing in files of relations and classes
    Check {
        /// The files, in Turtle; without any, those that ship
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Try whether examples are found and counter-examples are not
    Test {
        /// Files that add to what ships; the relations they speak of are tested [default: all]
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Test this relation only
        #[arg(long, value_name = "NAME")]
        relation: Option<String>,
    },
}

/// A format of articles.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum InputFormat {
    Text,
    Markdown,
    Html,
    Jsonl,
    Json,
    Csv,
}

impl From<InputFormat> for ingest::Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Text => Self::Text,
            InputFormat::Markdown => Self::Markdown,
            InputFormat::Html => Self::Html,
            InputFormat::Jsonl => Self::Jsonl,
            InputFormat::Json => Self::Json,
            InputFormat::Csv => Self::Csv,
        }
    }
}

/// A format of graphs, or all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GraphFormat {
    All,
    One(export::Format),
}

/// The formats asked for, each once, in their order.
pub fn wanted_formats(asked: &[GraphFormat]) -> Vec<export::Format> {
    let wanted = |format: &export::Format| {
        asked.iter().any(|asked| match asked {
            GraphFormat::All => true,
            GraphFormat::One(one) => one == format,
        })
    };
    export::Format::ALL.into_iter().filter(wanted).collect()
}

pub fn graph_format(name: &str) -> anyhow::Result<GraphFormat> {
    if name == "all" {
        return Ok(GraphFormat::All);
    }
    match export::Format::from_name(name) {
        Some(format) => Ok(GraphFormat::One(format)),
        None => {
            let names: Vec<_> = export::Format::ALL.into_iter().map(export::Format::name).collect();
            bail!("known are {} and all", names.join(", "))
        }
    }
}

fn answer_format(name: &str) -> anyhow::Result<AnswerFormat> {
    match AnswerFormat::from_name(name) {
        Some(format) => Ok(format),
        None => {
            let names: Vec<_> = AnswerFormat::ALL.into_iter().map(AnswerFormat::name).collect();
            bail!("known are {}", names.join(", "))
        }
    }
}

pub fn date(text: &str) -> anyhow::Result<PartialDate> {
    match ingest::read_date(text) {
        Some(date) => Ok(date),
        None => bail!("a date is 2023-12-09, 2023-12 or 2023"),
    }
}

/// Reads a number of bytes, with K, M or G behind it.
fn size(text: &str) -> anyhow::Result<usize> {
    let text = text.trim().trim_end_matches(['b', 'B']).trim_end_matches(['i', 'I']);
    let (number, shift) = match text.chars().last().map(|c| c.to_ascii_uppercase()) {
        Some('K') => (text.get(..text.len() - 1), 10),
        Some('M') => (text.get(..text.len() - 1), 20),
        Some('G') => (text.get(..text.len() - 1), 30),
        _ => (Some(text), 0),
    };
    let number: Option<usize> = number.and_then(|number| number.trim().parse().ok());
    // Offsets in a document are 32 bits wide.
    match number.and_then(|number| number.checked_mul(1 << shift)) {
        Some(size) if 0 < size && size <= 1 << 30 => Ok(size),
        _ => bail!("a size is a number of bytes, such as 500K or 4M, of at most 1G"),
    }
}
