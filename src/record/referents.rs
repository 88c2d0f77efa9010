//! What resolution knows of an article, as a row and back.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::document::DocumentId;
use crate::entity::ReferentId;
use crate::mention::{Gender, HeldOffice, MentionIdx, Referent, ReferentIdx, Supertype};
use crate::record::convert::{parse_referent, referent_id};
use crate::record::{ReferentRow, ReferentsRow, VERSION};
use crate::resolution::Candidate;
use crate::span::{ScalarOffsets, Span};
use crate::token::Annotated;

impl ReferentsRow {
    /// Returns the row of a document. `candidates` are those that it gives.
    pub fn new(
        annotated: &Annotated,
        offsets: &ScalarOffsets<'_>,
        candidates: &[Candidate],
    ) -> Self {
        let row = |candidate: &Candidate| {
            let referent = &candidate.referent;
            let supertype = referent.supertype.as_str();
            let mentions = referent.mentions.iter().map(|at| {
                let (start, end) = offsets.span(annotated.mention(*at).span);
                (at.0, start, end)
            });
            let offices = referent.offices.iter().enumerate().map(|(at, office)| {
                (office.title.clone(), candidate.office_of.get(at).cloned().flatten())
            });
            ReferentRow {
                id: referent_id(candidate.id.referent),
                name: referent.name.clone(),
                class: referent.class.clone(),
                supertype: (referent.class != supertype).then(|| supertype.to_owned()),
                forms: candidate.forms.iter().map(|(form, n)| (form.clone(), *n)).collect(),
                offices: offices.collect(),
                gender: match referent.gender {
                    Gender::Unknown => None,
                    Gender::Masculine => Some("masculine".to_owned()),
                    Gender::Feminine => Some("feminine".to_owned()),
                },
                country: referent.country.clone(),
                wikidata: referent.wikidata.clone(),
                also: referent.also.clone(),
                mistranslated: referent.mistranslated.clone(),
                unnamed: !referent.is_named,
                mentions: mentions.collect(),
            }
        };
        Self {
            v: VERSION,
            document: annotated.document.id.0.clone(),
            language: annotated.language.clone(),
            referents: candidates.iter().map(row).collect(),
        }
    }

    /// Returns the candidates of the row. Where titles stand is not kept:
    /// resolution does not ask for it. A thing with an id or a class that is
    /// none is left out.
    pub fn candidates(&self) -> Vec<Candidate> {
        let companions: Arc<[String]> = (self.referents.iter())
            .filter(|row| {
                !row.unnamed
                    && matches!(row.supertype(), Some(Supertype::Person | Supertype::Organization))
            })
            .map(|row| row.known_as().to_owned())
            .collect();
        let candidate = |row: &ReferentRow| {
            let offices = row.offices.iter().map(|(title, _)| HeldOffice {
                title: title.clone(),
                span: Span::new(0, 0),
                of: None,
            });
            Some(Candidate {
                id: ReferentId {
                    document: DocumentId(self.document.clone()),
                    referent: parse_referent(&row.id)?,
                },
                referent: Referent {
                    name: row.name.clone(),
                    supertype: row.supertype()?,
                    class: row.class.clone(),
                    mentions: row.mentions.iter().map(|(at, ..)| MentionIdx(*at)).collect(),
                    offices: offices.collect(),
                    gender: match row.gender.as_deref() {
                        Some("masculine") => Gender::Masculine,
                        Some("feminine") => Gender::Feminine,
                        _ => Gender::Unknown,
                    },
                    country: row.country.clone(),
                    wikidata: row.wikidata.clone(),
                    is_named: !row.unnamed,
                    members: Vec::new(),
                    also: row.also.clone(),
                    mistranslated: row.mistranslated.clone(),
                },
                forms: row.forms.iter().cloned().collect::<IndexMap<_, _>>(),
                office_of: row.offices.iter().map(|(_, of)| of.clone()).collect(),
                language: self.language.clone(),
                companions: Arc::clone(&companions),
            })
        };
        self.referents.iter().filter_map(candidate).collect()
    }

    /// Which thing each mention names.
    pub fn mentions(&self) -> BTreeMap<MentionIdx, ReferentIdx> {
        let mut of = BTreeMap::new();
        for row in &self.referents {
            if let Some(referent) = parse_referent(&row.id) {
                of.extend(row.mentions.iter().map(|(at, ..)| (MentionIdx(*at), referent)));
            }
        }
        of
    }
}

impl ReferentRow {
    /// What it is called in documents of any language, as far as tables say.
    fn known_as(&self) -> &str {
        self.also.first().unwrap_or(&self.name)
    }

    fn supertype(&self) -> Option<Supertype> {
        Supertype::from_name(self.supertype.as_deref().unwrap_or(&self.class))
    }
}
