//! Where links in Markdown lead: from paths of content files to addresses of the site.

use crate::model::Register;
use crate::source::SourceMap;

/// Every content file that a link can name, with its address.
#[derive(Debug)]
pub struct Links {}

impl Links {
    /// Reads the addresses of a register: of the full one to check links, of the known one to write pages.
    #[must_use]
    pub fn new(_register: &Register, _sources: &SourceMap) -> Self {
        Self {}
    }
}
