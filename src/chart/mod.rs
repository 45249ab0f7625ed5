//! Draws charts: a [`Chart`] is described as data ([`spec`]), then [`draw`]n as SVG text.
//!
//! Invariants: pure and deterministic; knows no language, no locale and no model; no `id`, script or outside
//! reference; every text is escaped and free of control characters; every mark has a title of its own. Whatever a
//! spec holds, drawing ends, and what it gives is well-formed XML.
//!
//! ```
//! use tiendo::chart::spec::{Bar, Bars, Head, Tick, Tone};
//! use tiendo::chart::{Chart, Form, Width, draw};
//!
//! let bar = Bar {
//!     label: "Văn bản đã ban hành".to_owned(),
//!     value: "11/18 văn bản · 61,1 %".to_owned(),
//!     status: "Chậm".to_owned(),
//!     tone: Tone::Behind,
//!     progress: Some(11.0 / 18.0),
//!     expected: Some(0.95),
//!     note: String::new(),
//! };
//! let head = Head { title: "11 trong 18 văn bản đã ban hành".to_owned(), ..Head::default() };
//! let ticks = vec![Tick { at: 1.0, label: "100 %".to_owned() }];
//! let chart = Chart::Bars(Bars { head, rows: vec![bar], ticks, ..Bars::default() });
//! assert!(draw(&chart, Form::Inline, Width::Wide).starts_with("<svg class=\"chart chart-bars chart-wide\""));
//! ```

mod backend;
mod bars;
mod canvas;
mod compare;
mod labels;
mod lineage;
mod matrix;
mod paint;
mod picture;
mod scale;
pub mod spec;
mod stack;
mod statuses;
mod strips;
mod text;
mod timeline;

#[cfg(test)]
mod tests;

pub use picture::Picture;
pub use scale::{Grain, nice_ticks, ticks};
pub use spec::Chart;

/// Where a chart is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Inside a page: classes, which the theme's style sheet paints; the page shows title, subtitle and source.
    Inline,
    /// In a file of its own: painted by presentation attributes, with title, subtitle and source.
    File,
}

/// How wide a chart is laid out. Its texts have the same size in both; the picture has no fixed size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// For a column of about 640 px.
    Wide,
    /// For a phone, 320 to 420 px.
    Narrow,
}

/// The square of a status with its sign, as SVG in the colours of a file of its own; its upper left corner is at zero.
#[must_use]
pub fn sign(tone: spec::Tone, side: f64) -> String {
    let canvas = canvas::Canvas::of_width(Width::Wide, side);
    canvas.square((0.0, 0.0), side, tone);
    let mut svg = String::new();
    canvas.svg().take().push_to(&mut svg, Form::File);
    svg
}

/// The attributes that paint a shape in the colour of a status, in a file of its own.
#[must_use]
pub fn tone_attributes(tone: spec::Tone) -> &'static str {
    paint::Paint::tone(tone).style().attributes
}

/// Draws one strip without words, to stand in a line of a page; strips of one `most` share a scale.
#[must_use]
pub fn strip(strip: &spec::Strip) -> String {
    strips::alone(strip)
}

/// Draws a chart as SVG. Takes some 5 to 25 µs and gives 1 to 6 kB.
#[must_use]
pub fn draw(chart: &Chart, form: Form, width: Width) -> String {
    lay_out(chart, width).svg(form)
}

/// Lays a chart out, which is most of the work of drawing it.
#[must_use]
pub fn lay_out(chart: &Chart, width: Width) -> Picture<'_> {
    let canvas = canvas::Canvas::new(width);
    let (kind, height) = match chart {
        Chart::Lineage(lineage) => {
            let (canvas, kind, height) = lineage::draw(lineage, width);
            return canvas.finish(kind, &lineage.head, height);
        }
        Chart::Bars(bars) => ("bars", bars::draw(bars, &canvas)),
        Chart::Stack(stack) => ("stack", stack::draw(stack, &canvas)),
        Chart::Statuses(statuses) => ("statuses", statuses::draw(statuses, &canvas)),
        Chart::Compare(compare) => ("compare", compare::draw(compare, &canvas)),
        Chart::Matrix(matrix) => ("matrix", matrix::draw(matrix, &canvas)),
        Chart::Strips(strips) => ("strips", strips::draw(strips, &canvas)),
        Chart::Timeline(timeline) => ("timeline", timeline::draw(timeline, &canvas)),
    };
    canvas.finish(kind, chart.head(), height)
}
