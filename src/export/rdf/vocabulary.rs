//! The terms of other vocabularies, and our own for what they lack.

use oxrdf::NamedNodeRef;

/// A module of terms: its namespace, and a constant for each.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident = $namespace:literal { $($term:ident = $local:literal,)* }) => {
        $(#[$doc])*
        pub(super) mod $name {
            use super::NamedNodeRef;

            pub(in crate::export::rdf) const NAMESPACE: &str = $namespace;
            $(pub(in crate::export::rdf) const $term: NamedNodeRef<'static> =
                NamedNodeRef::new_unchecked(concat!($namespace, $local));)*
        }
    };
}

vocabulary! {
    /// What our ontology adds to the relations and classes of its files.
    silsila = "https://w3id.org/silsila/ontology#" {
        CLAIM = "Claim",
        RELATION = "relation",
        FAMILY = "family",
        SUBJECT = "subject",
        OBJECT = "object",
        FACTUALITY = "factuality",
        OFFICE = "office",
        STATUS = "status",
        ATTRIBUTION = "attribution",
        TRIGGER = "trigger",
        PATTERN = "pattern",
        CONFIDENCE = "confidence",
        DOCUMENT_COUNT = "documentCount",
        PATH = "path",
        LENGTH = "length",
    }
}

vocabulary! {
    /// Web Annotation: where a quotation stands.
    oa = "http://www.w3.org/ns/oa#" {
        SPECIFIC_RESOURCE = "SpecificResource",
        TEXT_POSITION_SELECTOR = "TextPositionSelector",
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
        HAS_SOURCE = "hasSource",
        HAS_SELECTOR = "hasSelector",
        START = "start",
        END = "end",
        EXACT = "exact",
    }
}

vocabulary! {
    /// The Organization Ontology: posts and who holds them.
    org = "http://www.w3.org/ns/org#" {
        POST = "Post",
        POST_IN = "postIn",
        HOLDS = "holds",
    }
}

vocabulary! {
    /// OWL, for equality with Wikidata.
    owl = "http://www.w3.org/2002/07/owl#" {
        SAME_AS = "sameAs",
    }
}

vocabulary! {
    /// PROV-O: what comes from where.
    prov = "http://www.w3.org/ns/prov#" {
        WAS_DERIVED_FROM = "wasDerivedFrom",
        WAS_QUOTED_FROM = "wasQuotedFrom",
        WAS_ATTRIBUTED_TO = "wasAttributedTo",
    }
}

vocabulary! {
    /// RDF Schema, for labels.
    rdfs = "http://www.w3.org/2000/01/rdf-schema#" {
        LABEL = "label",
    }
}

vocabulary! {
    /// schema.org.
    schema = "https://schema.org/" {
        EVENT = "Event",
        NEWS_ARTICLE = "NewsArticle",
        ORGANIZATION = "Organization",
        MONETARY_AMOUNT = "MonetaryAmount",
        AMOUNT = "amount",
        CURRENCY = "currency",
        VALUE = "value",
        START_DATE = "startDate",
        END_DATE = "endDate",
        LOCATION = "location",
        HEADLINE = "headline",
        NAME = "name",
        URL = "url",
        PUBLISHER = "publisher",
        DATE_PUBLISHED = "datePublished",
        IN_LANGUAGE = "inLanguage",
        SHA256 = "sha256",
        IS_BASED_ON = "isBasedOn",
    }
}

vocabulary! {
    /// The Simple Event Model.
    sem = "http://semanticweb.cs.vu.nl/2009/11/sem/" {
        EVENT = "Event",
        HAS_ACTOR = "hasActor",
        HAS_PLACE = "hasPlace",
        HAS_EARLIEST_BEGIN = "hasEarliestBeginTimeStamp",
        HAS_LATEST_END = "hasLatestEndTimeStamp",
    }
}

vocabulary! {
    /// SKOS, for names in several languages and spellings.
    skos = "http://www.w3.org/2004/02/skos/core#" {
        PREF_LABEL = "prefLabel",
        ALT_LABEL = "altLabel",
    }
}

vocabulary! {
    /// The datatypes of XML Schema.
    xsd = "http://www.w3.org/2001/XMLSchema#" {
        DATE = "date",
        G_YEAR = "gYear",
        G_YEAR_MONTH = "gYearMonth",
        G_MONTH = "gMonth",
        G_MONTH_DAY = "gMonthDay",
        DECIMAL = "decimal",
        INTEGER = "integer",
        NON_NEGATIVE_INTEGER = "nonNegativeInteger",
    }
}

/// The prefixes of the files, with their namespaces.
pub(super) const PREFIXES: [(&str, &str); 10] = [
    ("silsila", silsila::NAMESPACE),
    ("oa", oa::NAMESPACE),
    ("org", org::NAMESPACE),
    ("owl", owl::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("rdfs", rdfs::NAMESPACE),
    ("schema", schema::NAMESPACE),
    ("sem", sem::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("xsd", xsd::NAMESPACE),
];

#[cfg(test)]
mod tests {
    #[test]
    fn our_terms_stand_in_the_namespace_of_the_ontology() {
        assert_eq!(super::silsila::NAMESPACE, crate::ontology::NAMESPACE);
    }
}
