//! Draws stages as one stacked bar.

use plotters::element::Rectangle;

use super::backend::{Anchor, Svg};
use super::canvas::{Axis, Canvas, Plane};
use super::paint::{Ink, Paint};
use super::scale::drawable;
use super::spec::{Part, Stack, Stage};

/// How thick the bar is.
const THICK: f64 = 40.0;
/// Half an outline, so that it is not cut off at the picture's edges.
const EDGE: f64 = 0.5;
/// The least that a part which is not nothing is drawn as.
const LEAST: f64 = 4.0;
/// How many patterns of open parts there are before they repeat.
const PATTERNS: usize = 6;
/// Between two names below the bar.
const APART: f64 = 14.0;

/// One part with its place on the bar.
struct Segment<'a> {
    part: &'a Part,
    from: f64,
    to: f64,
    look: Look,
}

/// How a part is painted.
#[derive(Debug, Clone, Copy)]
enum Look {
    Done,
    /// Open, with its place among the open ones.
    Open(usize),
    Rest,
}

/// Draws the chart; gives its height.
pub(super) fn draw(stack: &Stack, canvas: &Canvas) -> f64 {
    let segments = segments(stack, canvas.width - 2.0 * EDGE);
    if segments.iter().all(|segment| segment.from == segment.to) {
        let top = canvas.note(0.0, &stack.empty);
        return if segments.is_empty() { top } else { list(&segments, canvas, top + 10.0) };
    }
    let top = total(stack, canvas);
    let plane = canvas.plane(Axis::new(-EDGE, canvas.width - EDGE, Vec::new()), 0.0..canvas.width);
    let direct = direct(&segments);
    for (at, segment) in segments.iter().enumerate() {
        if segment.from == segment.to {
            continue;
        }
        canvas.svg().open(&[&segment.part.name, ": ", &segment.part.text]);
        paint(segment.look, canvas, &plane, (segment.from, top), (segment.to - segment.from, THICK));
        let text = &segment.part.text;
        if Ink::Strong.width(text) + 8.0 <= segment.to - segment.from {
            let middle = (EDGE + (segment.from + segment.to) / 2.0, top + THICK / 2.0);
            figure(&mut canvas.svg(), segment.look, middle, text);
        }
        if let Some(lines) = direct.as_ref().map(|direct| &direct[at]) {
            let below = top + THICK + 8.0 + Ink::Value.size();
            canvas.svg().lines(Ink::Value, (segment.from, below), Anchor::Start, lines);
        }
        canvas.svg().close();
    }
    match direct {
        Some(names) => {
            let most = names.iter().map(Vec::len).max().unwrap_or(0);
            top + THICK + 10.0 + Ink::Value.line() * most as f64
        }
        None => list(&segments, canvas, top + THICK + 16.0),
    }
}

/// Writes a part's figure in its middle, on a plate where there is a pattern.
fn figure(svg: &mut Svg, look: Look, (x, y): (f64, f64), text: &str) {
    let (wide, high) = (Ink::Strong.width(text) + 8.0, 22.0);
    if matches!(look, Look::Open(place) if place % PATTERNS != 0) {
        svg.rect(Paint::Paper, (x - wide / 2.0, y - high / 2.0), (wide, high));
    }
    let ink = if matches!(look, Look::Done) { Ink::OnDone } else { Ink::Strong };
    svg.text(ink, (x, y + 5.5), Anchor::Middle, text);
}

/// Places the parts on the bar: in proportion, but none so thin that it cannot be seen.
fn segments(stack: &Stack, width: f64) -> Vec<Segment<'_>> {
    let size = |part: &Part| if drawable(part.value) { part.value.max(0.0) } else { 0.0 };
    let parts = || stack.parts.iter().chain(&stack.rest);
    let whole: f64 = parts().map(size).sum();
    let lengths: Vec<f64> = parts()
        .map(|part| match size(part) {
            0.0 => 0.0,
            size => (size / whole * width).max(LEAST),
        })
        .collect();
    // What the thin ones gained, the others give in proportion to what they have above the least.
    let above: f64 = lengths.iter().map(|length| (length - LEAST).max(0.0)).sum();
    let gained: f64 = (lengths.iter().sum::<f64>() - width).max(0.0);
    let keep = if above > gained { 1.0 - gained / above } else { 0.0 };
    let (mut from, mut open) = (0.0, 0);
    parts()
        .zip(lengths)
        .enumerate()
        .map(|(at, (part, length))| {
            let length = if length > LEAST { LEAST + (length - LEAST) * keep } else { length };
            let to = (from + length).min(width);
            let look = if at == stack.parts.len() {
                Look::Rest
            } else if part.stage == Stage::Done {
                Look::Done
            } else {
                open += 1;
                Look::Open(open - 1)
            };
            let segment = Segment { part, from, to, look };
            from = to;
            segment
        })
        .collect()
}

/// The names in lines below their parts, if there is room for all of them.
fn direct(segments: &[Segment<'_>]) -> Option<Vec<Vec<String>>> {
    segments
        .iter()
        .map(|segment| {
            let room = segment.to - segment.from - APART;
            let words = segment.part.name.split_whitespace();
            let longest = words.map(|word| Ink::Value.width(word)).fold(0.0, f64::max);
            let figure = Ink::Strong.width(&segment.part.text) + 8.0;
            if longest > room || figure > room + APART {
                return None;
            }
            let lines = Ink::Value.wrap(&segment.part.name, room, 4);
            (lines.len() < 4).then_some(lines)
        })
        .collect()
}

/// Draws the whole above a bracket over the bar; gives where the bar starts.
fn total(stack: &Stack, canvas: &Canvas) -> f64 {
    if stack.total.is_empty() {
        return 1.0;
    }
    let lines = Ink::Small.wrap(&stack.total, canvas.width, 2);
    let below = Ink::Small.line() * lines.len() as f64;
    let mut svg = canvas.svg();
    svg.lines(Ink::Small, (0.0, Ink::Small.size()), Anchor::Start, &lines);
    let (end, bracket) = (canvas.width - 0.5, below + 3.0);
    svg.line(Paint::Rule, &[(0.5, bracket + 5.0), (0.5, bracket), (end, bracket), (end, bracket + 5.0)]);
    bracket + 9.0
}

/// Draws a key below the bar: a swatch, the figure and the name of each part; gives where it ends.
fn list(segments: &[Segment<'_>], canvas: &Canvas, mut top: f64) -> f64 {
    let plane = canvas.plane(Axis::new(0.0, canvas.width, Vec::new()), 0.0..canvas.width);
    let figures = segments.iter().map(|segment| Ink::Strong.width(&segment.part.text)).fold(0.0, f64::max);
    let figures = figures.min(canvas.width * 0.4);
    for segment in segments {
        canvas.svg().open(&[&segment.part.name, ": ", &segment.part.text]);
        paint(segment.look, canvas, &plane, (0.5, top + 1.0), (26.0, 14.0));
        let name_at = 36.0 + figures + 10.0;
        let lines = Ink::Label.wrap(&segment.part.name, canvas.width - name_at, 3);
        let mut svg = canvas.svg();
        svg.text(Ink::Strong, (36.0 + figures, top + Ink::Label.size()), Anchor::End, &segment.part.text);
        svg.lines(Ink::Label, (name_at, top + Ink::Label.size()), Anchor::Start, &lines);
        svg.close();
        top += Ink::Label.line() * lines.len() as f64 + 4.0;
    }
    top
}

/// Paints a part: solid when done, otherwise by lightness and what is drawn over it.
fn paint(look: Look, canvas: &Canvas, plane: &Plane<'_>, (x, y): (f64, f64), (width, height): (f64, f64)) {
    let fill = match look {
        Look::Done => Paint::Done,
        Look::Open(place) => Paint::part(place),
        Look::Rest => Paint::Rest,
    };
    let element = Rectangle::new([(x, y), (x + width, y + height)], fill.shape());
    plane.draw(&element).expect("the sheet can be drawn on");
    if let Look::Open(place) = look {
        marks(&mut canvas.svg(), place, (x, y), (width, height));
    }
}

/// Draws over an open part what tells it from its neighbours without colour.
fn marks(svg: &mut Svg, place: usize, (x, y): (f64, f64), (width, height): (f64, f64)) {
    let inside = |start: f64| ((x + start, y), ((width - start).max(0.0), height));
    let upright = |svg: &mut Svg, start: f64, pattern: (f64, f64)| {
        let (corner, size) = inside(start);
        svg.stripes(Paint::PartMarks, corner, size, pattern);
    };
    let count = (height / 7.0).round().max(2.0);
    let levels = (1..count as i32).map(|line| y + height * f64::from(line) / count);
    match place % PATTERNS {
        1 => upright(svg, 4.0, (1.0, 6.0)),
        2 => levels.for_each(|at| svg.line(Paint::PartMarks, &[(x, at), (x + width, at)])),
        3 => levels.for_each(|at| {
            let (start, size) = ((x + 4.0, at - 0.8), ((width - 5.0).max(0.0), 1.6));
            svg.stripes(Paint::PartMarks, start, size, (1.6, 5.4));
        }),
        4 => upright(svg, 6.0, (3.0, 10.0)),
        5 => {
            upright(svg, 4.0, (1.0, 6.0));
            levels.for_each(|at| svg.line(Paint::PartMarks, &[(x, at), (x + width, at)]));
        }
        _ => {}
    }
}
