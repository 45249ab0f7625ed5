//! The sum of many shares.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use super::Share;
use super::share::Fraction;

/// How many different denominators are added exactly.
const EXACT: usize = 32;

/// To how many decimals each part of a sum of more denominators is rounded.
const PLACES: u32 = 40;

/// A sum of shares, to which any number can be added.
///
/// Exact as long as the shares have at most 32 different denominators, as those of one document do. Beyond that the
/// exact sum of a whole country would be a fraction of thousands of digits, and adding to it ever slower; the part of
/// each denominator is then rounded to 40 decimals, so that nothing that is shown can differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Total {
    /// Numerators by denominator.
    short: BTreeMap<i64, i128>,
    /// The sum of the shares that do not fit above, and how many they were.
    long: Option<Box<(Share, usize)>>,
}

impl Total {
    /// Adds a share.
    pub fn add(&mut self, share: &Share) {
        match share.fraction() {
            // Only more shares than a machine can hold would overflow.
            Fraction::Short { numer, denom } => *self.short.entry(*denom).or_default() += i128::from(*numer),
            Fraction::Long(_) => {
                let (sum, count) = self.long.take().map_or_else(|| (Share::zero(), 0), |long| *long);
                let part = if count < EXACT { share } else { &share.rounded(PLACES).to_share() };
                self.long = Some(Box::new((&sum + part, count + 1)));
            }
        }
    }

    /// What was added, in all.
    #[must_use]
    pub fn sum(&self) -> Share {
        let long = self.long.as_ref().map_or_else(Share::zero, |long| long.0.clone());
        if self.short.len() <= EXACT {
            let part = |(denom, numer): (&i64, &i128)| {
                Share::reduced(*numer, (*denom).into()).expect("a denominator is not zero")
            };
            return self.short.iter().map(part).fold(long, |total, part| &total + &part);
        }
        let scale = BigInt::from(10).pow(PLACES);
        // Halves away from zero, as everywhere.
        let rounded = |(denom, numer): (&i64, &i128)| {
            let doubled: BigInt = BigInt::from(*numer) * &scale * 2;
            let half = if *numer < 0 { -*denom } else { *denom };
            (doubled + half) / (BigInt::from(*denom) * 2)
        };
        let sum = self.short.iter().map(rounded).sum();
        &Share::of_long(sum, scale.clone()) + &long
    }
}
