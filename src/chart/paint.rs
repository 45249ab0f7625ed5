//! The paints of charts: each is reserved under a name, which is a class inside a page and presentation attributes
//! in a file of its own.
//!
//! Invariants: inside a page no colour is written, so that dark, print and high contrast live in the theme's
//! `chart.css`; the attributes here are that file's light values (a test compares them).

use plotters::style::{Color, RGBAColor, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::BackendColor;

use super::spec::{Cover, Tone};

/// What a paint or an ink writes.
#[derive(Debug)]
pub(super) struct Style {
    /// Its class inside a page.
    pub(super) class: &'static str,
    /// Its attributes in a file of its own.
    pub(super) attributes: &'static str,
}

/// Makes an enum of styles and its table from one list, so that neither can lack a row.
macro_rules! styles {
    ($(#[$doc:meta])* $name:ident: $($(#[$row:meta])* $variant:ident $class:literal $attributes:literal;)+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $name { $($(#[$row])* $variant,)+ }

        impl $name {
            /// All of them, in order.
            pub(super) const ALL: &[Self] = &[$(Self::$variant,)+];

            /// What it writes.
            pub(super) const fn style(self) -> &'static Style {
                const TABLE: &[Style] = &[$(Style { class: $class, attributes: $attributes },)+];
                &TABLE[self as usize]
            }
        }
    };
}

styles! {
    /// How a shape is painted.
    Paint:
    /// The ground of a file of its own.
    Paper "c-paper" r##"fill="#fff""##;
    /// The lines of the mesh.
    Grid "c-grid" r##"fill="none" stroke="#dde1e6""##;
    /// The line of zero, the marks of an axis, the line of 100 %.
    Axis "c-axis" r##"fill="none" stroke="#7b8490""##;
    /// What a bar runs on.
    Track "c-track" r##"fill="#e8ebef""##;
    /// Stripes over a bar.
    Stripes "c-stripes" r##"fill="none" stroke="#fff""##;
    /// The sign on a square of a status's colour.
    Sign "c-sign" r##"fill="none" stroke="#fff" stroke-width="1.6""##;
    /// A bar that is not judged.
    Bar "c-bar" r##"fill="#64788c""##;
    /// The mark of what pace asks for today.
    Expected "c-expected" r##"fill="#1b1f24" stroke="#1b1f24" stroke-width="1.5""##;
    /// The line through the observations.
    Series "c-series" r##"fill="none" stroke="#1f5f99" stroke-width="2.5" stroke-linejoin="round""##;
    /// An exact observation.
    Dot "c-dot" r##"fill="#1f5f99" stroke="#fff""##;
    /// An observation that is not exact.
    Hollow "c-hollow" r##"fill="#fff" stroke="#1f5f99" stroke-width="2""##;
    /// A forecast.
    Forecast "c-forecast" r##"fill="#fff" stroke="#1f5f99" stroke-width="1.5" stroke-dasharray="2 2""##;
    /// A figure that was corrected.
    Corrected "c-corrected" r##"fill="none" stroke="#59636e" stroke-width="1.8""##;
    /// The way that was planned.
    Pace "c-pace" r##"fill="none" stroke="#7b8490" stroke-width="1.5" stroke-dasharray="5 4""##;
    /// The target.
    Target "c-target" r##"fill="none" stroke="#1b1f24" stroke-width="1.5""##;
    /// The upper end of a range.
    Stretch "c-stretch" r##"fill="none" stroke="#1b1f24" stroke-dasharray="7 3""##;
    /// A target that was changed, a line to read by.
    Former "c-former" r##"fill="none" stroke="#7b8490" stroke-dasharray="1 3""##;
    /// The day that the target is due.
    Due "c-due" r##"fill="none" stroke="#1b1f24" stroke-dasharray="2 3""##;
    /// The day that the site speaks of.
    Today "c-today" r##"fill="none" stroke="#7b8490""##;
    /// An interim target.
    Milestone "c-milestone" r##"fill="#fff" stroke="#1b1f24" stroke-width="1.5""##;
    /// Where the promise starts.
    Baseline "c-baseline" r##"fill="#59636e""##;
    /// Thin lines that belong to texts.
    Rule "c-rule" r##"fill="none" stroke="#7b8490""##;
    /// A stage that is done.
    Done "c-done" r##"fill="#1f5f99" stroke="#1f5f99""##;
    /// What no stage accounts for.
    Rest "c-rest" r##"fill="#fff" stroke="#7b8490" stroke-dasharray="3 3""##;
    /// The first open stage.
    Part0 "part-0" r##"fill="#f1f4f8" stroke="#59636e""##;
    /// The second open stage.
    Part1 "part-1" r##"fill="#d5e0ec" stroke="#59636e""##;
    /// The third open stage.
    Part2 "part-2" r##"fill="#b4c8dc" stroke="#59636e""##;
    /// The fourth open stage.
    Part3 "part-3" r##"fill="#f1f4f8" stroke="#59636e""##;
    /// The fifth open stage.
    Part4 "part-4" r##"fill="#d5e0ec" stroke="#59636e""##;
    /// The sixth open stage.
    Part5 "part-5" r##"fill="#b4c8dc" stroke="#59636e""##;
    /// [`Cover::InTime`].
    CoverInTime "c-cover-in-time" r##"fill="none" stroke="#00695c""##;
    /// [`Cover::Late`].
    CoverLate "c-cover-late" r##"fill="none" stroke="#1494a6""##;
    /// [`Cover::Issued`].
    CoverIssued "c-cover-issued" r##"fill="none" stroke="#3a7fc1""##;
    /// [`Cover::Reported`].
    CoverReported "c-cover-reported" r##"fill="none" stroke="#5d5a88""##;
    /// [`Cover::NotDue`].
    CoverNotDue "c-cover-not-due" r##"fill="none" stroke="#7b8490""##;
    /// [`Cover::Missing`].
    CoverMissing "c-cover-missing" r##"fill="none" stroke="#59636e""##;
    /// A document.
    Box "c-box" r##"fill="#fff" stroke="#7b8490""##;
    /// The document that the picture is about.
    Current "c-current" r##"fill="#f1f4f8" stroke="#1f5f99" stroke-width="3""##;
    /// An arrow to a document that carries another out.
    Link "c-link" r##"fill="none" stroke="#59636e" stroke-width="1.3""##;
    /// An arrow to a document that changes another.
    LinkAmends "c-link-amends" r##"fill="none" stroke="#59636e" stroke-width="1.3" stroke-dasharray="4 3""##;
    /// What is not seen and shows a title.
    Touch "c-touch" r##"fill="none" pointer-events="all""##;
    /// Lines, dots and bands over an open stage.
    PartMarks "c-part" r##"fill="none" stroke="#59636e""##;
    /// [`Tone::Achieved`].
    Achieved "achieved" r##"fill="#00695c""##;
    /// [`Tone::AchievedLate`].
    AchievedLate "achieved-late" r##"fill="#1494a6""##;
    /// [`Tone::OnTrack`].
    OnTrack "on-track" r##"fill="#3a7fc1""##;
    /// [`Tone::Behind`].
    Behind "behind" r##"fill="#c28a00""##;
    /// [`Tone::OffTrack`].
    OffTrack "off-track" r##"fill="#c2410c""##;
    /// [`Tone::Missed`].
    Missed "missed" r##"fill="#7a1712""##;
    /// [`Tone::Unreported`].
    Unreported "unreported" r##"fill="#6b7480""##;
    /// [`Tone::NotAssessable`].
    NotAssessable "not-assessable" r##"fill="#8b939d""##;
    /// [`Tone::NoData`].
    NoData "no-data" r##"fill="#fff" stroke="#7b8490" stroke-width="1.2""##;
    /// [`Tone::Tracked`].
    Tracked "tracked" r##"fill="#5d5a88""##;
}

styles! {
    /// How a text is set.
    Ink:
    /// The headline, in files.
    Title "c-title" r##"font-size="18" font-weight="700" fill="#1b1f24""##;
    /// The line below it and the source, in files.
    Subtitle "c-subtitle" r##"font-size="13" fill="#59636e""##;
    /// Names of rows and parts.
    Label "c-label" r##"font-size="14" fill="#1b1f24""##;
    /// Figures of rows.
    Value "c-value" r##"font-size="13" fill="#1b1f24""##;
    /// Figures that stand out.
    Strong "c-strong" r##"font-size="15" font-weight="700" fill="#1b1f24""##;
    /// The same on a dark ground.
    OnDone "c-on-done" r##"font-size="15" font-weight="700" fill="#fff""##;
    /// Marks of axes, legends, notes.
    Small "c-small" r##"font-size="13" fill="#59636e""##;
    /// The same on a halo.
    HaloSmall "c-small c-halo" r##"font-size="13" fill="#59636e" stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke""##;
    /// Names of rows, on a halo.
    HaloLabel "c-label c-halo" r##"font-size="14" fill="#1b1f24" stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke""##;
    /// Figures, and words at lines and dots, on a halo.
    Mark "c-value c-halo" r##"font-size="13" fill="#1b1f24" stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke""##;
    /// The latest figure of a timeline, on a halo.
    Latest "c-strong c-latest c-halo" r##"font-size="15" font-weight="700" fill="#1f5f99" stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke""##;
}

/// Tells plotters to draw nothing.
pub(super) const NOTHING: RGBAColor = RGBAColor(0, 0, 0, 0.0);

impl Paint {
    /// The paint of a status.
    pub(super) const fn tone(tone: Tone) -> Self {
        match tone {
            Tone::Achieved => Self::Achieved,
            Tone::AchievedLate => Self::AchievedLate,
            Tone::OnTrack => Self::OnTrack,
            Tone::Behind => Self::Behind,
            Tone::OffTrack => Self::OffTrack,
            Tone::Missed => Self::Missed,
            Tone::Unreported => Self::Unreported,
            Tone::NotAssessable => Self::NotAssessable,
            Tone::NoData => Self::NoData,
            Tone::Tracked => Self::Tracked,
        }
    }

    /// The paint of a sign in a matrix.
    pub(super) const fn cover(cover: Cover) -> Self {
        match cover {
            Cover::InTime => Self::CoverInTime,
            Cover::Late => Self::CoverLate,
            Cover::Issued => Self::CoverIssued,
            Cover::Reported => Self::CoverReported,
            Cover::NotDue => Self::CoverNotDue,
            Cover::Missing => Self::CoverMissing,
        }
    }

    /// The paint of an open stage by its place; they repeat after the sixth.
    pub(super) const fn part(place: usize) -> Self {
        match place % 6 {
            0 => Self::Part0,
            1 => Self::Part1,
            2 => Self::Part2,
            3 => Self::Part3,
            4 => Self::Part4,
            _ => Self::Part5,
        }
    }

    /// The colour that stands for it on the way through plotters.
    fn color(self) -> RGBColor {
        RGBColor(0, 0, self as u8)
    }

    /// A line or a filled shape in this paint.
    pub(super) fn shape(self) -> ShapeStyle {
        self.color().filled()
    }

    /// The paint behind a colour; `None` where nothing is to be drawn.
    pub(super) fn of(color: BackendColor) -> Option<Self> {
        (color.alpha > 0.0).then(|| Self::ALL[usize::from(color.rgb.2)])
    }
}

impl Ink {
    /// Its font size.
    pub(super) const fn size(self) -> f64 {
        match self {
            Self::Title => 18.0,
            Self::Label | Self::HaloLabel => 14.0,
            Self::Strong | Self::OnDone | Self::Latest => 15.0,
            Self::Subtitle | Self::Value | Self::Small | Self::HaloSmall | Self::Mark => 13.0,
        }
    }

    /// From one base line to the next.
    pub(super) const fn line(self) -> f64 {
        match self {
            Self::Title => 24.0,
            Self::Strong | Self::OnDone | Self::Latest => 20.0,
            Self::Label | Self::HaloLabel => 19.0,
            Self::Subtitle | Self::Value | Self::Small | Self::HaloSmall | Self::Mark => 18.0,
        }
    }

    /// The width of a text in this ink.
    pub(super) fn width(self, text: &str) -> f64 {
        super::text::width(text, self.measure())
    }

    /// Breaks a text in this ink into lines.
    pub(super) fn wrap(self, text: &str, room: f64, most: usize) -> Vec<String> {
        super::text::wrap(text, self.measure(), room, most)
    }

    /// The font size to measure by: bold letters are wider.
    const fn measure(self) -> f64 {
        match self {
            Self::Title | Self::Strong | Self::OnDone | Self::Latest => self.size() * super::text::BOLD,
            _ => self.size(),
        }
    }

    /// The style that stands for it on the way through plotters.
    pub(super) fn text(self) -> TextStyle<'static> {
        TextStyle { color: RGBColor(0, 0, self as u8).to_backend_color(), ..TextStyle::from(("", 1)) }
    }

    /// The ink behind a colour.
    pub(super) fn of(color: BackendColor) -> Self {
        Self::ALL[usize::from(color.rgb.2)]
    }
}
