//! Which facts change with what is written.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check;
use crate::diagnostic::Diagnostics;
use crate::model::report::Report;
use crate::model::trace::{Fact, Kind};
use crate::render::Site;
use crate::render::facts::Facts;
use crate::render::fixture::{Fixture, day, key, quantity};
use crate::source::Spanned;

/// Digests of all data, and of all but figures, after the first report was changed.
fn digests(change: impl FnOnce(&mut Report)) -> [Option<[u8; 16]>; 2] {
    let mut fixture = Fixture::new();
    change(&mut fixture.register.reports[key(0)]);
    let (sources, assessment) = fixture.on("2021-12-31");
    let findings = check::check(&assessment, &BTreeSet::new());
    let site = Site::new(&sources, &assessment, &findings, &mut Diagnostics::default());
    let facts = Facts::new(&site, "tiendo");
    [Kind::Data, Kind::Headings].map(|kind| facts.fingerprint(&[Fact { kind, place: 0 }]))
}

#[test]
fn a_figure_is_no_heading() {
    let [data, headings] = digests(|_| ());
    assert!(data.is_some() && headings.is_some());
    let figure = digests(|report| {
        let observation = &mut Arc::make_mut(&mut report.observations)[0];
        observation.value = Some(Spanned::new(quantity("0.5"), observation.span));
    });
    assert_eq!((figure[0] == data, figure[1]), (false, headings));
    let changes: [fn(&mut Report); 3] = [
        |report| report.published = day("2021-02-03"),
        |report| report.title.translate(crate::render::fixture::ENGLISH, "Another"),
        |report| {
            Arc::make_mut(&mut report.observations).pop();
        },
    ];
    for change in changes {
        let other = digests(change);
        assert!(other[0] != data && other[1] != headings);
    }
}
