//! Reads the plain block style straight into a type, without a tree between.
//!
//! Invariant: what is read is what reading the tree gives, or nothing. No mistake is looked for, so this is for texts in
//! which none was found before; at anything that is not as expected this reader gives up, and the text is read with a
//! tree. Tests hold the two against each other.

use serde::de::value::{Error, U32Deserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess};
use serde::de::{Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::de::{KeyDeserializer, scalars};
use super::node::Key;
use super::parse::MAX_DEPTH;
use super::plain::{Line, Reader, key_length};
use super::values::SPANNED;
use crate::source::SourceId;

/// Reads the YAML in `text[start..end]`; `None` where it is not plain, or not as the type wants it.
pub(super) fn read<T: DeserializeOwned>(text: &str, file: SourceId, start: usize, end: usize) -> Option<T> {
    let reader = Reader::new(text, file, start, end)?;
    let mut run = Run { reader, last: start, depth: 0 };
    let value = T::deserialize(Value { run: &mut run, place: Place::Block }).ok()?;
    run.reader.line.is_none().then_some(value)
}

/// The depth of the lists that a whole text is about.
const OUTER: usize = 2;

/// One reading of one text.
struct Run<'text> {
    reader: Reader<'text>,
    /// Where the last value ends that was read.
    last: usize,
    depth: usize,
}

/// Where a value stands.
#[derive(Clone, Copy)]
enum Place {
    /// On the rest of a line.
    Scalar { start: usize, end: usize },
    /// It begins with the line that comes next.
    Block,
}

/// A value that is to be read.
struct Value<'run, 'text> {
    run: &'run mut Run<'text>,
    place: Place,
}

fn not_plain() -> Error {
    Error::custom("not plain")
}

impl<'text> Value<'_, 'text> {
    fn text(self) -> Result<&'text str, Error> {
        let Place::Scalar { start, end } = self.place else { return Err(not_plain()) };
        let (inner, _) = self.run.reader.text_in(start, end).ok_or_else(not_plain)?;
        self.run.last = end;
        self.run.reader.advance();
        Ok(self.run.reader.written(inner))
    }

    fn number<T: std::str::FromStr>(self) -> Result<T, Error> {
        let text = self.text()?;
        text.parse().map_err(|_| Error::invalid_value(Unexpected::Str(text), &"a number"))
    }

    /// Where it begins.
    fn start(&self) -> Result<usize, Error> {
        match self.place {
            Place::Scalar { start, .. } => Ok(start),
            Place::Block => self.run.reader.line.map(|line| line.start).ok_or_else(not_plain),
        }
    }
}

impl<'de> Deserializer<'de> for Value<'_, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if matches!(self.place, Place::Scalar { .. }) {
            return visitor.visit_str(self.text()?);
        }
        let run = self.run;
        let indent = run.reader.line.ok_or_else(not_plain)?.indent;
        run.depth += 1;
        if run.depth >= MAX_DEPTH {
            return Err(not_plain());
        }
        let read = if run.reader.is_item() {
            visitor.visit_seq(Items { run: &mut *run, indent })
        } else {
            visitor.visit_map(Pairs { run: &mut *run, indent, line: None })
        };
        run.depth -= 1;
        read
    }

    scalars!();

    /// A list of one may be written without its list.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.place {
            Place::Block if self.run.reader.is_item() => self.deserialize_any(visitor),
            _ => visitor.visit_seq(Only(Some(self))),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        if name == SPANNED {
            let start = self.start()?;
            visitor.visit_seq(Spanned { place: Some(self.place), start, asked: 0, run: self.run })
        } else {
            visitor.visit_newtype_struct(self)
        }
    }
}

/// The value of a list of one.
struct Only<'run, 'text>(Option<Value<'run, 'text>>);

impl<'de> SeqAccess<'de> for Only<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.take().map(|value| seed.deserialize(value)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.iter().len())
    }
}

/// The items of a list.
struct Items<'run, 'text> {
    run: &'run mut Run<'text>,
    indent: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(line) = self.run.reader.line.filter(|line| line.indent >= self.indent) else { return Ok(None) };
        if line.indent > self.indent {
            return Err(not_plain());
        }
        // Otherwise the list stands in a mapping whose keys are indented as it is.
        if !self.run.reader.is_item() {
            return Ok(None);
        }
        let rest = self.run.reader.behind_dash(line).ok_or_else(not_plain)?;
        let place = if key_length(self.run.reader.bytes(rest)).is_some() {
            self.run.reader.line = Some(rest);
            Place::Block
        } else {
            Place::Scalar { start: rest.start, end: rest.end }
        };
        seed.deserialize(Value { run: self.run, place }).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        // A report's observations are guessed: room for a few too many costs less than to look at each of their lines.
        Some(if self.run.depth <= OUTER {
            self.run.reader.guess_items()
        } else {
            self.run.reader.count_items(self.indent)
        })
    }
}

/// The entries of a mapping.
struct Pairs<'run, 'text> {
    run: &'run mut Run<'text>,
    indent: usize,
    /// What stands behind the key that was read last.
    line: Option<Line>,
}

impl<'de> MapAccess<'de> for Pairs<'_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let reader = &self.run.reader;
        let Some(line) = reader.line.filter(|line| line.indent >= self.indent) else { return Ok(None) };
        let length = key_length(reader.bytes(line)).filter(|_| line.indent == self.indent).ok_or_else(not_plain)?;
        let end = line.start + length;
        let key = Key { text: reader.slice(line.start, end), span: reader.span(line.start, end) };
        self.line = Some(Line { start: end + 1, ..line });
        seed.deserialize(KeyDeserializer(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Line { start, end, .. } = self.line.take().expect("serde asks for a key first");
        let reader = &mut self.run.reader;
        let blanks = reader.bytes(Line { indent: 0, start, end }).iter().position(|byte| *byte != b' ');
        let place = match blanks {
            Some(blanks) => Place::Scalar { start: start + blanks, end },
            None => {
                reader.advance();
                let is_below =
                    |line: &Line| line.indent > self.indent || line.indent == self.indent && reader.is_item();
                reader.line.filter(is_below).ok_or_else(not_plain)?;
                Place::Block
            }
        };
        seed.deserialize(Value { run: self.run, place })
    }
}

/// A value and its place, number by number; what a [`crate::source::Spanned`] asks for.
struct Spanned<'run, 'text> {
    run: &'run mut Run<'text>,
    place: Option<Place>,
    start: usize,
    /// How many numbers were asked for.
    asked: u8,
}

impl<'de> SeqAccess<'de> for Spanned<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if let Some(place) = self.place.take() {
            return seed.deserialize(Value { run: self.run, place }).map(Some);
        }
        let span = self.run.reader.span(self.start, self.run.last);
        self.asked += 1;
        let number = match self.asked {
            1 => span.file.number(),
            2 => span.start,
            3 => span.end,
            _ => return Ok(None),
        };
        seed.deserialize(U32Deserializer::new(number)).map(Some)
    }
}

#[cfg(test)]
mod tests;
