//! `coverage-missing`: a unit that had to issue a document, and none is on file.
//!
//! Why: either the unit has not followed, or the file is not complete; a reader cannot tell, an editor can find out.

use super::{Findings, Subject};
use crate::assess::coverage::State;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(findings: &mut Findings) {
    let register = &findings.assessment.register;
    for (key, resolution) in register.resolutions.iter() {
        for covered in findings.assessment.coverage(key).iter().filter(|covered| covered.state == State::Missing) {
            let diagnostic = Diagnostic::new(Code::CoverageMissing, resolution.entry.place("expects"))
                .with("unit", &register.units[covered.unit].id);
            findings.about(Subject::Coverage(key, covered.unit), diagnostic);
        }
    }
}
