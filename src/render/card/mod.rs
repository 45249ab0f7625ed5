//! The card of a page: the picture that others show where the page is passed on.
//!
//! A card is described as data, laid out as SVG in the colours of the light scheme, and drawn as a PNG only where
//! nobody has the same card yet: drawing takes longer than many pages.
//!
//! Invariants: pure; the same card is the same bytes on every machine; nothing leaves the picture, however long it is.

mod font;
mod layout;
mod lines;
mod raster;

use crate::chart::spec::Tone;

/// How wide a card is, in pixels.
pub const WIDTH: u32 = 1200;

/// How high a card is, in pixels.
pub const HEIGHT: u32 = 630;

/// What a card says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Face {
    /// Whose card it is: the site, or on the site's own card who publishes it.
    pub(crate) site: String,
    /// Which unit and kind the page is about.
    pub(crate) kicker: String,
    pub(crate) title: String,
    pub(crate) body: Body,
    /// Where the page stands: `example.org/tien-do`.
    pub(crate) address: String,
    /// The day that the site speaks of, in a phrase.
    pub(crate) day: String,
}

/// What a card shows below its title.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    Finding(Finding),
    Figure(Figure),
}

impl Default for Body {
    fn default() -> Self {
        Self::Finding(Finding::default())
    }
}

/// A sentence and how many indicators stand where.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finding {
    pub(crate) sentence: String,
    /// What else is to be said, in smaller letters.
    pub(crate) note: String,
    /// Groups of statuses with how many indicators have them, formatted too; those without any are left out.
    pub(crate) counts: Vec<(Tone, usize, String)>,
}

/// The figure of an indicator.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// The number in large type.
    pub(crate) number: String,
    /// What it counts and of which day.
    pub(crate) unit: String,
    /// The target in a phrase; empty where there is none.
    pub(crate) target: String,
    /// Progress as a share, and as a text.
    pub(crate) progress: Option<(f64, String)>,
    pub(crate) tone: Tone,
    /// The status in words.
    pub(crate) status: String,
}

impl Face {
    /// The card in words, for those who do not see it.
    pub(crate) fn words(&self) -> String {
        let mut parts = vec![self.kicker.clone(), self.title.clone()];
        match &self.body {
            Body::Finding(finding) => parts.extend([finding.sentence.clone(), finding.note.clone()]),
            Body::Figure(figure) => {
                parts.push(format!("{} {}", figure.number, figure.unit));
                parts.push(figure.target.clone());
                parts.extend(figure.progress.as_ref().map(|(_, text)| text.clone()));
                parts.push(figure.status.clone());
            }
        }
        parts.push(self.day.clone());
        let parts: Vec<&str> =
            parts.iter().map(|part| part.trim().trim_end_matches('.')).filter(|part| !part.is_empty()).collect();
        format!("{}.", parts.join(". "))
    }
}

/// A card that can be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    svg: String,
    digest: String,
}

impl Card {
    pub(crate) fn new(face: &Face) -> Self {
        let svg = layout::svg(face);
        let digest = raster::digest(&svg);
        Self { svg, digest }
    }

    /// Draws it as a PNG of [`WIDTH`] × [`HEIGHT`] pixels: some 15 ms in a release build.
    ///
    /// # Panics
    /// Never, but for a bug of ours: what is drawn is always well-formed.
    #[must_use]
    pub fn draw(&self) -> Vec<u8> {
        raster::draw(&self.svg)
    }

    /// Whether a PNG says that it was drawn from this very card. Whoever asks must know where the file comes from.
    #[must_use]
    pub fn is_drawn_in(&self, file: &[u8]) -> bool {
        raster::digest_in(file).is_some_and(|digest| digest == self.digest)
    }

    /// The SVG that it is drawn from.
    #[must_use]
    pub fn svg(&self) -> &str {
        &self.svg
    }
}

#[cfg(test)]
mod tests;
