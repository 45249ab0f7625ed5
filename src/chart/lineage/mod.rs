//! Draws a lineage: boxes in layers from left to right, or one below the other with rails beside them.
//!
//! Invariants: boxes never overlap; the more arrows and layers there are, the plainer the layout; beyond what a
//! screen can show in layers, and on narrow sheets, it is the list.

mod graph;
mod layered;
mod list;

use super::Width;
use super::backend::{Anchor, Point, Svg};
use super::canvas::Canvas;
use super::paint::{Ink, Paint};
use super::spec::{Lineage, LineageKind, LineageNode, LineageRole};
use graph::Graph;

/// From a box's edge to its words.
const PADDING: f64 = 9.0;
/// More boxes than these in layers are a maze.
const MOST_BOXES: usize = 80;
/// More layers than these leave boxes no room for words.
const MOST_LAYERS: usize = 4;

/// Draws the chart; gives the sheet, which may be wider than others, and its height.
pub(super) fn draw(lineage: &Lineage, width: Width) -> (Canvas, &'static str, f64) {
    let graph = Graph::new(lineage.nodes.len(), &lineage.edges);
    let depth = graph.depth();
    let is_layered = width == Width::Wide && depth <= MOST_LAYERS && lineage.nodes.len() <= MOST_BOXES;
    let (canvas, kind) = match depth {
        3 if is_layered => (Canvas::of_width(width, 840.0), "lineage chart-broad"),
        4.. if is_layered => (Canvas::of_width(width, 1000.0), "lineage chart-broad"),
        _ => (Canvas::new(width), "lineage"),
    };
    if lineage.nodes.is_empty() {
        let height = canvas.note(0.0, &lineage.empty);
        return (canvas, kind, height);
    }
    let below = if is_layered { layered::draw(lineage, &graph, &canvas) } else { list::draw(lineage, &graph, &canvas) };
    let height = legend(lineage, &graph, &canvas, below);
    (canvas, kind, height)
}

/// The words of a box, broken to fit.
struct Words<'a> {
    node: &'a LineageNode,
    parts: Vec<(Ink, Vec<String>)>,
    height: f64,
}

impl<'a> Words<'a> {
    fn new(node: &'a LineageNode, width: f64) -> Self {
        let room = width - 2.0 * PADDING;
        let mut parts = Vec::new();
        for (ink, text, most) in [
            (if node.role == LineageRole::More { Ink::Small } else { Ink::Strong }, &node.name, 2),
            (Ink::Value, &node.title, 3),
            (Ink::Small, &node.issuer, 2),
            (Ink::Small, &node.date, 2),
        ] {
            if !text.trim().is_empty() {
                parts.push((ink, ink.wrap(text, room, most)));
            }
        }
        let lines = parts.iter().map(|(ink, lines)| ink.line() * lines.len() as f64).sum::<f64>();
        Self { node, parts, height: (lines + 2.0 * PADDING - 4.0).max(24.0).ceil() }
    }

    /// Draws the box with its upper left corner at `(x, y)`.
    fn draw(&self, svg: &mut Svg, (x, y): Point, size: (f64, f64)) {
        let node = self.node;
        let whole: Vec<&str> = [&node.name, &node.title, &node.issuer, &node.date]
            .into_iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        svg.open(&[&whole.join(" · ")]);
        let paint = match node.role {
            LineageRole::Other => Paint::Box,
            LineageRole::Current => Paint::Current,
            LineageRole::More => Paint::Rest,
        };
        svg.rect(paint, (x, y), size);
        let mut line = y + PADDING - 3.0;
        for (ink, lines) in &self.parts {
            svg.lines(*ink, (x + PADDING, line + ink.size()), Anchor::Start, lines);
            line += ink.line() * lines.len() as f64;
        }
        svg.close();
    }
}

/// The paint of an arrow.
fn paint(kind: LineageKind) -> Paint {
    match kind {
        LineageKind::Implements => Paint::Link,
        LineageKind::Amends => Paint::LinkAmends,
    }
}

/// Says what solid and dashed arrows mean, where there are both; gives the picture's height.
fn legend(lineage: &Lineage, graph: &Graph, canvas: &Canvas, top: f64) -> f64 {
    if !graph.edges.iter().any(|&at| lineage.edges[at].kind == LineageKind::Amends) {
        return top + 2.0;
    }
    let mut svg = canvas.svg();
    let (mut x, mut y) = (0.0, top + 14.0);
    for (kind, text) in
        [(LineageKind::Implements, &lineage.legend_implements), (LineageKind::Amends, &lineage.legend_amends)]
    {
        let text = Ink::Small.wrap(text, canvas.width - 44.0, 1);
        let width = 38.0 + Ink::Small.width(&text[0]);
        if x > 0.0 && x + width > canvas.width {
            (x, y) = (0.0, y + 20.0);
        }
        svg.line(paint(kind), &[(x, y + 9.0), (x + 30.0, y + 9.0)]);
        svg.line(Paint::Link, &[(x + 25.0, y + 5.0), (x + 30.0, y + 9.0), (x + 25.0, y + 13.0)]);
        svg.lines(Ink::Small, (x + 38.0, y + 13.5), Anchor::Start, &text);
        x += width + 20.0;
    }
    y + 20.0
}
