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
    if targets == 0 {
        return (tracked > 0).then(|| here.count("finding.tracked_only", tracked, &[]));
    }
    let groups: Vec<(&str, usize)> = [
        ("achieved", count(&[Status::Achieved, Status::AchievedLate])),
        ("on-track", count(&[Status::OnTrack])),
        ("behind", count(&[Status::Behind])),
        ("off-track", count(&[Status::OffTrack])),
        ("missed", count(&[Status::Missed])),
        ("unknown", count(&[Status::Unreported, Status::NotAssessable, Status::NoData])),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .collect();
    let finding = match (groups.as_slice(), targets) {
        (_, 1) => {
            let status =
                Status::ALL.into_iter().find(|status| *status != Status::Tracked && summary.count(*status) > 0);
            let status = status.expect("one indicator has a status").as_str();
            here.text(&format!("finding.only.{status}")).to_owned()
        }
        ([(group, _)], _) => here.count(&format!("finding.all.{group}"), targets, &[]),
        _ => {
            let parts = groups.iter().map(|(group, count)| part(here, group, *count));
            let parts = here.edition.locale.list(&parts.collect::<Vec<_>>());
            here.count("finding.whole", targets, &[("parts", &parts)])
        }
    };
    Some(finding)
}

/// A count with its verdict; the figure keeps to its word.
fn part(here: &Here<'_>, group: &str, count: usize) -> String {
    here.count(&format!("finding.{group}"), count, &[]).replacen(' ', "\u{a0}", 1)
}

/// How many figures are recorded beside those with a target; `None` where there are none, or nothing else.
pub(crate) fn tracked(here: &Here<'_>, summary: &Summary) -> Option<String> {
    let tracked = summary.count(Status::Tracked);
    (tracked > 0 && tracked < summary.total()).then(|| here.count("finding.tracked_also", tracked, &[]))
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
