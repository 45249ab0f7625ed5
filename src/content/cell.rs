//! Checks single values that stand in a table, by the rules of content files.

pub(crate) use super::yaml::as_id;
use super::{fix, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Spanned;

/// What a cell must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Figure,
    Day,
}

/// A cell in its right form: one that is written otherwise but has a single reading is taken in that.
pub(crate) fn right(
    form: Form,
    cell: &Spanned<String>,
    key: &str,
    diagnostics: &mut Diagnostics,
) -> Result<String, Box<Diagnostic>> {
    let found = match form {
        Form::Figure => yaml::check_figure(cell, key, diagnostics),
        Form::Day => yaml::check_day(cell, key),
    };
    match found {
        Ok(()) => Ok(cell.value.clone()),
        Err(diagnostic) => fix::right_form(&diagnostic, &cell.value).map(str::to_owned).ok_or(Box::new(diagnostic)),
    }
}

/// The word that is most likely meant, be it written in Vietnamese.
pub(crate) fn word<'a>(given: &str, words: &[&'a str]) -> Option<&'a str> {
    crate::diagnostic::nearest(given, words.iter().copied()).or_else(|| yaml::vietnamese_word(given, words))
}
