//! Properties of who is who, in the made-up world that `benches/resolve.rs`
//! measures.
#![cfg(test)]

#[path = "../benches/world/mod.rs"]
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use silsila::document::DocumentId;
use silsila::entity::ReferentId;
use silsila::mention::{Gender, HeldOffice, Referent, ReferentIdx, Supertype};
use silsila::resolution::{Candidate, Resolution};
use silsila::resolve::resolve;
use silsila::span::Span;

use world::{Quality, Random, World};

fn shuffled(candidates: &[Candidate], seed: u64) -> Vec<Candidate> {
    let mut random = Random(seed);
    let mut shuffled = candidates.to_vec();
    for i in (1..shuffled.len()).rev() {
        shuffled.swap(i, random.below(i + 1));
    }
    shuffled
}

#[test]
fn the_order_of_candidates_does_not_matter() {
    // Large enough for blocks, learnt weights and several namesakes.
    let world = World::new(3000, 3);
    let want = resolve(&world.candidates);
    assert!(want.weights.iter().any(|weight| weight.change != 0.0), "weights were learnt");
    for seed in 0..2 {
        let got = resolve(&shuffled(&world.candidates, seed));
        assert!(got == want, "order {seed}");
    }
}

#[test]
fn batches_of_articles_give_what_all_at_once_give() {
    let world = World::new(400, 5);
    let want = resolve(&world.candidates);
    // The later articles come first, and the file is read in pieces.
    let mut pieces: Vec<Candidate> = Vec::new();
    for batch in world.candidates.chunks(100).rev() {
        pieces.extend_from_slice(batch);
        let so_far = resolve(&pieces);
        assert_eq!(so_far.of.len(), pieces.len());
    }
    assert!(resolve(&pieces) == want);
}

#[test]
fn a_made_up_world_is_resolved_well() {
    let world = World::new(2000, 11);
    let resolution = resolve(&world.candidates);
    for (supertype, floors) in
        [(Supertype::Person, [0.98, 0.94]), (Supertype::Organization, [0.9, 0.94])]
    {
        let items = world.candidates.iter().zip(&world.truth);
        let quality = Quality::of(
            items
                .filter(|(candidate, _)| candidate.referent.supertype == supertype)
                .map(|(candidate, truth)| (&resolution.of[&candidate.id], *truth)),
        );
        assert!(
            quality.b3_precision >= floors[0] && quality.b3_recall >= floors[1],
            "{supertype:?}: {quality:?}"
        );
    }
}

#[test]
fn ids_survive_articles_that_come_later() {
    let world = World::new(1000, 13);
    let documents: BTreeSet<&DocumentId> =
        world.candidates.iter().map(|candidate| &candidate.id.document).collect();
    let last = documents.iter().nth(documents.len() * 9 / 10).expect("documents");
    let early: Vec<Candidate> =
        world.candidates.iter().filter(|c| c.id.document < **last).cloned().collect();
    let (before, after) = (resolve(&early), resolve(&world.candidates));
    let (mut kept, mut all) = (0, 0);
    for (id, entity) in &before.entities {
        // What most of the members are afterwards.
        let mut now: BTreeMap<&str, usize> = BTreeMap::new();
        for referent in &entity.referents {
            *now.entry(&after.of[referent].0).or_default() += 1;
        }
        let most = now.iter().max_by_key(|(_, count)| **count).map(|(id, _)| *id);
        all += 1;
        kept += usize::from(most == Some(id.0.as_str()));
    }
    assert!(kept * 100 >= all * 95, "{kept} of {all} ids are kept");
}

#[test]
fn one_wrong_link_does_not_fuse_two_large_clusters() {
    // Two people of twenty articles each, who are named in three forms; and one
    // article that has a form between them.
    let forms = [
        ["James William Porter", "James W. Porter", "Jim William Porter"],
        ["James Howard Porter", "James H. Porter", "Jim Howard Porter"],
    ];
    let mut candidates = Vec::new();
    for (who, forms) in forms.iter().enumerate() {
        for article in 0..20 {
            let office = ["mayor", "admiral"][who];
            candidates.push(person(&format!("{who}-{article:02}"), forms[article % 3], office));
        }
    }
    let two = resolve(&candidates);
    assert!(!is_one(&two, "0-00", "1-00"), "they are two without the link");
    candidates.push(person("link", "James Porter", "mayor"));
    let linked = resolve(&candidates);
    assert!(is_one(&linked, "link", "0-00"), "the link belongs to one of them");
    assert!(!is_one(&linked, "0-00", "1-00"));
    for who in 0..2 {
        for article in 1..20 {
            let (first, other) = (format!("{who}-00"), format!("{who}-{article:02}"));
            assert!(is_one(&linked, &first, &other), "{other} stays with its own");
        }
    }
}

fn person(document: &str, name: &str, office: &str) -> Candidate {
    Candidate {
        id: ReferentId { document: DocumentId(document.to_owned()), referent: ReferentIdx(0) },
        referent: Referent {
            name: name.to_owned(),
            supertype: Supertype::Person,
            class: "Person".to_owned(),
            mentions: Vec::new(),
            members: Vec::new(),
            also: Vec::new(),
            mistranslated: Vec::new(),
            offices: vec![HeldOffice { title: office.to_owned(), span: Span::new(0, 0), of: None }],
            gender: Gender::Unknown,
            country: None,
            wikidata: None,
            is_named: true,
        },
        forms: IndexMap::from([(name.to_owned(), 1)]),
        office_of: vec![None],
        language: "en".to_owned(),
        companions: Arc::default(),
    }
}

fn is_one(resolution: &Resolution, a: &str, b: &str) -> bool {
    let of = |document: &str| {
        let document = DocumentId(document.to_owned());
        &resolution.of[&ReferentId { document, referent: ReferentIdx(0) }]
    };
    of(a) == of(b)
}
