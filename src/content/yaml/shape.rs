//! What a file must look like, compiled once from the JSON Schema of its type.
//!
//! Invariant: a shape says nothing that its schema does not say; the schema is what editors' tools see.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};

/// The form of one value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One scalar.
    Scalar(Form),
    /// One of these words.
    Words(Vec<String>),
    /// A mapping with known keys.
    Record(Vec<Field>),
    /// A mapping whose keys the author chooses.
    Entries(Box<Shape>),
    /// A list.
    List(Box<Shape>),
    /// One of these; at most one of them is a scalar, one words, one a record, one a list.
    Either(Vec<Shape>),
}

/// A key of a record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) presence: Presence,
    pub(crate) shape: Shape,
}

/// Whether a key may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It may.
    Optional,
    /// Its lack is a mistake, but the rest of the record is read.
    Required,
    /// Without it the record says nothing, and is left out of its list.
    Essential,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Id,
    Reference,
    Url,
    BaseUrl,
    Figure,
    /// A whole number, not negative.
    Count,
    /// A whole number.
    Whole,
    Day,
    Period,
    DayOrPeriod,
    Flag,
}

/// The JSON Schema (2020-12) of a type of file.
pub(crate) fn schema_of<T: JsonSchema>() -> Schema {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    if let Some(root) = schema.as_object_mut() {
        let mut value = Value::Object(std::mem::take(root));
        without_null(&mut value);
        if let Value::Object(map) = value {
            *root = map;
        }
    }
    schema
}

/// An optional key may be left out, but never left empty: takes `null` out of all alternatives.
fn without_null(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(without_null),
        Value::Object(map) => {
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    map.insert("type".into(), only);
                }
            }
            if let Some(Value::Array(alternatives)) = map.get_mut("anyOf") {
                alternatives.retain(|alternative| alternative.get("type") != Some(&Value::from("null")));
                if let [Value::Object(only)] = alternatives.as_mut_slice() {
                    let only = std::mem::take(only);
                    map.shift_remove("anyOf");
                    for (key, inner) in only {
                        map.entry(key).or_insert(inner);
                    }
                }
            }
            map.values_mut().for_each(without_null);
        }
        _ => {}
    }
}

impl Shape {
    /// Compiles the shape of a type of file.
    ///
    /// # Panics
    /// Where a raw type's schema uses something that has no shape: our bug.
    pub(crate) fn of<T: JsonSchema>() -> Self {
        let schema = schema_of::<T>();
        let root = schema.as_object().expect("a raw type is an object");
        let none = Map::new();
        let definitions = root.get("$defs").and_then(Value::as_object).unwrap_or(&none);
        match Self::compile(schema.as_value(), definitions) {
            Self::Record(mut fields) => {
                // A file is never left out: what can be read of it is checked further.
                for field in &mut fields {
                    if field.presence == Presence::Essential {
                        field.presence = Presence::Required;
                    }
                }
                Self::Record(fields)
            }
            other => other,
        }
    }

    fn compile(schema: &Value, definitions: &Map<String, Value>) -> Self {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next().unwrap_or_default();
            return Self::compile(&definitions[name], definitions);
        }
        if let Some(form) = schema.get("$comment").and_then(Value::as_str).and_then(Form::named) {
            return Self::Scalar(form);
        }
        if let Some(word) = schema.get("const").and_then(Value::as_str) {
            return Self::Words(vec![word.to_owned()]);
        }
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            return Self::Words(words.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        }
        // A record may say which of its keys must be there; that is checked where it is read.
        let alternatives = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
        if let Some(alternatives) = alternatives.filter(|_| schema.get("properties").is_none()) {
            return Self::either(alternatives.iter().map(|alternative| Self::compile(alternative, definitions)));
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("string") => Self::Scalar(Form::Text),
            Some("boolean") => Self::Scalar(Form::Flag),
            Some("integer") if schema.get("minimum").is_some() => Self::Scalar(Form::Count),
            Some("integer") => Self::Scalar(Form::Whole),
            Some("array") => Self::List(Box::new(Self::compile(&schema["items"], definitions))),
            Some("object") => match schema.get("additionalProperties") {
                Some(values @ Value::Object(_)) => Self::Entries(Box::new(Self::compile(values, definitions))),
                _ => Self::record(schema, definitions),
            },
            _ => panic!("no shape for the schema {schema}"),
        }
    }

    fn record(schema: &Value, definitions: &Map<String, Value>) -> Self {
        let none = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let has_id = properties.contains_key("id");
        let presence = |name: &str| match required.contains(&name) {
            false => Presence::Optional,
            true if has_id && name != "id" => Presence::Required,
            true => Presence::Essential,
        };
        Self::Record(
            properties
                .iter()
                .map(|(name, schema)| Field {
                    name: name.clone(),
                    presence: presence(name),
                    shape: Self::compile(schema, definitions),
                })
                .collect(),
        )
    }

    fn either(alternatives: impl Iterator<Item = Self>) -> Self {
        let mut words = Vec::new();
        let mut others = Vec::new();
        for alternative in alternatives {
            match alternative {
                Self::Words(more) => words.extend(more),
                other => others.push(other),
            }
        }
        if !words.is_empty() {
            others.insert(0, Self::Words(words));
        }
        if others.len() == 1 { others.remove(0) } else { Self::Either(others) }
    }
}

impl Form {
    /// The form that a schema names in its `$comment`; see [`super::values`].
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "Id" => Self::Id,
            "Reference" => Self::Reference,
            "Url" => Self::Url,
            "BaseUrl" => Self::BaseUrl,
            "Figure" => Self::Figure,
            "Day" => Self::Day,
            "Period" => Self::Period,
            "DayOrPeriod" => Self::DayOrPeriod,
            _ => return None,
        })
    }
}
