//! Rows out of nouns, and nouns out of rows where they go back.

use std::collections::BTreeMap;

use serde::Serializer;

use crate::claim::{Attribution, Claim, ClaimId, Factuality, OfficeStatus};
use crate::date::Interval;
use crate::document::{Document, DocumentId, Source};
use crate::entity::{Entity, EntityId, EntityOffice, Name, ReferentId};
use crate::graph::{End, Judged, Money, Post, Quote, Speaker, Statement};
use crate::ledger::{Ruling, Selector, Side};
use crate::mention::{MentionIdx, MentionKind, ReferentIdx, Supertype};
use crate::ontology::Ontology;
use crate::record::{
    AmountRow, AnnotationRow, AttributionRow, ClaimRow, ComparisonRow, DateRow, DecisionRow,
    DocumentRow, EndRow, EntityOfficeRow, EntityRow, MentionRow, NameRow, OfficeRow, PairRow,
    QuoteRow, ReasonRow, RulingRow, SideRow, SkippedRow, SourceRow, VERSION, WeightRow,
};
use crate::reference::{self, WIKIDATA};
use crate::resolution::{Basis, Comparison, Decision, Judgement, Reason, Resolution, Weight};
use crate::span::{ScalarOffsets, Span};
use crate::token::{Amount, Annotated, DateKind, Skipped};

impl DocumentRow {
    /// Returns the row of a document as it was read.
    pub fn new(document: &Document) -> Self {
        let Source { path, url, title, publisher } = document.source.clone();
        Self {
            v: VERSION,
            id: document.id.0.clone(),
            title,
            published: document.published.map(|date| date.to_string()),
            url,
            language: document.language.clone(),
            source: publisher,
            path,
            version_of: None,
            text: document.text.clone(),
            skipped: Vec::new(),
        }
    }

    /// Returns the row of a document with what annotation found out about it:
    /// its language, its date, and what of it makes no claim.
    pub fn annotated(annotated: &Annotated, offsets: &ScalarOffsets<'_>) -> Self {
        Self {
            published: annotated.published.map(|date| date.to_string()),
            language: Some(annotated.language.clone()),
            skipped: skipped_rows(&annotated.skipped, offsets),
            ..Self::new(&annotated.document)
        }
    }

    /// Returns the document of the row. A date that is none is left out.
    pub fn into_document(self) -> Document {
        Document {
            id: DocumentId(self.id),
            text: self.text,
            published: self.published.and_then(|date| date.parse().ok()),
            language: self.language,
            source: Source {
                path: self.path,
                url: self.url,
                title: self.title,
                publisher: self.source,
            },
        }
    }
}

impl AnnotationRow {
    /// Returns the row of an annotated document.
    pub fn new(annotated: &Annotated) -> Self {
        let offsets = ScalarOffsets::new(&annotated.document.text);
        let mentions = annotated.mentions.iter().enumerate().map(|(at, mention)| {
            let QuoteRow { start, end, text } = quote(mention.span, annotated, &offsets);
            MentionRow {
                id: mention_id(MentionIdx(at as u32)),
                start,
                end,
                text,
                class: mention.class.clone(),
                supertype: Some(mention.supertype.as_str().to_owned()),
                kind: match mention.kind {
                    MentionKind::Name => "name",
                    MentionKind::Nominal => "nominal",
                    MentionKind::Pronoun => "pronoun",
                    MentionKind::Mistranslation => "mistranslation",
                }
                .to_owned(),
                entity: referent_id(mention.referent),
            }
        });
        let dates = annotated.dates.iter().map(|date| {
            let QuoteRow { start, end, text } = quote(date.span, annotated, &offsets);
            DateRow {
                start,
                end,
                text,
                from: date.interval.from.map(|date| date.to_string()),
                to: date.interval.to.map(|date| date.to_string()),
                days: match date.kind {
                    DateKind::Date => None,
                    DateKind::Duration { days } => Some(days),
                },
            }
        });
        Self {
            v: VERSION,
            document: annotated.document.id.0.clone(),
            language: annotated.language.clone(),
            published: annotated.published.map(|date| date.to_string()),
            mentions: mentions.collect(),
            dates: dates.collect(),
            amounts: annotated.amounts.iter().map(|a| amount_row(a, annotated, &offsets)).collect(),
            skipped: skipped_rows(&annotated.skipped, &offsets),
        }
    }
}

impl ClaimRow {
    /// Returns the row of a claim, with names and ids as the document itself
    /// gives them. `offsets` belongs to the text of the document.
    pub fn new(
        claim: &Claim,
        annotated: &Annotated,
        offsets: &ScalarOffsets<'_>,
        ontology: &Ontology,
    ) -> Self {
        let end = |mention| end_row(mention, annotated, offsets);
        let Source { path, url, title, publisher } = annotated.document.source.clone();
        let source = SourceRow { path, url, title, publisher };
        let relation = ontology.relations.get(&claim.relation);
        Self {
            v: VERSION,
            id: claim.id.0.clone(),
            document: claim.document.0.clone(),
            published: annotated.published.map(|date| date.to_string()),
            source: (source != SourceRow::default()).then_some(source),
            relation: claim.relation.clone(),
            family: relation.and_then(|r| r.family(claim.factuality)).map(str::to_owned),
            subject: end(claim.subject),
            object: end(claim.object),
            factuality: claim.factuality.as_str().to_owned(),
            from: claim.when.and_then(|when| when.from).map(|date| date.to_string()),
            to: claim.when.and_then(|when| when.to).map(|date| date.to_string()),
            place: claim.place.map(end),
            amount: claim.amount.as_ref().map(|amount| amount_row(amount, annotated, offsets)),
            office: claim.office.as_ref().map(|office| {
                let of = office.of.map(end);
                OfficeRow {
                    title: office.title.clone(),
                    of: of.as_ref().map(|of| of.name.clone()),
                    of_mention: of.as_ref().map(|of| of.mention.clone()),
                    of_entity: of.map(|of| of.entity),
                    status: office.status.map(|status| status.as_str().to_owned()),
                }
            }),
            attribution: claim.attribution.as_ref().map(|attribution| match attribution {
                Attribution::Mention(mention) => AttributionRow::End(end(*mention)),
                Attribution::Words(span) => AttributionRow::Words(quote(*span, annotated, offsets)),
            }),
            evidence: quote(claim.evidence, annotated, offsets),
            trigger: quote(claim.trigger, annotated, offsets),
            pattern: claim.pattern.clone(),
            confidence: rounded(claim.confidence),
        }
    }

    /// Puts the entities of all documents in the place of the document's own:
    /// their ids, names and classes. What has no entity stays as it is.
    pub fn resolve(&mut self, resolution: &Resolution) {
        let document = DocumentId(self.document.clone());
        let entity = |id: &str| -> Option<&Entity> {
            let referent = ReferentId { document: document.clone(), referent: parse_referent(id)? };
            resolution.entities.get(resolution.of.get(&referent)?)
        };
        let attribution = match &mut self.attribution {
            Some(AttributionRow::End(end)) => Some(end),
            Some(AttributionRow::Words(_)) | None => None,
        };
        let ends = [Some(&mut self.subject), Some(&mut self.object), self.place.as_mut()];
        for end in ends.into_iter().chain([attribution]).flatten() {
            if let Some(entity) = entity(&end.entity) {
                end.entity.clone_from(&entity.id.0);
                end.name.clone_from(&entity.name);
                end.class.clone_from(&entity.class);
            }
        }
        if let Some(office) = &mut self.office
            && let Some(entity) = office.of_entity.as_deref().and_then(entity)
        {
            office.of_entity = Some(entity.id.0.clone());
            office.of = Some(entity.name.clone());
        }
    }
}

impl ClaimRow {
    /// Puts the things of the document back in the place of entities: the
    /// inverse of [`ClaimRow::resolve`]. Returns whether all mentions are known.
    pub fn unresolve(&mut self, referent_of: impl Fn(MentionIdx) -> Option<ReferentIdx>) -> bool {
        let referent = |mention: &str| {
            let index = mention.strip_prefix('m')?.parse().ok()?;
            referent_of(MentionIdx(index)).map(referent_id)
        };
        let attribution = match &mut self.attribution {
            Some(AttributionRow::End(end)) => Some(end),
            Some(AttributionRow::Words(_)) | None => None,
        };
        let mut all_known = true;
        let ends = [Some(&mut self.subject), Some(&mut self.object), self.place.as_mut()];
        for end in ends.into_iter().chain([attribution]).flatten() {
            match referent(&end.mention) {
                Some(id) => end.entity = id,
                None => all_known = false,
            }
        }
        if let Some(office) = &mut self.office
            && office.of_entity.is_some()
        {
            office.of_entity = office.of_mention.as_deref().and_then(referent);
            all_known &= office.of_entity.is_some();
        }
        all_known
    }

    /// Returns the claim as a part of the graph, once it is resolved; `None` if
    /// the row is not one that the program wrote.
    pub fn statement(self) -> Option<Statement> {
        let document = DocumentId(self.document);
        let end = |end: EndRow| End { entity: EntityId(end.entity), text: end.text };
        let quote = |QuoteRow { start, end, text }: QuoteRow| {
            let document = document.clone();
            Quote { document, start, end, text }
        };
        let date = |date: Option<String>| date.and_then(|date| date.parse().ok());
        let when = Interval { from: date(self.from), to: date(self.to) };
        Some(Statement {
            claim: ClaimId(self.id),
            relation: self.relation,
            family: self.family,
            subject: end(self.subject),
            object: end(self.object),
            factuality: Factuality::ALL.into_iter().find(|f| f.as_str() == self.factuality)?,
            when: (when.from.is_some() || when.to.is_some()).then_some(when),
            place: self.place.map(end),
            amount: self.amount.map(|AmountRow { value, unit, text, .. }| Money {
                value,
                unit,
                text,
            }),
            office: self.office.map(|OfficeRow { title, of, of_entity, status, .. }| Post {
                title,
                of: of.zip(of_entity).map(|(text, id)| End { entity: EntityId(id), text }),
                status: status
                    .and_then(|s| OfficeStatus::ALL.into_iter().find(|o| o.as_str() == s)),
            }),
            attribution: self.attribution.map(|attribution| match attribution {
                AttributionRow::End(row) => Speaker::Entity(end(row)),
                AttributionRow::Words(quote) => Speaker::Words(quote.text),
            }),
            evidence: quote(self.evidence),
            trigger: quote(self.trigger),
            pattern: self.pattern,
            confidence: self.confidence,
        })
    }
}

impl ComparisonRow {
    /// Returns the answer to a pair.
    pub fn new(pair: PairRow, comparison: &Comparison) -> Self {
        Self {
            v: VERSION,
            id: pair.id,
            judgement: comparison.judgement.as_str().to_owned(),
            score: rounded(comparison.score),
            reasons: comparison.reasons.iter().map(reason_row).collect(),
        }
    }
}

impl EntityRow {
    /// Returns the row of an entity.
    pub fn new(entity: &Entity) -> Self {
        Self {
            v: VERSION,
            id: entity.id.0.clone(),
            name: entity.name.clone(),
            class: entity.class.clone(),
            supertype: Some(entity.supertype.as_str().to_owned()),
            names: (entity.names.iter())
                .map(|name| NameRow {
                    text: name.text.clone(),
                    language: name.language.clone(),
                    script: name.script.clone(),
                    count: name.count,
                })
                .collect(),
            offices: (entity.offices.iter())
                .map(|office| EntityOfficeRow {
                    title: office.title.clone(),
                    of: office.of.clone(),
                    status: office.status.map(|status| status.as_str().to_owned()),
                    documents: office.documents,
                })
                .collect(),
            same_as: (entity.wikidata.iter().map(|id| format!("{WIKIDATA}{id}")))
                .chain(entity.same_as.iter().cloned())
                .collect(),
            mistranslated: entity.mistranslated.clone(),
            documents: entity.documents,
        }
    }
}

impl EntityRow {
    /// Returns the entity of the row, without its referents; `None` if its
    /// broadest class is none.
    pub fn into_entity(self) -> Option<Entity> {
        let supertype = Supertype::from_name(self.supertype.as_ref().unwrap_or(&self.class))?;
        let mut same_as = self.same_as;
        let wikidata = same_as.iter().find_map(|iri| reference::wikidata(iri)).map(str::to_owned);
        if let Some(id) = &wikidata {
            same_as.retain(|iri| reference::wikidata(iri) != Some(id));
        }
        Some(Entity {
            mistranslated: self.mistranslated,
            id: EntityId(self.id),
            name: self.name,
            supertype,
            class: self.class,
            names: (self.names.into_iter())
                .map(|NameRow { text, language, script, count }| Name {
                    text,
                    language,
                    script,
                    count,
                })
                .collect(),
            offices: (self.offices.into_iter())
                .map(|EntityOfficeRow { title, of, status, documents }| EntityOffice {
                    title,
                    of,
                    status: status
                        .and_then(|s| OfficeStatus::ALL.into_iter().find(|o| o.as_str() == s)),
                    documents,
                })
                .collect(),
            wikidata,
            same_as,
            documents: self.documents,
            referents: Vec::new(),
        })
    }
}

impl RulingRow {
    /// Returns the row of a ruling.
    pub fn new(ruling: &Ruling) -> Self {
        let side = |side: &Side| {
            let selectors: Vec<String> = side.selectors.iter().map(Selector::to_string).collect();
            selectors.join("+")
        };
        Self {
            row: ruling.number,
            verdict: ruling.verdict.as_str().to_owned(),
            sides: ruling.sides.iter().map(side).collect(),
            author: ruling.author.clone(),
            date: ruling.date.clone(),
            comment: ruling.comment.clone(),
        }
    }
}

impl DecisionRow {
    /// Returns the row of a decision.
    pub fn new(decision: &Decision, resolution: &Resolution) -> Self {
        let side = |(id, name): &(ReferentId, String)| SideRow {
            document: id.document.0.clone(),
            referent: referent_id(id.referent),
            name: name.clone(),
            entity: resolution.of.get(id).map(|EntityId(entity)| entity.clone()),
        };
        Self {
            v: VERSION,
            a: side(&decision.a),
            b: side(&decision.b),
            basis: Some(decision.basis.as_str().to_owned()),
            of: None,
            judgement: decision.comparison.judgement.as_str().to_owned(),
            score: rounded(decision.comparison.score),
            reasons: decision.comparison.reasons.iter().map(reason_row).collect(),
            author: decision.author.clone(),
            rejected: decision.rejected.clone(),
        }
    }
}

impl DecisionRow {
    /// Returns the decision as the graph keeps it; `None` if the row is not one
    /// that the program wrote.
    pub fn judged(self) -> Option<Judged> {
        let side = |side: &SideRow| {
            let document = DocumentId(side.document.clone());
            let id = ReferentId { document, referent: parse_referent(&side.referent)? };
            Some((id, side.name.clone()))
        };
        let judgements = [Judgement::Same, Judgement::Different, Judgement::Unsure];
        let judgement = judgements.into_iter().find(|j| j.as_str() == self.judgement)?;
        // Rows of earlier versions do not name what they were compared by.
        let basis = self.basis.as_deref();
        let basis = Basis::ALL.into_iter().find(|b| Some(b.as_str()) == basis);
        Some(Judged {
            decision: Decision {
                a: side(&self.a)?,
                b: side(&self.b)?,
                basis: basis.unwrap_or(Basis::OtherNames),
                comparison: Comparison {
                    judgement,
                    score: self.score,
                    reasons: (self.reasons.into_iter())
                        .map(|ReasonRow { feature, weight, detail }| Reason {
                            feature,
                            weight,
                            detail,
                        })
                        .collect(),
                },
                author: self.author,
                rejected: self.rejected,
            },
            entities: [self.a.entity, self.b.entity].map(|entity| entity.map(EntityId)),
            count: self.of.unwrap_or(1),
        })
    }
}

/// Returns all decisions as the graph keeps them, numbers rounded as in rows.
pub(crate) fn judged(resolution: &Resolution) -> Vec<Judged> {
    decision_rows(resolution).into_iter().filter_map(DecisionRow::judged).collect()
}

/// Returns the rows of all decisions. The merges of one name over its documents
/// are one row, that of the least certain of them.
pub fn decision_rows(resolution: &Resolution) -> Vec<DecisionRow> {
    let mut rows: Vec<DecisionRow> = Vec::new();
    // Where the row of each group stands, by the referent that stands for it.
    let mut groups: BTreeMap<&ReferentId, usize> = BTreeMap::new();
    for decision in &resolution.decisions {
        let is_plain = decision.basis == Basis::SameName && decision.rejected.is_none();
        let row = DecisionRow::new(decision, resolution);
        if !is_plain {
            rows.push(row);
            continue;
        }
        match groups.get(&decision.a.0).and_then(|at| rows.get_mut(*at)) {
            Some(known) => {
                let count = known.of.unwrap_or(1) + 1;
                if row.score < known.score {
                    *known = row;
                }
                known.of = Some(count);
            }
            None => {
                groups.insert(&decision.a.0, rows.len());
                rows.push(row);
            }
        }
    }
    rows
}

impl WeightRow {
    /// Returns the row of a weight.
    pub fn new(weight: &Weight) -> Self {
        Self {
            v: VERSION,
            feature: weight.feature.to_owned(),
            finding: weight.finding.to_owned(),
            m: rounded(weight.among_same),
            u: rounded(weight.by_chance),
            change: rounded(weight.change),
            pairs: weight.pairs,
        }
    }
}

/// Writes a whole number without a fraction, and any other as it is.
pub(super) fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    // Up to 2^53 every whole number has a float of its own.
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

fn mention_id(mention: MentionIdx) -> String {
    format!("m{}", mention.0)
}

pub(super) fn referent_id(referent: ReferentIdx) -> String {
    format!("e{}", referent.0)
}

/// The inverse of [`referent_id`].
pub(super) fn parse_referent(id: &str) -> Option<ReferentIdx> {
    id.strip_prefix('e')?.parse().ok().map(ReferentIdx)
}

fn quote(span: Span, annotated: &Annotated, offsets: &ScalarOffsets<'_>) -> QuoteRow {
    let (start, end) = offsets.span(span);
    QuoteRow { start, end, text: annotated.text(span).to_owned() }
}

fn end_row(mention: MentionIdx, annotated: &Annotated, offsets: &ScalarOffsets<'_>) -> EndRow {
    let id = mention_id(mention);
    let mention = annotated.mention(mention);
    let referent = annotated.referent(mention.referent);
    let QuoteRow { start, end, text } = quote(mention.span, annotated, offsets);
    EndRow {
        mention: id,
        start,
        end,
        text,
        name: referent.name.clone(),
        class: referent.class.clone(),
        entity: referent_id(mention.referent),
        mistranslated: mention.kind == MentionKind::Mistranslation,
    }
}

fn amount_row(amount: &Amount, annotated: &Annotated, offsets: &ScalarOffsets<'_>) -> AmountRow {
    let QuoteRow { start, end, text } = quote(amount.span, annotated, offsets);
    AmountRow { start, end, text, value: amount.value, unit: amount.unit.clone() }
}

fn skipped_rows(skipped: &[Skipped], offsets: &ScalarOffsets<'_>) -> Vec<SkippedRow> {
    let row = |skipped: &Skipped| {
        let (start, end) = offsets.span(skipped.span);
        SkippedRow { start, end, reason: skipped.reason.clone() }
    };
    skipped.iter().map(row).collect()
}

pub(crate) fn reason_row(reason: &Reason) -> ReasonRow {
    ReasonRow {
        feature: reason.feature.clone(),
        weight: rounded(reason.weight),
        detail: reason.detail.clone(),
    }
}

/// Four decimals: more would show how a sum was rounded, not what was found.
pub(crate) fn rounded(score: f64) -> f64 {
    (score * 10_000.0).round() / 10_000.0
}
