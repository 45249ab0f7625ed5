//! Puts texts into HTML, XML and addresses so that they stay texts.

use std::fmt::Write as _;
use std::io::{self, Write};

/// The bytes at which a text has to be looked at: those that mean something in markup, and those with which characters begin
/// that XML cannot hold.
const IS_SUSPICIOUS: [bool; 256] = {
    let mut is_suspicious = [false; 256];
    let mut byte = 0;
    while byte < is_suspicious.len() {
        is_suspicious[byte] = byte < 0x20 || entity(byte as u8).is_some() || byte == 0xef;
        byte += 1;
    }
    is_suspicious
};

/// What stands for a character that means something in markup.
const fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}

/// Appends a text as HTML or XML character data; it is safe inside quoted attributes too.
///
/// Control characters that XML 1.0 cannot hold become U+FFFD, so that a feed stays readable whatever a title contains.
pub fn push_text(out: &mut String, text: &str) {
    let mut clean = 0;
    let mut at = 0;
    while let Some(found) = text.as_bytes()[at..].iter().position(|byte| IS_SUSPICIOUS[usize::from(*byte)]) {
        at += found;
        let byte = text.as_bytes()[at];
        let (replacement, length) = match entity(byte) {
            Some(entity) => (entity, 1),
            None if matches!(byte, b'\t' | b'\n' | b'\r') => ("", 0),
            None if byte < 0x20 => ("\u{fffd}", 1),
            None if text[at..].starts_with(['\u{fffe}', '\u{ffff}']) => ("\u{fffd}", 3),
            None => ("", 0),
        };
        if length > 0 {
            out.push_str(&text[clean..at]);
            out.push_str(replacement);
            clean = at + length;
        }
        at += length.max(1);
    }
    out.push_str(&text[clean..]);
}

/// Writes a text as HTML, for templates: letters stay as they are.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_html(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let bytes = text.as_bytes();
    let mut clean = 0;
    for (at, byte) in bytes.iter().enumerate() {
        // Most bytes are letters, and none of these is above `>`.
        if *byte <= b'>'
            && let Some(entity) = entity(*byte)
        {
            out.write_all(&bytes[clean..at])?;
            out.write_all(entity.as_bytes())?;
            clean = at + 1;
        }
    }
    out.write_all(&bytes[clean..])
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
