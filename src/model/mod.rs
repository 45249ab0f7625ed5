//! Says what can be true: units, documents, indicators, reports and how they hang together. No I/O, no serde.

pub mod period;
pub mod quantity;
