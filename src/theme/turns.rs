//! Lets a page count the turns of its loops: a call is put at the start of each loop's body in a site's own templates.
//!
//! Tera has no such count, and a loop that writes nothing is stopped by no limit of what is written. Our own templates
//! loop over what they show and are left as they are.

use std::ops::Range;

/// What counts a turn, as a template calls it.
pub(crate) const TURN: &str = "_turn";

/// A template with its loops counted.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) text: String,
    /// Where something was put in, in [`Self::text`], and how long it is.
    inserted: Vec<(usize, usize)>,
    /// A loop inside an expression, in the text as it was: nothing can count its turns.
    pub(super) comprehension: Option<Range<usize>>,
}

impl Counted {
    /// Puts a call into each loop.
    pub(super) fn new(template: &str) -> Self {
        let mut counted = Self::default();
        let mut at = 0;
        while let Some(start) = template[at..].find('{').map(|start| at + start) {
            let rest = &template[start..];
            let end = if rest.starts_with("{#") {
                rest.find("#}").map_or(rest.len(), |end| end + 2)
            } else if let Some(end) = raw(rest) {
                end
            } else if rest.starts_with("{{") || rest.starts_with("{%") {
                counted.tag(template, start)
            } else {
                1
            };
            counted.text.push_str(&template[at..start + end]);
            at = start + end;
            if is_loop(&template[start..at]) {
                // A tag that takes the white space behind it away goes on doing so.
                let dash = if template[..at].ends_with("-%}") { "-" } else { "" };
                let call = format!("{{{{ {TURN}() {dash}}}}}");
                counted.inserted.push((counted.text.len(), call.len()));
                counted.text.push_str(&call);
            }
        }
        counted.text.push_str(&template[at..]);
        counted
    }

    /// The place in the template as it was that a place in [`Self::text`] stands for; what was put in stands for the
    /// end of its loop's tag.
    pub(super) fn original(&self, place: usize) -> usize {
        let before = |(at, length): &(usize, usize)| (*length).min(place.saturating_sub(*at));
        place - self.inserted.iter().map(before).sum::<usize>()
    }

    /// The length of the tag that starts there, to behind its end; notes a loop inside an expression.
    fn tag(&mut self, template: &str, start: usize) -> usize {
        let rest = &template[start..];
        let close = if rest.starts_with("{{") { "}}" } else { "%}" };
        let mut at = 2;
        let mut words = 0;
        while let Some(letter) = rest[at..].chars().next() {
            if rest[at..].starts_with(close) {
                return at + 2;
            }
            let length = match letter {
                '"' | '\'' | '`' => quoted(&rest[at..], letter),
                _ if is_of_word(letter) => rest[at..].find(|letter| !is_of_word(letter)).unwrap_or(rest.len() - at),
                _ => letter.len_utf8(),
            };
            let word = &rest[at..at + length];
            if is_of_word(letter) {
                words += 1;
                let is_statement = close == "%}" && words == 1;
                let is_name = rest[..at].ends_with('.') || rest[at + length..].trim_start().starts_with('=');
                if word == "for" && !is_statement && !is_name && self.comprehension.is_none() {
                    self.comprehension = Some(start + at..start + at + length);
                }
            }
            at += length;
        }
        rest.len()
    }
}

/// Whether a tag begins a loop.
fn is_loop(tag: &str) -> bool {
    let inside = tag.strip_prefix("{%").map(|inside| inside.strip_prefix('-').unwrap_or(inside).trim_start());
    let after = inside.and_then(|inside| inside.strip_prefix("for"));
    after.is_some_and(|after| !after.starts_with(is_of_word)) && tag.ends_with("%}")
}

fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// The length of a text in quotation marks, with them.
fn quoted(text: &str, mark: char) -> usize {
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            letter if letter == mark => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a block of raw text that starts here, with both its tags.
fn raw(text: &str) -> Option<usize> {
    let opened = bare_tag(text, "raw")?;
    let mut at = opened;
    loop {
        at += text[at..].find("{%")?;
        if let Some(closed) = bare_tag(&text[at..], "endraw") {
            return Some(at + closed);
        }
        at += 2;
    }
}

/// The length of a tag of nothing but this name.
fn bare_tag(text: &str, name: &str) -> Option<usize> {
    let inside = text.strip_prefix("{%")?;
    let inside = inside.strip_prefix('-').unwrap_or(inside).trim_ascii_start();
    let after = inside.strip_prefix(name)?.trim_ascii_start();
    let after = after.strip_prefix('-').unwrap_or(after).strip_prefix("%}")?;
    Some(text.len() - after.len())
}

#[cfg(test)]
mod tests {
    use super::Counted;

    #[test]
    fn every_loop_has_one_call_and_nothing_else_has() {
        for (template, expected) in [
            ("{% for a in b %}x{% endfor %}", "{% for a in b %}{{ _turn() }}x{% endfor %}"),
            ("{%- for a in b -%} x {%- endfor -%}", "{%- for a in b -%}{{ _turn() -}} x {%- endfor -%}"),
            ("{%for a in b%}{%for c in \"%}\"%}", "{%for a in b%}{{ _turn() }}{%for c in \"%}\"%}{{ _turn() }}"),
            ("{# {% for a in b %} #}", "{# {% for a in b %} #}"),
            ("{% raw %}{% for a in b %}{% endraw %}", "{% raw %}{% for a in b %}{% endraw %}"),
            ("{{ '{% for a in b %}' }}", "{{ '{% for a in b %}' }}"),
            ("{{ \"\\\"}}{% for a in b %}\" }}", "{{ \"\\\"}}{% for a in b %}\" }}"),
            ("{% format %}{% if form %} { %} {x", "{% format %}{% if form %} { %} {x"),
            ("{% for đ", "{% for đ"),
            ("{{ \"x", "{{ \"x"),
        ] {
            assert_eq!(Counted::new(template).text, expected);
        }
    }

    #[test]
    fn places_are_those_of_the_template() {
        let template = "Đ{% for a in b %}{{ c }}{% for d in e %}{{ f }}";
        let counted = Counted::new(template);
        for word in ["Đ", "{{ c", "{% for d", "{{ f"] {
            let (now, then) = (counted.text.find(word).expect("kept"), template.find(word).expect("there"));
            assert_eq!(counted.original(now), then, "{word}");
        }
        let call = counted.text.find("{{ _turn").expect("put in");
        assert_eq!(counted.original(call + 3), template.find("{{ c").expect("there"));
        assert_eq!(counted.original(counted.text.len()), template.len());
    }

    #[test]
    fn a_loop_in_an_expression_is_noted() {
        for (template, place) in [
            ("{{ [a for a in b] }}", Some(6..9)),
            ("{% for x in [a for a in b] %}", Some(15..18)),
            ("{% set x = [a for a in b] %}", Some(14..17)),
            ("{{ a.for }}{{<label for={a} />}}{{ 'for' }}{% for a in b %}", None),
        ] {
            assert_eq!(Counted::new(template).comprehension, place, "{template}");
        }
    }
}
