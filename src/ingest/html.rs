//! The article of a web page: its headline, date and paragraphs.
//!
//! This is no parser of HTML. It reads tags as they come, drops what is never
//! part of an article (scripts, navigation, forms, footers), puts a line end
//! where a block ends, and takes the longest `<article>`, or `<main>`, if the
//! page has one. Date, headline and outlet come from JSON-LD, then Open Graph,
//! then `<meta>` and `<time>`.

use encoding_rs::Encoding;
use serde_json::Value;

use crate::ingest::fields::{Field, Values};

/// Elements whose content is no text of the article.
const DROPPED: [&str; 17] = [
    "script", "style", "noscript", "template", "svg", "iframe", "nav", "footer", "aside", "form",
    "button", "select", "head", "object", "canvas", "dialog", "menu",
];

/// Elements that contain no markup: all up to their end tag is text.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 32] = [
    "address",
    "article",
    "blockquote",
    "body",
    "br",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tr",
    "ul",
    "option",
];

/// Elements without an end tag.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// The shortest `<article>` that is taken for the whole, in bytes: teasers of
/// other articles are often marked so too.
const SHORTEST_ARTICLE: usize = 250;

/// The encoding that a page declares.
pub(super) fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1024))?;
    let head = String::from_utf8_lossy(head).to_lowercase();
    let (_, behind) = head.split_once("charset=")?;
    let label = behind.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)));
    Encoding::for_label(label.get(..end.unwrap_or(label.len()))?.as_bytes())
}

/// Returns the text of a page's article and what the page says of it.
pub(super) fn article(page: &str) -> (String, Values) {
    let mut extractor = Extractor::default();
    let mut rest = page;
    while !rest.is_empty() {
        let tag_at = rest.find('<').unwrap_or(rest.len());
        let (text, markup) = rest.split_at(tag_at);
        extractor.text(text);
        rest = extractor.markup(markup);
    }
    extractor.finish()
}

#[derive(Default)]
struct Extractor {
    text: String,
    /// How deep in dropped elements, by the stack of those open.
    dropped: Vec<String>,
    /// The containers that are open, with where their text begins.
    open: Vec<(&'static str, usize)>,
    /// The closed ones, with their texts' places.
    closed: Vec<(&'static str, usize, usize)>,
    values: Values,
    is_preformatted: bool,
}

impl Extractor {
    /// Reads one piece of markup and returns what stands behind it.
    fn markup<'a>(&mut self, markup: &'a str) -> &'a str {
        let after = |end: &str| markup.split_once(end).map_or("", |(_, behind)| behind);
        if markup.is_empty() {
            return markup;
        }
        if markup.starts_with("<!--") {
            return after("-->");
        }
        if markup.starts_with("<!") || markup.starts_with("<?") {
            return after(">");
        }
        let Some(tag) = Tag::read(markup) else {
            // A bare "<", as in "x < y".
            self.text("<");
            return markup.get(1..).unwrap_or_default();
        };
        let behind = markup.get(tag.length..).unwrap_or_default();
        if tag.is_end {
            self.end(&tag.name);
            return behind;
        }
        if RAW.contains(&tag.name.as_str()) {
            let (content, behind) = split_raw(behind, &tag.name);
            match tag.name.as_str() {
                "title" if self.dropped.iter().all(|name| name == "head") => {
                    let title = squeeze(&unescape(content));
                    self.values.add((Field::Title, 3), title);
                }
                "script" if tag.attribute("type").is_some_and(|t| t.contains("ld+json")) => {
                    if let Ok(value) = serde_json::from_str::<Value>(content) {
                        self.linked_data(&value, 0);
                    }
                }
                _ => {}
            }
            return behind;
        }
        self.start(&tag);
        behind
    }

    fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        match name {
            "meta" => self.meta(tag),
            "link" if tag.attribute("rel").as_deref() == Some("canonical") => {
                self.add((Field::Url, 1), tag.attribute("href"));
            }
            "time" => self.add((Field::Published, 3), tag.attribute("datetime")),
            "html" => self.add((Field::Language, 0), tag.attribute("lang")),
            _ => {}
        }
        if DROPPED.contains(&name) && !tag.is_closed {
            self.dropped.push(name.to_owned());
        }
        // A page whose head is never closed.
        if name == "body" {
            self.dropped.retain(|dropped| dropped != "head");
        }
        if BLOCKS.contains(&name) {
            self.line_end(name != "br" && name != "li" && name != "tr");
        }
        if let Some(container) = ["article", "main"].into_iter().find(|c| *c == name) {
            self.open.push((container, self.text.len()));
        }
        self.is_preformatted |= name == "pre";
    }

    fn end(&mut self, name: &str) {
        if VOID.contains(&name) {
            return;
        }
        if let Some(at) = self.dropped.iter().rposition(|dropped| dropped == name) {
            self.dropped.truncate(at);
        }
        if BLOCKS.contains(&name) {
            self.line_end(name != "li" && name != "tr");
        }
        if name == "td" || name == "th" {
            self.text.push('\t');
        }
        if let Some(at) = self.open.iter().rposition(|(container, _)| *container == name) {
            for (container, start) in self.open.drain(at..) {
                self.closed.push((container, start, self.text.len()));
            }
        }
        self.is_preformatted &= name != "pre";
    }

    /// Adds text, blanks squeezed.
    fn text(&mut self, text: &str) {
        if !self.dropped.is_empty() || text.is_empty() {
            return;
        }
        let text = unescape(text);
        if self.is_preformatted {
            self.text.push_str(&text);
            return;
        }
        for c in text.chars() {
            let is_blank = c.is_ascii_whitespace();
            if !is_blank {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    /// Ends the line, with an empty one behind if a paragraph ends.
    fn line_end(&mut self, is_paragraph: bool) {
        if !self.dropped.is_empty() || self.is_preformatted {
            return;
        }
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        let wanted = 1 + usize::from(is_paragraph);
        let there = self.text.chars().rev().take_while(|c| *c == '\n').count();
        if !self.text.is_empty() {
            self.text.extend(std::iter::repeat_n('\n', wanted.saturating_sub(there)));
        }
    }

    fn add(&mut self, field: (Field, usize), value: Option<String>) {
        if let Some(value) = value {
            self.values.add(field, value);
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let name = tag
            .attribute("property")
            .or_else(|| tag.attribute("name"))
            .or_else(|| tag.attribute("itemprop"))
            .unwrap_or_default()
            .to_lowercase();
        let field = match name.as_str() {
            "article:published_time" => (Field::Published, 1),
            "datepublished" | "og:published_time" => (Field::Published, 2),
            "parsely-pub-date" | "pubdate" | "publishdate" | "publish_date" | "dc.date"
            | "dc.date.issued" | "dcterms.date" | "sailthru.date" | "date" => (Field::Published, 4),
            "og:title" => (Field::Title, 1),
            "twitter:title" => (Field::Title, 2),
            "og:url" => (Field::Url, 2),
            "og:site_name" => (Field::Publisher, 1),
            "application-name" => (Field::Publisher, 2),
            _ => return,
        };
        self.add(field, tag.attribute("content"));
    }

    /// Takes what JSON-LD says of an article (schema.org).
    fn linked_data(&mut self, value: &Value, depth: usize) {
        if depth > 8 {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.linked_data(item, depth + 1)),
            Value::Object(object) => {
                let kind = object.get("@type").map(Value::to_string).unwrap_or_default();
                if kind.contains("Article") || kind.contains("Posting") {
                    let text =
                        |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
                    self.add((Field::Published, 0), text("datePublished"));
                    self.add((Field::Title, 0), text("headline").map(|title| unescape(&title)));
                    self.add((Field::Url, 0), text("url"));
                    let publisher =
                        object.get("publisher").and_then(|publisher| publisher.get("name"));
                    self.add(
                        (Field::Publisher, 0),
                        publisher.and_then(Value::as_str).map(str::to_owned),
                    );
                }
                if let Some(graph) = object.get("@graph") {
                    self.linked_data(graph, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn finish(mut self) -> (String, Values) {
        for (container, start) in std::mem::take(&mut self.open) {
            self.closed.push((container, start, self.text.len()));
        }
        let longest = |name: &str| {
            (self.closed.iter())
                .filter(|(container, start, end)| {
                    *container == name && end - start >= SHORTEST_ARTICLE
                })
                .max_by_key(|(_, start, end)| (end - start, std::cmp::Reverse(*start)))
                .and_then(|(_, start, end)| self.text.get(*start..*end))
        };
        let text = longest("article").or_else(|| longest("main")).unwrap_or(&self.text);
        let text = text.trim().to_owned();
        (text, self.values)
    }
}

/// A tag as it stands in the page.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    is_end: bool,
    is_closed: bool,
    /// How many bytes it takes.
    length: usize,
}

impl Tag {
    /// Reads the tag at the beginning of `markup`, if it is one.
    fn read(markup: &str) -> Option<Self> {
        let inner = markup.strip_prefix('<')?;
        let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name_end =
            inner.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(inner.len());
        let (name, mut rest) = inner.split_at(name_end);
        let mut attributes = Vec::new();
        let mut is_closed = false;
        loop {
            rest = rest.trim_start();
            if let Some(behind) = rest.strip_prefix('>') {
                rest = behind;
                break;
            }
            if let Some(behind) = rest.strip_prefix('/') {
                is_closed = true;
                rest = behind;
                continue;
            }
            if rest.is_empty() {
                break;
            }
            is_closed = false;
            let end =
                rest.find(|c: char| c.is_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
            // A stray "=" is the name of nothing.
            let end = end.max(rest.chars().next().map_or(0, char::len_utf8));
            let (key, behind) = rest.split_at(end);
            rest = behind;
            let mut value = "";
            if let Some(behind) = rest.trim_start().strip_prefix('=') {
                let behind = behind.trim_start();
                (value, rest) = match behind.chars().next() {
                    Some(quote @ ('"' | '\'')) => {
                        let inside = behind.get(1..).unwrap_or_default();
                        inside.split_once(quote).unwrap_or((inside, ""))
                    }
                    _ => {
                        let end = behind.find(|c: char| c.is_whitespace() || c == '>');
                        behind.split_at(end.unwrap_or(behind.len()))
                    }
                };
            }
            attributes.push((key.to_lowercase(), unescape(value)));
        }
        let length = markup.len() - rest.len();
        Some(Self { name: name.to_lowercase(), attributes, is_end, is_closed, length })
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }
}

/// Splits behind the end tag of an element that contains no markup.
fn split_raw<'a>(behind: &'a str, name: &str) -> (&'a str, &'a str) {
    let mut from = 0;
    while let Some(at) = behind.get(from..).and_then(|rest| rest.find("</")) {
        let at = from + at;
        let rest = behind.get(at + 2..).unwrap_or_default();
        if rest.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            let after = rest.split_once('>').map_or("", |(_, after)| after);
            return (behind.get(..at).unwrap_or_default(), after);
        }
        from = at + 2;
    }
    (behind, "")
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names of U+00A0 to U+00FF.
const LATIN_1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf",
    "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro",
    "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute",
    "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
    "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute",
    "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
    "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc",
    "uuml", "yacute", "thorn", "yuml",
];

/// Other names that articles use.
const NAMED: [(&str, char); 34] = [
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("hellip", '…'),
    ("bull", '•'),
    ("dagger", '†'),
    ("trade", '™'),
    ("euro", '€'),
    ("minus", '−'),
    ("ensp", '\u{2002}'),   // en space
    ("emsp", '\u{2003}'),   // em space
    ("thinsp", '\u{2009}'), // thin space
    ("zwnj", '\u{200C}'),   // zero width non-joiner
    ("zwj", '\u{200D}'),    // zero width joiner
    ("lrm", '\u{200E}'),    // left-to-right mark
    ("rlm", '\u{200F}'),    // right-to-left mark
    ("scaron", 'š'),
    ("Scaron", 'Š'),
    ("zcaron", 'ž'),
    ("Zcaron", 'Ž'),
    ("oelig", 'œ'),
    ("OElig", 'Œ'),
];

/// Replaces the references to characters (`&amp;`, `&#8217;`, `&#x2019;`).
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        // No name is longer than this; a search to the end of the page for each
        // "&" would take long.
        let end = from.bytes().take(12).position(|byte| byte == b';');
        let name = end.and_then(|end| Some((from.get(1..end)?, from.get(end + 1..)?)));
        match name.and_then(|(name, behind)| Some((reference(name)?, behind))) {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Pages of Windows-1252 number their characters as there.
        if (0x80..0xA0).contains(&code) {
            let bytes = [code as u8];
            let (text, ..) = encoding_rs::WINDOWS_1252.decode(&bytes);
            return text.chars().next();
        }
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    if let Some(at) = LATIN_1.iter().position(|known| *known == name) {
        return char::from_u32(0xA0 + at as u32);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}
