//! Digests by which the program knows again what it read or made before.
//!
//! They never leave the machine: what others are to hold a site against, its manifest above all, has SHA-256. These are
//! asked for at every build, of every source and of every page, and are made in a tenth of that time. Two different
//! things have the same one by chance in no build that anyone will make; whoever could choose both could as well have
//! published either.

use std::hash::{Hash, Hasher};

use twox_hash::XxHash3_128;

/// 128 bits of XXH3.
pub type Digest = [u8; 16];

/// Digests these bytes.
#[must_use]
pub fn digest_bytes(bytes: &[u8]) -> Digest {
    XxHash3_128::oneshot(bytes).to_le_bytes()
}

/// Digests what is hashed; on machines of one kind the same is the same.
pub fn digest(of: impl Hash) -> Digest {
    let mut pieces = Pieces(Vec::with_capacity(1024));
    of.hash(&mut pieces);
    digest_bytes(&pieces.0)
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
}
