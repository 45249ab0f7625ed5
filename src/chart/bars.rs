//! Draws the targets of a resolution as bars of progress.

use std::borrow::Cow;

use plotters::element::Rectangle;

use super::backend::{Anchor, Svg};
use super::canvas::{Axis, Canvas, Plane, place};
use super::paint::{Ink, Paint};
use super::scale::drawable;
use super::spec::{Bar, Bars, Tone};

/// How thick a bar is.
const THICK: f64 = 12.0;
/// The side of a status's square.
const SQUARE: f64 = 13.0;
/// Where names start, right of the square.
const INDENT: f64 = 20.0;
/// Between a row and the next.
const GAP: f64 = 22.0;
/// Room for the arrow of a bar that goes on beyond the picture.
const ARROW: f64 = 14.0;

/// What of the shares is drawn to scale: all of 0 to 1, and some more where a bar needs it.
#[derive(Debug, Clone, Copy)]
struct Domain {
    low: f64,
    high: f64,
    /// Whether a bar goes on beyond the left, the right end.
    beyond: (bool, bool),
}

impl Domain {
    fn of(rows: &[Bar]) -> Self {
        let shares = || rows.iter().filter_map(share);
        let (low, high) = shares().fold((0.0_f64, 1.0_f64), |(low, high), share| (low.min(share), high.max(share)));
        let (low, high) = (low.max(-0.25), high.min(1.5));
        Self { low, high, beyond: (shares().any(|share| share < low), shares().any(|share| share > high)) }
    }
}

/// The share done, where there is one that can be drawn.
fn share(row: &Bar) -> Option<f64> {
    row.progress.filter(|&progress| drawable(progress))
}

/// Where figures stand: the same in all rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Figures {
    /// In the first line of the name, at the right edge.
    Beside,
    /// In a line of their own.
    Below,
}

/// Draws the chart; gives its height.
pub(super) fn draw(bars: &Bars, canvas: &Canvas) -> f64 {
    if bars.rows.is_empty() {
        return canvas.note(0.0, &bars.empty);
    }
    let domain = Domain::of(&bars.rows);
    let left = if domain.beyond.0 { ARROW } else { 0.0 };
    let right = canvas.width - if domain.beyond.1 { ARROW } else { 0.0 };
    let plane = canvas.plane(Axis::new(domain.low, domain.high, Vec::new()), left..right);

    let mut top = legend(bars, domain, canvas);
    top = scale(bars, domain, canvas, &plane, top);
    let figures: Vec<Cow<'_, str>> = bars.rows.iter().map(figure).collect();
    let widest = figures.iter().map(|figure| Ink::Value.width(figure)).fold(0.0, f64::max);
    let placing = if widest <= canvas.width * 0.48 { Figures::Beside } else { Figures::Below };
    for (at, (row, figure)) in bars.rows.iter().zip(&figures).enumerate() {
        if at > 0 {
            top += GAP;
        }
        let shown = if figure.is_empty() { &row.note } else { figure.as_ref() };
        canvas.svg().open(&[&row.label, ": ", shown]);
        top = words(row, figure, placing, canvas, top);
        if let Some(share) = share(row) {
            let expected = row.expected.filter(|expected| drawable(*expected));
            top = bar(row.tone, share, expected, domain, canvas, &plane, top + 9.0);
        } else if !row.note.is_empty() && row.note != row.status {
            let lines = Ink::Small.wrap(&row.note, canvas.width - INDENT, 3);
            canvas.svg().lines(Ink::Small, (INDENT, top + Ink::Small.size()), Anchor::Start, &lines);
            top += Ink::Small.line() * lines.len() as f64;
        }
        canvas.svg().close();
    }
    top + 2.0
}

/// Status and value in one line.
fn figure(row: &Bar) -> Cow<'_, str> {
    match (row.status.as_str(), row.value.as_str()) {
        ("", only) | (only, "") => Cow::Borrowed(only),
        (status, value) => Cow::Owned(format!("{status} · {value}")),
    }
}

/// Draws a row's square, name and figure; gives where they end.
fn words(row: &Bar, figure: &str, figures: Figures, canvas: &Canvas, top: f64) -> f64 {
    canvas.square((0.0, top + 2.0), SQUARE, row.tone);
    let taken = if figures == Figures::Beside && !figure.is_empty() { Ink::Value.width(figure) + 16.0 } else { 0.0 };
    let room = canvas.width - INDENT - taken;
    let label = Ink::Label.wrap(&row.label, room, 3);
    let mut svg = canvas.svg();
    svg.lines(Ink::Label, (INDENT, top + Ink::Label.size()), Anchor::Start, &label);
    let below = top + Ink::Label.line() * label.len() as f64;
    if figures == Figures::Beside {
        svg.text(Ink::Value, (canvas.width, top + Ink::Label.size()), Anchor::End, figure);
        return below;
    }
    if figure.is_empty() {
        return below;
    }
    let figure = Ink::Value.wrap(figure, canvas.width - INDENT, 3);
    svg.lines(Ink::Value, (INDENT, below + Ink::Value.size()), Anchor::Start, &figure);
    below + Ink::Value.line() * figure.len() as f64
}

/// Draws a row's bar with the mark of today; gives where it ends.
fn bar(
    tone: Tone,
    share: f64,
    expected: Option<f64>,
    domain: Domain,
    canvas: &Canvas,
    plane: &Plane<'_>,
    top: f64,
) -> f64 {
    let bottom = top + THICK;
    let rectangle = |from: f64, to: f64, paint: Paint| {
        let element = Rectangle::new([(from, top), (to, bottom)], paint.shape());
        plane.draw(&element).expect("the sheet can be drawn on");
    };
    rectangle(0.0, 1.0, Paint::Track);
    let end = share.clamp(domain.low, domain.high);
    rectangle(0.0, end, Paint::tone(tone));
    let ((zero, _), (tip, _)) = (place(plane, 0.0, top), place(plane, end, top));
    let mut svg = canvas.svg();
    stripes(&mut svg, tone, (zero.min(tip), top), (tip - zero).abs());
    // The two ends that matter: where it started, and what was promised.
    let (whole, _) = place(plane, 1.0, top);
    for x in [zero.clamp(0.5, canvas.width - 0.5), whole.clamp(0.5, canvas.width - 0.5)] {
        svg.line(Paint::Axis, &[(x, top - 2.0), (x, bottom + 2.0)]);
    }
    if share != end {
        arrow(&mut svg, Paint::tone(tone), tip, top, if share > end { 1.0 } else { -1.0 });
    }
    if let Some(expected) = expected {
        let (x, _) = place(plane, expected.clamp(domain.low, domain.high), top);
        mark(&mut svg, x, top);
    }
    bottom + 2.0
}

/// Marks bars of the statuses that are told by a pattern too.
fn stripes(svg: &mut Svg, tone: Tone, corner: (f64, f64), length: f64) {
    match tone {
        Tone::AchievedLate => svg.stripes(Paint::Stripes, corner, (length, THICK), (1.0, 9.0)),
        Tone::Unreported => svg.stripes(Paint::Stripes, corner, (length, THICK), (2.0, 2.5)),
        _ => {}
    }
}

/// An arrow head at the end of a bar that goes on.
fn arrow(svg: &mut Svg, paint: Paint, tip: f64, top: f64, way: f64) {
    let points =
        [(tip + 3.0 * way, top), (tip + (ARROW - 1.0) * way, top + THICK / 2.0), (tip + 3.0 * way, top + THICK)];
    svg.polygon(paint, &points);
}

/// The mark of what pace asks for today: a line through the bar under a triangle.
fn mark(svg: &mut Svg, x: f64, top: f64) {
    svg.polygon(Paint::Expected, &[(x - 4.0, top - 6.0), (x + 4.0, top - 6.0), (x, top - 0.5)]);
    svg.line(Paint::Expected, &[(x, top - 1.0), (x, top + THICK + 3.0)]);
}

/// Draws the marks of the scale; gives where they end.
fn scale(bars: &Bars, domain: Domain, canvas: &Canvas, plane: &Plane<'_>, top: f64) -> f64 {
    if !bars.rows.iter().any(|row| share(row).is_some()) {
        return top;
    }
    let mut free = f64::NEG_INFINITY;
    let mut bottom = top;
    for tick in bars.ticks.iter().filter(|tick| tick.at >= domain.low && tick.at <= domain.high) {
        let half = Ink::Small.width(&tick.label) / 2.0;
        let (x, _) = place(plane, tick.at, 0.0);
        let middle = x.min(canvas.width - half).max(half);
        if middle - half < free {
            continue;
        }
        free = middle + half + 8.0;
        let anchor = if middle > x {
            Anchor::Start
        } else if middle < x {
            Anchor::End
        } else {
            Anchor::Middle
        };
        let mut svg = canvas.svg();
        svg.text(Ink::Small, (x, top + Ink::Small.size()), anchor, &tick.label);
        svg.line(Paint::Axis, &[(x, top + 17.0), (x, top + 22.0)]);
        bottom = top + 32.0;
    }
    bottom
}

/// Draws what bar, mark and arrow mean; gives where it ends.
fn legend(bars: &Bars, domain: Domain, canvas: &Canvas) -> f64 {
    let drawn = || bars.rows.iter().filter(|row| share(row).is_some());
    let beyond = domain.beyond.0 || domain.beyond.1;
    let entries: [(&str, bool, &dyn Fn(&mut Svg, f64, f64)); 3] = [
        (&bars.legend_bar, drawn().next().is_some(), &|svg, x, y| {
            svg.rect(Paint::Track, (x, y), (22.0, THICK));
            svg.rect(Paint::Bar, (x, y), (14.0, THICK));
        }),
        (&bars.legend_expected, drawn().any(|row| row.expected.is_some()), &|svg, x, y| mark(svg, x + 11.0, y)),
        (&bars.legend_beyond, beyond, &|svg, x, y| arrow(svg, Paint::Bar, x + 2.0, y, 1.0)),
    ];
    let (mut x, mut top, mut height) = (0.0, 8.0, 0.0);
    for (text, _, swatch) in entries.into_iter().filter(|(text, shown, _)| *shown && !text.is_empty()) {
        let lines = Ink::Small.wrap(text, canvas.width - 30.0, 3);
        let width = 30.0 + lines.iter().map(|line| Ink::Small.width(line)).fold(0.0, f64::max);
        if x > 0.0 && x + width > canvas.width {
            (x, top) = (0.0, top + height);
        }
        let mut svg = canvas.svg();
        swatch(&mut svg, x, top);
        svg.lines(Ink::Small, (x + 30.0, top + 10.5), Anchor::Start, &lines);
        x += width + 24.0;
        height = Ink::Small.line() * lines.len() as f64 + 4.0;
    }
    if height > 0.0 { top + height + 8.0 } else { 0.0 }
}
