//! Finds references that lead back to where they began.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::table::Key;
use crate::source::Span;

/// A reference: from an entry, to an entry, and where it is written.
pub(crate) type Edge<T> = (Key<T>, Key<T>, Span);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    OnPath,
    Done,
}

/// Reports each reference that closes a circle, with the whole circle in words.
pub(crate) fn report<T>(
    count: usize,
    edges: &[Edge<T>],
    name: impl Fn(Key<T>) -> String,
    diagnostics: &mut Diagnostics,
) {
    let mut from: Vec<Vec<(Key<T>, Span)>> = vec![Vec::new(); count];
    for (start, end, span) in edges {
        from[start.index()].push((*end, *span));
    }
    let mut marks = vec![Mark::New; count];
    // An explicit stack: chains of references may be as long as the site.
    for start in (0..count).map(Key::<T>::new) {
        if marks[start.index()] != Mark::New {
            continue;
        }
        let mut path = vec![(start, 0)];
        marks[start.index()] = Mark::OnPath;
        while let Some((entry, next)) = path.last_mut() {
            let Some((end, span)) = from[entry.index()].get(*next).copied() else {
                marks[entry.index()] = Mark::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match marks[end.index()] {
                Mark::New => {
                    marks[end.index()] = Mark::OnPath;
                    path.push((end, 0));
                }
                Mark::OnPath => {
                    let first = path.iter().position(|(entry, _)| *entry == end).expect("it is on the path");
                    let circle: Vec<String> =
                        path[first..].iter().map(|(entry, _)| *entry).chain([end]).map(&name).collect();
                    diagnostics.push(Diagnostic::new(Code::ReferenceCycle, span).with("path", circle.join(" → ")));
                }
                Mark::Done => {}
            }
        }
    }
}
