//! The values that content files are made of: how each is read, and what the JSON Schema says of it.
//!
//! A type that stands for a form of scalar (a figure, a day, an id …) names it in its schema's `$comment`; the shapes
//! recognise it by that name, so the schema that editors' tools see and the one that judges a file cannot differ.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::diagnostic::{Code, Level};
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::source::{SourceId, Span, Spanned};

/// The name by which a [`Spanned`] asks the tree's deserializer for a value and its place.
pub(crate) const SPANNED: &str = "$tiendo::Spanned";

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SpannedVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
            type Value = Spanned<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value with its place")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
                // Where a value ends is known once it is read.
                let value = parts.next_element()?.ok_or_else(|| A::Error::custom("no value"))?;
                let mut number = || parts.next_element::<u32>()?.ok_or_else(|| A::Error::custom("no place"));
                let (file, start, end) = (SourceId::from_number(number()?), number()?, number()?);
                Ok(Spanned::new(value, Span { file, start, end }))
            }
        }

        deserializer.deserialize_newtype_struct(SPANNED, SpannedVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A mapping whose keys are names that the author chose, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<T>(pub Vec<(Spanned<String>, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for Entries<T> {
    type Target = [(Spanned<String>, T)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T> IntoIterator for Entries<T> {
    type Item = (Spanned<String>, T);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::with_capacity(entries.size_hint().unwrap_or(0));
                while let Some(entry) = entries.next_entry()? {
                    list.push(entry);
                }
                Ok(Entries(list))
            }
        }

        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Entries_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub NaiveDate);

impl Deref for Day {
    type Target = NaiveDate;

    fn deref(&self) -> &NaiveDate {
        &self.0
    }
}

impl Day {
    /// Reads an ISO date.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Period::parse(text)
            .ok()
            .filter(|period| period.form() == crate::model::period::Form::Day)
            .map(|period| Self(period.start()))
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "a date", Self::parse)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "a figure", |text| Self::parse(text).ok())
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "a period", |text| Self::parse(text).ok())
    }
}

/// Reads a scalar's text by `parse`.
fn parsed<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    expecting: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    struct TextVisitor<P>(&'static str, P);

    impl<T, P: Fn(&str) -> Option<T>> Visitor<'_> for TextVisitor<P> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(self.0)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            (self.1)(text).ok_or_else(|| E::custom(self.0))
        }
    }

    deserializer.deserialize_str(TextVisitor(expecting, parse))
}

macro_rules! schema {
    ($type:ty, $name:literal, $schema:tt) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let mut schema = json_schema!($schema);
                schema.insert("$comment".into(), $name.into());
                schema
            }
        }
    };
}

schema!(Quantity, "Figure", {
    "description": "A figure: digits, with `.` before decimals; no thousands separator.",
    "type": "number"
});
schema!(Day, "Day", {
    "description": "A date, year first: 2021-07-30.",
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
});
schema!(Period, "Period", {
    "description": "A period: 2021, 2021-H1, 2021-Q3, 2021-04, 2021-04-30 or 2021..2025.",
    "type": ["string", "integer"],
    "pattern": "^[0-9]{4}(-(H[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?(\\.\\.[0-9]{4}(-(H[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?)?$"
});
schema!(Level, "CheckLevel", {
    "description": "How a check is treated.",
    "type": "string",
    "enum": ["deny", "warn", "allow"]
});

/// Marks, in a `schemars(with = …)`, a text that names an entry within its list: lower-case ASCII letters, digits, `-`.
pub(crate) struct Id;
schema!(Id, "Id", {
    "description": "An id: lower-case letters without marks, digits and `-`.",
    "type": ["string", "integer"],
    "pattern": "^[a-z0-9-]+$"
});

/// Marks a text that names another entry by its id. A wrong one is unknown, not malformed: it deserves a suggestion.
pub(crate) struct Reference;
schema!(Reference, "Reference", {
    "description": "The id of another entry: ids joined by `/`.",
    "type": ["string", "integer"]
});

/// Marks one reference, or a list of them.
pub(crate) struct References;

impl JsonSchema for References {
    fn schema_name() -> Cow<'static, str> {
        "References".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let reference = generator.subschema_for::<Reference>();
        json_schema!({
            "description": "One id or a list of ids.",
            "anyOf": [reference, { "type": "array", "items": reference }]
        })
    }
}

/// Marks a day, or a period that counts as its last day; mistakes in it are mistakes in a date.
pub(crate) struct DayOrPeriod;
schema!(DayOrPeriod, "DayOrPeriod", {
    "description": "A date, or where the day is not known a period: 2021-01-18, 2021-10, 2021.",
    "type": ["string", "integer"],
    "pattern": "^[0-9]{4}(-(H[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?(\\.\\.[0-9]{4}(-(H[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?)?$"
});

/// Marks the tag of a language.
pub(crate) struct Tag;
schema!(Tag, "Tag", {
    "description": "The tag of a language: vi, en, zh-Hant.",
    "type": "string",
    "pattern": "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{2,8})*$"
});

/// Marks a mapping from checks to values of a type.
pub(crate) struct OfChecks<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for OfChecks<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OfChecks_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Entries::<T>::json_schema(generator);
        let checks: Vec<&str> = Code::ALL.iter().filter(|code| code.is_check()).map(|code| code.as_str()).collect();
        schema.insert("propertyNames".into(), serde_json::json!({ "enum": checks }));
        schema
    }
}

/// Marks the address at which the site is published.
pub(crate) struct BaseUrl;
schema!(BaseUrl, "BaseUrl", {
    "description": "A web address that begins with https:// or http://, without `?` and `#`.",
    "type": "string",
    "format": "uri",
    "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#\\s][^?#\\s]*$"
});

/// Marks the address of a page on the web.
pub(crate) struct Url;
schema!(Url, "Url", {
    "description": "A web address that begins with https:// or http://.",
    "type": "string",
    "format": "uri",
    "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^/\\s]\\S*$"
});
