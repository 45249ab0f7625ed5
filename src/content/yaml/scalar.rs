//! Checks one scalar against its form: texts, ids, addresses and words here, figures and days in their own modules.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::node::Style;
use super::shape::Form;
use super::{dates, numbers, shortened, syntax};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A scalar as it is written.
pub(crate) struct Written<'a> {
    pub(crate) text: &'a str,
    pub(crate) style: Style,
    pub(crate) span: Span,
    /// The key whose value it is.
    pub(crate) key: &'a str,
}

impl Written<'_> {
    /// A mistake of that code in this scalar.
    pub(crate) fn mistake(&self, code: Code, wording: &'static str) -> Diagnostic {
        Diagnostic::new(code, self.span).worded(wording).with("key", self.key).with("found", shortened(self.text))
    }
}

/// Checks a scalar.
pub(crate) fn check(form: Form, written: &Written<'_>) -> Result<(), Diagnostic> {
    match form {
        Form::Text => text(written),
        Form::Id => id(written),
        Form::Reference => Ok(()),
        Form::Url => url(written),
        Form::BaseUrl => base_url(written),
        Form::Flag => flag(written),
        Form::Figure => numbers::figure(written),
        Form::Count => numbers::count(written),
        Form::Whole => numbers::whole(written),
        Form::Day => dates::day(written),
        Form::Period => dates::period(written),
        Form::DayOrPeriod => dates::day_or_period(written),
    }
}

/// Whether YAML reads a plain scalar as nothing.
pub(crate) fn is_null(text: &str) -> bool {
    matches!(text, "~" | "null" | "Null" | "NULL")
}

/// A text without quotes must not be anything else to YAML: `03` would lose its zero.
fn text(written: &Written<'_>) -> Result<(), Diagnostic> {
    if written.style == Style::Plain && is_not_text(written.text) {
        return Err(written
            .mistake(Code::WrongType, "wrong-type.text-unquoted")
            .with("right", syntax::quoted(&shortened(written.text))));
    }
    Ok(())
}

/// Whether YAML's core schema reads a plain scalar as null, a truth value or a number.
fn is_not_text(text: &str) -> bool {
    is_null(text) || matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE") || is_number(text)
}

fn is_number(text: &str) -> bool {
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.')) {
        return false;
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let all = |digits: &str, is_digit: fn(&u8) -> bool| !digits.is_empty() && digits.as_bytes().iter().all(is_digit);
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, u8::is_ascii_hexdigit);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, |digit| (b'0'..=b'7').contains(digit));
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    (!whole.is_empty() || !fraction.is_empty())
        && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit())
        && exponent.is_none_or(|exponent| all(exponent, u8::is_ascii_digit))
}

fn id(written: &Written<'_>) -> Result<(), Diagnostic> {
    let is_id = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    if is_id(written.text) {
        return Ok(());
    }
    let diagnostic = written.mistake(Code::BadId, "bad-id.form");
    let right = as_id(written.text);
    Err(if is_id(&right) {
        diagnostic.worded("bad-id.suggestion").with("right", shortened(&right))
    } else {
        diagnostic
    })
}

/// The nearest id to a text: lower case, without marks, `-` for all else.
pub(crate) fn as_id(text: &str) -> String {
    let mut id = String::new();
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => id.push(letter),
            'đ' | 'ð' => id.push('d'),
            _ if !id.ends_with('-') && !id.is_empty() => id.push('-'),
            _ => {}
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

fn url(written: &Written<'_>) -> Result<(), Diagnostic> {
    let is_plain = !written.text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    if is_plain && after_scheme(written.text).is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')) {
        return Ok(());
    }
    let bare: String = written.text.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect();
    let scheme = bare.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    if matches!(scheme.as_deref(), Some("javascript" | "data" | "vbscript" | "blob" | "filesystem")) {
        return Err(written.mistake(Code::UnsafeLink, "unsafe-link.url").with("scheme", scheme.unwrap_or_default()));
    }
    let diagnostic = written.mistake(Code::WrongType, "wrong-type.url");
    let is_host = |text: &str| {
        let host = text.split('/').next().unwrap_or_default();
        host.contains('.') && !host.contains([':', '@']) && !host.starts_with('.') && is_plain
    };
    let rest = written.text.trim_start_matches('/');
    Err(if is_host(rest) {
        diagnostic.worded("wrong-type.url-scheme").with("right", format!("https://{}", shortened(rest)))
    } else {
        diagnostic
    })
}

fn base_url(written: &Written<'_>) -> Result<(), Diagnostic> {
    url(written)?;
    if written.text.contains(['?', '#']) {
        return Err(written.mistake(Code::WrongType, "wrong-type.base-url"));
    }
    Ok(())
}

/// What follows `http://` or `https://`.
fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")).then_some(rest)
}

fn flag(written: &Written<'_>) -> Result<(), Diagnostic> {
    match (written.text, written.style) {
        ("true" | "false", Style::Plain) => Ok(()),
        _ => Err(written.mistake(Code::WrongType, "wrong-type.flag")),
    }
}
