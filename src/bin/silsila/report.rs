//! What is said on standard error: progress, findings, the last line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use silsila::diagnostic::{Diagnostic, Severity};
use silsila::pipeline::Counts;

use crate::args::Talk;
use crate::{Hinted, Outcome};

/// How many findings of one kind are shown in full.
const SHOWN: usize = 10;

/// Talks to the user while a run goes on.
pub struct Report {
    talk: Talk,
    bar: ProgressBar,
    start: Instant,
    /// How many findings of each kind there were.
    kinds: BTreeMap<(Severity, String), usize>,
    errors: u64,
}

impl Report {
    /// Starts to talk. `articles` is how many there are, if that is known. The
    /// bar shows on a terminal only.
    pub fn new(talk: Talk, articles: Option<u64>) -> Self {
        let bar = if talk.quiet {
            ProgressBar::hidden()
        } else {
            ProgressBar::with_draw_target(articles, ProgressDrawTarget::stderr_with_hz(8))
        };
        let template = match articles {
            Some(_) => "{bar:30} {pos}/{len} articles, {per_sec}, {eta} to go",
            None => "{spinner} {pos} articles, {per_sec}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { talk, bar, start: Instant::now(), kinds: BTreeMap::new(), errors: 0 }
    }

    /// Counts an article that has been worked on.
    pub fn article(&self) {
        self.bar.inc(1);
    }

    /// Says what is being done behind the articles.
    pub fn doing(&self, what: &'static str) {
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            self.bar.set_style(style);
        }
        self.bar.set_message(what);
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    /// Says what was found, unless much of the kind has been said already.
    pub fn found(&mut self, diagnostic: &Diagnostic) {
        self.errors += u64::from(diagnostic.severity == Severity::Error);
        let least = match (self.talk.quiet, self.talk.verbose) {
            (true, _) => Severity::Error,
            (_, true) => Severity::Note,
            _ => Severity::Warning,
        };
        if diagnostic.severity < least {
            return;
        }
        // Findings of one kind begin alike.
        let kind: String = diagnostic.message.chars().take(24).collect();
        let count = self.kinds.entry((diagnostic.severity, kind)).or_insert(0);
        *count += 1;
        if self.talk.verbose || *count <= SHOWN {
            self.say(&diagnostic.to_string());
        } else if *count == SHOWN + 1 {
            self.say("… and more like it; -v shows all.");
        }
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{line}"));
    }

    /// Says how the run went. `made` is what came of it ("12 claims").
    pub fn end(self, counts: Counts, made: &[String]) -> Outcome {
        self.bar.finish_and_clear();
        if !self.talk.quiet {
            let seconds = self.start.elapsed().as_secs_f64();
            let mut line = plural(counts.documents, "article", "articles");
            for made in made {
                let _ = write!(line, ", {made}");
            }
            if counts.unnamed > 0 {
                let left_out = plural(counts.unnamed, "claim", "claims");
                let _ = write!(line, "; {left_out} of a mere pronoun left out");
            }
            if counts.passed_over > 0 {
                let _ = write!(line, "; {} passed over", grouped(counts.passed_over));
            }
            if self.errors > 0 {
                let _ = write!(line, "; {}", plural(self.errors, "error", "errors"));
            }
            if counts.warnings > 0 {
                let _ = write!(line, "; {}", plural(counts.warnings, "warning", "warnings"));
            }
            let _ = write!(line, "; {} in {seconds:.1} s", plural(counts.words, "word", "words"));
            if seconds > 0.05 {
                let _ = write!(line, " ({}/s)", grouped((counts.words as f64 / seconds) as u64));
            }
            eprintln!("{line}");
        }
        if self.errors > 0 { Outcome::WithErrors } else { Outcome::Clean }
    }
}

/// Says why a run failed, and what can be done.
pub fn failure(error: &anyhow::Error) {
    let mut causes = error.chain().map(ToString::to_string);
    let mut line = causes.next().unwrap_or_default();
    for cause in causes {
        let _ = write!(line, ": {cause}");
    }
    eprintln!("error: {line}");
    if let Some(Hinted { hint, .. }) = error.downcast_ref() {
        eprintln!("hint: {hint}");
    }
}

/// A number with the thing counted.
pub fn plural(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A number with commas.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
