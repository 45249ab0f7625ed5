//! Writes what machines are told: an object of JSON, entry by entry.
//!
//! Invariants: entries stand in the order in which they are told; what is unknown is left out, not said to be nothing.

use serde::Serialize;

/// An object in the making.
#[derive(Debug)]
pub(super) struct Told(Vec<u8>);

impl Told {
    /// An object of a type of schema.org.
    pub(super) fn of(kind: &str) -> Self {
        let mut told = Self(Vec::with_capacity(256));
        told.0.push(b'{');
        told.text("@type", kind)
    }

    /// Adds a text.
    pub(super) fn text(self, key: &str, text: &str) -> Self {
        self.entry(key, &text)
    }

    /// Adds a text that may be unknown.
    pub(super) fn known(self, key: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    /// Adds whether something is so.
    pub(super) fn flag(self, key: &str, is_so: bool) -> Self {
        self.entry(key, &is_so)
    }

    /// Adds an object that may be unknown.
    pub(super) fn object(mut self, key: &str, object: Option<Self>) -> Self {
        if let Some(object) = object {
            self.key(key);
            self.0.extend_from_slice(&object.0);
            self.0.push(b'}');
        }
        self
    }

    /// Adds a list of objects.
    pub(super) fn list(mut self, key: &str, objects: impl Iterator<Item = Self>) -> Self {
        self.key(key);
        self.0.push(b'[');
        for (place, object) in objects.enumerate() {
            if place > 0 {
                self.0.push(b',');
            }
            self.0.extend_from_slice(&object.0);
            self.0.push(b'}');
        }
        self.0.push(b']');
        self
    }

    /// The object as JSON.
    pub(super) fn into_json(mut self) -> String {
        self.0.push(b'}');
        String::from_utf8(self.0).expect("JSON is UTF-8")
    }

    fn entry(mut self, key: &str, value: &impl Serialize) -> Self {
        self.key(key);
        serde_json::to_writer(&mut self.0, value).expect("memory can be written to");
        self
    }

    /// Begins an entry; keys are words of schema.org, which need no escaping.
    fn key(&mut self, key: &str) {
        if self.0.len() > 1 {
            self.0.push(b',');
        }
        self.0.push(b'"');
        self.0.extend_from_slice(key.as_bytes());
        self.0.extend_from_slice(b"\":");
    }
}
