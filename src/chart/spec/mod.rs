//! What a chart shows, as plain data: positions as numbers, texts already worded, translated and formatted.
//!
//! Invariants: nothing here knows a language, a locale or the domain's model, and nothing here draws. Figures may
//! be anything an `f64` can hold; what cannot be drawn to scale (NaN, infinities, astronomic values) is said in words.

mod lineage;
mod matrix;
mod strips;

pub use lineage::{Lineage, LineageEdge, LineageKind, LineageNode, LineageRole};
pub use matrix::{Cover, Matrix, MatrixRow};
pub use strips::{Strip, StripRow, Strips};

/// One chart, of any kind.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a page holds a few, each moved once")]
pub enum Chart {
    /// Targets as bars of progress.
    Bars(Bars),
    /// One indicator over time.
    Timeline(Timeline),
    /// Stages as one stacked bar.
    Stack(Stack),
    /// How many indicators stand at each status.
    Statuses(Statuses),
    /// The latest of several units side by side.
    Compare(Compare),
    /// How each of many stands to each of several.
    Matrix(Matrix),
    /// Which documents carry out or change which.
    Lineage(Lineage),
    /// How the indicators of several stand, on one scale.
    Strips(Strips),
}

impl Chart {
    /// What every kind has: title, subtitle, description, source.
    #[must_use]
    pub fn head(&self) -> &Head {
        match self {
            Self::Bars(bars) => &bars.head,
            Self::Timeline(timeline) => &timeline.head,
            Self::Stack(stack) => &stack.head,
            Self::Statuses(statuses) => &statuses.head,
            Self::Compare(compare) => &compare.head,
            Self::Matrix(matrix) => &matrix.head,
            Self::Lineage(lineage) => &lineage.head,
            Self::Strips(strips) => &strips.head,
        }
    }
}

/// The words around a picture. Inside a page, title and subtitle are the page's to show; the picture only names
/// itself by them. In a file of its own the picture draws them, and the source as its last line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// The finding, in a line or two.
    pub title: String,
    /// What is measured, of whom, when, in what unit; may be empty.
    pub subtitle: String,
    /// What a reader who cannot see the picture should know of it.
    pub description: String,
    /// Where the figures come from, with its word ("Nguồn: …"); drawn only in a file of its own.
    pub source: Option<String>,
}

/// How something stands: the ten statuses, as colour, sign and pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Target met in time.
    Achieved,
    /// Target met after it was due.
    AchievedLate,
    /// On pace.
    OnTrack,
    /// Behind its pace.
    Behind,
    /// Far behind its pace.
    OffTrack,
    /// Due and not met.
    Missed,
    /// Due, or long silent, and not reported.
    Unreported,
    /// There is too little to judge by.
    NotAssessable,
    /// Nothing was ever reported.
    NoData,
    /// Without a target.
    Tracked,
}

impl Tone {
    /// All of them, from best to worst, then those without a judgement.
    pub const ALL: [Self; 10] = [
        Self::Achieved,
        Self::AchievedLate,
        Self::OnTrack,
        Self::Behind,
        Self::OffTrack,
        Self::Missed,
        Self::Unreported,
        Self::NotAssessable,
        Self::NoData,
        Self::Tracked,
    ];

    /// The name of its class in style sheets, which is the status's own name.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::AchievedLate => "achieved-late",
            Self::OnTrack => "on-track",
            Self::Behind => "behind",
            Self::OffTrack => "off-track",
            Self::Missed => "missed",
            Self::Unreported => "unreported",
            Self::NotAssessable => "not-assessable",
            Self::NoData => "no-data",
            Self::Tracked => "tracked",
        }
    }

    /// The tone of a status's name (`on-track`), if it is one.
    #[must_use]
    pub fn of_class(class: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.class() == class)
    }
}

/// How sure a figure is; the same words as in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Qualifier {
    /// As counted: drawn filled.
    #[default]
    Exact,
    /// Drawn hollow.
    About,
    /// A lower bound: drawn hollow with an arrow towards more.
    AtLeast,
    /// An upper bound: drawn hollow with an arrow towards less.
    AtMost,
    /// Drawn hollow.
    Estimate,
}

/// A place on a scale of values, and its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where it stands, in the scale's own unit.
    pub at: f64,
    /// Its text, formatted.
    pub label: String,
}

/// A day on a scale of time, and its text. Days are whole numbers from any epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTick {
    /// The day.
    pub day: i32,
    /// Its text, formatted.
    pub label: String,
}

/// The targets of a resolution as horizontal bars of progress.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bars {
    /// The words around it.
    pub head: Head,
    /// One row a target, drawn in this order.
    pub rows: Vec<Bar>,
    /// Marks of the scale, as shares (`0.5`, `"50 %"`); those off the scale are left out.
    pub ticks: Vec<Tick>,
    /// What the filled bar means ("Đã thực hiện"); empty: no such line.
    pub legend_bar: String,
    /// What the mark of today means ("Mức cần đạt đến 31/12/2021"); shown where a row has one.
    pub legend_expected: String,
    /// What the arrow at the end of a bar means ("Vượt khung hình"); shown where a row has one.
    pub legend_beyond: String,
    /// What stands in the picture when there are no rows.
    pub empty: String,
}

/// One target in [`Bars`].
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Its name; wrapped to three lines at most, whole in its title.
    pub label: String,
    /// What is done, formatted ("11/18 văn bản · 61,1 %"); may be empty.
    pub value: String,
    /// The status in words; may be empty.
    pub status: String,
    /// How it stands.
    pub tone: Tone,
    /// The share done, 0 at the baseline and 1 at the target; may be negative or above 1, and is cut only when drawn.
    pub progress: Option<f64>,
    /// The share that pace asks for today.
    pub expected: Option<f64>,
    /// What stands in the bar's place without a share ("Chưa có số liệu").
    pub note: String,
}

/// One indicator over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// The words around it.
    pub head: Head,
    /// What the values are counted in, above the axis ("văn bản"); may be empty.
    pub measured_in: String,
    /// Marks of the value axis, from [`ticks`](super::ticks); the axis reaches from the first to the last at least.
    pub y_ticks: Vec<Tick>,
    /// Candidates for marks of the time axis, in order; those without room are left out.
    pub x_ticks: Vec<DayTick>,
    /// The observations, in order of their days.
    pub observations: Vec<Observation>,
    /// How observations are joined.
    pub line: Line,
    /// Where the promise starts.
    pub baseline: Option<Milestone>,
    /// Where the line of what was observed sets out before the first observation: the baseline, where it is known and
    /// not only assumed.
    pub start: Option<(i32, f64)>,
    /// Targets, ranges and former targets, as horizontal lines.
    pub levels: Vec<Level>,
    /// Interim targets, in order of their days.
    pub milestones: Vec<Milestone>,
    /// The way from the baseline through the milestones to the target, as days and values; empty: not drawn.
    pub pace: Vec<(i32, f64)>,
    /// What the pace line is called; may be empty.
    pub pace_label: String,
    /// When the target is due.
    pub due: Option<DayTick>,
    /// The day that the site speaks of.
    pub today: Option<DayTick>,
    /// What stands in the picture when there is no observation ("Chưa có số liệu").
    pub empty: String,
}

/// How the observations of a [`Timeline`] are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Line {
    /// By straight lines: measures that glide.
    #[default]
    Straight,
    /// By steps: counts that stay until the next report.
    Steps,
    /// Not at all.
    None,
}

/// One figure of a [`Timeline`].
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The day that it speaks of.
    pub day: i32,
    /// The figure.
    pub value: f64,
    /// How sure it is.
    pub qualifier: Qualifier,
    /// What it counts for.
    pub standing: Standing,
    /// The text at the mark, drawn where there is room (the last one always); may be empty.
    pub label: String,
    /// The text on hover: value, day, report.
    pub title: String,
}

/// What an observation counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Standing {
    /// A figure that counts.
    #[default]
    Counted,
    /// A forecast: drawn dashed, not joined to the others.
    Forecast,
    /// Corrected by a later report: drawn struck out, not joined to the others.
    Corrected,
}

/// A value that is to be, or was, at a day: an interim target or a baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// The day.
    pub day: i32,
    /// The value.
    pub value: f64,
    /// The text at the mark; may be empty.
    pub label: String,
    /// The text on hover.
    pub title: String,
}

/// A horizontal line of a [`Timeline`].
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The value.
    pub value: f64,
    /// Where the line starts; `None`: at the left edge.
    pub from: Option<i32>,
    /// Where the line ends; `None`: at the right edge.
    pub to: Option<i32>,
    /// What it is.
    pub role: LevelRole,
    /// The text above it ("Mục tiêu: 18").
    pub label: String,
}

/// What a [`Level`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LevelRole {
    /// The target that judges.
    Target,
    /// The upper end of a range.
    Stretch,
    /// A target that was changed.
    Former,
    /// A line to read by, without a judgement.
    Reference,
}

/// Stages as one stacked bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stack {
    /// The words around it.
    pub head: Head,
    /// The parts from left to right; those of zero are named but have no length.
    pub parts: Vec<Part>,
    /// What no part accounts for, drawn last and open.
    pub rest: Option<Part>,
    /// The whole ("18 văn bản"); may be empty.
    pub total: String,
    /// What stands in the picture when nothing has a length.
    pub empty: String,
}

/// One part of a [`Stack`].
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// How much it is.
    pub value: f64,
    /// The same, formatted ("11").
    pub text: String,
    /// Whether it counts as done.
    pub stage: Stage,
}

/// Whether a stage counts as done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Stage {
    /// Done: drawn solid.
    Done,
    /// Not done yet: drawn by lightness and hatching, one pattern a stage.
    #[default]
    Open,
}

/// How many indicators stand at each status: one square an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statuses {
    /// The words around it.
    pub head: Head,
    /// One row a status, in this order.
    pub groups: Vec<StatusGroup>,
    /// What stands in the picture when there is no group.
    pub empty: String,
}

/// One status in [`Statuses`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusGroup {
    /// The status.
    pub tone: Tone,
    /// Its name.
    pub label: String,
    /// How many indicators.
    pub count: u32,
    /// The same, formatted.
    pub text: String,
}

/// The latest of several units side by side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Compare {
    /// The words around it.
    pub head: Head,
    /// One row a unit, in this order.
    pub rows: Vec<CompareRow>,
    /// Marks of the scale, from [`ticks`](super::ticks).
    pub ticks: Vec<Tick>,
    /// A line through all rows ("Mục tiêu 18").
    pub target: Option<Tick>,
    /// What stands in the picture when there are no rows.
    pub empty: String,
}

/// One unit in [`Compare`].
#[derive(Debug, Clone, PartialEq)]
pub struct CompareRow {
    /// The unit's name.
    pub label: String,
    /// Its latest figure; `None`: nothing is known.
    pub value: Option<f64>,
    /// The same, formatted; without a figure, the words that say so ("chưa có số liệu").
    pub text: String,
    /// How sure the figure is.
    pub qualifier: Qualifier,
    /// How it stands; `None`: not judged.
    pub tone: Option<Tone>,
}

impl Timeline {
    /// The lowest and the highest value that the picture must reach: all that is observed, promised and paced. Zero
    /// is among them, unless the values glide ([`Line::Straight`]) far above it and would be pressed flat.
    /// Values that cannot be drawn are passed over; `None` if nothing is left.
    #[must_use]
    pub fn extent(&self) -> Option<(f64, f64)> {
        let values = (self.observations.iter().map(|observation| observation.value))
            .chain(self.baseline.iter().chain(&self.milestones).map(|milestone| milestone.value))
            .chain(self.levels.iter().map(|level| level.value))
            .chain(self.pace.iter().map(|&(_, value)| value));
        let (low, high) = super::scale::extent(values)?;
        let is_known = !self.observations.is_empty() || self.baseline.is_some();
        if self.line == Line::Straight && is_known && low > 0.0 && high > low && high - low < low * 0.4 {
            return Some((low, high));
        }
        Some((low.min(0.0), high.max(0.0)))
    }
}

impl Compare {
    /// The lowest and the highest value that the picture must reach, zero included. `None` if nothing can be drawn.
    #[must_use]
    pub fn extent(&self) -> Option<(f64, f64)> {
        let values = (self.rows.iter().filter_map(|row| row.value)).chain(self.target.iter().map(|target| target.at));
        super::scale::extent(values.chain([0.0])).filter(|_| self.rows.iter().any(|row| row.value.is_some()))
    }
}
