//! The figures of one version of a report, and which of another version they were.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::content::front_matter;
use crate::content::raw::RawReport;
use crate::content::yaml;
use crate::diagnostic::Diagnostics;
use crate::model::history::{Commit, Edit, Figure, FigureHistory};
use crate::source::{SourceId, Span};

/// An observation as a version of a report has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Where it names its indicator, in that version.
    span: Span,
    indicator: String,
    figure: Figure,
}

/// The observations of a report's text, as far as they can be read.
pub(super) fn written(text: &str, file: SourceId) -> Vec<Written> {
    // Mistakes of today's text were told, and those of former ones are past.
    let mut unheard = Diagnostics::default();
    let Some(parts) = front_matter::split(file, text, &mut unheard) else { return Vec::new() };
    let Some(report) = yaml::read::<RawReport>(text, file, parts.yaml, &mut unheard).value else { return Vec::new() };
    let day = |day: Option<crate::source::Spanned<yaml::values::Day>>| day.map(|day| day.value.0);
    let published = day(report.published).unwrap_or(NaiveDate::MIN);
    let end = report.period.map(|period| period.value.end().min(published));
    let default_day = day(report.as_of).or(end).unwrap_or(published);
    let observations = report.observations.into_iter().map(|observation| observation.value);
    let figures = observations.map(|observation| Written {
        span: observation.indicator.span,
        indicator: observation.indicator.value,
        figure: Figure {
            as_of: day(observation.as_of).unwrap_or(default_day),
            value: observation.value.map(|value| value.value),
            breakdown: (observation.breakdown.into_iter().flat_map(|counts| counts.value.0))
                .map(|(stage, count)| (stage.value, count.value))
                .collect(),
            items: (observation.items.into_iter().flat_map(|items| items.value.0))
                .map(|(item, stage)| (item.value, stage.value))
                .collect(),
        },
    });
    figures.collect()
}

/// For each observation of the later version, its place in the earlier one.
///
/// The same indicator and day first; then what is left of an indicator, in its order: its day was changed; then what
/// says the same of the same day: its indicator was renamed.
pub(super) fn matches(earlier: &[Written], later: &[Written]) -> Vec<Option<usize>> {
    let mut found = vec![None; later.len()];
    let mut free = vec![true; earlier.len()];
    let alike: [fn(&Written, &Written) -> bool; 3] = [
        |one, other| one.indicator == other.indicator && one.figure.as_of == other.figure.as_of,
        |one, other| one.indicator == other.indicator,
        |one, other| one.figure == other.figure,
    ];
    for alike in alike {
        // Those still looked for, by what they could be: a report of a thousand figures is not compared a million times.
        for (place, figure) in later.iter().enumerate().filter(|(place, _)| found[*place].is_none()).collect::<Vec<_>>()
        {
            let same = (0..earlier.len()).find(|other| free[*other] && alike(&earlier[*other], figure));
            if let Some(same) = same {
                found[place] = Some(same);
                free[same] = false;
            }
        }
    }
    found
}

/// One figure on its way back through the versions.
#[derive(Debug)]
pub(super) struct Trace {
    /// Where it stands today.
    span: Span,
    /// By what it is found in the next older version: its indicator and day there. None before it was committed.
    known_as: Option<(String, NaiveDate)>,
    /// From the newest to the oldest.
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Added(Arc<Commit>, Figure),
    Changed(Option<Arc<Commit>>, Figure, Figure),
    Removed(Figure),
}

impl Trace {
    /// Begins with the figures of today and those of the last version that was committed.
    pub(super) fn begin(today: &[Written], last: &[Written]) -> Vec<Self> {
        let places = matches(last, today);
        let begin = |(figure, place): (&Written, Option<usize>)| {
            let last = place.map(|place| &last[place]);
            let changed = last.filter(|last| last.figure != figure.figure);
            let steps = changed.map(|last| Step::Changed(None, last.figure.clone(), figure.figure.clone()));
            let known_as = last.map(|last| (last.indicator.clone(), last.figure.as_of));
            Self { span: figure.span, known_as, steps: steps.into_iter().collect() }
        };
        today.iter().zip(places).map(begin).collect()
    }

    /// Goes back over a commit: from the version after it to those before it, of which a merge has several.
    pub(super) fn step(
        &mut self,
        commit: &Arc<Commit>,
        before: &[&Vec<Written>],
        after: &[Written],
        matches: &[Vec<Option<usize>>],
    ) {
        let Some((indicator, day)) = &self.known_as else { return };
        let is_it = |figure: &&Written| figure.indicator == *indicator && figure.figure.as_of == *day;
        let Some(place) = after.iter().position(|figure| is_it(&figure)) else {
            if let Some(former) = before.iter().flat_map(|before| before.iter()).find(is_it) {
                self.steps.push(Step::Removed(former.figure.clone()));
            }
            return;
        };
        let after = &after[place];
        let formers: Vec<&Written> =
            before.iter().zip(matches).filter_map(|(before, matches)| Some(&before[matches[place]?])).collect();
        let same = formers.iter().find(|former| former.figure == after.figure);
        match same.or(formers.first()) {
            None => self.steps.push(Step::Added(Arc::clone(commit), after.figure.clone())),
            Some(former) => {
                if same.is_none() {
                    let (from, to) = (former.figure.clone(), after.figure.clone());
                    self.steps.push(Step::Changed(Some(Arc::clone(commit)), from, to));
                }
                self.known_as = Some((former.indicator.clone(), former.figure.as_of));
            }
        }
    }

    /// What became of the figure, and where it stands today. One that was taken out and put in again was changed if it
    /// came back as another.
    pub(super) fn finish(self) -> (Span, FigureHistory) {
        let mut history = FigureHistory::default();
        let mut removed: Option<Figure> = None;
        for step in self.steps.into_iter().rev() {
            match step {
                Step::Added(commit, figure) => {
                    let former = removed.take().filter(|former| *former != figure);
                    if let Some(former) = former {
                        history.edits.push(Edit { commit: Some(Arc::clone(&commit)), former, figure });
                    }
                    history.first.get_or_insert(commit);
                }
                Step::Changed(commit, former, figure) => history.edits.push(Edit { commit, former, figure }),
                Step::Removed(figure) => removed = Some(figure),
            }
        }
        (self.span, history)
    }
}
