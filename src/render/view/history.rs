//! What the repository remembers of a page and of its figures.

use super::Here;
use crate::model::history::{Commit, Edit, Figure};
use crate::model::indicator::Indicator;
use crate::model::report::Observation;
use crate::model::text::Entry;
use crate::render::html::{Argument, Html, Link, Words};
use crate::route::Target;
use crate::source::SourceId;

/// When the content of a page was changed last; `None` for a site without a history, and for pages without content.
pub(crate) fn last_change(here: &Here<'_>) -> Option<Html> {
    let history = here.register.history.as_ref()?;
    let of = |entry: &Entry| history.last_of(files(entry));
    let commit = match here.target {
        Target::NotFound | Target::Alias(..) => return None,
        Target::Unit(key) => of(&here.register.units[*key].entry),
        Target::Resolution(key) => of(&here.register.resolutions[*key].entry),
        Target::Report(key) => of(&here.register.reports[*key].entry),
        Target::Free(key) => of(&here.register.pages[*key].entry),
        // It is made of its document and of the reports that give its figures.
        Target::Indicator(key) => {
            let document = here.register.indicators[*key].resolution;
            let series = &here.assessment.judgement(*key).series;
            let observations = series.iter().flat_map(|point| [&point.observation].into_iter().chain(&point.also));
            let reports = observations.map(|key| &here.register.reports[key.report].entry);
            history.last_of([&here.register.resolutions[document].entry].into_iter().chain(reports).flat_map(files))
        }
        _ => history.commits.first(),
    }?;
    Some(here.sentence("history.page", &[("day", here.date(commit.day).into()), ("commit", link(here, commit))]))
}

/// An entry's file and those of its translations.
fn files(entry: &Entry) -> impl Iterator<Item = SourceId> + '_ {
    [entry.file].into_iter().chain(entry.prose.translations.values().map(|body| body.file))
}

/// When a figure was entered and what it was before it was changed, one sentence each, the oldest first.
pub(crate) fn of_figure(here: &Here<'_>, indicator: &Indicator, observation: &Observation) -> Vec<Html> {
    let history = here.register.history.as_ref().and_then(|history| history.figures.get(&observation.span));
    let Some(history) = history else { return Vec::new() };
    let dated = |commit: &Commit| [("day", here.date(commit.day).into()), ("commit", link(here, commit))];
    let first = history.first.as_ref().map(|commit| here.sentence("history.first", &dated(commit)));
    let edit = |edit: &Edit| {
        let former = ("former", Argument::from(former(here, indicator, edit)));
        match &edit.commit {
            Some(commit) => {
                let [day, commit] = dated(commit);
                here.sentence("history.edited", &[day, commit, former])
            }
            None => here.sentence("history.uncommitted", &[former]),
        }
    };
    first.into_iter().chain(history.edits.iter().map(edit)).collect()
}

/// A commit by its short name; with its address where the site says where the repository is.
fn link<'a>(here: &Here<'a>, commit: &Commit) -> Argument<'a> {
    match &here.register.site.repository {
        Some(repository) => {
            let url = repository.url.trim_end_matches('/');
            let url = url.strip_suffix(".git").unwrap_or(url);
            let text = Words::plain(commit.short().to_owned());
            Argument::Link(Link { href: format!("{url}/commit/{}", commit.id), text })
        }
        None => commit.short().to_owned().into(),
    }
}

/// What was written before a change, with its day where that was changed.
fn former(here: &Here<'_>, indicator: &Indicator, edit: &Edit) -> String {
    let Figure { as_of, value, breakdown, items } = &edit.former;
    let stage = |id: &str| {
        let stage = indicator.stages.iter().find(|stage| stage.id == id);
        stage.map_or_else(|| id.to_owned(), |stage| stage.name.get(here.language).0.to_owned())
    };
    let count = |name: &str, count: &str| here.fill("indicator.stage_count", &[("name", name), ("count", count)]);
    let value = value.as_ref().map(|value| here.figure(value, &indicator.measured_in).text.into_owned());
    let stages = breakdown.iter().map(|(id, number)| count(&stage(id), &here.edition.locale.number(number)));
    let items = items.iter().map(|(id, reached)| {
        let item = indicator.items.iter().find(|item| item.id == *id);
        let name = item.map_or(id.as_str(), |item| item.name.get(here.language).0);
        count(name, &stage(reached))
    });
    let figure = value.into_iter().chain(stages).chain(items).collect::<Vec<_>>().join(", ");
    if *as_of == edit.figure.as_of {
        figure
    } else {
        here.fill("history.former_day", &[("figure", &figure), ("day", &here.date(*as_of))])
    }
}
