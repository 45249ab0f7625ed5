//! Puts texts into HTML, XML and addresses so that they stay texts.

use std::fmt::Write as _;
use std::io::{self, Write};

/// What stands for a character that means something in markup.
fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}

/// Some of the bytes, to look them up: a text is gone through byte by byte, and most have nothing to be looked at.
struct Bytes([bool; 256]);

/// The bytes that mean something in markup.
static MARKUP: Bytes = Bytes::of(b"&<>\"'", 0);

/// The same and those with which characters begin that XML cannot hold.
static DOUBTFUL: Bytes = Bytes::of(b"&<>\"'\xef", 0x20);

impl Bytes {
    /// These bytes, and all below a limit.
    const fn of(bytes: &[u8], limit: usize) -> Self {
        let mut are_of = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            are_of[bytes[at] as usize] = true;
            at += 1;
        }
        let mut byte = 0;
        while byte < limit {
            are_of[byte] = true;
            byte += 1;
        }
        Self(are_of)
    }

    /// How many bytes stand before the first of these.
    fn clean(&self, bytes: &[u8]) -> usize {
        bytes.iter().position(|byte| self.0[usize::from(*byte)]).unwrap_or(bytes.len())
    }
}

/// Appends a text as HTML or XML character data; it is safe inside quoted attributes too.
///
/// Control characters that XML 1.0 cannot hold become U+FFFD, so that a feed stays readable whatever a title contains.
pub fn push_text(out: &mut String, text: &str) {
    let mut rest = text;
    loop {
        let (plain, doubtful) = rest.split_at(DOUBTFUL.clean(rest.as_bytes()));
        out.push_str(plain);
        let mut letters = doubtful.chars();
        match letters.next() {
            None => return,
            Some(letter @ ('\t' | '\n' | '\r')) => out.push(letter),
            Some('\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            Some(letter) => match u8::try_from(letter).ok().and_then(entity) {
                Some(entity) => out.push_str(entity),
                None => out.push(letter),
            },
        }
        rest = letters.as_str();
    }
}

/// Writes a text as HTML, for templates: letters stay as they are.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_html(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = text.as_bytes();
    loop {
        let (plain, marked) = rest.split_at(MARKUP.clean(rest));
        out.write_all(plain)?;
        let Some((entity, after)) = marked.split_first().and_then(|(byte, after)| Some((entity(*byte)?, after))) else {
            return Ok(());
        };
        out.write_all(entity.as_bytes())?;
        rest = after;
    }
}

/// The text as HTML or XML character data.
#[must_use]
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    push_text(&mut out, text);
    out
}

/// Percent-encodes the path of a file so that it is one relative address: `văn bản.pdf` is `v%C4%83n%20b%E1%BA%A3n.pdf`.
#[must_use]
pub fn path(path: &str) -> String {
    encode(path, |byte| byte.is_ascii_alphanumeric() || b"/-._~!$()*+,;=@".contains(&byte))
}

/// Percent-encodes what an absolute address must not hold as it is; what is already encoded stays.
#[must_use]
pub fn url(url: &str) -> String {
    encode(url, |byte| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@%?#[]".contains(&byte))
}

fn encode(text: &str, plain: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a string can be written to");
        }
    }
    out
}

/// Takes percent-encoding out of an address; `None` where the result is no UTF-8 text.
#[must_use]
pub fn decode(address: &str) -> Option<String> {
    if !address.contains('%') {
        return Some(address.to_owned());
    }
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = |place: usize| char::from(*after.get(place)?).to_digit(16);
        rest = after;
        match (byte, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).expect("two hexadecimal digits are a byte"));
                rest = &after[2..];
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stays_text() {
        assert_eq!(text("a"), "a");
        assert_eq!(text("<b> & \"c\" 'd'"), "&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
        assert_eq!(text("một\thai\n\u{0}\u{1b}"), "một\thai\n\u{fffd}\u{fffd}");
        assert_eq!(text("\u{fffd}\u{fffe}ｘ\u{ffff}<\u{feff}"), "\u{fffd}\u{fffd}ｘ\u{fffd}&lt;\u{feff}");
    }

    #[test]
    fn what_templates_write_is_escaped_at_any_place() {
        for length in 0..40 {
            let before = "ắ".repeat(length / 3) + &"a".repeat(length % 3);
            for (letter, escaped) in
                [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"), ("đ", "đ")]
            {
                let mut html = Vec::new();
                write_html(&format!("{before}{letter}{letter}{before}{letter}"), &mut html)
                    .expect("memory can be written to");
                assert_eq!(
                    String::from_utf8(html).as_deref(),
                    Ok(&*format!("{before}{escaped}{escaped}{before}{escaped}"))
                );
                assert_eq!(text(&format!("{before}{letter}{before}")), format!("{before}{escaped}{before}"));
            }
        }
    }

    #[test]
    fn paths_survive_encoding() {
        for original in ["a/b.pdf", "văn bản (1).pdf", "100%.pdf", "a?b#c:d&e'f\"g<h>.pdf"] {
            let encoded = path(original);
            assert!(encoded.is_ascii() && !encoded.contains(['?', '#', ':', '&', '"', '\'', '<', ' ']), "{encoded}");
            assert_eq!(decode(&encoded).as_deref(), Some(original));
        }
        assert_eq!(decode("%e1%ba"), None);
        assert_eq!(decode("100%"), Some("100%".to_owned()));
        assert_eq!(url("https://a.example/đ?q=1&r=%20#x"), "https://a.example/%C4%91?q=1&r=%20#x");
    }
}
