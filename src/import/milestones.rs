//! Interim targets: pairs in one cell, or a column for each year as spreadsheets have them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cells::Row;
use super::rows::Indicator;
use crate::content::cell::{self, Form};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::period::Period;
use crate::source::{Span, Spanned};

/// What is to be reached by a day.
#[derive(Debug, Clone)]
pub(super) struct Milestone {
    pub(super) day: String,
    pub(super) value: String,
    /// The cell that says so.
    pub(super) place: Span,
}

/// What such a column is called before its year, half-year, quarter, month or day. A year alone is none of them: it
/// may as well head what was done.
pub(super) const HEADS: &[&str] = &["milestone", "target", "ke-hoach", "kh", "muc-tieu", "chi-tieu", "moc"];

/// Words that may stand between.
const FILLERS: &[&str] = &["den", "nam", "het", "cuoi"];

/// The columns of a header that are headed by a day, each by the last day that it means.
pub(super) fn columns(header: &Row) -> BTreeMap<NaiveDate, usize> {
    let mut columns = BTreeMap::new();
    for (place, cell) in header.iter().enumerate() {
        if let Some(day) = day_of(&cell.value) {
            columns.entry(day).or_insert(place);
        }
    }
    columns
}

/// "Kế hoạch năm 2022", "milestone 2022-Q3"
fn day_of(header: &str) -> Option<NaiveDate> {
    let name = cell::as_id(header);
    let mut rest = HEADS.iter().find_map(|head| name.strip_prefix(head)?.strip_prefix('-'))?;
    while let Some(shorter) = FILLERS.iter().find_map(|filler| rest.strip_prefix(filler)?.strip_prefix('-')) {
        rest = shorter;
    }
    Period::parse(&rest.to_ascii_uppercase()).ok().map(Period::end)
}

/// `2022-12-31=9;2023=12`
pub(super) fn of_cell(cell: &Spanned<String>, diagnostics: &mut Diagnostics) -> Vec<Milestone> {
    let mut milestones = Vec::new();
    for part in cell.value.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let Some((day, value)) = part.split_once('=') else {
            let diagnostic = Diagnostic::new(Code::BadDate, cell.span).worded("bad-date.milestone");
            diagnostics.push(diagnostic.with("found", part));
            continue;
        };
        let part = |text: &str| Spanned::new(text.trim().to_owned(), cell.span);
        let day = match Period::parse(day.trim()) {
            Ok(period) => Ok(period.end().to_string()),
            Err(_) => cell::right(Form::Day, &part(day), "milestones", diagnostics),
        };
        let value = cell::right(Form::Figure, &part(value), "milestones", diagnostics);
        match (day, value) {
            (Ok(day), Ok(value)) => milestones.push(Milestone { day, value, place: cell.span }),
            (day, value) => {
                [day.err(), value.err()].into_iter().flatten().for_each(|diagnostic| diagnostics.push(*diagnostic));
            }
        }
    }
    milestones
}

/// Takes the last interim target for the target itself, due on its day: for tables that have no other.
pub(super) fn end_in_target(indicator: &mut Indicator) {
    indicator.milestones.sort_by(|one, other| one.day.cmp(&other.day));
    let Some(last) = indicator.milestones.pop() else { return };
    if indicator.due.is_none() {
        indicator.due = Some(Some(Spanned::new(last.day, last.place)));
    }
    indicator.target = Some(Spanned::new(last.value, last.place));
}

#[cfg(test)]
mod tests {
    use super::day_of;

    #[test]
    fn a_plan_for_a_time_is_a_milestone_and_a_year_alone_is_none() {
        for (header, day) in [
            ("Kế hoạch năm 2022", Some("2022-12-31")),
            ("KH 2022", Some("2022-12-31")),
            ("Mục tiêu đến năm 2025", Some("2025-12-31")),
            ("Chỉ tiêu đến hết 2023-Q3", Some("2023-09-30")),
            ("milestone_2022-06", Some("2022-06-30")),
            ("2022", None),
            ("Thực hiện 2022", None),
            ("Kế hoạch", None),
            ("Kế hoạch vốn 2022", None),
        ] {
            assert_eq!(day_of(header).map(|day| day.to_string()).as_deref(), day, "{header}");
        }
    }
}
