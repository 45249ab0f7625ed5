//! Checks figures, and says how a figure that is written otherwise should be written.

use super::node::Style;
use super::scalar::Written;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::quantity::{FigureError, Quantity};

/// A figure: `-?digits[.digits]`.
pub(crate) fn figure(written: &Written<'_>) -> Result<(), Diagnostic> {
    match Quantity::parse(written.text) {
        Ok(_) if written.style == Style::Plain => Ok(()),
        Ok(_) => Err(mistake(written, "bad-number.quoted").with("right", written.text)),
        Err(FigureError::TooManyDigits) => {
            Err(mistake(written, "bad-number.digits").with("limit", Quantity::MAX_DIGITS))
        }
        Err(FigureError::Form) => Err(explain(written)),
    }
}

/// A whole number from 0 on.
pub(crate) fn count(written: &Written<'_>) -> Result<(), Diagnostic> {
    figure(written)?;
    written.text.parse::<u32>().map(|_| ()).map_err(|_| mistake(written, "bad-number.count"))
}

/// A whole number.
pub(crate) fn whole(written: &Written<'_>) -> Result<(), Diagnostic> {
    figure(written)?;
    written.text.parse::<i32>().map(|_| ()).map_err(|_| mistake(written, "bad-number.whole"))
}

fn mistake(written: &Written<'_>, wording: &'static str) -> Diagnostic {
    written.mistake(Code::BadNumber, wording)
}

/// A figure with three decimals, as thousands are written in Vietnam: `1.250` is one and a quarter here, and was
/// perhaps meant to be a thousand and more.
pub(crate) fn perhaps_thousands(written: &Written<'_>) -> Option<Diagnostic> {
    let (whole, fraction) = written.text.split_once('.')?;
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    if fraction.len() != 3 || unsigned.len() > 3 || unsigned == "0" {
        return None;
    }
    let mut diagnostic = written
        .mistake(Code::AmbiguousFigure, Code::AmbiguousFigure.as_str())
        .with("whole", format!("{whole}{fraction}"))
        .with("decimal", clear_decimals(whole, fraction));
    diagnostic.severity = Severity::Warning;
    Some(diagnostic)
}

/// Three decimals written so that nobody takes them for thousands.
fn clear_decimals(whole: &str, fraction: &str) -> String {
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        short if short.len() < fraction.len() => format!("{whole}.{short}"),
        _ => format!("{whole}.{fraction}0"),
    }
}

/// Finds out what was meant.
fn explain(written: &Written<'_>) -> Diagnostic {
    let text = written.text.trim();
    // Curved quotes are no quotes to YAML.
    let unquoted = text.trim_matches(['“', '”', '„', '‘', '’', '"', '\'', '«', '»']).trim();
    if unquoted.len() < text.len()
        && let Some(right) = as_figure(unquoted)
    {
        return mistake(written, "bad-number.quoted").with("right", right);
    }
    if written.key == "target"
        && let Some((min, max)) = text.split_once(['-', '–', '—'])
        && let (Some(min), Some(max)) = (as_figure(min.trim()), as_figure(max.trim()))
    {
        return mistake(written, "bad-number.range").with("right", format!("{{min: {min}, max: {max}}}"));
    }
    let lower = text.to_ascii_lowercase();
    if matches!(lower.trim_start_matches(['-', '+']), ".nan" | "nan" | ".inf" | "inf" | "infinity") {
        return mistake(written, "bad-number.not-finite");
    }
    if let Some((part, whole)) = text.split_once('/')
        && let (Some(part), Some(whole)) = (as_figure(part.trim()), as_figure(whole.trim()))
    {
        return mistake(written, "bad-number.fraction").with("part", part).with("whole", whole);
    }
    if let Some(share) = text.strip_suffix(['%', '٪'])
        && let Some(right) = as_figure(share.trim())
    {
        return mistake(written, "bad-number.percent").with("right", right);
    }
    if let Some((whole, decimal)) = ambiguous(text) {
        return mistake(written, "bad-number.ambiguous").with("whole", whole).with("decimal", decimal);
    }
    if let Some(right) = decimal_comma(text) {
        return mistake(written, "bad-number.comma").with("right", right);
    }
    if let Some(right) = as_figure(text) {
        return mistake(written, "bad-number.form").with("right", right);
    }
    // `150 doanh nghiệp`, `khoảng 62`, `> 90`.
    let word =
        text.split_whitespace().find_map(|word| as_figure(word.trim_matches(['~', '<', '>', '≥', '≤', '=', '%'])));
    match word {
        Some(right) => mistake(written, "bad-number.words").with("right", right),
        None => mistake(written, "bad-number"),
    }
}

/// The figure that a text in some other notation most likely means, in ours.
fn as_figure(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let plain = integer_notation(unsigned)
        .or_else(|| exponent(unsigned))
        .or_else(|| grouped(unsigned))
        .or_else(|| decimal_comma(unsigned))
        .or_else(|| loose(unsigned))?;
    let figure = format!("{sign}{plain}");
    Quantity::parse(&figure).is_ok().then_some(figure)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `0x10`, `0o17`, `0b11`.
fn integer_notation(text: &str) -> Option<String> {
    let radix = match text.get(..2)?.to_ascii_lowercase().as_str() {
        "0x" => 16,
        "0o" => 8,
        "0b" => 2,
        _ => return None,
    };
    u64::from_str_radix(&text[2..], radix).ok().map(|value| value.to_string())
}

/// `1e3`, `1.5e-2`; as far as the digits last.
fn exponent(text: &str) -> Option<String> {
    let (mantissa, power) = text.split_once(['e', 'E'])?;
    let power: i32 = power.parse().ok().filter(|power: &i32| power.abs() <= 28)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if !is_digits(&format!("{whole}{fraction}")) {
        return None;
    }
    let point = i32::try_from(whole.len()).ok()? + power;
    let digits = format!("{whole}{fraction}");
    let plain = match usize::try_from(point) {
        Ok(point) if point >= digits.len() => format!("{digits}{}", "0".repeat(point - digits.len())),
        Ok(point) => format!("{}.{}", &digits[..point], &digits[point..]),
        Err(_) => format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize)),
    };
    loose(&plain)
}

/// `1_000`, `1 000`, `1'000`, `1.234.567`, `1,234,567`, `1.234,5`, `1,234.5`: groups of three.
fn grouped(text: &str) -> Option<String> {
    let separators = ['_', ' ', '\u{A0}', '\u{202F}', '\'', '’', '.', ','];
    let separator = text.chars().find(|letter| separators.contains(letter))?;
    let other = match separator {
        ',' => '.',
        '.' => ',',
        // `1 234,5` and `1_234.5`.
        _ if text.contains(',') => ',',
        _ => '.',
    };
    let (whole, fraction) = match text.split_once(other) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let groups: Vec<&str> = whole.split(separator).collect();
    let are_thousands = groups.len() > 1
        && groups[1..].iter().all(|group| group.len() == 3)
        && (1..=3).contains(&groups[0].len())
        && groups.iter().all(|group| is_digits(group));
    // One group behind a point or a comma may as well be decimals.
    let is_clear = groups.len() > 2 || fraction.is_some() || !matches!(separator, '.' | ',');
    if !are_thousands || !is_clear || fraction.is_some_and(|fraction| !is_digits(fraction)) {
        return None;
    }
    let whole = groups.concat();
    loose(&fraction.map_or(whole.clone(), |fraction| format!("{whole}.{fraction}")))
}

/// `53,5`, unless three digits follow.
fn decimal_comma(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once(',')?;
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    let right = format!("{whole}.{}", fraction.trim());
    (is_digits(unsigned) && is_digits(fraction.trim()) && Quantity::parse(&right).is_ok()).then_some(right)
}

/// `1,234`, which is a thousand and more to some and one and a bit to others.
fn ambiguous(text: &str) -> Option<(String, String)> {
    let (whole, fraction) = text.split_once(',')?;
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    let is_group = fraction.len() == 3 && is_digits(fraction) && is_digits(unsigned);
    (is_group && unsigned.len() <= 3 && !unsigned.starts_with('0'))
        .then(|| (format!("{whole}{fraction}"), clear_decimals(whole, fraction)))
}

/// `08`, `.5`, `5.`.
fn loose(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !(is_digits(whole) || whole.is_empty() && is_digits(fraction)) || !(fraction.is_empty() || is_digits(fraction)) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}
