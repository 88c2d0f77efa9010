//! How often claims are right: a sample that a person judges, and what the
//! judgements say of all claims.
//!
//! [`draw`] picks claims, [`sheet`] writes them for a spreadsheet and reads
//! what was ticked there, [`score`] counts. What this module deliberately does
//! not do: it does not judge, and it says nothing of claims that were missed.
//!
//! ```
//! let interval = silsila::audit::wilson(81.0, 263.0);
//! assert_eq!(format!("{:.3} {:.3}", interval.low, interval.high), "0.255 0.366");
//! ```

mod sample;
mod score;
pub mod sheet;
mod statistics;

pub use sample::{Candidate, DrawError, Drawn, draw};
pub use score::{Estimate, Score, Tally, score};
pub use statistics::{Interval, effective_size, wilson};
