//! Starts `git`, and only here: a repository may come from a stranger, and its configuration can name programs.
//!
//! Invariants: no pager, hook, signature check, outer diff, text conversion, file system monitor, lazy fetch or
//! prompt; no variable of the environment that begins with `GIT_` reaches it; the user's own configuration does, for
//! `safe.directory`, and changes nothing of what is written. At most [`MAX_BYTES`] are read of each call.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// How much one call may write: a history of a million changes, or 50,000 versions of a report.
pub(super) const MAX_BYTES: u64 = 256 << 20;

/// How large one version of a report may be; a larger one could not be read as a report either.
const MAX_VERSION: u64 = 8 << 20;

/// Why there is no history.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The program could not be started.
    NoProgram(String),
    /// The content is in no repository, or in one that git refuses to read.
    NoRepository(String),
    /// Nothing of the content has been committed.
    NoCommits,
    /// The copy has only the newest commits.
    Shallow,
    /// The copy leaves versions of files out.
    Missing,
    /// Anything else, in git's own words.
    Failed(String),
    /// There is more than one build should read.
    TooLarge,
}

/// The repository that holds a folder, at one commit.
#[derive(Debug)]
pub(super) struct Repository {
    folder: PathBuf,
    /// The folder's path in the repository; empty or with `/` at its end.
    prefix: String,
    /// The commit that is checked out.
    head: String,
}

impl Repository {
    pub(super) fn open(folder: &Path) -> Result<Self, Trouble> {
        let mut command = git(folder);
        command.args(["rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD^{commit}"]);
        let output = run(&mut command)?;
        let text = String::from_utf8_lossy(&output.bytes).into_owned();
        let (is_shallow, rest) = text.split_once('\n').unwrap_or((&text, ""));
        match (is_shallow, output.failure) {
            ("true", _) => Err(Trouble::Shallow),
            ("false", None) => {
                let (prefix, head) = rest.trim_end_matches('\n').rsplit_once('\n').unwrap_or(("", rest.trim_end()));
                Ok(Self { folder: folder.to_owned(), prefix: prefix.to_owned(), head: head.to_owned() })
            }
            ("false", Some(_)) => Err(Trouble::NoCommits),
            (_, failure) => Err(Trouble::NoRepository(failure.unwrap_or_default())),
        }
    }

    /// The folder's path in the repository.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Every commit that changed the folder, the newest first, each with the versions of the files that it changed.
    pub(super) fn log(&self) -> Result<Vec<u8>, Trouble> {
        let mut command = git(&self.folder);
        command.args(["log", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-color", "--no-decorate"]);
        command.args([
            "--no-notes",
            "--no-mailmap",
            "--no-relative",
            "--full-history",
            "--topo-order",
            "--root",
            "-O/dev/null",
            "--encoding=UTF-8",
        ]);
        command.args(["--raw", "--no-abbrev", "-c", "-M", "-l1000", "-z", "--format=%H %ct", &self.head, "--", "."]);
        let output = run(&mut command)?;
        output.failure.map_or(Ok(output.bytes), |failure| Err(Trouble::Failed(failure)))
    }

    /// By which [`Self::blobs`] finds the version of a file that is checked out.
    pub(super) fn name_of(&self, path: &str) -> String {
        format!("{}:{}{path}", self.head, self.prefix)
    }

    /// Hands over the texts of these versions; those that are no text or too large are left out.
    pub(super) fn blobs(&self, names: &BTreeSet<String>, mut take: impl FnMut(&str, &str)) -> Result<(), Trouble> {
        if names.is_empty() {
            return Ok(());
        }
        let mut command = git(&self.folder);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped());
        let mut child = start(&mut command)?;
        let mut input = child.stdin.take().expect("it was asked for");
        let output = child.stdout.take().expect("it was asked for");
        let asked: Vec<&String> = names.iter().filter(|name| !name.contains('\n')).collect();
        let outcome = std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                // Where git ends early, what it wrote tells why.
                for name in &asked {
                    if writeln!(input, "{name}").is_err() {
                        break;
                    }
                }
                drop(input);
            });
            let outcome = answers(output, &asked, &mut take);
            if outcome.is_err() {
                // It may wait for a reader who is gone.
                let _ = child.kill();
            }
            writer.join().expect("writing names does not panic");
            outcome
        });
        let failure = ended(child, String::new())?;
        outcome?;
        failure.map_or(Ok(()), |failure| Err(Trouble::Failed(failure)))
    }
}

/// Reads one answer a name: `ID blob SIZE`, then that many bytes and a line's end.
fn answers(output: impl Read, asked: &[&String], take: &mut impl FnMut(&str, &str)) -> Result<(), Trouble> {
    let mut output = BufReader::new(output.take(MAX_BYTES));
    let failed = |error: std::io::Error| Trouble::Failed(error.to_string());
    for name in asked {
        let mut header = String::new();
        if output.read_line(&mut header).map_err(failed)? == 0 {
            return Err(if output.get_ref().limit() == 0 { Trouble::TooLarge } else { Trouble::Missing });
        }
        let words: Vec<&str> = header.trim_end().rsplitn(3, ' ').collect();
        let (size, kind) = match words.as_slice() {
            // A file that is not committed has no version.
            ["missing", ..] if name.contains(':') => continue,
            ["missing", ..] => return Err(Trouble::Missing),
            [size, kind, _] => (size.parse::<u64>().map_err(|_| Trouble::Failed(header.clone()))?, *kind),
            _ => return Err(Trouble::Failed(header.clone())),
        };
        if size > MAX_BYTES {
            return Err(Trouble::TooLarge);
        }
        let is_text = kind == "blob" && size <= MAX_VERSION;
        let mut bytes = Vec::new();
        let mut content = output.by_ref().take(size + 1);
        let read = if is_text {
            content.read_to_end(&mut bytes).map_err(failed)? as u64
        } else {
            std::io::copy(&mut content, &mut std::io::sink()).map_err(failed)?
        };
        if read < size + 1 {
            return Err(Trouble::TooLarge);
        }
        bytes.pop();
        if let Some(text) = Some(bytes).filter(|_| is_text).and_then(|bytes| String::from_utf8(bytes).ok()) {
            take(name, text.strip_prefix('\u{feff}').unwrap_or(&text));
        }
    }
    Ok(())
}

/// What a call wrote.
struct Output {
    bytes: Vec<u8>,
    /// What it said where it failed.
    failure: Option<String>,
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_REPLACE_OBJECTS", "1");
    command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C").env("TZ", "UTC");
    command.arg("-C").arg(folder);
    command.args(["--no-pager", "--no-replace-objects", "--no-optional-locks", "--literal-pathspecs"]);
    let settings = [
        "log.showSignature=false",
        "core.fsmonitor=false",
        "core.hooksPath=/dev/null",
        "core.pager=cat",
        "core.attributesFile=/dev/null",
        "core.useReplaceRefs=false",
        "diff.ignoreSubmodules=none",
        "log.diffMerges=separate",
        "log.follow=false",
        "protocol.allow=never",
    ];
    for setting in settings {
        command.args(["-c", setting]);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn start(command: &mut Command) -> Result<Child, Trouble> {
    command.spawn().map_err(|error| Trouble::NoProgram(error.to_string()))
}

fn run(command: &mut Command) -> Result<Output, Trouble> {
    let mut child = start(command)?;
    let output = child.stdout.take().expect("it was asked for");
    let complaint = child.stderr.take().expect("it was asked for");
    let said = std::thread::spawn(move || complaints(complaint));
    let mut bytes = Vec::new();
    let read = output.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > MAX_BYTES {
        let _ = child.kill();
        let _ = child.wait();
        return Err(Trouble::TooLarge);
    }
    read.map_err(|error| Trouble::Failed(error.to_string()))?;
    let said = said.join().expect("reading does not panic");
    Ok(Output { bytes, failure: ended(child, said)? })
}

/// The first words of what git complains about; the rest is read and let go, so that it never waits.
fn complaints(mut from: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = from.by_ref().take(4096).read_to_end(&mut bytes);
    let _ = std::io::copy(&mut from, &mut std::io::sink());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Waits for the end; what git said, where it failed.
fn ended(mut child: Child, said: String) -> Result<Option<String>, Trouble> {
    let said = child.stderr.take().map_or(said, complaints);
    let status = child.wait().map_err(|error| Trouble::Failed(error.to_string()))?;
    let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let first = first.trim().trim_start_matches("fatal: ").to_owned();
    Ok((!status.success()).then_some(if first.is_empty() { status.to_string() } else { first }))
}
