//! Puts texts into HTML, XML and addresses so that they stay texts.

use std::fmt::Write as _;

/// Appends a text as HTML or XML character data; it is safe inside quoted attributes too.
///
/// Control characters that XML 1.0 cannot hold become U+FFFD, so that a feed stays readable whatever a title contains.
pub fn push_text(out: &mut String, text: &str) {
    let mut clean = 0;
    for (place, character) in text.char_indices() {
        let replacement = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\t' | '\n' | '\r' => continue,
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[clean..place]);
        out.push_str(replacement);
        clean = place + character.len_utf8();
    }
    out.push_str(&text[clean..]);
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
