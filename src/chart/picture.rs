//! Puts the frame around a chart that is laid out: its size, its words for those who do not see it and, in a file of its own,
//! title, subtitle and source.

use super::backend::{Anchor, Shapes, Svg, grid, push_tenths};
use super::paint::{Ink, Paint};
use super::spec::Head;
use super::text::escape;
use super::{Form, Width};

/// White space around a picture in a file of its own.
const PADDING: f64 = 16.0;

/// A chart that is laid out at one width. Where it is shown in both forms, they share that work.
#[derive(Debug)]
pub struct Picture<'a> {
    pub(super) head: &'a Head,
    pub(super) kind: &'static str,
    pub(super) layout: Width,
    /// How wide and high the drawing is, in units.
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) shapes: Shapes,
}

impl Picture<'_> {
    /// The picture as SVG.
    #[must_use]
    pub fn svg(&self, form: Form) -> String {
        let Head { title, description, .. } = self.head;
        let (mut left, mut top, mut right, mut bottom) = (0.0, 0.0, self.width, self.height);
        let around = (form == Form::File).then(|| {
            let words = self.words();
            (left, top, right, bottom) = (-PADDING, words.top - PADDING, right + PADDING, words.bottom + PADDING);
            let mut ground = Svg::new(self.width);
            ground.rect(Paint::Paper, (left, top), (right - left, bottom - top));
            (ground.take(), words.shapes)
        });
        let mut out = String::with_capacity(self.shapes.size(form) + 1024 + 2 * (title.len() + description.len()));
        out.push_str("<svg");
        if form == Form::File {
            out.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
        }
        out.push_str(" class=\"chart chart-");
        out.push_str(self.kind);
        out.push_str(match self.layout {
            Width::Wide => " chart-wide",
            Width::Narrow => " chart-narrow",
        });
        out.push_str("\" role=\"img\" aria-label=\"");
        escape(&mut out, title);
        out.push_str("\" viewBox=\"");
        for (at, length) in [left, top, right - left, bottom - top].into_iter().enumerate() {
            if at > 0 {
                out.push(' ');
            }
            push_tenths(&mut out, grid(length));
        }
        out.push('"');
        if form == Form::File {
            out.push_str(" font-family=\"system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif\"");
        }
        out.push_str("><title>");
        escape(&mut out, title);
        out.push_str("</title><desc>");
        escape(&mut out, description);
        out.push_str("</desc>");
        match &around {
            Some((ground, words)) => {
                for shapes in [ground, &self.shapes, words] {
                    shapes.push_to(&mut out, form);
                }
            }
            None => self.shapes.push_to(&mut out, form),
        }
        out.push_str("</svg>");
        out
    }

    /// Title and subtitle above the drawing, and the source below it.
    fn words(&self) -> Around {
        let mut svg = Svg::new(self.width);
        let title = Ink::Title.wrap(&self.head.title, self.width, 4);
        let subtitle = Ink::Subtitle.wrap(&self.head.subtitle, self.width, 4);
        let lines = |lines: &[String], ink: Ink| match lines {
            [only] if only.is_empty() => 0.0,
            lines => ink.line() * lines.len() as f64,
        };
        let (title_height, subtitle_height) = (lines(&title, Ink::Title), lines(&subtitle, Ink::Subtitle));
        let top = -(title_height + subtitle_height + 18.0);
        svg.lines(Ink::Title, (0.0, top + Ink::Title.size()), Anchor::Start, &title);
        let below = top + title_height + Ink::Subtitle.size() + 1.0;
        svg.lines(Ink::Subtitle, (0.0, below), Anchor::Start, &subtitle);
        let mut bottom = self.height;
        if let Some(source) = self.head.source.as_deref().filter(|source| !source.is_empty()) {
            let source = Ink::Subtitle.wrap(source, self.width, 3);
            svg.lines(Ink::Subtitle, (0.0, bottom + 20.0 + Ink::Subtitle.size()), Anchor::Start, &source);
            bottom += 20.0 + lines(&source, Ink::Subtitle);
        }
        Around { shapes: svg.take(), top, bottom }
    }
}

/// The words around a drawing in a file of its own, and how far up and down they reach.
struct Around {
    shapes: Shapes,
    top: f64,
    bottom: f64,
}
