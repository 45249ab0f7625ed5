//! Reads a checked tree into a type, by serde.
//!
//! Invariant: the tree was checked and pruned by the shape of that very type, so reading it cannot fail; a failure is
//! our bug.

use serde::de::value::{Error, StringDeserializer, U32Deserializer};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::node::{Key, Kind, Node};
use super::values::SPANNED;
use crate::source::Span;

/// What is read of a text, and what is read as whatever is written: the same for every reader of values, which says what
/// its `text` and its `number` are.
macro_rules! scalars {
    () => {
        fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.visit_bool(self.number()?)
        }

        fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.visit_u32(self.number()?)
        }

        fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.visit_i32(self.number()?)
        }

        fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.visit_some(self)
        }

        fn deserialize_enum<V: Visitor<'de>>(
            self,
            _: &'static str,
            _: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Error> {
            visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(self.text()?))
        }

        forward_to_deserialize_any! {
            i8 i16 i64 i128 u8 u16 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple tuple_struct map
            struct identifier ignored_any
        }
    };
}
pub(super) use scalars;

/// Reads one node.
pub(crate) struct NodeDeserializer<'text>(pub(crate) Node<'text>);

impl NodeDeserializer<'_> {
    fn text(self) -> Result<String, Error> {
        match self.0.kind {
            Kind::Scalar(text, _) => Ok(text.into_owned()),
            other => Err(Error::custom(format_args!("expected a scalar, found {other:?}"))),
        }
    }

    fn number<T: std::str::FromStr>(self) -> Result<T, Error> {
        let text = self.text()?;
        text.parse().map_err(|_| Error::custom(format_args!("`{text}` is no number")))
    }
}

impl<'de> Deserializer<'de> for NodeDeserializer<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.kind {
            Kind::Scalar(text, _) => visitor.visit_string(text.into_owned()),
            Kind::List(items) => visitor.visit_seq(Items(items.into_iter())),
            Kind::Map(entries, _) => visitor.visit_map(Pairs { entries: entries.into_iter(), value: None }),
            Kind::Empty | Kind::Bad => Err(Error::custom("nothing to read")),
        }
    }

    scalars!();

    /// A list of one may be written without its list.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.kind {
            Kind::List(items) => visitor.visit_seq(Items(items.into_iter())),
            _ => visitor.visit_seq(Items(vec![self.0].into_iter())),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        if name == SPANNED {
            let span = self.0.span;
            visitor.visit_seq(SpannedParts::new(span, self))
        } else {
            visitor.visit_newtype_struct(self)
        }
    }
}

/// The items of a list.
struct Items<'text>(std::vec::IntoIter<Node<'text>>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.next().map(|item| seed.deserialize(NodeDeserializer(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The entries of a mapping.
struct Pairs<'text> {
    entries: std::vec::IntoIter<(Key<'text>, Node<'text>)>,
    value: Option<Node<'text>>,
}

impl<'de> MapAccess<'de> for Pairs<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(KeyDeserializer(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(NodeDeserializer(self.value.take().expect("serde asks for a key first")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// Reads a key.
pub(super) struct KeyDeserializer<'text>(pub(super) Key<'text>);

impl<'de> Deserializer<'de> for KeyDeserializer<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(&self.0.text)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        if name == SPANNED {
            let text = StringDeserializer::new(self.0.text.into_owned());
            visitor.visit_seq(SpannedParts::new(self.0.span, text))
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A value and its place, number by number; what a `Spanned` asks for.
struct SpannedParts<D> {
    numbers: std::array::IntoIter<u32, 3>,
    value: Option<D>,
}

impl<D> SpannedParts<D> {
    fn new(span: Span, value: D) -> Self {
        Self { numbers: [span.file.number(), span.start, span.end].into_iter(), value: Some(value) }
    }
}

impl<'de, D: Deserializer<'de, Error = Error>> SeqAccess<'de> for SpannedParts<D> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if let Some(value) = self.value.take() {
            return seed.deserialize(value).map(Some);
        }
        self.numbers.next().map(|number| seed.deserialize(U32Deserializer::new(number))).transpose()
    }
}
