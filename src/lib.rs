//! Silsila reads news articles and writes down who met whom, who visited where
//! and who gave what to whom, when, and which sentence of which article says so.
//!
//! Data walks one way: ingest → annotate → extract → resolve → graph → export.
//! The modules below stand in the order in which a reader meets them.

// The nouns.
pub mod claim;
pub mod date;
pub mod diagnostic;
pub mod document;
pub mod entity;
pub mod graph;
pub mod ledger;
pub mod mention;
pub mod reference;
pub mod resolution;
pub mod span;
pub mod token;

// What is known about the world and about languages.
pub mod lang;
pub mod ontology;

// The stages, and the rows between them.
pub mod annotate;
pub mod export;
pub mod extract;
pub mod ingest;
pub mod pipeline;
pub mod record;
pub mod resolve;
pub mod store;

// How often it is right, and why it says who is who.
pub mod audit;
pub mod explain;

pub use claim::Claim;
pub use date::PartialDate;
pub use diagnostic::Diagnostic;
pub use document::Document;
pub use entity::Entity;
pub use resolution::Resolution;
pub use span::Span;
pub use token::Annotated;
