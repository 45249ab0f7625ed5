//! Boxes one below the other, each after all that lead to it, with rails beside them.
//!
//! Each box has a rail down to the last that it leads to; where an arrow leaves it, its words stand above the box
//! that it leads to, with the name of the one that it comes from.

use super::super::backend::Anchor;
use super::super::canvas::Canvas;
use super::super::paint::{Ink, Paint};
use super::super::spec::{Lineage, LineageKind};
use super::graph::Graph;
use super::{Words, paint};

/// From a rail to the next.
const RAIL: f64 = 10.0;
/// More rails than these lie on one another.
const MOST_RAILS: usize = 7;
/// From one arrow's words to the next.
const LINE: f64 = 20.0;
/// Between boxes.
const APART: f64 = 14.0;

/// Draws boxes and arrows; gives the lower edge.
pub(super) fn draw(lineage: &Lineage, graph: &Graph, canvas: &Canvas) -> f64 {
    let mut rank = vec![0; lineage.nodes.len()];
    for (at, &node) in graph.order.iter().enumerate() {
        rank[node] = at;
    }
    let mut arriving = vec![Vec::new(); lineage.nodes.len()];
    for &at in &graph.edges {
        arriving[lineage.edges[at].to].push(at);
    }
    for edges in &mut arriving {
        edges.sort_by_key(|&at| (rank[lineage.edges[at].from], at));
    }
    let rails = rails(lineage, graph, &rank);
    let count = rails.iter().map(|rail| rail.place + 1).max().unwrap_or(0);
    let left = 1.5 + if count > 0 { RAIL * count as f64 + 6.0 } else { 0.0 };
    let width = canvas.width - left - 1.5;

    let mut svg = canvas.svg();
    let mut y = 2.0;
    let mut boxes = vec![(0.0, 0.0); lineage.nodes.len()];
    let mut lines = vec![0.0; lineage.edges.len()];
    let words: Vec<Words<'_>> = lineage.nodes.iter().map(|node| Words::new(node, width)).collect();
    for &node in &graph.order {
        for &at in &arriving[node] {
            lines[at] = y + LINE / 2.0;
            y += LINE;
        }
        if !arriving[node].is_empty() {
            y += 4.0;
        }
        boxes[node] = (y, words[node].height);
        y += words[node].height + APART;
    }
    for rail in &rails {
        let x = 2.0 + RAIL * rail.place as f64;
        let (top, height) = boxes[rail.from];
        let start = top + height - if rail.kind == LineageKind::Amends { 7.0 } else { 15.0 };
        let end = rail.edges.iter().map(|&at| lines[at]).fold(start, f64::max);
        svg.line(paint(rail.kind), &[(left, start), (x, start), (x, end)]);
        for &at in &rail.edges {
            svg.line(paint(rail.kind), &[(x, lines[at]), (left + 10.0, lines[at])]);
        }
    }
    for &node in &graph.order {
        let Some(&first) = arriving[node].first() else { continue };
        let (x, top) = (left + 10.0, boxes[node].0 - 1.0);
        svg.line(Paint::Link, &[(x, lines[first]), (x, top)]);
        svg.line(Paint::Link, &[(x - 4.5, top - 6.0), (x, top), (x + 4.5, top - 6.0)]);
    }
    for &node in &graph.order {
        let (top, height) = boxes[node];
        for &at in &arriving[node] {
            let edge = &lineage.edges[at];
            let parts: Vec<&str> = [edge.label.trim(), lineage.nodes[edge.from].name.trim()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
            let text = Ink::HaloSmall.wrap(&parts.join(" · "), width - 18.0, 1);
            svg.lines(Ink::HaloSmall, (left + 18.0, lines[at] + 4.5), Anchor::Start, &text);
        }
        words[node].draw(&mut svg, (left, top), (width, height));
    }
    y - APART + 2.0
}

/// What leads away from one box.
struct Rail {
    from: usize,
    kind: LineageKind,
    edges: Vec<usize>,
    /// Its place from the left.
    place: usize,
}

/// Rails from the top down, each in the leftmost place that is free.
fn rails(lineage: &Lineage, graph: &Graph, rank: &[usize]) -> Vec<Rail> {
    let mut by_source: std::collections::BTreeMap<(usize, LineageKind), Vec<usize>> = std::collections::BTreeMap::new();
    for &at in &graph.edges {
        let edge = &lineage.edges[at];
        by_source.entry((rank[edge.from], edge.kind)).or_default().push(at);
    }
    let mut ends: Vec<usize> = Vec::new();
    let mut rails = Vec::new();
    for ((start, kind), edges) in by_source {
        let end = edges.iter().map(|&at| rank[lineage.edges[at].to]).max().unwrap_or(start);
        let place = ends.iter().position(|&end| end <= start).unwrap_or(ends.len()).min(MOST_RAILS - 1);
        match ends.get_mut(place) {
            Some(last) => *last = (*last).max(end),
            None => ends.push(end),
        }
        rails.push(Rail { from: graph.order[start], kind, edges, place });
    }
    rails
}
