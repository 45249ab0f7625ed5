//! Boxes in layers from left to right, arrows as right-angled lines between them.
//!
//! Between two layers each box has a lane of its own, from which its arrows branch off; the words of an arrow stand
//! on its last stretch, right of all lanes. An arrow over several layers runs between the boxes of those it passes.

use super::super::backend::Anchor;
use super::super::canvas::Canvas;
use super::super::paint::{Ink, Paint};
use super::super::spec::{Lineage, LineageKind};
use super::graph::{Graph, settle, uncross};
use super::{Words, paint};

/// From a lane to the next.
const LANE: f64 = 9.0;
/// Between boxes of a layer.
const APART: f64 = 18.0;
/// From a box's edge to the first lane, and from the last lane to the words.
const MARGIN: f64 = 12.0;
/// From an arrow that ends at a box to the next.
const PORT: f64 = 22.0;
/// The room that an arrow takes between boxes.
const PASSAGE: f64 = 8.0;
/// The most room for the words of an arrow.
const MOST_LABEL: f64 = 120.0;

/// What stands in a layer.
struct Item {
    layer: usize,
    /// The box; `None`: an arrow that passes.
    node: Option<usize>,
    top: f64,
    height: f64,
}

/// A stretch of an arrow between neighbouring layers.
struct Stretch {
    from: usize,
    to: usize,
    edge: usize,
    kind: LineageKind,
    /// Where it starts and ends, downwards.
    start: f64,
    end: f64,
    lane: usize,
}

/// Draws boxes and arrows; gives the lower edge.
pub(super) fn draw(lineage: &Lineage, graph: &Graph, canvas: &Canvas) -> f64 {
    let depth = graph.depth();
    let (mut items, mut stretches) = chains(lineage, graph);
    let mut layers: Vec<Vec<usize>> = vec![Vec::new(); depth];
    for &node in &graph.order {
        layers[graph.layer[node]].push(node);
    }
    for (at, item) in items.iter().enumerate().skip(lineage.nodes.len()) {
        layers[item.layer].push(at);
    }
    let lines: Vec<(usize, usize)> = stretches.iter().map(|stretch| (stretch.from, stretch.to)).collect();
    uncross(&mut layers, &lines);

    // Gaps are as wide as their lanes and words; boxes share the rest. Lanes depend on heights and these on widths,
    // so room is kept for as many lanes as there can be.
    let gaps: Vec<f64> = (0..depth.saturating_sub(1)).map(|layer| gap(lineage, &items, &stretches, layer)).collect();
    let width = ((canvas.width - gaps.iter().sum::<f64>()) / depth as f64).min(300.0).floor();
    let words: Vec<Words<'_>> = lineage.nodes.iter().map(|node| Words::new(node, width)).collect();
    for (item, words) in items.iter_mut().zip(&words) {
        item.height = words.height;
    }
    for (at, item) in items.iter_mut().enumerate().filter(|(_, item)| item.node.is_some()) {
        let arriving = stretches.iter().filter(|stretch| stretch.to == at).count();
        item.height = item.height.max(PORT * arriving as f64 + 8.0);
    }
    place(&mut items, &layers, &lines);
    connect(&items, &mut stretches, depth);

    let mut left = vec![1.5];
    for gap in &gaps {
        left.push(left[left.len() - 1] + width + gap);
    }
    let mut svg = canvas.svg();
    for kind in [LineageKind::Implements, LineageKind::Amends] {
        for stretch in stretches.iter().filter(|stretch| stretch.kind == kind) {
            let layer = items[stretch.from].layer;
            let lane = left[layer] + width + MARGIN + LANE * stretch.lane as f64;
            let start = left[layer] + if items[stretch.from].node.is_some() { width } else { 0.0 };
            let end = left[layer + 1];
            let points = [(start, stretch.start), (lane, stretch.start), (lane, stretch.end), (end, stretch.end)];
            svg.line(paint(kind), &points);
        }
    }
    for stretch in stretches.iter().filter(|stretch| items[stretch.to].node.is_some()) {
        let (x, y) = (left[items[stretch.to].layer] - 1.0, stretch.end);
        svg.line(Paint::Link, &[(x - 6.0, y - 4.5), (x, y), (x - 6.0, y + 4.5)]);
    }
    for (item, words) in items.iter().zip(&words) {
        words.draw(&mut svg, (left[item.layer], item.top), (width - 3.0, item.height));
    }
    for stretch in stretches.iter().filter(|stretch| items[stretch.to].node.is_some()) {
        let label = &lineage.edges[stretch.edge].label;
        let at = (left[items[stretch.to].layer] - MARGIN, stretch.end - 6.0);
        svg.lines(Ink::HaloSmall, at, Anchor::End, &Ink::HaloSmall.wrap(label, MOST_LABEL, 1));
    }
    items.iter().map(|item| item.top + item.height).fold(0.0, f64::max) + 2.0
}

/// Boxes, and arrows cut into stretches with passages in the layers between.
fn chains(lineage: &Lineage, graph: &Graph) -> (Vec<Item>, Vec<Stretch>) {
    let boxes = graph.layer.iter().enumerate();
    let mut items: Vec<Item> =
        boxes.map(|(node, &layer)| Item { layer, node: Some(node), top: 0.0, height: 0.0 }).collect();
    let mut stretches = Vec::new();
    for &edge in &graph.edges {
        let (first, last, kind) = (lineage.edges[edge].from, lineage.edges[edge].to, lineage.edges[edge].kind);
        let mut from = first;
        for layer in graph.layer[first] + 1..=graph.layer[last] {
            let to = if layer == graph.layer[last] {
                last
            } else {
                items.push(Item { layer, node: None, top: 0.0, height: PASSAGE });
                items.len() - 1
            };
            stretches.push(Stretch { from, to, edge, kind, start: 0.0, end: 0.0, lane: 0 });
            from = to;
        }
    }
    (items, stretches)
}

/// The room between a layer and the next.
fn gap(lineage: &Lineage, items: &[Item], stretches: &[Stretch], layer: usize) -> f64 {
    let here = || stretches.iter().filter(|stretch| items[stretch.from].layer == layer);
    let mut lanes: Vec<(usize, LineageKind)> = here().map(|stretch| (stretch.from, stretch.kind)).collect();
    lanes.sort_unstable();
    lanes.dedup();
    let ends = here().filter(|stretch| items[stretch.to].node.is_some());
    let label = ends.map(|stretch| Ink::Small.width(&lineage.edges[stretch.edge].label)).fold(0.0, f64::max);
    2.0 * MARGIN + LANE * (lanes.len().min(MOST_LANES) as f64 - 1.0).max(0.0) + label.min(MOST_LABEL).ceil() + MARGIN
}

/// More lanes than these lie on one another.
const MOST_LANES: usize = 6;

/// Gives each item its place downwards: near those that it is joined to, in the order of its layer.
fn place(items: &mut [Item], layers: &[Vec<usize>], lines: &[(usize, usize)]) {
    let mut joined = vec![Vec::new(); items.len()];
    for &(from, to) in lines {
        joined[from].push(to);
        joined[to].push(from);
    }
    let middle = |item: &Item| item.top + item.height / 2.0;
    for layer in layers {
        let mut top = 0.0;
        for &at in layer {
            items[at].top = top;
            top += items[at].height + APART;
        }
    }
    for sweep in 0..10 {
        let mut turns: Vec<&Vec<usize>> = layers.iter().collect();
        if sweep % 2 == 1 {
            turns.reverse();
        }
        for layer in turns {
            let wishes: Vec<(f64, f64)> = layer
                .iter()
                .map(|&at| {
                    let others = &joined[at];
                    let wish = match others.len() {
                        0 => middle(&items[at]),
                        count => others.iter().map(|&other| middle(&items[other])).sum::<f64>() / count as f64,
                    };
                    (items[at].height, wish)
                })
                .collect();
            for (&at, top) in layer.iter().zip(settle(&wishes, APART)) {
                items[at].top = top;
            }
        }
    }
    let highest = items.iter().map(|item| item.top).fold(f64::INFINITY, f64::min);
    for item in items.iter_mut() {
        item.top = (item.top - highest).round() + 2.0;
    }
}

/// Gives arrows their ends and lanes.
fn connect(items: &[Item], stretches: &mut [Stretch], depth: usize) {
    let middle = |item: &Item| item.top + item.height / 2.0;
    for stretch in stretches.iter_mut() {
        stretch.start = middle(&items[stretch.from]);
        if items[stretch.from].node.is_some() && stretch.kind == LineageKind::Amends {
            stretch.start += 7.0;
        }
        stretch.end = middle(&items[stretch.to]);
    }
    // Arrows that end at one box end below each other, in the order of where they come from.
    for (at, item) in items.iter().enumerate() {
        let mut arriving: Vec<usize> = (0..stretches.len()).filter(|&place| stretches[place].to == at).collect();
        arriving.sort_by(|&one, &other| stretches[one].start.total_cmp(&stretches[other].start));
        let first = middle(item) - PORT * (arriving.len().saturating_sub(1)) as f64 / 2.0;
        for (number, &place) in arriving.iter().enumerate() {
            stretches[place].end = first + PORT * number as f64;
            let near = (stretches[place].end - stretches[place].start).abs() < 4.0;
            if near && arriving.len() == 1 {
                stretches[place].end = stretches[place].start;
            }
        }
    }
    for layer in 0..depth {
        let mut buses: Vec<(usize, LineageKind, f64, f64, f64)> = Vec::new();
        for stretch in stretches.iter().filter(|stretch| items[stretch.from].layer == layer) {
            let (low, high) = (stretch.start.min(stretch.end), stretch.start.max(stretch.end));
            match buses.iter_mut().find(|bus| (bus.0, bus.1) == (stretch.from, stretch.kind)) {
                Some(bus) => (bus.2, bus.3) = (bus.2.min(low), bus.3.max(high)),
                None => buses.push((stretch.from, stretch.kind, low, high, stretch.start)),
            }
        }
        // Those that start lowest turn first, so that fewer cross those that lead down.
        buses.sort_by(|one, other| other.4.total_cmp(&one.4).then((one.0, one.1).cmp(&(other.0, other.1))));
        let mut lanes: Vec<Vec<(f64, f64)>> = Vec::new();
        for (from, kind, low, high, _) in buses {
            let is_free = |lane: &Vec<(f64, f64)>| lane.iter().all(|&(top, end)| high + 6.0 < top || end + 6.0 < low);
            let lane = lanes.iter().position(is_free).unwrap_or(lanes.len()).min(MOST_LANES - 1);
            if lane == lanes.len() {
                lanes.push(Vec::new());
            }
            lanes[lane].push((low, high));
            for stretch in stretches.iter_mut().filter(|stretch| (stretch.from, stretch.kind) == (from, kind)) {
                stretch.lane = lane;
            }
        }
    }
}
