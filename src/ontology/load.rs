//! Blocks of Turtle in, [`Ontology`] out: what the properties of a block mean.

use super::error::{OntologyError, OntologyFile, OntologyProblem, Place};
use super::turtle::{Block, local_name, read};
use super::{Class, Example, Labels, NAMESPACE, Ontology, Pattern, Relation};

/// The namespace of the vocabulary in which patterns are written.
pub(super) const LEX: &str = "https://w3id.org/silsila/lex#";

/// The properties of that vocabulary.
pub(super) const LEX_PROPERTIES: [&str; 11] = [
    "pattern",
    "example",
    "counterExample",
    "domainIncludes",
    "rangeIncludes",
    "plover",
    "ploverPlanned",
    "ploverNegated",
    "family",
    "cameo",
    "words",
];

const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const OWL: &str = "http://www.w3.org/2002/07/owl#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// The files that ship with the program, with their names for messages.
const BUILTIN: &[(&str, &str)] = &[
    ("classes.ttl", include_str!("../../ontology/classes.ttl")),
    ("consult.ttl", include_str!("../../ontology/consult.ttl")),
    ("aid.ttl", include_str!("../../ontology/aid.ttl")),
    ("agree.ttl", include_str!("../../ontology/agree.ttl")),
    ("support.ttl", include_str!("../../ontology/support.ttl")),
    ("concede.ttl", include_str!("../../ontology/concede.ttl")),
    ("cooperate.ttl", include_str!("../../ontology/cooperate.ttl")),
    ("retreat.ttl", include_str!("../../ontology/retreat.ttl")),
    ("request.ttl", include_str!("../../ontology/request.ttl")),
    ("accuse.ttl", include_str!("../../ontology/accuse.ttl")),
    ("reject.ttl", include_str!("../../ontology/reject.ttl")),
    ("threaten.ttl", include_str!("../../ontology/threaten.ttl")),
    ("protest.ttl", include_str!("../../ontology/protest.ttl")),
    ("sanction.ttl", include_str!("../../ontology/sanction.ttl")),
    ("mobilize.ttl", include_str!("../../ontology/mobilize.ttl")),
    ("coerce.ttl", include_str!("../../ontology/coerce.ttl")),
    ("assault.ttl", include_str!("../../ontology/assault.ttl")),
    ("office.ttl", include_str!("../../ontology/office.ttl")),
    ("standing.ttl", include_str!("../../ontology/standing.ttl")),
    ("cues.ttl", include_str!("../../ontology/cues.ttl")),
    // Wordings of other languages, of what stands in the files above.
    ("ur.ttl", include_str!("../../ontology/ur.ttl")),
];

impl Ontology {
    /// Returns the ontology that ships with the program.
    ///
    /// # Panics
    /// Panics if the files that were compiled in are not valid; a test loads them.
    pub fn builtin() -> Self {
        let mut ontology = Self::default();
        for file in Self::builtin_files() {
            if let Err(errors) = ontology.add(file) {
                panic!("the built-in ontology is broken: {errors:?}");
            }
        }
        ontology
    }

    /// Returns the files of the ontology that ships with the program.
    pub fn builtin_files() -> impl Iterator<Item = OntologyFile<'static>> {
        BUILTIN.iter().map(|&(name, turtle)| OntologyFile { name, turtle })
    }

    /// Adds the classes, relations and cue words of a file; a class or relation
    /// whose IRI is known gains what the file says of it.
    ///
    /// What can be read is added even where something else cannot.
    pub fn add(&mut self, file: OntologyFile<'_>) -> Result<(), Vec<OntologyError>> {
        self.uses.take();
        let blocks = read(file).map_err(|error| vec![error])?;
        let mut loader = Loader { ontology: self, file, errors: Vec::new() };
        loader.add(&blocks);
        if loader.errors.is_empty() { Ok(()) } else { Err(loader.errors) }
    }
}

/// What a block describes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Class,
    Relation,
    Cues,
}

/// Adds one file to an ontology.
struct Loader<'a> {
    ontology: &'a mut Ontology,
    file: OntologyFile<'a>,
    errors: Vec<OntologyError>,
}

impl Loader<'_> {
    fn add(&mut self, blocks: &[Block]) {
        let kinds: Vec<Option<Kind>> = blocks.iter().map(|block| self.kind(block)).collect();
        let of = |kind| {
            let kinds = kinds.iter().copied();
            blocks.iter().zip(kinds).filter(move |(_, k)| *k == Some(kind)).map(|(block, _)| block)
        };
        // All classes have names before any block speaks of them.
        for block in of(Kind::Class) {
            self.name_class(block);
        }
        for block in of(Kind::Class) {
            self.add_class(block);
        }
        for block in of(Kind::Relation) {
            self.add_relation(block);
        }
        for block in of(Kind::Cues) {
            self.add_cues(block);
        }
    }

    /// What a block describes: what it says that it is, or what its IRI is
    /// known to be. None if it is about something else.
    fn kind(&mut self, block: &Block) -> Option<Kind> {
        let unknown = block.properties().filter_map(|property| property.strip_prefix(LEX));
        let unknown: Vec<&str> = unknown.filter(|p| !LEX_PROPERTIES.contains(p)).collect();
        for property in unknown {
            let name = local_name(&block.iri).to_owned();
            let problem = OntologyProblem::Property { block: name, property: property.to_owned() };
            self.error(&format!(":{property}"), block, problem);
        }
        let is_a = |class: &str| {
            block.iris(RDF_TYPE).any(|t| t.strip_prefix(OWL).or(t.strip_prefix(LEX)) == Some(class))
        };
        let name = local_name(&block.iri);
        let ontology = &self.ontology;
        if is_a("Class") || ontology.class_by_iri(&block.iri).is_some() {
            Some(Kind::Class)
        } else if is_a("ObjectProperty") || ontology.relation_by_iri(&block.iri).is_some() {
            Some(Kind::Relation)
        } else if is_a("CueClass")
            || block.iri.strip_prefix(LEX) == Some(name)
                && ontology.cues.values().any(|cues| cues.contains_key(name))
        {
            Some(Kind::Cues)
        } else {
            if block.properties().any(|property| property.starts_with(LEX)) {
                let iri = block.iri.clone();
                self.error_at(block, OntologyProblem::Undeclared { iri });
            }
            None
        }
    }

    fn name_class(&mut self, block: &Block) {
        let other = self.ontology.classes.get(local_name(&block.iri)).map(|c| c.iri.clone());
        let Some(name) = self.name(block, other) else { return };
        let class = self.ontology.classes.entry(name.clone()).or_default();
        *class = Class { name, iri: block.iri.clone(), ..std::mem::take(class) };
    }

    fn add_class(&mut self, block: &Block) {
        let mut parents = Vec::new();
        let mut alignments = alignments(block);
        for parent in block.iris(&format!("{RDFS}subClassOf")) {
            match self.ontology.class_by_iri(parent) {
                Some(class) => parents.push(class.name.clone()),
                // One of ours that does not exist: `check` reports it.
                None if parent.starts_with(NAMESPACE) => {
                    parents.push(local_name(parent).to_owned());
                }
                None => alignments.push(parent.to_owned()),
            }
        }
        let Some(class) = self.ontology.classes.values_mut().find(|c| c.iri == block.iri) else {
            return;
        };
        describe(block, &mut class.labels, &mut class.comments);
        extend(&mut class.parents, parents);
        extend(&mut class.alignments, alignments);
    }

    fn add_relation(&mut self, block: &Block) {
        let other = self.ontology.relations.get(local_name(&block.iri)).map(|r| r.iri.clone());
        let Some(name) = self.name(block, other) else { return };
        let (domain, range) =
            (self.classes(block, "domainIncludes"), self.classes(block, "rangeIncludes"));
        let patterns = self.patterns(block, &name);
        let examples = self.examples(block, &name);
        let counter_examples = self.texts(block, "counterExample");
        let inverses = block.iris(&format!("{OWL}inverseOf")).map(str::to_owned).collect();

        let relation = self.ontology.relations.entry(name.clone()).or_default();
        *relation = Relation { name, iri: block.iri.clone(), ..std::mem::take(relation) };
        describe(block, &mut relation.labels, &mut relation.comments);
        extend(&mut relation.domain, domain);
        extend(&mut relation.range, range);
        relation.symmetric |=
            block.iris(RDF_TYPE).any(|t| t.strip_prefix(OWL) == Some("SymmetricProperty"));
        let first = |property: &str| {
            let mut texts = block.texts(property).map(|(_, text)| text.to_owned());
            texts.next()
        };
        relation.family = first(&format!("{LEX}plover"))
            .or_else(|| first(&format!("{LEX}family")))
            .or(relation.family.take());
        relation.family_planned =
            first(&format!("{LEX}ploverPlanned")).or(relation.family_planned.take());
        relation.family_negated =
            first(&format!("{LEX}ploverNegated")).or(relation.family_negated.take());
        relation.code = first(&format!("{LEX}cameo")).or(relation.code.take());
        extend(&mut relation.alignments, alignments(block));
        extend(&mut relation.inverses, inverses);
        for (language, pattern) in patterns {
            extend(relation.patterns.entry(language).or_default(), vec![pattern]);
        }
        extend(&mut relation.examples, examples);
        extend(
            &mut relation.counter_examples,
            counter_examples
                .into_iter()
                .map(|(language, text)| Example { language, text, subject: None, object: None })
                .collect(),
        );
    }

    fn add_cues(&mut self, block: &Block) {
        let name = local_name(&block.iri);
        for (language, words) in self.texts(block, "words") {
            let cues = self.ontology.cues.entry(language).or_default();
            cues.entry(name.to_owned()).or_default().extend(
                words
                    .split(['|', '\n'])
                    .map(str::trim)
                    .filter(|word| !word.is_empty())
                    .map(str::to_owned),
            );
        }
    }

    /// The short name of a block, unless another IRI has it.
    fn name(&mut self, block: &Block, other: Option<String>) -> Option<String> {
        let (iri, name) = (block.iri.clone(), local_name(&block.iri).to_owned());
        let problem = match other {
            _ if name.is_empty() => OntologyProblem::Nameless { iri },
            Some(other) if other != block.iri => OntologyProblem::Name { iri, name, other },
            _ => return Some(name),
        };
        self.error_at(block, problem);
        None
    }

    /// The names of the classes that a property has as its values; the IRI of
    /// one that does not exist.
    fn classes(&self, block: &Block, property: &str) -> Vec<String> {
        let name = |iri: &str| match self.ontology.class_by_iri(iri) {
            Some(class) => class.name.clone(),
            None => iri.strip_prefix(NAMESPACE).unwrap_or(iri).to_owned(),
        };
        block.iris(&format!("{LEX}{property}")).map(name).collect()
    }

    fn patterns(&mut self, block: &Block, relation: &str) -> Vec<(String, Pattern)> {
        let mut patterns = Vec::new();
        for (language, text) in self.texts(block, "pattern") {
            match Pattern::read(&text) {
                Ok(pattern) => patterns.push((language, pattern)),
                Err(error) => {
                    let relation = relation.to_owned();
                    self.error(&text, block, OntologyProblem::Pattern { relation, error });
                }
            }
        }
        patterns
    }

    fn examples(&mut self, block: &Block, relation: &str) -> Vec<Example> {
        let mut examples = Vec::new();
        for (language, text) in self.texts(block, "example") {
            let example = read_example(&language, &text);
            if example.subject.is_some() && example.object.is_some() {
                examples.push(example);
            } else {
                let (relation, example) = (relation.to_owned(), text.clone());
                self.error(&text, block, OntologyProblem::Example { relation, example });
            }
        }
        examples
    }

    /// The texts of a property of the vocabulary, with their languages.
    fn texts(&mut self, block: &Block, property: &str) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        for (language, text) in block.texts(&format!("{LEX}{property}")) {
            if language.is_empty() {
                let name = local_name(&block.iri).to_owned();
                let problem = OntologyProblem::Language { block: name, text: text.to_owned() };
                self.error(text, block, problem);
            } else {
                texts.push((language.to_owned(), text.to_owned()));
            }
        }
        texts
    }

    /// Reports a problem with a text of a block.
    fn error(&mut self, text: &str, block: &Block, problem: OntologyProblem) {
        let place = self.file.place_of(text).unwrap_or_else(|| block.place.clone());
        self.errors.push(OntologyError { place, problem });
    }

    fn error_at(&mut self, block: &Block, problem: OntologyProblem) {
        let place: Place = block.place.clone();
        self.errors.push(OntologyError { place, problem });
    }
}

fn describe(block: &Block, labels: &mut Labels, comments: &mut Labels) {
    for (property, into) in [("label", labels), ("comment", comments)] {
        for (language, text) in block.texts(&format!("{RDFS}{property}")) {
            into.insert(language.to_owned(), text.to_owned());
        }
    }
}

/// IRIs of like things elsewhere.
fn alignments(block: &Block) -> Vec<String> {
    ["exactMatch", "closeMatch", "broadMatch"]
        .map(|mapping| format!("{SKOS}{mapping}"))
        .into_iter()
        .chain([format!("{RDFS}subPropertyOf")])
        .flat_map(|property| block.iris(&property).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// Adds what is new: files may say the same.
fn extend<T: PartialEq>(known: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !known.contains(&one) {
            known.push(one);
        }
    }
}

/// Reads `[S Ann Lee] met [O Bo Ek].` into its text and the marked words.
fn read_example(language: &str, marked: &str) -> Example {
    let mut example =
        Example { language: language.to_owned(), text: String::new(), subject: None, object: None };
    let mut rest = marked;
    while let Some((before, behind)) = rest.split_once('[') {
        example.text.push_str(before);
        let Some((inside, after)) = behind.split_once(']') else {
            example.text.push('[');
            rest = behind;
            continue;
        };
        if let Some(words) = inside.strip_prefix("S ") {
            example.subject = Some(words.to_owned());
            example.text.push_str(words);
        } else if let Some(words) = inside.strip_prefix("O ") {
            example.object = Some(words.to_owned());
            example.text.push_str(words);
        } else {
            example.text.push('[');
            example.text.push_str(inside);
            example.text.push(']');
        }
        rest = after;
    }
    example.text.push_str(rest);
    example
}

#[cfg(test)]
mod tests {
    use super::*;

    const PREFIXES: &str = "\
        @prefix : <https://w3id.org/silsila/ontology#> .\n\
        @prefix my: <https://example.org/own#> .\n\
        @prefix lex: <https://w3id.org/silsila/lex#> .\n\
        @prefix owl: <http://www.w3.org/2002/07/owl#> .\n\
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";

    /// Adds a file to what ships. The first line behind the prefixes is the 6th.
    fn add(turtle: &str) -> (Ontology, Result<(), Vec<OntologyError>>) {
        let mut ontology = Ontology::builtin();
        let turtle = format!("{PREFIXES}{turtle}");
        let done = ontology.add(OntologyFile { name: "own.ttl", turtle: &turtle });
        (ontology, done)
    }

    #[test]
    fn loads_what_ships() {
        let ontology = Ontology::builtin();
        assert!(ontology.relations.len() >= 8);
        assert!(ontology.is_a("City", "Place"));
        assert!(ontology.is_cue("en", "reporting", "say"));
    }

    #[test]
    fn what_is_known_gains_what_a_file_says() {
        let before = Ontology::builtin();
        let (after, done) = add(":metWith lex:pattern \"rendezvous/v subj=S with=O\"@en ,\n\
             \"meet/v subj=S obj|with=O\"@en .\n\
             lex:reporting lex:words \"say|opine\"@en .\n\
             my:Buyer a owl:Class .\n\
             :Organization rdfs:subClassOf my:Buyer .\n\
             my:bought a owl:ObjectProperty ; lex:domainIncludes my:Buyer ; lex:rangeIncludes :Organization ; lex:family \"BUSINESS\" ;\n\
             owl:inverseOf <https://example.org/own#boughtBy> .");
        assert_eq!(done, Ok(()));
        let patterns = |ontology: &Ontology| ontology.relations["metWith"].patterns["en"].len();
        assert_eq!(patterns(&after), patterns(&before) + 1);
        assert_eq!(after.relations["metWith"].labels, before.relations["metWith"].labels);
        assert!(after.is_cue("en", "reporting", "opine"));
        assert!(after.is_cue("en", "reporting", "say"));
        assert_eq!(after.relations["bought"].iri, "https://example.org/own#bought");
        assert_eq!(after.relations["bought"].domain, ["Buyer"]);
        assert_eq!(after.relations["bought"].family.as_deref(), Some("BUSINESS"));
        assert_eq!(after.relations["bought"].inverses, ["https://example.org/own#boughtBy"]);
        assert!(after.is_a("Organization", "Buyer") && after.is_a("Organization", "Agent"));
        assert!(after.is_a("InternationalOrganization", "Buyer"));
    }

    #[test]
    fn reads_examples() {
        let example = read_example("en", "[S Ann Lee] met [O Bo Ek] [sic].");
        assert_eq!(example.text, "Ann Lee met Bo Ek [sic].");
        assert_eq!(example.subject.as_deref(), Some("Ann Lee"));
        assert_eq!(example.object.as_deref(), Some("Bo Ek"));
    }

    #[test]
    fn says_where_it_is_wrong_and_reads_on() {
        for (turtle, expected) in [
            ("my:bought a ", vec!["own.ttl:6: this is not valid Turtle"]),
            (
                "my:bought a owl:ObjectProperty ;\n lex:pattern \"buy\"@en ,\n \"sell/q subj=S\"@en .",
                vec!["own.ttl:7: a pattern of bought cannot", "own.ttl:8: a pattern of bought"],
            ),
            (
                "my:bought a owl:ObjectProperty ;\n lex:example \"A bought B.\"@en .",
                vec!["own.ttl:7: the example \"A bought B.\" of bought marks no"],
            ),
            (
                "my:bought a owl:ObjectProperty ;\n lex:patern \"buy/v subj=S obj=O\"@en .",
                vec!["own.ttl:7: the property lex:patern of bought"],
            ),
            (
                "my:bought lex:pattern \"buy/v subj=S obj=O\"@en .",
                vec!["own.ttl:6: <https://example.org/own#bought> is no relation"],
            ),
            (
                "my:metWith a owl:ObjectProperty .",
                vec!["own.ttl:6: <https://example.org/own#metWith> has the short name \"metWith\""],
            ),
            ("my: a owl:Class .", vec!["own.ttl:6: <https://example.org/own#> ends in no name"]),
            (
                "my:bought a owl:ObjectProperty ; lex:pattern \"buy/v subj=S obj=O\" .",
                vec!["own.ttl:6: \"buy/v subj=S obj=O\" of bought bears no language"],
            ),
        ] {
            let (_, done) = add(turtle);
            let errors = done.expect_err(turtle);
            let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
            assert_eq!(said.len(), expected.len(), "{said:?}");
            for (said, expected) in said.iter().zip(expected) {
                assert!(said.starts_with(expected), "{said}");
            }
        }
    }
}
