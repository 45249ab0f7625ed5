//! Exact fractions: progress, expected progress, pace.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

use super::{Form, MAX_SCALE, Quantity, power, write_decimal};

/// An exact fraction: progress, expected progress, pace. May be negative or above one; only charts clamp.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Share(Fraction);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Fraction {
    /// In lowest terms, the denominator above zero.
    Short { numer: i64, denom: i64 },
    /// In lowest terms, one of them beyond a word.
    Long(Box<BigRational>),
}

impl Share {
    /// Nothing of it.
    #[must_use]
    pub fn zero() -> Self {
        Self(Fraction::Short { numer: 0, denom: 1 })
    }

    /// The whole of it.
    #[must_use]
    pub fn one() -> Self {
        Self(Fraction::Short { numer: 1, denom: 1 })
    }

    /// The fraction `part / whole` of two whole numbers; `None` over zero.
    #[must_use]
    pub fn of(part: i64, whole: i64) -> Option<Self> {
        Self::reduced(part.into(), whole.into())
    }

    /// This fraction of another; `None` over zero.
    #[must_use]
    pub fn over(&self, whole: &Self) -> Option<Self> {
        match &whole.0 {
            Fraction::Short { numer: 0, .. } => None,
            Fraction::Short { numer, denom } => {
                // Its inverse is a fraction as well, once the sign stands above.
                let inverse = Self::reduced((*denom).into(), (*numer).into()).expect("it is not zero");
                Some(self * &inverse)
            }
            Fraction::Long(long) => Some(Self::of_ratio(self.to_long() / long.as_ref())),
        }
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Fraction::Short { numer: 0, .. })
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Fraction::Short { numer, .. } => *numer < 0,
            Fraction::Long(long) => long.is_negative(),
        }
    }

    /// The share drawn into 0–1.
    #[must_use]
    pub fn clamped(&self) -> Self {
        self.clone().clamp(Self::zero(), Self::one())
    }

    /// The nearest binary number, for drawing only.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "for drawing only")]
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Fraction::Short { numer, denom } => *numer as f64 / *denom as f64,
            Fraction::Long(long) => long.to_f64().unwrap_or(f64::MAX),
        }
    }

    /// The nearest figure with at most `places` decimals, halves away from zero.
    #[must_use]
    pub fn rounded(&self, places: u32) -> Quantity {
        match &self.0 {
            Fraction::Short { numer, denom } if places <= MAX_SCALE => {
                let scaled = i128::from(*numer) * i128::from(power(places));
                let denom = i128::from(*denom);
                let size = (2 * scaled.abs() + denom) / (2 * denom);
                Quantity::of_wide(if scaled < 0 { -size } else { size }, places)
            }
            _ => self.scaled(places, BigRational::round),
        }
    }

    /// The figure with at most `places` decimals that lies toward zero.
    #[must_use]
    pub fn truncated(&self, places: u32) -> Quantity {
        match &self.0 {
            Fraction::Short { numer, denom } if places <= MAX_SCALE => {
                Quantity::of_wide(i128::from(*numer) * i128::from(power(places)) / i128::from(*denom), places)
            }
            _ => self.scaled(places, BigRational::trunc),
        }
    }

    fn scaled(&self, places: u32, whole: fn(&BigRational) -> BigRational) -> Quantity {
        let scale = BigInt::from(10).pow(places);
        let scaled = whole(&(self.to_long() * BigRational::from_integer(scale))).to_integer();
        Quantity::of_long(BigDecimal::new(scaled, places.into()))
    }

    /// The share in hundredths, exactly: 0.41 is 41.
    #[must_use]
    pub fn percent(&self) -> Self {
        self * &Self(Fraction::Short { numer: 100, denom: 1 })
    }

    /// `numer / denom` in lowest terms; `None` over zero. Neither may be the least number of 128 bits.
    pub(super) fn reduced(numer: i128, denom: i128) -> Option<Self> {
        if denom == 0 {
            return None;
        }
        let (numer, denom) = if denom < 0 { (-numer, -denom) } else { (numer, denom) };
        let (size, whole) = (numer.unsigned_abs(), denom.unsigned_abs());
        let (Ok(size), Ok(whole)) = (u64::try_from(size), u64::try_from(whole)) else {
            let common = i128::try_from(gcd(size, whole)).expect("a divisor is not above what it divides");
            return Some(Self::in_lowest_terms(numer / common, denom / common));
        };
        // Division of words is many times cheaper.
        let common = gcd_of_words(size, whole);
        let size = i128::from(size / common);
        Some(Self::in_lowest_terms(if numer < 0 { -size } else { size }, i128::from(whole / common)))
    }

    fn in_lowest_terms(numer: i128, denom: i128) -> Self {
        match (i64::try_from(numer), i64::try_from(denom)) {
            (Ok(numer), Ok(denom)) => Self(Fraction::Short { numer, denom }),
            _ => Self(Fraction::Long(Box::new(BigRational::new_raw(numer.into(), denom.into())))),
        }
    }

    /// The fraction of two numbers of any length; the second is not zero.
    pub(super) fn of_long(numer: BigInt, denom: BigInt) -> Self {
        Self::of_ratio(BigRational::new(numer, denom))
    }

    pub(super) fn of_ratio(ratio: BigRational) -> Self {
        match (ratio.numer().to_i64(), ratio.denom().to_i64()) {
            (Some(numer), Some(denom)) => Self(Fraction::Short { numer, denom }),
            _ => Self(Fraction::Long(Box::new(ratio))),
        }
    }

    pub(super) fn fraction(&self) -> &Fraction {
        &self.0
    }

    pub(super) fn to_long(&self) -> BigRational {
        match &self.0 {
            Fraction::Short { numer, denom } => BigRational::new_raw((*numer).into(), (*denom).into()),
            Fraction::Long(long) => long.as_ref().clone(),
        }
    }
}

/// The greatest common divisor of numbers of which one at least is not zero: by Euclid as long as they are wide.
fn gcd(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        if let (Ok(left), Ok(right)) = (u64::try_from(left), u64::try_from(right)) {
            return gcd_of_words(left, right).into();
        }
        (left, right) = (right, left % right);
    }
    left
}

/// The same of words: by shifts (Stein), which are cheaper than divisions.
fn gcd_of_words(mut left: u64, mut right: u64) -> u64 {
    if left == 0 || right == 0 {
        return left | right;
    }
    let twos = (left | right).trailing_zeros();
    left >>= left.trailing_zeros();
    while right != 0 {
        right >>= right.trailing_zeros();
        if left > right {
            std::mem::swap(&mut left, &mut right);
        }
        right -= left;
    }
    left << twos
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Share {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Fraction::Short { numer: a, denom: b }, Fraction::Short { numer: c, denom: d }) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => self.to_long().cmp(&other.to_long()),
        }
    }
}

impl Add for &Share {
    type Output = Share;
    fn add(self, other: Self) -> Share {
        if let (Fraction::Short { numer: a, denom: b }, Fraction::Short { numer: c, denom: d }) = (&self.0, &other.0) {
            let (a, b, c, d) = (i128::from(*a), i128::from(*b), i128::from(*c), i128::from(*d));
            if b == d {
                return Share::reduced(a + c, b).expect("a denominator is not zero");
            }
            // Each product is below 2^126, so the sum fits.
            return Share::reduced(a * d + c * b, b * d).expect("a denominator is not zero");
        }
        Share::of_ratio(self.to_long() + other.to_long())
    }
}

impl Neg for &Share {
    type Output = Share;
    fn neg(self) -> Share {
        match &self.0 {
            Fraction::Short { numer, denom } => Share::in_lowest_terms(-i128::from(*numer), (*denom).into()),
            Fraction::Long(long) => Share::of_ratio(-long.as_ref()),
        }
    }
}

impl Sub for &Share {
    type Output = Share;
    fn sub(self, other: Self) -> Share {
        self + &-other
    }
}

impl Mul for &Share {
    type Output = Share;
    fn mul(self, other: Self) -> Share {
        if let (Fraction::Short { numer: a, denom: b }, Fraction::Short { numer: c, denom: d }) = (&self.0, &other.0) {
            let (a, b, c, d) = (i128::from(*a), i128::from(*b), i128::from(*c), i128::from(*d));
            return Share::reduced(a * c, b * d).expect("a denominator is not zero");
        }
        Share::of_ratio(self.to_long() * other.to_long())
    }
}

impl Sum for Share {
    fn sum<I: Iterator<Item = Self>>(shares: I) -> Self {
        shares.fold(Self::zero(), |total, share| &total + &share)
    }
}

impl fmt::Display for Share {
    /// Six decimals, halves away from zero, as in the data files: `0.611111`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const PLACES: u32 = 6;
        let rounded = self.rounded(PLACES);
        match &rounded.0 {
            Form::Short { digits, scale } => {
                write_decimal(formatter, i128::from(*digits) * i128::from(power(PLACES - scale)), PLACES)
            }
            Form::Long(long) => formatter.write_str(&long.with_scale(PLACES.into()).to_plain_string()),
        }
    }
}
