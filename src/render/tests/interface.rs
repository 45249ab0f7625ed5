//! The interface texts: the same in all languages, all of them used.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::render::data::columns::columns;
use crate::render::interface::Interface;
use crate::route::Table;
use crate::theme::{DEFAULT, Theme};

fn interface(tag: &str) -> Interface {
    Interface::new(&Theme::default(), tag, &mut Diagnostics::default())
}

#[test]
fn all_languages_say_the_same() {
    let (vietnamese, english) = (interface("vi"), interface("en"));
    let keys = |interface: &Interface| interface.keys().map(str::to_owned).collect::<BTreeSet<_>>();
    let (ours, theirs) = (keys(&vietnamese), keys(&english));
    assert_eq!(ours.symmetric_difference(&theirs).collect::<Vec<_>>(), Vec::<&String>::new());
    for key in &ours {
        let (one, other) = (vietnamese.placeholders(key), english.placeholders(key));
        assert_eq!(one, other, "placeholders of `{key}`");
    }
}

#[test]
fn every_column_of_the_data_is_explained() {
    let vietnamese = interface("vi");
    for column in Table::ALL.into_iter().flat_map(columns) {
        assert!(!vietnamese.text(&format!("data.column.{}", column.name)).is_empty());
    }
}

/// Groups whose keys the program puts together from a word of the model.
const COMPUTED: &[&str] = &[
    "kind.",
    "status.",
    "flag.",
    "qualifier.",
    "script.",
    "finding.",
    "mismatch.",
    "claim.",
    "data.",
    "check.name.",
    "coverage.in-time.",
    "coverage.late.",
    "coverage.issued.",
    "coverage.reported.",
    "coverage.not-due.",
    "coverage.missing.",
];

#[test]
fn no_text_is_left_over() {
    let sources: String = [
        include_str!("../charts/mod.rs"),
        include_str!("../edition.rs"),
        include_str!("../mod.rs"),
        include_str!("../search/mod.rs"),
        include_str!("../view/search.rs"),
        include_str!("../view/sharing.rs"),
        include_str!("../view/calculation.rs"),
        include_str!("../charts/indicator.rs"),
        include_str!("../charts/matrix.rs"),
        include_str!("../view/changes.rs"),
        include_str!("../view/checks.rs"),
        include_str!("../view/corrections.rs"),
        include_str!("../view/coverage.rs"),
        include_str!("../view/data.rs"),
        include_str!("../view/finding.rs"),
        include_str!("../view/frame.rs"),
        include_str!("../view/group.rs"),
        include_str!("../view/history.rs"),
        include_str!("../view/home.rs"),
        include_str!("../view/indicator/history.rs"),
        include_str!("../view/indicator/mod.rs"),
        include_str!("../view/indicator/plan.rs"),
        include_str!("../view/lineage.rs"),
        include_str!("../view/list.rs"),
        include_str!("../view/method.rs"),
        include_str!("../view/mod.rs"),
        include_str!("../view/report.rs"),
        include_str!("../view/resolution.rs"),
        include_str!("../view/row.rs"),
        include_str!("../view/text.rs"),
        include_str!("../view/unit.rs"),
        include_str!("../view/verify.rs"),
    ]
    .concat();
    let templates: String = DEFAULT.iter().filter(|(name, _)| name.ends_with(".html")).map(|(_, text)| *text).collect();
    let interface = interface("vi");
    let unused: Vec<&str> = interface
        .keys()
        .filter(|key| !COMPUTED.iter().any(|group| key.starts_with(group)))
        .filter(|key| !sources.contains(&format!("\"{key}\"")) && !templates.contains(&format!("t.{key}")))
        .collect();
    assert_eq!(unused, Vec::<&str>::new());
}
