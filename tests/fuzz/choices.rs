//! Decisions read from bytes: the same bytes decide the same, and bytes that ran out decide 0.

/// What is left of the bytes.
pub(crate) struct Choices<'a>(&'a [u8]);

impl<'a> Choices<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        let length = N.min(self.0.len());
        bytes[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        bytes
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.take::<1>()[0]
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::from(self.byte()) % end
    }

    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A whole number of one to four bytes; small ones are the more likely.
    pub(crate) fn whole(&mut self) -> i32 {
        match self.below(4) {
            0 => i32::from(self.byte()),
            1 => i32::from(self.byte()) - 128,
            2 => i32::from(i16::from_le_bytes(self.take())),
            _ => i32::from_le_bytes(self.take()),
        }
    }

    /// Any number, or one that charts often show.
    pub(crate) fn number(&mut self) -> f64 {
        match self.below(8) {
            0 => f64::from_bits(u64::from_le_bytes(self.take())),
            1 => self.pick(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, 1e15, -1e15, 1e-320, -0.0]),
            2 => f64::from(self.whole()),
            3 => f64::from(self.whole()) / 3.0,
            4 => f64::from(self.whole()) * 1e9,
            _ => f64::from(self.byte()) / 100.0,
        }
    }

    /// A text of up to 40 bytes, sometimes repeated.
    pub(crate) fn text(&mut self) -> String {
        let (length, times) = (self.below(40).min(self.0.len()), if self.one_in(16) { 1 + self.below(40) } else { 1 });
        let length = length.min(self.0.len());
        let (text, left) = self.0.split_at(length);
        self.0 = left;
        String::from_utf8_lossy(text).repeat(times)
    }

    /// A word or two as the program itself writes them: of the theme's texts, or a formatted figure.
    pub(crate) fn word(&mut self) -> String {
        self.pick(&["", "Chậm", "11/18 văn bản · 61,1 %", "chưa có số liệu", "1.234.567,8", "Nguy cơ không đạt"])
            .to_owned()
    }
}
