//! Inputs made of seeds: bytes changed, pieces removed, repeated, and words put in.

/// A sequence that depends on nothing but where it began.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).expect("small");
        usize::try_from(self.next() % end).expect("below")
    }

    /// A seed with up to eight changes.
    pub(crate) fn mutation(&mut self, seeds: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
        let mut input = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(8) {
            let start = self.below(input.len() + 1);
            let end = (start + self.below(64)).min(input.len());
            match self.below(8) {
                0 if start < input.len() => input[start] = self.next().to_le_bytes()[0],
                1 if start < input.len() => input[start] ^= 1 << self.below(8),
                2 => drop(input.drain(start..end)),
                3 => {
                    let piece = input[start..end].to_vec();
                    let times = 1 << self.below(8);
                    input.splice(start..start, piece.repeat(times));
                }
                4 => {
                    let other = &seeds[self.below(seeds.len())];
                    let from = self.below(other.len() + 1);
                    let piece = other[from..(from + self.below(200)).min(other.len())].to_vec();
                    input.splice(start..end, piece);
                }
                _ => {
                    let word = words[self.below(words.len())];
                    let times = if self.below(10) == 0 { 1 << self.below(10) } else { 1 };
                    input.splice(start..if self.below(2) == 0 { start } else { end }, word.repeat(times).into_bytes());
                }
            }
        }
        input.truncate(200_000);
        input
    }
}
