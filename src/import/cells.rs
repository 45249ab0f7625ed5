//! Splits a table into cells that know their places: RFC 4180, with the separators that spreadsheets use.

use crate::source::{SourceId, Span, Spanned};

/// The cells of one row.
pub(super) type Row = Vec<Spanned<String>>;

/// The rows of a table that hold anything; the first one is its header.
pub(super) fn split(text: &str, file: SourceId) -> Vec<Row> {
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: char| header.matches(separator).count();
    let separator =
        [',', ';', '\t'].into_iter().max_by_key(|separator| (count(*separator), *separator == ',')).unwrap_or(',');
    let mut rows = Vec::new();
    let mut row: Row = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let (cell, end) = cell(text, start, separator);
        row.push(Spanned::new(cell, Span::new(file, start, end)));
        let rest = &text[end..];
        start = end + rest.chars().next().map_or(0, char::len_utf8);
        if rest.starts_with("\r\n") {
            start += 1;
        }
        let ends_row = !rest.starts_with(separator);
        // A separator at the very end leaves an empty cell behind it.
        if !ends_row && start == text.len() {
            row.push(Spanned::new(String::new(), Span::new(file, start, start)));
        }
        if ends_row || start == text.len() {
            rows.push(std::mem::take(&mut row));
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.value.is_empty()));
    rows
}

/// One cell's text, without the quotes around it and the mark that keeps spreadsheets from running it, and its end.
fn cell(text: &str, start: usize, separator: char) -> (String, usize) {
    let rest = &text[start..];
    let plain_end = |from: usize| text[from..].find([separator, '\n', '\r']).map_or(text.len(), |end| from + end);
    let (value, end) = match rest.strip_prefix('"') {
        None => (text[start..plain_end(start)].to_owned(), plain_end(start)),
        Some(_) => {
            let mut value = String::new();
            let mut at = start + 1;
            loop {
                let Some(quote) = text[at..].find('"') else {
                    value.push_str(&text[at..]);
                    break (value, text.len());
                };
                value.push_str(&text[at..at + quote]);
                at += quote + 1;
                if !text[at..].starts_with('"') {
                    let end = plain_end(at);
                    value.push_str(&text[at..end]);
                    break (value, end);
                }
                value.push('"');
                at += 1;
            }
        }
    };
    let value = value.trim();
    let value = match value.strip_prefix('\'') {
        Some(text) if text.starts_with(['=', '+', '-', '@', '\t']) => text,
        _ => value,
    };
    (value.to_owned(), end)
}
