//! Notes which facts of a site are looked at, so that what was made of them can be kept for as long as they stay the same.
//!
//! Every way to a fact that may change from one build to the next goes through [`note`]: entries of tables, and
//! what later stages derive of them. What is made on one thread is listened to on that thread; work that is handed to others
//! is not heard. Whoever hands it out, or looks at more than is worth naming, does it [`unheard`] and notes what covers it.

use std::cell::RefCell;

/// A fact: of that kind, at that place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// What kind of fact it is.
    pub kind: Kind,
    /// Its place among those of its kind: mostly the place of an entry in its table.
    pub place: u32,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident,)*) => {
        /// The kinds of facts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// All kinds, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];
        }
    };
}

kinds! {
    /// A unit.
    Unit,
    /// A document.
    Resolution,
    /// An indicator.
    Indicator,
    /// A report.
    Report,
    /// A free page.
    Page,
    /// All units.
    Units,
    /// All documents.
    Resolutions,
    /// All indicators.
    Indicators,
    /// All reports.
    Reports,
    /// All free pages.
    Pages,
    /// How an indicator stands.
    Judgement,
    /// How the indicators of a document stand.
    OfResolution,
    /// How the indicators of a unit stand.
    OfUnit,
    /// How all indicators stand.
    OfSite,
    /// Who follows a document.
    Coverage,
    /// The units below a unit.
    Children,
    /// The documents of a unit.
    Issued,
    /// The indicators of a unit.
    Owned,
    /// The reports of a unit.
    ReportsOf,
    /// The units whose place a unit took.
    Predecessors,
    /// The documents that carry out a document.
    ImplementedBy,
    /// The documents that change a document.
    AmendedBy,
    /// What reports say of unnamed units that carry out a document.
    Claims,
    /// The observations of an indicator.
    Observations,
    /// The indicators that contribute to an indicator.
    Contributors,
    /// The indicators that restate an indicator.
    RestatedBy,
    /// The indicators at a status.
    AtStatus,
    /// The indicators of a field.
    InField,
    /// The indicators of a framework.
    InFramework,
    /// The documents that expect a unit to follow.
    ExpectedOf,
    /// The indicators that a unit gave away.
    HandedOver,
    /// All corrections.
    Corrections,
    /// What became known when.
    Ledger,
    /// Who has to follow which document.
    Sheets,
    /// What the checks found about an indicator and its figures.
    FindingsOfIndicator,
    /// What they found about a document and those who have to follow it.
    FindingsOfResolution,
    /// What they found about the entry of a file.
    FindingsOfFile,
    /// How often each check found something.
    Findings,
    /// The units in the order of lists; the place is the language.
    OrderOfUnits,
    /// The documents in the order of lists.
    OrderOfDocuments,
    /// The reports in the order of lists.
    OrderOfReports,
    /// What else the home page says of the whole site.
    Overview,
    /// What can be found, by everything but its prose; the place is the language.
    Findable,
    /// All summaries and bodies.
    Prose,
    /// All entries but their prose: what figures, lists and addresses come from.
    Data,
    /// The same but for the figures of reports: what lists of entries, days of publication and addresses come from.
    Headings,
    /// Which path of the content leads where.
    Links,
    /// The text of a file.
    Text,
}

thread_local! {
    static NOTED: RefCell<Option<Vec<Fact>>> = const { RefCell::new(None) };
}

/// Says that a fact is looked at.
pub fn note(kind: Kind, place: usize) {
    NOTED.with_borrow_mut(|noted| {
        if let Some(noted) = noted {
            let place = u32::try_from(place).expect("fewer than 4 billion entries");
            let fact = Fact { kind, place };
            // Often one is looked at several times in a row.
            if noted.last() != Some(&fact) {
                noted.push(fact);
            }
        }
    });
}

/// Does something, and tells which facts were looked at meanwhile: each once, in their order.
pub fn listen<T>(run: impl FnOnce() -> T) -> (T, Vec<Fact>) {
    // A thread that waits for others may take up another task and listen to that.
    let outer = NOTED.replace(Some(Vec::new()));
    let made = run();
    let mut noted = NOTED.replace(outer).expect("whoever listens later is done earlier");
    noted.sort_unstable_by_key(|fact| (u64::from(fact.kind as u8) << 32) | u64::from(fact.place));
    noted.dedup();
    (made, noted)
}

/// Does something to which nobody listens: whoever calls has noted facts that cover what it looks at.
pub fn unheard<T>(run: impl FnOnce() -> T) -> T {
    let outer = NOTED.take();
    let made = run();
    NOTED.set(outer);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_is_told_to_whoever_listens() {
        note(Kind::Unit, 1);
        let ((inner, outer), all) = listen(|| {
            note(Kind::Unit, 2);
            let (inner, facts) = listen(|| {
                note(Kind::Report, 7);
                "made"
            });
            note(Kind::Resolution, 0);
            unheard(|| note(Kind::Page, 3));
            note(Kind::Unit, 2);
            (inner, facts)
        });
        assert_eq!(inner, "made");
        assert_eq!(outer, [Fact { kind: Kind::Report, place: 7 }]);
        assert_eq!(all, [Fact { kind: Kind::Unit, place: 2 }, Fact { kind: Kind::Resolution, place: 0 }]);
    }
}
