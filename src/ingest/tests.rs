//! Formats, encodings and faults of what is read.

use std::io::{self, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::*;

/// Reads all of a stream: the documents, and what was said.
fn read_all(bytes: &[u8], format: Format) -> (Vec<Document>, Vec<Diagnostic>) {
    read_with(bytes, format, &Metadata::default(), ReadOptions::default())
}

fn read_with(
    bytes: &[u8],
    format: Format,
    known: &Metadata,
    options: ReadOptions,
) -> (Vec<Document>, Vec<Diagnostic>) {
    let (mut documents, mut found) = (Vec::new(), Vec::new());
    for item in read(bytes, "news", format, known, options) {
        match item {
            Ok(document) => documents.push(document),
            Err(diagnostic) => found.push(diagnostic),
        }
    }
    (documents, found)
}

/// Checks the texts, and the severity and place of what is said.
fn check(name: &str, format: Format, bytes: &[u8], texts: &[&str], said: &[(Severity, &str)]) {
    let (documents, found) = read_all(bytes, format);
    let got: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    assert_eq!(got, texts, "{name}: texts; said: {found:?}");
    let got: Vec<(Severity, &str)> = found.iter().map(|d| (d.severity, d.place.as_str())).collect();
    assert_eq!(got, said, "{name}: findings; said: {found:?}");
}

fn utf16(text: &str, encode: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(encode).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory does not fail");
    encoder.finish().expect("memory does not fail")
}

use Severity::{Error, Note, Warning};

#[test]
fn texts_in_any_encoding() {
    let text = "José Muñoz traveled to Curaçao – “at last”, he said.\n";
    let long = text.repeat(4);
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(&long);
    let cases: [(&str, Vec<u8>, &[(Severity, &str)]); 8] = [
        ("UTF-8", long.as_bytes().to_vec(), &[]),
        ("UTF-8 with mark", [b"\xEF\xBB\xBF", long.as_bytes()].concat(), &[]),
        ("gzip", gzip(long.as_bytes()), &[]),
        ("windows-1252", latin.into_owned(), &[(Note, "news")]),
        (
            "UTF-16 little-endian",
            utf16(&format!("\u{FEFF}{long}"), u16::to_le_bytes),
            &[(Note, "news")],
        ),
        (
            "UTF-16 big-endian",
            utf16(&format!("\u{FEFF}{long}"), u16::to_be_bytes),
            &[(Note, "news")],
        ),
        ("UTF-16 without mark", utf16(&long, u16::to_le_bytes), &[(Note, "news")]),
        ("the same, big-endian", utf16(&long, u16::to_be_bytes), &[(Note, "news")]),
    ];
    for (name, bytes, said) in cases {
        check(name, Format::Text, &bytes, &[&long], said);
    }
}

#[test]
fn the_text_is_what_stands_in_the_file() {
    for text in [
        "One line.\r\nAnother.\r\n",
        "\u{200F}\u{2067}right to left\u{2069} and z\u{200D}w\u{200C}j",
        "a stray \0 zero in a text that is long enough for it to be one in a hundred, \
         which this one hundred and twenty characters are",
        "\u{1F600} \u{10FFFF}",
    ] {
        check(text, Format::Text, text.as_bytes(), &[text], &[]);
    }
}

#[test]
fn broken_utf_8_is_mended_where_the_rest_is_utf_8() {
    let long = "Žižek, Dvořák, Škvorecký, Čapek, Němcová, Kříž a Šťastný ".repeat(2);
    let bytes = [long.as_bytes(), b"\xFF", long.as_bytes()].concat();
    let want = format!("{long}\u{FFFD}{long}");
    check("text", Format::Text, &bytes, &[&want], &[(Warning, "news")]);
    let line = [b"{\"text\": \"", long.as_bytes(), b"\xFF\"}\n{\"text\": \"B.\"}"].concat();
    let want = format!("{long}\u{FFFD}");
    check("jsonl", Format::Jsonl, &line, &[&want, "B."], &[(Warning, "news:1")]);
    let table = [b"text\n\"", long.as_bytes(), b"\xFF\"\nB.\n"].concat();
    check("csv", Format::Csv, &table, &[&want, "B."], &[(Warning, "news:2")]);
}

#[test]
fn what_holds_no_article_is_said_to() {
    let noise: Vec<u8> =
        (0..2000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for format in Format::ALL {
        let name = format.as_str();
        let one = matches!(format, Format::Text | Format::Markdown | Format::Html);
        if one {
            check(name, format, b"", &[], &[(Warning, "news")]);
            check(name, format, b" \n\t\n", &[], &[(Warning, "news")]);
        }
        check(name, format, b"%PDF-1.7 \xE2\xE3", &[], &[(Error, "news")]);
        check(name, format, b"abc\0\0\0\0def\x01", &[], &[(Error, "news")]);
        check(name, format, &noise, &[], &[(Error, "news")]);
    }
    check(
        "no article on a page",
        Format::Html,
        b"<html><script>x</script>",
        &[],
        &[(Warning, "news")],
    );
    check(
        "front matter only",
        Format::Markdown,
        b"---\ntitle: T\n---\n",
        &[],
        &[(Warning, "news")],
    );
    check("no line", Format::Jsonl, b"\n\n", &[], &[]);
    check("nothing in the array", Format::Json, b" [ ] ", &[], &[]);
    check("empty table", Format::Csv, b"", &[], &[(Warning, "news:1")]);
}

#[test]
fn a_broken_line_spoils_no_other() {
    let lines = b"{\"text\": \"A.\"}\n{\"text\": \"B.\n\n[1]\n\"x\"\n{\"headline\": \"H\"}\n{}\n\
                  {\"text\": null}\n{\"text\": \"\"}\n{\"text\": \"C.\\ud800\"}\n{\"text\": \"D.\"}";
    check(
        "lines",
        Format::Jsonl,
        lines,
        &["A.", "D."],
        &[
            (Error, "news:2"),
            (Error, "news:4"),
            (Error, "news:5"),
            (Error, "news:6"),
            (Error, "news:7"),
            (Warning, "news:8"),
            (Warning, "news:9"),
            (Error, "news:10"),
        ],
    );
    let deep =
        [b"{\"text\": \"A.\"}\n{\"a\": ".as_slice(), &[b'['; 100_000], b"\n{\"text\": \"B.\"}"];
    check("depth", Format::Jsonl, &deep.concat(), &["A.", "B."], &[(Error, "news:2")]);
}

#[test]
fn json_in_an_array_or_over_lines() {
    let array = b"[{\"text\": \"A [1] {\\\"}\"},\n {\"text\":\n \"B.\"}, 7,\n{\"text\": \"C.\"}]\n";
    check("array", Format::Json, array, &["A [1] {\"}", "B.", "C."], &[(Error, "news:3")]);
    check("one object", Format::Json, b"{\n\"text\": \"A.\"\n}\n", &["A."], &[]);
    check(
        "lines by another name",
        Format::Json,
        b"{\"text\": \"A.\"}\n{\"text\":\n{\"text\": \"B.\"}",
        &["A.", "B."],
        &[(Error, "news:2")],
    );
    check(
        "cut off",
        Format::Json,
        b"[{\"text\": \"A.\"}, {\"text\": \"B",
        &["A."],
        &[(Error, "news:1")],
    );
}

#[test]
fn fields_by_their_many_names() {
    let check = |line: &str, want: [Option<&str>; 6]| {
        let (documents, found) = read_all(line.as_bytes(), Format::Jsonl);
        let [document] = documents.as_slice() else { panic!("{line}: {found:?}") };
        let published = document.published.map(|date| date.to_string());
        let source = &document.source;
        let got = [
            Some(document.id.0.as_str()),
            source.title.as_deref(),
            published.as_deref(),
            source.url.as_deref(),
            document.language.as_deref(),
            source.publisher.as_deref(),
        ];
        let own = content_id(&document.text).0;
        let want = [want[0].or(Some(&own)), want[1], want[2], want[3], want[4], want[5]];
        assert_eq!(got, want, "{line}");
        assert_eq!(source.path.as_deref(), Some("news"));
    };
    check(
        r#"{"id": 17, "text": "A.", "title": "T", "published": "2023-12-09T01:02:03Z", "url": "u", "language": "en", "source": "S"}"#,
        [Some("17"), Some("T"), Some("2023-12-09"), Some("u"), Some("en"), Some("S")],
    );
    check(
        r#"{"guid": "g", "event_text": "A.", "headline": "T", "pub_date": "20231209", "link": "u", "lang": "en_US", "publisher": "S"}"#,
        [Some("g"), Some("T"), Some("2023-12-09"), Some("u"), Some("en-US"), Some("S")],
    );
    check(
        r#"{"content": "A.", "publishedAt": "2023-12-09", "source": {"id": null, "name": "S"}, "unknown": [1]}"#,
        [None, None, Some("2023-12-09"), None, None, Some("S")],
    );
    check(
        r#"{"body": "A.", "date": "", "creation_date": "2023-12", "Source Name": "S", "source": null}"#,
        [None, None, Some("2023-12"), None, None, Some("S")],
    );
    // The first choice holds whatever the order.
    check(
        r#"{"date": "2023", "published": "2024", "text": "A."}"#,
        [None, None, Some("2024"), None, None, None],
    );
}

#[test]
fn a_date_that_would_have_to_be_guessed_is_left_out() {
    for date in ["09/12/2023", "0000-00-00", "1702108800", "recently"] {
        let line = format!(r#"{{"text": "A.", "date": "{date}"}}"#);
        check(date, Format::Jsonl, line.as_bytes(), &["A."], &[(Warning, "news:1")]);
        let (documents, _) = read_all(line.as_bytes(), Format::Jsonl);
        assert_eq!(documents[0].published, None);
    }
}

#[test]
fn tables_with_any_separator_and_order() {
    for separator in [",", ";", "\t", "|"] {
        let table = ["Date|Body|Headline", "2023-12-09|\"A, b; c.\nd\"|T", "|B.|", "||"].join("\n");
        let table = table.replace('|', separator);
        let texts = ["A, b; c.\nd", "B."];
        check(separator, Format::Csv, table.as_bytes(), &texts, &[(Warning, "news:5")]);
        let (documents, _) = read_all(table.as_bytes(), Format::Csv);
        assert_eq!(documents[0].source.title.as_deref(), Some("T"));
        assert_eq!(documents[0].published.map(|d| d.to_string()).as_deref(), Some("2023-12-09"));
    }
    let windows = b"text\r\nCaf\xE9 M\xFCller in Z\xFCrich, sagt sie.\r\n";
    check("windows-1252", Format::Csv, windows, &["Café Müller in Zürich"], &[(Note, "news:1")]);
    check(
        "rows of any length",
        Format::Csv,
        b"id,text\n1\n2,B.,x\n",
        &["B."],
        &[(Warning, "news:2")],
    );
    check("no header", Format::Csv, b"1,Some text.\n2,More text.\n", &[], &[(Error, "news:1")]);
}

#[test]
fn front_matter() {
    let check = |text: &str, body: &str, title: Option<&str>, date: Option<&str>| {
        let (documents, _) = read_all(text.as_bytes(), Format::Markdown);
        let document = documents.first().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(document.text, body, "{text}");
        assert_eq!(document.source.title.as_deref(), title, "{text}");
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), date, "{text}");
    };
    check(
        "---\ntitle: \"A: b\"\ndate: 2023-12-09\ntags:\n  - x\n---\n\n# H\n",
        "\n# H\n",
        Some("A: b"),
        Some("2023-12-09"),
    );
    check(
        "+++\ntitle = 'T'\ndate = 2023-12-09T00:00:00Z\n+++\nBody.",
        "Body.",
        Some("T"),
        Some("2023-12-09"),
    );
    check("No front matter.", "No front matter.", None, None);
    check("---\nnever closed: x\n", "---\nnever closed: x\n", None, None);
    check("--- a dash", "--- a dash", None, None);
}

#[test]
fn web_pages() {
    let page = r#"<!DOCTYPE html><html lang="en-GB"><head><title>Talks &mdash; The Paper</title>
        <meta property="og:site_name" content="The Paper">
        <script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Talks in Oslo", "datePublished": "2023-12-09T08:00:00Z"}]}</script>
        <style>p { color: red }</style></head>
        <body><nav><a href="/">Home</a></nav>
        <article class=teaser><p>Another.</p></article>
        <article><h1>Talks in&nbsp;Oslo</h1><!-- <p>no</p> -->
        <p>The <b>minister</b> met
           the envoy&#8217;s aide at R&eacute;union &lt;hotel&gt; &amp; left. x < y &unknown;</p><p>A second
        paragraph<br>with a break that goes on for long enough to be an article and no teaser of one,
        as news articles commonly do, which is why a shorter one is not taken for the whole of the page
        when there are several of them on it.</p>
        <ul><li>one</li><li>two</li></ul></article>
        <footer>All rights reserved</footer><script>if (a < b) document.write("<p>no</p>")</script></body></html>"#;
    let (documents, found) = read_all(page.as_bytes(), Format::Html);
    assert_eq!(found, []);
    let document = &documents[0];
    assert_eq!(
        document.text,
        "Talks in\u{A0}Oslo\n\nThe minister met the envoy’s aide at Réunion <hotel> & left. x < y &unknown;\n\n\
         A second paragraph\nwith a break that goes on for long enough to be an article and no teaser of one, \
         as news articles commonly do, which is why a shorter one is not taken for the whole of the page \
         when there are several of them on it.\n\none\ntwo"
    );
    assert_eq!(document.source.title.as_deref(), Some("Talks in Oslo"));
    assert_eq!(document.source.publisher.as_deref(), Some("The Paper"));
    assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2023-12-09"));
    assert_eq!(document.language.as_deref(), Some("en-GB"));

    let (page, ..) =
        encoding_rs::WINDOWS_1251.encode("<meta charset=windows-1251><p>Встреча в Москве</p>");
    check("declared encoding", Format::Html, &page, &["Встреча в Москве"], &[(Note, "news")]);
    check("soup", Format::Html, b"<p>a<p>b</i></div><", &["a\n\nb\n\n<"], &[]);
    check("unclosed", Format::Html, b"<p>a <!-- b <p>c", &["a"], &[]);
}

#[test]
fn what_stands_beside_a_file_holds_over_the_page_and_under_the_record() {
    let known = Metadata {
        title: Some("Beside".to_owned()),
        published: read_date("2020"),
        ..Metadata::default()
    };
    let title = |format, bytes: &[u8]| {
        let (documents, _) = read_with(bytes, format, &known, ReadOptions::default());
        (documents[0].source.title.clone().unwrap_or_default(), documents[0].published)
    };
    assert_eq!(title(Format::Text, b"A.").0, "Beside");
    assert_eq!(title(Format::Html, b"<title>Page</title><p>A.").0, "Beside");
    let (record, published) = title(Format::Jsonl, br#"{"text": "A.", "title": "Record"}"#);
    assert_eq!((record.as_str(), published), ("Record", read_date("2020")));
}

#[test]
fn a_table_of_metadata() {
    let table = b"title,published,file\nT,2023-12-09,./a.txt\nU,someday,b.txt\nV,,a.txt\n";
    let (files, found) = read_metadata(table.as_slice(), "metadata.csv");
    let files = files.expect("it has a column of files");
    assert_eq!(files.keys().collect::<Vec<_>>(), ["a.txt", "b.txt"]);
    assert_eq!(files["a.txt"].title.as_deref(), Some("V"));
    assert_eq!(files["b.txt"].published, None);
    let places: Vec<_> = found.iter().map(|d| d.place.as_str()).collect();
    assert_eq!(places, ["metadata.csv:3", "metadata.csv:4"]);
    for other in ["id,text\n1,A.\n", "file,text\na,A.\n", "", "\0\u{1}"] {
        assert_eq!(read_metadata(other.as_bytes(), "metadata.csv").0, None, "{other}");
    }
}

#[test]
fn what_is_too_long_is_passed_over() {
    let options = ReadOptions { max_text: 100 };
    let check = |format: Format, bytes: &[u8], want: usize| {
        let (documents, found) = read_with(bytes, format, &Metadata::default(), options);
        assert_eq!(documents.len(), want, "{format:?}: {found:?}");
        assert!(found.iter().any(|d| d.message.contains("--max-text")), "{format:?}: {found:?}");
    };
    let long = "x".repeat(101);
    let huge = "x".repeat(3 << 20);
    check(Format::Text, long.as_bytes(), 0);
    check(Format::Html, format!("<p>{long}").as_bytes(), 0);
    for long in [&long, &huge] {
        let lines = format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"B.\"}}\n");
        check(Format::Jsonl, lines.as_bytes(), 1);
        let array = format!("[{{\"text\": \"{long}\"}}, {{\"text\": \"B.\"}}]");
        check(Format::Json, array.as_bytes(), 1);
    }
    check(Format::Csv, format!("text\n{long}\nB.\n").as_bytes(), 1);
    // A row that does not end takes the rest of the table with it.
    check(Format::Csv, format!("text\nA.\n\"{huge}\nB.\n").as_bytes(), 1);
}

#[test]
fn a_line_of_a_gigabyte_is_not_held() {
    // As many bytes as are asked for, and no more memory than a buffer.
    let line = io::repeat(b'x').take(1 << 30);
    let input = b"{\"text\": \"A.\"}\n{\"text\": \""
        .chain(line)
        .chain(b"\"}\n{\"text\": \"B.\"}".as_slice());
    let read = read(input, "news", Format::Jsonl, &Metadata::default(), ReadOptions::default());
    let texts: Vec<_> = read.map(|item| item.map(|d| d.text).map_err(|d| d.place)).collect();
    assert_eq!(texts, [Ok("A.".to_owned()), Err("news:2".to_owned()), Ok("B.".to_owned())]);
}

#[test]
fn a_stream_that_fails_is_said_to() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is on fire"))
        }
    }
    let head = "{\"text\": \"A.\"}\n".repeat(10_000);
    for (format, documents) in [(Format::Jsonl, 10_000), (Format::Text, 0)] {
        let input = head.as_bytes().chain(Failing);
        let items: Vec<_> =
            read(input, "news", format, &Metadata::default(), ReadOptions::default()).collect();
        assert_eq!(items.iter().filter(|item| item.is_ok()).count(), documents);
        let Some(Err(last)) = items.last() else { panic!("{format:?} does not say so") };
        assert!(last.message.contains("on fire"), "{}", last.message);
    }
    let cut = gzip(head.as_bytes());
    let (_, found) = read_all(&cut[..cut.len() - 10], Format::Jsonl);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn formats_by_name_and_content() {
    for (name, want) in [
        ("a.txt", Some(Format::Text)),
        ("a.b.MD", Some(Format::Markdown)),
        ("a.jsonl.gz", Some(Format::Jsonl)),
        ("a.tsv", Some(Format::Csv)),
        ("a.pdf", None),
        ("txt", None),
        (".txt", None),
        ("a.gz", None),
    ] {
        assert_eq!(Format::of_name(name), want, "{name}");
    }
    for (content, want) in [
        ("{\"text\": \"A.\"}\n{\"text\"", Format::Jsonl),
        ("\u{FEFF} {\"text\": \"A.\"}", Format::Jsonl),
        ("{\n  \"text\": \"A.\"\n}", Format::Json),
        ("[\n{\"text\"", Format::Json),
        ("<!DOCTYPE HTML><p>", Format::Html),
        ("{Reuters} The minister", Format::Text),
        ("[Updated] The minister", Format::Text),
        ("", Format::Text),
    ] {
        assert_eq!(Format::of_content(content.as_bytes()), want, "{content}");
    }
}

#[test]
fn the_same_text_has_the_same_id() {
    let (first, _) = read_all(b"A text.", Format::Text);
    let (second, _) = read_all(br#"{"text": "A text.", "title": "T"}"#, Format::Jsonl);
    assert_eq!(first[0].id, second[0].id);
    assert_eq!(first[0].id.0, "3b6444e203f18aca");
}

/// Bytes that look like input: pieces of all formats, thrown together.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"{\"text\": \"".to_vec()),
        Just(b"\"}\n".to_vec()),
        Just(b"<p>".to_vec()),
        Just(b"<article a='".to_vec()),
        Just(b"</script>".to_vec()),
        Just(b"<script type=application/ld+json>".to_vec()),
        Just(b"&#x80;&eacute;&".to_vec()),
        Just(b"---\ntitle: \"".to_vec()),
        Just(b"text,date\n\"".to_vec()),
        Just(b"[{\\u".to_vec()),
        Just(b"\xFF\xFEa\0".to_vec()),
        Just(b"\x1F\x8B\x08\0".to_vec()),
        "\\PC{0,20}".prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..20),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_input_makes_a_reader_panic(bytes in soup()) {
        for format in Format::ALL {
            for document in read(bytes.as_slice(), "news", format, &Metadata::default(), ReadOptions::default()).flatten() {
                prop_assert!(!document.text.trim().is_empty());
            }
        }
        let _ = read_metadata(bytes.as_slice(), "metadata.csv");
        let _ = Format::of_content(&bytes);
    }

    #[test]
    fn a_text_in_utf_8_or_utf_16_is_read_as_it_is(text in "[ -~\u{A1}-\u{2FF}\u{600}-\u{6FF}\n]{1,200}") {
        prop_assume!(!text.trim().is_empty());
        // A mark says what it is; without one, four letters may be anything.
        let marked = utf16(&format!("\u{FEFF}{text}"), u16::to_be_bytes);
        for bytes in [text.as_bytes(), &marked] {
            let (documents, found) = read_all(bytes, Format::Text);
            prop_assert_eq!(documents.len(), 1, "{:?}", found);
            prop_assert_eq!(&documents[0].text, &text);
        }
    }
}
