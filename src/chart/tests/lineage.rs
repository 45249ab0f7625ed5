//! Lineages: boxes never overlap or leave the picture, whatever leads where; words do not run into each other.

use proptest::prelude::*;
use roxmltree::Document;

use super::samples;
use crate::chart::spec::*;
use crate::chart::{Chart, Form, Width, draw};

/// Left, top, right and bottom of something drawn.
type Area = [f64; 4];

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

/// The boxes of a lineage.
fn boxes(svg: &str) -> Vec<Area> {
    let document = Document::parse(svg).expect("well-formed");
    let is_box = |class: &str| ["c-box", "c-current", "c-rest"].contains(&class);
    (document.descendants())
        .filter(|node| node.attribute("class").is_some_and(is_box))
        .map(|node| {
            // M left top h width v height h -width z
            let path = node.attribute("d").expect("a path").trim_start_matches('M').trim_end_matches('z');
            let numbers: Vec<f64> =
                path.replace('-', " -").split([' ', 'h', 'v']).filter(|part| !part.is_empty()).map(number).collect();
            [numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]]
        })
        .collect()
}

/// The words beside arrows, each where it stands.
fn labels(svg: &str) -> Vec<Area> {
    let document = Document::parse(svg).expect("well-formed");
    (document.descendants())
        .filter(|node| node.attribute("class") == Some("c-small c-halo"))
        .map(|node| {
            let at = |name| number(node.attribute(name).expect("a place"));
            let width = crate::chart::text::width(node.text().unwrap_or_default(), 13.0);
            let left = if node.attribute("text-anchor") == Some("end") { at("x") - width } else { at("x") };
            [left, at("y") - 10.0, left + width, at("y") + 2.0]
        })
        .collect()
}

fn overlap(one: &Area, other: &Area) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

#[track_caller]
fn check(chart: &Chart) {
    let Chart::Lineage(lineage) = chart else { panic!("a lineage") };
    for width in [Width::Wide, Width::Narrow] {
        let svg = draw(chart, Form::Inline, width);
        let (boxes, labels) = (boxes(&svg), labels(&svg));
        assert_eq!(boxes.len(), lineage.nodes.len(), "every document has a box");
        let view_box = svg.split("viewBox=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a viewBox");
        let view_box: Vec<f64> = view_box.split(' ').map(number).collect();
        for (at, one) in boxes.iter().enumerate() {
            assert!(one[0] >= 0.0 && one[1] >= 0.0 && one[2] <= view_box[2] && one[3] <= view_box[3], "{one:?} {svg}");
            assert!(boxes[..at].iter().all(|other| !overlap(one, other)), "{width:?}: {one:?} of {boxes:?}");
            assert!(labels.iter().all(|label| !overlap(one, label)), "{width:?}: words on {one:?}: {labels:?}");
        }
        for (at, one) in labels.iter().enumerate() {
            assert!(labels[..at].iter().all(|other| !overlap(one, other)), "{width:?}: {one:?} of {labels:?}");
        }
    }
}

#[test]
fn boxes_and_words_do_not_overlap() {
    for (name, chart) in samples::all() {
        if name.starts_with("lineage") {
            check(&chart);
        }
    }
}

#[test]
fn a_box_stands_behind_those_that_lead_to_it() {
    let Chart::Lineage(lineage) = samples::lineage() else { panic!("a lineage") };
    let boxes = boxes(&draw(&Chart::Lineage(lineage.clone()), Form::Inline, Width::Wide));
    for edge in &lineage.edges {
        assert!(boxes[edge.from][2] < boxes[edge.to][0], "{edge:?}");
    }
}

#[test]
fn the_order_of_arrows_is_no_matter() {
    let Chart::Lineage(lineage) = samples::lineage() else { panic!("a lineage") };
    let mut turned = lineage.clone();
    turned.edges.reverse();
    let of = |lineage| boxes(&draw(&Chart::Lineage(lineage), Form::Inline, Width::Wide));
    assert_eq!(of(lineage), of(turned));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn whatever_leads_where(
        titles in prop::collection::vec("[A-Za-zĐđ ]{0,80}", 1..40),
        edges in prop::collection::vec((0_usize..40, 0_usize..40, any::<bool>(), "[a-z0-9 ]{0,24}"), 0..70),
    ) {
        let nodes = titles.iter().map(|title| LineageNode {
            name: title.chars().take(20).collect(),
            title: title.clone(),
            issuer: "Huyện ủy Giồng Trôm".to_owned(),
            ..LineageNode::default()
        });
        let edges = edges.into_iter().map(|(from, to, amends, label)| LineageEdge {
            from,
            to,
            kind: if amends { LineageKind::Amends } else { LineageKind::Implements },
            label,
        });
        check(&Chart::Lineage(Lineage { nodes: nodes.collect(), edges: edges.collect(), ..Lineage::default() }));
    }

    #[test]
    fn trees_of_few_layers(parents in prop::collection::vec(0_usize..6, 1..38), titles in ".{0,40}") {
        let count = parents.len() + 1;
        let node = |at: usize| LineageNode { name: format!("{at}-KH"), title: titles.clone(), ..LineageNode::default() };
        let edges = parents.iter().enumerate().map(|(at, parent)| LineageEdge {
            from: (*parent).min(at),
            to: at + 1,
            kind: LineageKind::Implements,
            label: "sau 101 ngày".to_owned(),
        });
        check(&Chart::Lineage(Lineage {
            nodes: (0..count).map(node).collect(),
            edges: edges.collect(),
            ..Lineage::default()
        }));
    }
}
