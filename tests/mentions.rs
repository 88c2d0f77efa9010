//! What texts name, row by row of `tests/cases/mentions_en.tsv`.
#![cfg(test)]

use silsila::Annotated;
use silsila::annotate::Annotator;
use silsila::document::{Document, DocumentId, Source};
use silsila::mention::Referent;

const CASES: &str = include_str!("cases/mentions_en.tsv");

fn annotate(annotator: &Annotator, text: &str) -> Annotated {
    let document = Document {
        id: DocumentId("test".to_owned()),
        text: text.to_owned(),
        published: None,
        language: Some("en".to_owned()),
        source: Source::default(),
    };
    annotator.annotate(document).0
}

/// A thing in the notation of the table.
fn show(annotated: &Annotated, referent: &Referent) -> String {
    let mentions: Vec<&str> =
        referent.mentions.iter().map(|&m| annotated.text(annotated.mention(m).span)).collect();
    let offices: Vec<String> = referent
        .offices
        .iter()
        .map(|office| {
            let of = office.of.map(|of| annotated.text(annotated.mention(of).span));
            office.title.clone() + &of.map_or(String::new(), |of| format!("/{of}"))
        })
        .collect();
    let offices =
        if offices.is_empty() { String::new() } else { format!(" [{}]", offices.join("; ")) };
    let members: Vec<&str> =
        referent.members.iter().map(|&m| annotated.referent(m).name.as_str()).collect();
    let members =
        if members.is_empty() { String::new() } else { format!(" {{{}}}", members.join("; ")) };
    format!("{} {}{offices}{members}", referent.class, mentions.join(" = "))
}

/// The same with the country it is tied to.
fn show_country(annotated: &Annotated, referent: &Referent) -> String {
    let country = referent.country.as_deref().unwrap_or_default();
    format!("{} ({country})", show(annotated, referent))
}

#[test]
fn texts_name_what_they_name() {
    let annotator = Annotator::english();
    let mut wrong = Vec::new();
    for line in CASES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let [shows, text, wanted_things] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("a row has three columns: {line}");
        };
        let annotated = annotate(&annotator, &text.replace('|', "\n"));
        let things = |show: fn(&Annotated, &Referent) -> String| -> Vec<String> {
            annotated.referents.iter().map(|r| show(&annotated, r)).collect()
        };
        let found = things(show);
        let with_countries = things(show_country);
        for thing in wanted_things.split(" ; ") {
            let (wanted, thing) = match thing.strip_prefix('!') {
                Some(thing) => (false, thing),
                None => (true, thing),
            };
            if found.iter().chain(&with_countries).any(|f| f == thing) != wanted {
                wrong.push(format!(
                    "{shows}: {text}\n  expected {thing}, {wanted}\n  found    {}",
                    with_countries.join(" ; ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn layers_keep_their_promises() {
    let annotator = Annotator::english();
    let texts = [
        "",
        " \n\n ",
        "…",
        "'s 's 's",
        "Mr.",
        "The of and for",
        "(FO) (FO) (",
        "@ @a @JaneDoe @@@",
        "“ “ ” \" '",
        "Secretary of of the for State Secretary",
        "PRESIDENT PRESIDENT PRESIDENT OF THE OF",
        "Ministry of, and, Ministry of",
        "\u{200E}Jane\u{200F} Doe\u{FEFF}",
        "पाकिस्तान پاکستان 巴基斯坦 Pakistan",
        "a\u{0301}́́́ Doé\u{0301} İstanbul ẞ ﬀ",
        "He said she said they said who said I said we said it.",
        "U.S.-U.S.-U.S.-led pro-U.S.",
        "1 2 3 Doe 4 5 6 Roe 7",
    ];
    let long = "Foreign Minister Jane Doe of Peru met Mr. Roe (UN) in Lima. ".repeat(40);
    for text in texts.into_iter().chain([long.as_str()]) {
        let annotated = annotate(&annotator, text);
        let mut end = 0;
        for mention in &annotated.mentions {
            assert!(end <= mention.span.start(), "mentions overlap in {text:?}");
            assert!(!annotated.text(mention.span).is_empty(), "an empty mention in {text:?}");
            assert!(mention.tokens.contains(&mention.head.index()), "a head outside in {text:?}");
            assert!(
                annotated
                    .referent(mention.referent)
                    .mentions
                    .iter()
                    .any(|&m| annotated.mention(m) == mention)
            );
            end = mention.span.end();
        }
        let firsts: Vec<_> =
            annotated.referents.iter().map(|r| r.mentions.first().copied()).collect();
        assert!(firsts.iter().all(Option::is_some), "a thing without a mention in {text:?}");
        assert!(firsts.is_sorted(), "things out of order in {text:?}");
        for referent in &annotated.referents {
            assert!(!referent.name.is_empty(), "a thing without a name in {text:?}");
            assert!(referent.mentions.is_sorted());
        }
    }
}
