//! Bounds what a template can make: a page of so many bytes, so many turns of its loops, and so many numbers to count with.
//!
//! What is left to a theme's author: texts joined to themselves again and again. Templates are part of the site's code,
//! and are reviewed as such.

use std::cell::Cell;
use std::io::{self, Write};

use tera::{Error, Kwargs, State, TeraResult};

/// How many bytes a page may have. The largest of a site of 100,000 pages has less than a tenth of it.
pub(super) const MAX_PAGE: usize = 32 << 20;

/// Most pages have fewer bytes.
const USUAL_PAGE: usize = 64 << 10;

/// How many numbers `range` gives while one page is made: loops in loops end after that many turns.
const MAX_NUMBERS: usize = 100_000;

/// How many turns the loops of a site's own templates take while one page is made. A page of 32 MiB has room for a third.
const MAX_TURNS: usize = 1_000_000;

thread_local! {
    // A page is made by one thread, and a template's function is told of nothing but its arguments.
    /// How many turns the loops of the page have taken.
    static TURNS: Cell<usize> = const { Cell::new(0) };
    /// How many numbers `range` has given on the page.
    static GIVEN: Cell<usize> = const { Cell::new(0) };
}

/// A page in the making.
#[derive(Debug)]
pub(super) struct Page {
    bytes: Vec<u8>,
    is_full: bool,
}

impl Page {
    /// A page without anything on it; what was counted of the last one is forgotten.
    pub(super) fn begin() -> Self {
        GIVEN.set(0);
        TURNS.set(0);
        Self { bytes: Vec::with_capacity(USUAL_PAGE), is_full: false }
    }

    /// Whether more was written than a page may have.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_PAGE {
            self.is_full = true;
            return Err(io::Error::other("the page is too large"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Everything is taken or nothing: a page is written in a thousand pieces, and none has to be come back to.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(drop)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// `range(end, start, step_by)`, as templates know it, with an end to all of a page's together.
pub(super) fn range(arguments: Kwargs, _: &State) -> TeraResult<Vec<i128>> {
    let start = arguments.get::<i64>("start")?.unwrap_or_default();
    let end = arguments.must_get::<i64>("end")?;
    let step = arguments.get::<i64>("step_by")?.unwrap_or(1);
    let (start, end, step) = (i128::from(start), i128::from(end), i128::from(step));
    if step == 0 || (step > 0 && start > end) {
        return Err(Error::message("`range` leads from `start` up to `end`, or down to it by a `step_by` below 0"));
    }
    let length = (end - start + step - step.signum()) / step;
    let given = GIVEN.get().saturating_add(usize::try_from(length.max(0)).unwrap_or(usize::MAX));
    if given > MAX_NUMBERS {
        return Err(Error::message(format!("`range` gives at most {MAX_NUMBERS} numbers on one page")));
    }
    GIVEN.set(given);
    Ok((0..length.max(0)).map(|place| start + place * step).collect())
}

/// Counts a turn of a loop, and writes nothing.
pub(super) fn turn(_: Kwargs, _: &State) -> TeraResult<&'static str> {
    let turns = TURNS.get() + 1;
    if turns > MAX_TURNS {
        return Err(Error::message(format!("the loops of one page take at most {MAX_TURNS} turns")));
    }
    TURNS.set(turns);
    Ok("")
}
