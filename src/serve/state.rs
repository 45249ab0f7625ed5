//! What requests are answered from: the last good site, and what is wrong since.

use std::sync::Arc;

use serde::Serialize;

use super::snapshot::Snapshot;

/// The site as it is served at a moment.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// The last site without an error; none where there never was one.
    pub(super) site: Option<Arc<Snapshot>>,
    /// Names the site: another one has another edition, in this run of the program and in every other.
    pub(super) edition: String,
    /// What is wrong since, as HTML.
    pub(super) mistakes: Option<String>,
}

/// What open pages are told.
#[derive(Serialize)]
struct Told<'a> {
    edition: &'a str,
    mistakes: Option<&'a str>,
}

impl State {
    /// The state as an event of a stream that browsers follow.
    pub(super) fn event(&self) -> String {
        let told = Told { edition: &self.edition, mistakes: self.mistakes.as_deref() };
        format!("data: {}\n\n", serde_json::to_string(&told).expect("texts are JSON"))
    }
}
