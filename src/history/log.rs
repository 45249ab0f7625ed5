//! Reads what `git log -z --raw -c --format='%H %ct'` writes.

/// The name of a version of a file in the repository.
pub(super) type Blob = String;

/// A commit with what it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: String,
    /// When it was committed, in seconds since 1970.
    pub(super) seconds: i64,
    pub(super) files: Vec<Change>,
}

/// What a commit did to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// The path below the folder whose history is read.
    pub(super) path: String,
    /// The path that it had before, where that was another.
    pub(super) former_path: Option<String>,
    /// Its version in each parent.
    pub(super) before: Vec<Option<Blob>>,
    /// Its version from then on.
    pub(super) after: Option<Blob>,
}

/// The commits, in the order of the log; `None` where the text has another form. Files outside of `prefix`, and those
/// whose names are not UTF-8, are left out.
pub(super) fn parse(bytes: &[u8], prefix: &str) -> Option<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut tokens = bytes.split(|byte| *byte == 0).map(|token| token.strip_prefix(b"\n").unwrap_or(token));
    while let Some(token) = tokens.next() {
        if token.is_empty() {
            continue;
        }
        let Some(header) = token.strip_prefix(b":") else {
            entries.push(commit(std::str::from_utf8(token).ok()?)?);
            continue;
        };
        let (before, after, status) = versions(std::str::from_utf8(header).ok()?)?;
        let below = |path: &[u8]| Some(std::str::from_utf8(path).ok()?.strip_prefix(prefix)?.to_owned());
        let first = tokens.next()?;
        // A file that moved is told with both names, unless a merge moved it.
        let (former_path, path) = match status {
            "R" | "C" => (below(first), below(tokens.next()?)),
            _ => (None, below(first)),
        };
        let former_path = former_path.filter(|_| status == "R");
        if let Some(path) = path {
            entries.last_mut()?.files.push(Change { path, former_path, before, after });
        }
    }
    Some(entries)
}

fn commit(text: &str) -> Option<Entry> {
    let (id, seconds) = text.split_once(' ')?;
    let is_id = matches!(id.len(), 40 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then_some(())?;
    Some(Entry { id: id.to_owned(), seconds: seconds.parse().ok()?, files: Vec::new() })
}

/// The version in each parent, the version from then on, and what happened to a file with one parent.
type Versions<'a> = (Vec<Option<Blob>>, Option<Blob>, &'a str);

/// What stands before a path: `100644 100644 ID ID M`, with further colons, modes and ids for further parents.
fn versions(header: &str) -> Option<Versions<'_>> {
    let more = header.bytes().take_while(|byte| *byte == b':').count();
    let words: Vec<&str> = header[more..].split(' ').collect();
    let parents = more + 1;
    // A mode for each parent and the result, an id for each, and the status.
    if words.len() != 2 * (parents + 1) + 1 {
        return None;
    }
    let blob = |id: &&str| (!id.bytes().all(|byte| byte == b'0')).then(|| (*id).to_owned());
    let ids = &words[parents + 1..2 * (parents + 1)];
    let status = words.last()?;
    let letter = if parents == 1 { status.get(..1)? } else { "" };
    Some((ids[..parents].iter().map(blob).collect(), blob(&ids[parents]), letter))
}
