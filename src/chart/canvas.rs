//! The sheet that a chart is laid out on: the shared body, plotters' areas and axes on it, and the frame around it.
//!
//! Invariants: units count from the picture's upper left corner; plotters fails only where we misuse it.

use std::cell::{RefCell, RefMut};
use std::ops::Range;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::drawing::DrawingArea;

use super::Width;
use super::backend::{Anchor, Point, Svg, grid, units};
use super::paint::{Ink, Paint};
use super::picture::Picture;
use super::spec::{Head, Tone};

/// A sheet to draw on. One chart has one, on one thread.
pub(super) struct Canvas {
    svg: Rc<RefCell<Svg>>,
    /// Which layout is asked for.
    pub(super) layout: Width,
    /// How wide the picture is, in units.
    pub(super) width: f64,
}

/// A plane with plotters' scales.
pub(super) type Plane<'a> = DrawingArea<Svg, Cartesian2d<Axis<'a>, Axis<'a>>>;

impl Canvas {
    /// An empty sheet.
    pub(super) fn new(layout: Width) -> Self {
        let width = match layout {
            Width::Wide => 640.0,
            Width::Narrow => 328.0,
        };
        Self::of_width(layout, width)
    }

    /// An empty sheet of a width of its own.
    pub(super) fn of_width(layout: Width, width: f64) -> Self {
        Self { svg: Rc::new(RefCell::new(Svg::new(width))), layout, width }
    }

    /// The body, to write on; let go of it before plotters draws.
    pub(super) fn svg(&self) -> RefMut<'_, Svg> {
        self.svg.borrow_mut()
    }

    /// The part of the sheet between two corners, for plotters.
    pub(super) fn area(&self, (x0, y0): Point, (x1, y1): Point) -> DrawingArea<Svg, Shift> {
        DrawingArea::from(&self.svg).shrink((grid(x0), grid(y0)), (grid(x1) - grid(x0), grid(y1) - grid(y0)))
    }

    /// A plane of the whole sheet whose x axis reaches over `across`, and whose y axis is the sheet's own.
    pub(super) fn plane<'a>(&self, x: Axis<'a>, across: Range<f64>) -> Plane<'a> {
        // Taller than any chart; a power of two, so that the way to the grid and back loses nothing.
        let y = Axis::new(0.0, f64::from(1 << 27), Vec::new());
        let down = 0..grid(y.high);
        DrawingArea::from(&self.svg).apply_coord_spec(Cartesian2d::new(
            x,
            y,
            (grid(across.start)..grid(across.end), down),
        ))
    }

    /// Writes lines of a note below `top` and says where they end.
    pub(super) fn note(&self, top: f64, text: &str) -> f64 {
        let lines = Ink::Small.wrap(text, self.width, 4);
        self.svg().lines(Ink::Small, (0.0, top + Ink::Small.size()), Anchor::Start, &lines);
        top + Ink::Small.line() * lines.len() as f64
    }

    /// The square of a status with its sign, its upper left corner at `(x, y)`.
    pub(super) fn square(&self, (x, y): Point, size: f64, tone: Tone) {
        let mut svg = self.svg();
        svg.rect(Paint::tone(tone), (x, y), (size, size));
        sign(&mut svg, (x, y), size, tone);
    }

    /// What was drawn on the sheet, `height` units down.
    pub(super) fn finish<'a>(self, kind: &'static str, head: &'a Head, height: f64) -> Picture<'a> {
        let shapes = self.svg().take();
        Picture { head, kind, layout: self.layout, width: self.width, height, shapes }
    }
}

/// Draws the sign of a status on its square, so that it is told by shape as well as by colour.
pub(super) fn sign(svg: &mut Svg, (x, y): Point, size: f64, tone: Tone) {
    let strokes: &[&[Point]] = match tone {
        Tone::Achieved => &[&[(0.22, 0.52), (0.42, 0.72), (0.78, 0.28)]],
        Tone::AchievedLate => &[&[(0.22, 0.42), (0.42, 0.62), (0.78, 0.18)], &[(0.2, 0.84), (0.8, 0.84)]],
        Tone::OnTrack => &[&[(0.36, 0.22), (0.66, 0.5), (0.36, 0.78)]],
        Tone::Behind => &[&[(0.22, 0.5), (0.78, 0.5)]],
        Tone::OffTrack => &[&[(0.5, 0.18), (0.5, 0.58)], &[(0.5, 0.74), (0.5, 0.86)]],
        Tone::Missed => &[&[(0.26, 0.26), (0.74, 0.74)], &[(0.74, 0.26), (0.26, 0.74)]],
        Tone::Unreported => &[&[(0.0, 0.5), (0.5, 0.0)], &[(0.0, 1.0), (1.0, 0.0)], &[(0.5, 1.0), (1.0, 0.5)]],
        Tone::NotAssessable => &[
            &[(0.32, 0.36), (0.36, 0.22), (0.5, 0.17), (0.64, 0.22), (0.68, 0.36), (0.5, 0.5), (0.5, 0.6)],
            &[(0.5, 0.75), (0.5, 0.86)],
        ],
        Tone::NoData | Tone::Tracked => &[],
    };
    for stroke in strokes {
        let placed: Vec<Point> = stroke.iter().map(|(dx, dy)| (x + dx * size, y + dy * size)).collect();
        svg.line(Paint::Sign, &placed);
    }
}

/// Marks a bar whose status is told by a pattern too.
pub(super) fn pattern(svg: &mut Svg, tone: Tone, corner: Point, size: (f64, f64)) {
    match tone {
        Tone::AchievedLate => svg.stripes(Paint::Stripes, corner, size, (1.0, 9.0)),
        Tone::Unreported => svg.stripes(Paint::Stripes, corner, size, (2.0, 2.5)),
        _ => {}
    }
}

/// A linear scale whose marks are given.
#[derive(Debug, Clone)]
pub(super) struct Axis<'a> {
    low: f64,
    high: f64,
    ticks: Vec<(f64, &'a str)>,
}

impl<'a> Axis<'a> {
    /// A scale from `low` to `high`, which must be drawable and apart, with marks and their texts.
    pub(super) fn new(low: f64, high: f64, ticks: Vec<(f64, &'a str)>) -> Self {
        debug_assert!(high > low && (high - low).is_finite(), "a scale needs two ends");
        Self { low, high, ticks }
    }
}

impl Ranged for Axis<'_> {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (start, end): (i32, i32)) -> i32 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(-1.0, 2.0);
        start + (share * f64::from(end - start)).round() as i32
    }

    /// All marks for bold lines, whatever number is asked for; no light ones.
    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() { Vec::new() } else { self.ticks.iter().map(|&(at, _)| at).collect() }
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Axis<'_> {
    fn format_ext(&self, value: &f64) -> String {
        let tick = self.ticks.iter().find(|(at, _)| at == value);
        tick.map_or_else(String::new, |(_, label)| (*label).to_owned())
    }
}

/// Where a value of a plane stands on the sheet.
pub(super) fn place(plane: &Plane<'_>, x: f64, y: f64) -> Point {
    let (x, y) = plane.map_coordinate(&(x, y));
    (units(x), units(y))
}

/// Leaves out the marks that would run into the one before.
pub(super) fn spread<'a>(marks: &[(f64, &'a str)], x: impl Fn(f64) -> f64) -> Vec<(f64, &'a str)> {
    let half = marks.iter().map(|(_, label)| Ink::Small.width(label) / 2.0).fold(0.0, f64::max);
    let crowded = |step: usize| {
        let kept: Vec<f64> = marks.iter().step_by(step).map(|&(at, _)| x(at)).collect();
        kept.windows(2).any(|pair| (pair[1] - pair[0]).abs() < 2.0 * half + 10.0)
    };
    let step = (1..=marks.len().max(1)).find(|&step| !crowded(step)).unwrap_or(1);
    marks.iter().step_by(step).copied().collect()
}
