//! Says in an office worker's words why a text is no YAML.
//!
//! The parser names the rule that was broken and where it noticed; this finds the usual cause and its place: a tab, a
//! colon within a text, a quote that was never closed.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::parse::MAX_DEPTH;
use super::shortened;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceId, Span};

/// Where reading stopped.
pub(crate) struct Context<'text> {
    pub(crate) text: &'text str,
    pub(crate) file: SourceId,
    /// The YAML within the text.
    pub(crate) range: Range<usize>,
    /// Where the parser noticed.
    pub(crate) at: usize,
    /// The end of the last value that was read.
    pub(crate) last_end: usize,
    /// The innermost bracket that is still open.
    pub(crate) bracket: Option<usize>,
}

/// The lines that a merge of versions leaves behind begin so; `load` reports them.
const CONFLICT_MARKERS: [&str; 3] = ["<<<<<<< ", "=======", ">>>>>>> "];

/// Words the mistake; `None` where its cause was reported already, when the file was loaded.
pub(crate) fn explain(kind: &ErrorKind, context: &Context<'_>) -> Option<Diagnostic> {
    use ErrorKind as E;
    let yaml = &context.text[context.range.clone()];
    if yaml.lines().any(|line| CONFLICT_MARKERS.iter().any(|marker| line.starts_with(marker))) {
        return None;
    }
    if context.next_char().is_some_and(|next| next.is_control() && !matches!(next, '\t' | '\n' | '\r')) {
        return None;
    }
    Some(match kind {
        E::RecursionLimitExceeded => Diagnostic::new(Code::TooLarge, context.letter(context.at))
            .worded("too-large.nesting")
            .with("limit", MAX_DEPTH),
        E::DirectiveDisallowed => Diagnostic::new(Code::YamlUnsupported, context.rest_of_line(context.at))
            .worded("yaml-unsupported.directive"),
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabAtBlockScalarStart
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::InvalidBlockEntryWhitespace
        | E::InvalidMappingValueWhitespace => context.tab(),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => context.escape(),
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => {
            context.open_quote()
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => context.after_quote(),
        E::MismatchedFlowCollectionEnd { open, close } => context
            .report(context.letter(context.at), "yaml-syntax.bracket-mismatch")
            .with("open", open)
            .with("found", close)
            .with("close", closing(*open)),
        E::MisplacedFlowCollectionEnd => {
            context.report(context.letter(context.at), "yaml-syntax.bracket-close").with("found", context.found())
        }
        E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::UnclosedFlowCollection { .. } => context.open_bracket(),
        E::MappingValueNotAllowed
        | E::InvalidColonPlacement
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::FlowMappingValueAdjacentCollection
        | E::MappingKeyNotAllowed => context.colon(),
        E::SimpleKeyExpected | E::InvalidSimpleKey => context.no_key(),
        E::UnexpectedCharacter { .. }
        | E::MissingAnchorOrAliasName
        | E::InvalidBlockScalarHeader
        | E::ZeroBlockScalarIndent
        | E::UnexpectedEofBlockMapping
        | E::UnexpectedEofBlockSequence
        | E::ExpectedNodeContent
        | E::PlainScalarStartsWithDashFlowIndicator => context.first_letter(),
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => {
            context.report(context.letter(context.at), "yaml-syntax.list-on-line")
        }
        E::ExpectedBlockMappingKey => context.no_block_key(),
        E::ExpectedBlockSequenceEntry
        | E::InvalidIndentation
        | E::InvalidBlockScalarIndent
        | E::InvalidFlowScalarIndent => context.indentation(),
        _ => context.report(context.rest_of_line(context.at), "yaml-syntax"),
    })
}

impl Context<'_> {
    fn report(&self, place: Span, wording: &'static str) -> Diagnostic {
        Diagnostic::new(Code::YamlSyntax, place).worded(wording)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn next_char(&self) -> Option<char> {
        self.text[self.at..self.range.end].chars().next()
    }

    fn found(&self) -> String {
        self.next_char().map(String::from).unwrap_or_default()
    }

    /// The letter at that place, or nothing at the end.
    fn letter(&self, at: usize) -> Span {
        let length = self.text[at..self.range.end].chars().next().map_or(0, char::len_utf8);
        self.span(at, at + length)
    }

    /// The line of that place, without its end.
    fn line(&self, at: usize) -> Range<usize> {
        let start =
            self.text[self.range.start..at].rfind('\n').map_or(self.range.start, |end| self.range.start + end + 1);
        let rest = &self.text[start..self.range.end];
        start..start + rest.lines().next().map_or(0, str::len)
    }

    fn rest_of_line(&self, at: usize) -> Span {
        let end = self.line(at).end.max(at);
        self.span(at, at + self.text[at..end].trim_end().len())
    }

    /// What stands in a line, without its indentation.
    fn trimmed(&self, line: Range<usize>) -> Span {
        let indentation = self.text[line.clone()].len() - self.text[line.clone()].trim_start().len();
        self.rest_of_line(line.start + indentation)
    }

    fn tab(&self) -> Diagnostic {
        let start = self.line(self.at).start;
        let tab = self.text[start..self.range.end].split_inclusive('\n').scan(start, |offset, line| {
            let here = *offset;
            *offset += line.len();
            Some((here, line))
        });
        let tab = tab.into_iter().find_map(|(here, line)| {
            let blanks = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
            line[..blanks].find('\t').map(|offset| here + offset)
        });
        let tab = tab.or_else(|| self.text[self.at..self.range.end].find('\t').map(|offset| self.at + offset));
        match tab {
            Some(tab) => self.report(self.letter(tab), "yaml-syntax.tab"),
            None => self.report(self.rest_of_line(self.at), "yaml-syntax"),
        }
    }

    fn escape(&self) -> Diagnostic {
        let bytes = self.text.as_bytes();
        let mut index = self.at;
        while index + 1 < self.range.end {
            if bytes[index] == b'\\' {
                let next = self.text[index + 1..self.range.end].chars().next().unwrap_or('\n');
                if !matches!(next, '\n' | '\r') && !"0abt\tnvfre \"/\\N_LP".contains(next) {
                    let place = self.span(index, index + 1 + next.len_utf8());
                    return self.report(place, "yaml-syntax.escape").with("found", format!("\\{next}"));
                }
                index += 1;
            }
            index += 1;
        }
        self.report(self.rest_of_line(self.at), "yaml-syntax.escape").with("found", "\\")
    }

    /// The quote that opens the value after the last one that was read.
    fn quote(&self) -> Option<usize> {
        self.text[self.last_end..self.at.max(self.last_end)].find(['"', '\'']).map(|offset| self.last_end + offset)
    }

    fn open_quote(&self) -> Diagnostic {
        let quote = self.quote().unwrap_or(self.at);
        self.report(self.rest_of_line(quote), "yaml-syntax.quote")
    }

    fn after_quote(&self) -> Diagnostic {
        match self.quote() {
            Some(quote) if self.text[quote..self.at].contains('\n') => self.open_quote(),
            _ => {
                let place = self.rest_of_line(self.at);
                let line = self.line(self.at);
                let diagnostic = self.report(place, "yaml-syntax.after-quote");
                match self.text[line.clone()].find(": ") {
                    Some(colon) if self.bracket.is_none() => {
                        let value = self.text[line.start + colon + 2..line.end].trim();
                        diagnostic.with("right", quoted(&shortened(value)))
                    }
                    _ => diagnostic.worded("yaml-syntax.after-quote-inside"),
                }
            }
        }
    }

    fn open_bracket(&self) -> Diagnostic {
        let bracket = self.bracket.unwrap_or(self.at);
        let open = self.text[bracket..].chars().next().unwrap_or('{');
        self.report(self.letter(bracket), "yaml-syntax.bracket").with("open", open).with("close", closing(open))
    }

    /// A colon where none may stand: within a text without quotes, or after a key that lacks its own.
    fn colon(&self) -> Diagnostic {
        let line = self.line(self.at);
        let before = &self.text[line.start..self.at];
        if let Some(bracket) = self.bracket {
            if bracket < line.start || self.next_char() != Some(':') {
                return self.open_bracket();
            }
            return self.report(self.letter(self.at), "yaml-syntax.colon-inside");
        }
        if let Some(colon) = before.find(": ") {
            let value = self.text[line.start + colon + 2..line.end].trim();
            let key = self.text[line.start..line.start + colon].trim_start_matches([' ', '-']);
            let variant = if value.starts_with(['“', '”', '‘', '’', '„', '«']) {
                "yaml-syntax.typographic-quotes"
            } else {
                "yaml-syntax.colon"
            };
            let value = value.trim_matches(['“', '”', '‘', '’', '„', '«', '»']);
            return self
                .report(self.letter(self.at), variant)
                .with("right", format!("{}: {}", shortened(key), quoted(&shortened(value))));
        }
        // The text before the colon may have begun on the line above.
        let above = self.text[self.range.start..line.start].trim_end();
        let above = self.line(self.range.start + above.len());
        if let Some(diagnostic) = self.missing_space(above.clone()) {
            return diagnostic;
        }
        let written = self.text[above.clone()].trim();
        if !written.is_empty() && !written.contains(": ") && !written.ends_with(':') {
            return self.report(self.trimmed(above), "yaml-syntax.no-colon");
        }
        self.indentation()
    }

    /// A line that is neither `key: value` nor a list item.
    fn no_key(&self) -> Diagnostic {
        let line = self.line(self.at);
        self.missing_space(line.clone()).unwrap_or_else(|| self.report(self.trimmed(line), "yaml-syntax.no-colon"))
    }

    /// `key:value`, where YAML wants a space after the colon.
    fn missing_space(&self, line: Range<usize>) -> Option<Diagnostic> {
        let written = &self.text[line.clone()];
        let key = written.trim_start_matches([' ', '-']);
        let (name, value) = key.split_once(':')?;
        let is_key = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        if !is_key || value.starts_with([' ', '/']) || value.is_empty() {
            return None;
        }
        let colon = line.end - value.len() - 1;
        let right = format!("{name}: {}", shortened(value.trim()));
        Some(self.report(self.span(colon, colon + 1), "yaml-syntax.space").with("right", right))
    }

    /// A letter with which a text without quotes cannot begin.
    fn first_letter(&self) -> Diagnostic {
        let place = self.rest_of_line(self.at);
        if place.start == place.end {
            return self.report(self.trimmed(self.line(self.at)), "yaml-syntax");
        }
        self.report(self.letter(self.at), "yaml-syntax.first-letter")
            .with("found", self.found())
            .with("right", quoted(&shortened(&self.text[place.range()])))
    }

    fn no_block_key(&self) -> Diagnostic {
        let line = self.line(self.at);
        let before = self.text[line.start..self.at].trim();
        if before.ends_with([']', '}', '"', '\'']) {
            return self.report(self.rest_of_line(self.at), "yaml-syntax.after-bracket");
        }
        if self.text[line.clone()].trim_start().starts_with("- ") {
            return match self.key_in_remark(&line) {
                Some(key) => self.report(self.trimmed(line), "yaml-syntax.list-item-remark").with("key", key),
                None => self.report(self.trimmed(line), "yaml-syntax.list-item"),
            };
        }
        if !before.is_empty() {
            return self.report(self.rest_of_line(self.at), "yaml-syntax");
        }
        self.indentation()
    }

    /// The key that a list item belongs to, where the mark of a remark still stands before it: skeletons have both.
    fn key_in_remark(&self, item: &Range<usize>) -> Option<&str> {
        let depth = |line: &str| line.len() - line.trim_start().len();
        let own = depth(&self.text[item.clone()]);
        let above = self.text[..item.start].lines().rev();
        let mut remarks =
            above.map_while(|line| if line.trim().is_empty() { Some("") } else { line.strip_prefix("# ") });
        remarks.find_map(|line| line.trim().strip_suffix(':').filter(|key| depth(line) < own && !key.contains(' ')))
    }

    fn indentation(&self) -> Diagnostic {
        self.report(self.trimmed(self.line(self.at)), "yaml-syntax.indentation")
    }
}

fn closing(open: char) -> char {
    if open == '[' { ']' } else { '}' }
}

/// The text in quotes that keep it whole.
pub(crate) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// A text that is no mapping because its only colon lacks a space behind it.
pub(crate) fn no_mapping(text: &str, file: SourceId, range: Range<usize>) -> Option<Diagnostic> {
    let context = Context { text, file, at: range.start, last_end: range.start, bracket: None, range };
    let mut start = context.range.start;
    while start < context.range.end {
        let line = context.line(start);
        if let Some(diagnostic) = context.missing_space(line.clone()) {
            return Some(diagnostic);
        }
        start = text[line.end..context.range.end].find('\n').map_or(context.range.end, |end| line.end + end + 1);
    }
    None
}
