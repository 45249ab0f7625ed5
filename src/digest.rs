//! Digests by which the program knows again what it read or made before.
//!
//! They never leave the machine: what others are to hold a site against, its manifest above all, has SHA-256. These are
//! asked for at every build, of every source and of every page, and are made in a tenth of that time. Two different
//! things have the same one by chance in no build that anyone will make; whoever could choose both could as well have
//! published either.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use twox_hash::XxHash3_128;

/// 128 bits of XXH3.
pub type Digest = [u8; 16];

/// Digests these bytes.
#[must_use]
pub fn digest_bytes(bytes: &[u8]) -> Digest {
    XxHash3_128::oneshot(bytes).to_le_bytes()
}

/// Digests bytes that stand in several places, as if they stood one after the other.
#[must_use]
pub fn digest_parts<'b>(parts: impl IntoIterator<Item = &'b [u8]>) -> Digest {
    let mut hasher = XxHash3_128::new();
    parts.into_iter().for_each(|part| hasher.write(part));
    hasher.finish_128().to_le_bytes()
}

thread_local! {
    /// Where pieces are put together: many thousand small things are digested one after the other.
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A room that grew beyond that is given back.
const LARGEST_ROOM: usize = 1 << 20;

/// Digests what is hashed; on machines of one kind the same is the same.
pub fn digest(of: impl Hash) -> Digest {
    // What is hashed may digest its own parts; those find another room.
    let mut pieces = Pieces(ROOM.take());
    pieces.0.clear();
    of.hash(&mut pieces);
    let digest = digest_bytes(&pieces.0);
    if pieces.0.capacity() <= LARGEST_ROOM {
        ROOM.set(pieces.0);
    }
    digest
}

/// What is hashed, put together: pieces of a few bytes each.
struct Pieces(Vec<u8>);

impl Hasher for Pieces {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("the whole digest is asked for")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_parted_otherwise_is_something_else() {
        let two: &[&str] = &["a", "bc"];
        let all = [digest(("a", "bc")), digest(("ab", "c")), digest("abc"), digest(two), digest((two, "")), digest(())];
        assert_eq!(BTreeSet::from(all).len(), all.len());
        assert_eq!(digest(("a", "bc")), all[0]);
        assert_ne!(digest_bytes(b"abc"), digest_bytes(b"abd"));
    }

    #[test]
    fn parts_are_digested_as_one() {
        let bytes: Vec<u8> = (0_u8..=250).cycle().take(3_000).collect();
        for at in [0, 1, 16, 240, 241, 1_024, 2_999, 3_000] {
            let (one, other) = bytes.split_at(at);
            assert_eq!(digest_parts([one, &[], other]), digest_bytes(&bytes), "parted at {at}");
        }
        assert_eq!(digest_parts([]), digest_bytes(&[]));
    }

    #[test]
    fn what_digests_its_parts_is_digested_as_ever() {
        struct Whole(&'static str);
        impl Hash for Whole {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.hash(state);
                digest("part").hash(state);
            }
        }
        assert_eq!(digest(Whole("a")), digest(("a", digest("part"))));
        let long = "x".repeat(2 * LARGEST_ROOM);
        assert_eq!(digest(&long), digest(&long));
        assert_ne!(digest(&long), digest("x"));
        assert_eq!(digest("x"), digest("x"));
    }
}
