//! Writes SVG: the shapes and texts that a layout asks for, and, as a plotters backend, those that plotters draws.
//!
//! Invariants: coordinates are whole tenths of a unit, because plotters' are integers; what is written is well-formed
//! whatever the texts hold; neighbouring shapes in one paint become one path.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::Form;
use super::paint::{Ink, Paint, Style};
use super::text::escape;

/// Where a text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// It starts here.
    Start,
    /// It is centred here.
    Middle,
    /// It ends here.
    End,
}

/// A point in units of the picture.
pub(super) type Point = (f64, f64);

/// How many steps of plotters' grid a unit has.
const GRID: f64 = 10.0;

/// A length in tenths of a unit. Layouts stay far inside; what a bug would put outside stops at the edge of `i32`.
pub(super) fn grid(length: f64) -> i32 {
    (length * GRID).round() as i32
}

/// A length in units.
pub(super) fn units(grid: i32) -> f64 {
    f64::from(grid) / GRID
}

/// The body of a picture while it is written.
#[derive(Debug)]
pub(super) struct Svg {
    /// Tenths of a unit from the left edge to the right.
    width: i32,
    body: String,
    /// Where in the body a style is still to be written.
    styles: Vec<(usize, &'static Style)>,
    /// The path that is being written.
    path: Option<Paint>,
}

/// What was drawn, whatever its form: the shapes and texts, and where their styles go.
#[derive(Debug)]
pub(super) struct Shapes {
    body: String,
    styles: Vec<(usize, &'static Style)>,
}

impl Shapes {
    /// About how many bytes it takes in one form or the other.
    pub(super) fn size(&self, form: Form) -> usize {
        let style = match form {
            Form::Inline => 24,
            Form::File => 64,
        };
        self.body.len() + self.styles.len() * style
    }

    /// Writes it down in one form.
    pub(super) fn push_to(&self, out: &mut String, form: Form) {
        let mut written = 0;
        for (at, style) in &self.styles {
            out.push_str(&self.body[written..*at]);
            written = *at;
            match form {
                Form::Inline => {
                    out.push_str(" class=\"");
                    out.push_str(style.class);
                    out.push('"');
                }
                Form::File => {
                    out.push(' ');
                    out.push_str(style.attributes);
                }
            }
        }
        out.push_str(&self.body[written..]);
    }
}

impl Svg {
    /// An empty body, `width` units wide.
    pub(super) fn new(width: f64) -> Self {
        Self { width: grid(width), body: String::with_capacity(4096), styles: Vec::with_capacity(64), path: None }
    }

    /// What was written; what follows begins a new body.
    pub(super) fn take(&mut self) -> Shapes {
        self.end_path();
        Shapes { body: std::mem::take(&mut self.body), styles: std::mem::take(&mut self.styles) }
    }

    /// Opens a mark: what follows shows this title on hover.
    pub(super) fn open(&mut self, title: &[&str]) {
        self.end_path();
        self.body.push_str("<g><title>");
        for part in title {
            escape(&mut self.body, part);
        }
        self.body.push_str("</title>");
    }

    /// Closes the mark.
    pub(super) fn close(&mut self) {
        self.end_path();
        self.body.push_str("</g>");
    }

    /// Draws a line through points, in tenths of a unit.
    fn path(&mut self, paint: Paint, mut points: impl Iterator<Item = BackendCoord>, close: Close) {
        let Some(first) = points.next() else { return };
        self.begin_path(paint);
        self.body.push('M');
        push_tenths(&mut self.body, first.0);
        push_second(&mut self.body, first.1);
        let mut last = first;
        for point in points {
            match (point.0.wrapping_sub(last.0), point.1.wrapping_sub(last.1)) {
                (0, 0) => {}
                (0, down) => {
                    self.body.push('v');
                    push_tenths(&mut self.body, down);
                }
                (right, 0) => {
                    self.body.push('h');
                    push_tenths(&mut self.body, right);
                }
                (right, down) => {
                    self.body.push('l');
                    push_tenths(&mut self.body, right);
                    push_second(&mut self.body, down);
                }
            }
            last = point;
        }
        if close == Close::Yes {
            self.body.push('z');
        }
    }

    /// Draws a line through points.
    pub(super) fn line(&mut self, paint: Paint, points: &[Point]) {
        self.path(paint, points.iter().map(|&(x, y)| (grid(x), grid(y))), Close::No);
    }

    /// Draws a polygon.
    pub(super) fn polygon(&mut self, paint: Paint, points: &[Point]) {
        self.path(paint, points.iter().map(|&(x, y)| (grid(x), grid(y))), Close::Yes);
    }

    /// Draws a rectangle.
    pub(super) fn rect(&mut self, paint: Paint, (x, y): Point, (width, height): (f64, f64)) {
        let (x, y, right, bottom) = (grid(x), grid(y), grid(x + width), grid(y + height));
        self.path(paint, [(x, y), (right, y), (right, bottom), (x, bottom)].into_iter(), Close::Yes);
    }

    /// Draws a circle.
    pub(super) fn circle(&mut self, paint: Paint, (x, y): Point, radius: f64) {
        self.circle_on_grid(paint, (grid(x), grid(y)), grid(radius));
    }

    fn circle_on_grid(&mut self, paint: Paint, (x, y): BackendCoord, radius: i32) {
        self.end_path();
        self.element("circle", paint.style());
        for (name, value) in [(" cx=\"", x), ("\" cy=\"", y), ("\" r=\"", radius)] {
            self.body.push_str(name);
            push_tenths(&mut self.body, value);
        }
        self.body.push_str("\"/>");
    }

    /// Fills a rectangle with stripes across its length: `on` units drawn, `off` left out. One dashed line does it,
    /// which takes a tenth of the bytes of hatching.
    pub(super) fn stripes(&mut self, paint: Paint, (x, y): Point, (width, height): (f64, f64), (on, off): (f64, f64)) {
        self.end_path();
        self.element("path", paint.style());
        self.body.push_str(" stroke-width=\"");
        push_tenths(&mut self.body, grid(height));
        self.body.push_str("\" stroke-dasharray=\"");
        push_tenths(&mut self.body, grid(on));
        self.body.push(' ');
        push_tenths(&mut self.body, grid(off));
        self.body.push_str("\" d=\"M");
        push_tenths(&mut self.body, grid(x));
        push_second(&mut self.body, grid(y + height / 2.0));
        self.body.push('h');
        push_tenths(&mut self.body, grid(width));
        self.body.push_str("\"/>");
    }

    /// Draws lines of a thickness from each point to the other, broken by a pattern that starts anew with each: a
    /// row of squares is one short line. `shift` moves the pattern along.
    pub(super) fn dashes(
        &mut self,
        paint: Paint,
        thickness: f64,
        (pattern, shift): (&[f64], f64),
        lines: &[[Point; 2]],
    ) {
        let Some(first) = lines.first() else { return };
        self.end_path();
        self.element("path", paint.style());
        self.body.push_str(" stroke-width=\"");
        push_tenths(&mut self.body, grid(thickness));
        if !pattern.is_empty() {
            self.body.push_str("\" stroke-dasharray=\"");
            for (at, length) in pattern.iter().enumerate() {
                if at > 0 {
                    self.body.push(' ');
                }
                push_tenths(&mut self.body, grid(*length));
            }
        }
        if grid(shift) != 0 {
            self.body.push_str("\" stroke-dashoffset=\"");
            push_tenths(&mut self.body, -grid(shift));
        }
        self.body.push_str("\" d=\"M");
        push_tenths(&mut self.body, grid(first[0].0));
        push_second(&mut self.body, grid(first[0].1));
        let mut last = first[0];
        for &[from, to] in lines {
            if from != last {
                self.body.push('m');
                push_tenths(&mut self.body, grid(from.0) - grid(last.0));
                push_second(&mut self.body, grid(from.1) - grid(last.1));
            }
            let (letter, length) = if grid(from.1) == grid(to.1) { ('h', to.0 - from.0) } else { ('v', to.1 - from.1) };
            self.body.push(letter);
            push_tenths(&mut self.body, grid(length));
            last = to;
        }
        self.body.push_str("\"/>");
    }

    /// Writes a text on its base line.
    pub(super) fn text(&mut self, ink: Ink, at: Point, anchor: Anchor, text: &str) {
        self.lines(ink, at, anchor, &[text]);
    }

    /// Writes a text of several lines, the first on the base line given.
    pub(super) fn lines<S: AsRef<str>>(&mut self, ink: Ink, (x, y): Point, anchor: Anchor, lines: &[S]) {
        let Some((first, others)) = lines.split_first() else { return };
        if others.is_empty() && first.as_ref().is_empty() {
            return;
        }
        self.end_path();
        self.element("text", ink.style());
        self.body.push_str(" x=\"");
        push_tenths(&mut self.body, grid(x));
        self.body.push_str("\" y=\"");
        push_tenths(&mut self.body, grid(y));
        self.body.push_str(match anchor {
            Anchor::Start => "\">",
            Anchor::Middle => "\" text-anchor=\"middle\">",
            Anchor::End => "\" text-anchor=\"end\">",
        });
        escape(&mut self.body, first.as_ref());
        for line in others {
            // The blank keeps the words apart for whoever reads the text and not the picture.
            self.body.push_str(if anchor == Anchor::Start { " <tspan x=\"" } else { "<tspan x=\"" });
            push_tenths(&mut self.body, grid(x));
            self.body.push_str("\" dy=\"");
            push_tenths(&mut self.body, grid(ink.line()));
            self.body.push_str("\">");
            escape(&mut self.body, line.as_ref());
            self.body.push_str("</tspan>");
        }
        self.body.push_str("</text>");
    }

    /// Goes on with the path in this paint, or starts one.
    fn begin_path(&mut self, paint: Paint) {
        if self.path != Some(paint) {
            self.end_path();
            self.element("path", paint.style());
            self.body.push_str(" d=\"");
            self.path = Some(paint);
        }
    }

    fn end_path(&mut self) {
        if self.path.take().is_some() {
            self.body.push_str("\"/>");
        }
    }

    /// Writes an element's name, and keeps its place for its style.
    fn element(&mut self, name: &str, style: &'static Style) {
        self.body.push('<');
        self.body.push_str(name);
        self.styles.push((self.body.len(), style));
    }
}

/// Whether a path returns to its start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Close {
    Yes,
    No,
}

/// Writes tenths as a decimal number, as short as can be.
pub(super) fn push_tenths(out: &mut String, tenths: i32) {
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if tenths < 0 {
        out.push('-');
    }
    if whole != 0 || tenth == 0 {
        out.push_str(itoa::Buffer::new().format(whole));
    }
    if tenth != 0 {
        out.push('.');
        out.push_str(itoa::Buffer::new().format(tenth));
    }
}

/// Writes the second number of a pair: a minus parts it from the first by itself.
fn push_second(out: &mut String, tenths: i32) {
    if tenths >= 0 {
        out.push(' ');
    }
    push_tenths(out, tenths);
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    /// The height is not known before the layout; areas are always cut out by their own.
    fn get_size(&self) -> (u32, u32) {
        (self.width.unsigned_abs(), i32::MAX.unsigned_abs() / 2)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, _fill: bool) -> Drawn {
        self.fill_polygon([from, (to.0, from.1), to, (from.0, to.1)], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        if let Some(paint) = Paint::of(style.color()) {
            self.path(paint, path.into_iter(), Close::No);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Drawn {
        if let Some(paint) = Paint::of(style.color()) {
            self.path(paint, points.into_iter(), Close::Yes);
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, _fill: bool) -> Drawn {
        if let Some(paint) = Paint::of(style.color()) {
            self.circle_on_grid(paint, center, i32::try_from(radius).unwrap_or(i32::MAX));
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let ink = Ink::of(style.color());
        let (h_pos, v_pos) = (style.anchor().h_pos, style.anchor().v_pos);
        let (mut x, y) = (units(x), units(y));
        let anchor = match h_pos {
            HPos::Left => Anchor::Start,
            HPos::Right => Anchor::End,
            HPos::Center => {
                // A label of an axis's end would be cut off at the edge: it is moved inside.
                let half = ink.width(text) / 2.0;
                x = x.min(units(self.width) - half).max(half);
                Anchor::Middle
            }
        };
        // From the box that plotters thinks of to the base line, for the usual ascent of a sans-serif.
        let y = match v_pos {
            VPos::Top => y + ink.size() * 0.95,
            VPos::Center => y + ink.size() * 0.35,
            VPos::Bottom => y - ink.size() * 0.25,
        };
        self.text(ink, (x, y), anchor, text);
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let ink = Ink::of(style.color());
        Ok((grid(ink.width(text)).unsigned_abs(), grid(ink.size() * 1.2).unsigned_abs()))
    }
}
