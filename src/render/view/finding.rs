//! The finding of a page: what stands where, in one sentence.

use super::Here;
use crate::assess::{Status, Summary};

/// What the indicators of a document, a unit or the site come to, in a sentence; `None` where there are none.
///
/// Whatever cannot be judged is one group, and said to be so: it is neither good nor bad.
pub(crate) fn sentence(here: &Here<'_>, summary: &Summary) -> Option<String> {
    let count = |statuses: &[Status]| statuses.iter().map(|status| summary.count(*status)).sum::<usize>();
    let tracked = count(&[Status::Tracked]);
    let targets = summary.total() - tracked;
    let figures = (tracked > 0).then(|| here.count("finding.tracked", tracked, &[]));
    match targets {
        0 => return figures,
        1 => {
            let status =
                Status::ALL.into_iter().find(|status| *status != Status::Tracked && summary.count(*status) > 0);
            let status = status.expect("one indicator has a status").as_str();
            let one = here.text(&format!("finding.only.{status}")).to_owned();
            return Some(join(one, figures));
        }
        _ => {}
    }
    let parts: Vec<String> = [
        ("finding.achieved", count(&[Status::Achieved, Status::AchievedLate])),
        ("finding.on-track", count(&[Status::OnTrack])),
        ("finding.behind", count(&[Status::Behind])),
        ("finding.off-track", count(&[Status::OffTrack])),
        ("finding.missed", count(&[Status::Missed])),
        ("finding.unknown", count(&[Status::Unreported, Status::NotAssessable, Status::NoData])),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(key, count)| here.count(key, count, &[]))
    .collect();
    let whole = here.count("finding.whole", targets, &[("parts", &here.edition.locale.list(&parts))]);
    Some(join(whole, figures))
}

fn join(first: String, second: Option<String>) -> String {
    match second {
        Some(second) => format!("{first} {second}"),
        None => first,
    }
}

/// The weighted mean of progress, always beside how many it is out of; `None` where nothing is judged.
pub(crate) fn mean(here: &Here<'_>, summary: &Summary) -> Option<String> {
    let mean = summary.mean_progress()?;
    let targets = summary.total() - summary.count(Status::Tracked);
    if summary.judged() < 2 {
        return None;
    }
    let (judged, targets) = (here.edition.locale.count(summary.judged()), here.edition.locale.count(targets));
    let percent = here.edition.locale.percent(&mean);
    Some(here.fill("finding.mean", &[("percent", &percent), ("judged", &judged), ("targets", &targets)]))
}
