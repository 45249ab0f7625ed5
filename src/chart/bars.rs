//! Draws the targets of a resolution as bars of progress.
//!
//! Laid out first and drawn layer by layer then, so that what all rows have alike (tracks, ends, marks) takes one path.

use std::borrow::Cow;

use plotters::element::Rectangle;

use super::backend::{Anchor, Svg};
use super::canvas::{Axis, Canvas, Plane, pattern, place, sign};
use super::paint::{Ink, Paint};
use super::scale::drawable;
use super::spec::{Bar, Bars};

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

/// A row with its words in lines and its place.
struct Row<'a> {
    bar: &'a Bar,
    /// Status and value in one line, as the title says them.
    figure: Cow<'a, str>,
    label: Vec<String>,
    /// The same in lines below the name; empty where it stands beside it.
    below: Vec<String>,
    note: Vec<String>,
    top: f64,
    /// The bar's upper edge, where it has one.
    bar_top: Option<f64>,
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
    let top = legend(bars, domain, canvas);
    let top = scale(bars, domain, canvas, &plane, top);
    let (rows, bottom) = layout(&bars.rows, canvas, top);

    let drawn = || rows.iter().filter_map(|row| Some((row, share(row.bar)?, row.bar_top?)));
    for (_, _, top) in drawn() {
        rectangle(&plane, (0.0, 1.0), top, Paint::Track);
    }
    for row in &rows {
        self::row(row, domain, canvas, &plane);
    }
    let mut svg = canvas.svg();
    for row in &rows {
        sign(&mut svg, (0.0, row.top + 2.0), SQUARE, row.bar.tone);
    }
    // The two ends that matter: where it started, and what was promised.
    let ends = [0.0, 1.0].map(|share| place(&plane, share, 0.0).0.clamp(0.5, canvas.width - 0.5));
    for (_, _, top) in drawn() {
        for x in ends {
            svg.line(Paint::Axis, &[(x, top - 2.0), (x, top + THICK + 2.0)]);
        }
    }
    let marks = || {
        drawn().filter_map(|(row, _, top)| {
            let expected = row.bar.expected.filter(|expected| drawable(*expected))?;
            Some((place(&plane, expected.clamp(domain.low, domain.high), top).0, top))
        })
    };
    // A gap in the bar keeps the mark apart from dark colours.
    marks().for_each(|(x, top)| svg.rect(Paint::Paper, (x - 2.2, top), (4.4, THICK)));
    marks().for_each(|(x, top)| mark(&mut svg, x, top));
    bottom
}

/// Breaks the words of all rows into lines and places the rows below each other; gives where the last ends.
fn layout<'a>(bars: &'a [Bar], canvas: &Canvas, mut top: f64) -> (Vec<Row<'a>>, f64) {
    let figures: Vec<Cow<'_, str>> = bars.iter().map(figure).collect();
    let widths: Vec<f64> = figures.iter().map(|figure| Ink::Value.width(figure)).collect();
    let widest = widths.iter().copied().fold(0.0, f64::max);
    let figures_at = if widest <= canvas.width * 0.48 { Figures::Beside } else { Figures::Below };
    let room = canvas.width - INDENT;
    let mut bottom = top;
    let rows = bars.iter().zip(figures).zip(widths).map(|((bar, figure), width)| {
        let beside = if figures_at == Figures::Beside && width > 0.0 { width + 16.0 } else { 0.0 };
        let label = Ink::Label.wrap(&bar.label, room - beside, 3);
        let below = match figures_at {
            Figures::Below if !figure.is_empty() => Ink::Value.wrap(&figure, room, 3),
            _ => Vec::new(),
        };
        let words = top + Ink::Label.line() * label.len() as f64 + Ink::Value.line() * below.len() as f64;
        let mut row = Row { bar, figure, label, below, note: Vec::new(), top, bar_top: None };
        if share(bar).is_some() {
            row.bar_top = Some(words + 9.0);
            bottom = words + 9.0 + THICK + 2.0;
        } else {
            if !bar.note.is_empty() && bar.note != bar.status {
                row.note = Ink::Small.wrap(&bar.note, room, 3);
            }
            bottom = words + Ink::Small.line() * row.note.len() as f64;
        }
        top = bottom + GAP;
        row
    });
    (rows.collect(), bottom + 2.0)
}

/// Status and value in one line.
fn figure(row: &Bar) -> Cow<'_, str> {
    match (row.status.as_str(), row.value.as_str()) {
        ("", only) | (only, "") => Cow::Borrowed(only),
        (status, value) => Cow::Owned(format!("{status} · {value}")),
    }
}

/// Draws a row's square, bar and words.
fn row(row: &Row<'_>, domain: Domain, canvas: &Canvas, plane: &Plane<'_>) {
    let Row { bar, figure, top, .. } = row;
    canvas.svg().open(&[&bar.label, ": ", if figure.is_empty() { &bar.note } else { figure }]);
    canvas.svg().rect(Paint::tone(bar.tone), (0.0, top + 2.0), (SQUARE, SQUARE));
    if let (Some(share), Some(bar_top)) = (share(bar), row.bar_top) {
        let end = share.clamp(domain.low, domain.high);
        rectangle(plane, (0.0, end), bar_top, Paint::tone(bar.tone));
        let ((zero, _), (tip, _)) = (place(plane, 0.0, bar_top), place(plane, end, bar_top));
        let mut svg = canvas.svg();
        if share != end {
            arrow(&mut svg, Paint::tone(bar.tone), tip, bar_top, if share > end { 1.0 } else { -1.0 });
        }
        pattern(&mut svg, bar.tone, (zero.min(tip), bar_top), ((tip - zero).abs(), THICK));
    }
    let mut svg = canvas.svg();
    let mut line = top + Ink::Label.size();
    svg.lines(Ink::Label, (INDENT, line), Anchor::Start, &row.label);
    if row.below.is_empty() {
        svg.text(Ink::Value, (canvas.width, line), Anchor::End, figure);
    }
    line += Ink::Label.line() * (row.label.len() - 1) as f64 + Ink::Value.line();
    svg.lines(Ink::Value, (INDENT, line), Anchor::Start, &row.below);
    line += Ink::Value.line() * row.below.len() as f64;
    svg.lines(Ink::Small, (INDENT, line), Anchor::Start, &row.note);
    svg.close();
}

/// Draws a bar from one share to another.
fn rectangle(plane: &Plane<'_>, (from, to): (f64, f64), top: f64, paint: Paint) {
    let element = Rectangle::new([(from, top), (to, top + THICK)], paint.shape());
    plane.draw(&element).expect("the sheet can be drawn on");
}

/// An arrow head at the end of a bar that goes on.
fn arrow(svg: &mut Svg, paint: Paint, tip: f64, top: f64, way: f64) {
    let (back, front) = (tip + 3.0 * way, tip + (ARROW - 1.0) * way);
    svg.polygon(paint, &[(back, top), (front, top + THICK / 2.0), (back, top + THICK)]);
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
    let mut shown = Vec::new();
    for tick in bars.ticks.iter().filter(|tick| tick.at >= domain.low && tick.at <= domain.high) {
        let half = Ink::Small.width(&tick.label) / 2.0;
        let (x, _) = place(plane, tick.at, 0.0);
        let middle = x.min(canvas.width - half).max(half);
        if middle - half >= free {
            free = middle + half + 8.0;
            shown.push((x.clamp(0.5, canvas.width - 0.5), middle, tick));
        }
    }
    let mut svg = canvas.svg();
    for &(x, _, _) in &shown {
        svg.line(Paint::Axis, &[(x, top + 17.0), (x, top + 22.0)]);
    }
    for &(x, middle, tick) in &shown {
        // At the edges the words start or end at their mark.
        let (x, anchor) = match middle.total_cmp(&x) {
            _ if (middle - x).abs() < 1.0 => (x, Anchor::Middle),
            std::cmp::Ordering::Less => (canvas.width, Anchor::End),
            _ => (0.0, Anchor::Start),
        };
        svg.text(Ink::Small, (x, top + Ink::Small.size()), anchor, &tick.label);
    }
    if shown.is_empty() { top } else { top + 32.0 }
}

/// An entry of the legend.
#[derive(Clone, Copy)]
enum Key {
    Bar,
    Expected,
    Beyond,
}

/// Draws what bar, mark and arrow mean; gives where it ends.
fn legend(bars: &Bars, domain: Domain, canvas: &Canvas) -> f64 {
    let drawn = || bars.rows.iter().filter(|row| share(row).is_some());
    let beyond = domain.beyond.0 || domain.beyond.1;
    let entries = [
        (Key::Bar, &bars.legend_bar, drawn().next().is_some()),
        (Key::Expected, &bars.legend_expected, drawn().any(|row| row.expected.is_some())),
        (Key::Beyond, &bars.legend_beyond, beyond),
    ];
    let (mut x, mut top, mut height) = (0.0, 8.0, 0.0);
    for (key, text, _) in entries.into_iter().filter(|(_, text, is_drawn)| *is_drawn && !text.is_empty()) {
        let lines = Ink::Small.wrap(text, canvas.width - 30.0, 3);
        let width = 30.0 + lines.iter().map(|line| Ink::Small.width(line)).fold(0.0, f64::max);
        if x > 0.0 && x + width > canvas.width {
            (x, top) = (0.0, top + height);
        }
        let mut svg = canvas.svg();
        match key {
            Key::Bar => {
                svg.rect(Paint::Track, (x, top), (22.0, THICK));
                svg.rect(Paint::Bar, (x, top), (14.0, THICK));
            }
            Key::Expected => mark(&mut svg, x + 11.0, top),
            Key::Beyond => arrow(&mut svg, Paint::Bar, x + 2.0, top, 1.0),
        }
        svg.lines(Ink::Small, (x + 30.0, top + 10.5), Anchor::Start, &lines);
        x += width + 24.0;
        height = Ink::Small.line() * lines.len() as f64 + 4.0;
    }
    if height > 0.0 { top + height + 8.0 } else { 0.0 }
}
