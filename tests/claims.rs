//! What one sentence says, row by row of `tests/cases/`: ends, factuality,
//! time, place, amount, speaker and post.
#![cfg(test)]

use silsila::annotate::Annotator;
use silsila::claim::Attribution;
use silsila::document::{Document, DocumentId, Source};
use silsila::mention::MentionIdx;
use silsila::ontology::Ontology;
use silsila::{Annotated, Claim};

const CASES: &str = include_str!("cases/claims_en.tsv");

fn name(annotated: &Annotated, mention: MentionIdx) -> &str {
    &annotated.referent(annotated.mention(mention).referent).name
}

/// The cells of a claim, in the order of the file, behind its ends.
fn cells(annotated: &Annotated, claim: &Claim) -> Vec<String> {
    let date = |end: Option<silsila::PartialDate>| end.map_or(String::new(), |d| d.to_string());
    vec![
        claim.factuality.as_str().to_owned(),
        date(claim.when.and_then(|w| w.from)),
        date(claim.when.and_then(|w| w.to)),
        claim.place.map_or("", |place| name(annotated, place)).to_owned(),
        claim.amount.as_ref().map_or(String::new(), |amount| amount.value.to_string()),
        match &claim.attribution {
            Some(Attribution::Mention(mention)) => name(annotated, *mention).to_owned(),
            Some(Attribution::Words(span)) => annotated.text(*span).to_owned(),
            None => String::new(),
        },
        claim.office.as_ref().map_or(String::new(), |office| office.title.clone()),
        claim
            .office
            .as_ref()
            .and_then(|office| office.status)
            .map_or("", silsila::claim::OfficeStatus::as_str)
            .to_owned(),
    ]
}

#[test]
fn sentences_say_what_they_say() {
    let (annotator, ontology) = (Annotator::english(), Ontology::builtin());
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in CASES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        rows += 1;
        let expected: Vec<&str> = line.split('\t').collect();
        let [text, subject, relation, object, ..] = expected[..] else {
            panic!("not a row: {line}");
        };
        let (annotated, _) = annotator.annotate(Document {
            id: DocumentId("case".to_owned()),
            text: text.to_owned(),
            published: "2024-05-15".parse().ok(),
            language: Some("en".to_owned()),
            source: Source::default(),
        });
        let (claims, _) = silsila::extract::extract(&ontology, &annotated);
        let symmetric = ontology.relations[relation].symmetric;
        let found = claims.iter().find(|claim| {
            let ends = (name(&annotated, claim.subject), name(&annotated, claim.object));
            claim.relation == relation
                && (ends == (subject, object) || symmetric && ends == (object, subject))
        });
        let Some(found) = found else {
            wrong.push(format!("{text}\n    no {subject} {relation} {object}"));
            continue;
        };
        let got = cells(&annotated, found);
        for (got, want) in got.iter().zip(expected.iter().skip(4)) {
            let right = match *want {
                "" => true,
                "-" => got.is_empty(),
                want => got == want,
            };
            if !right {
                wrong.push(format!(
                    "{text}\n    wanted {want:?}, got {got:?} in {got_all:?}",
                    got_all = cells(&annotated, found)
                ));
            }
        }
    }
    assert!(rows > 20, "the table is nearly empty");
    assert!(wrong.is_empty(), "{} of {rows} rows are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
