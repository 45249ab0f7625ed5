//! Lays JSON out as `serde_json` does for people, a value a line, with fewer writes.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// The end of a line and the room before the next, for all depths that views have.
const LINE: &str = ",\n                                                                ";

/// Where a value begins.
#[derive(Debug, Default)]
pub(super) struct Lines {
    depth: usize,
    /// Whether the list or the map that is being written holds anything yet.
    is_begun: bool,
}

impl Lines {
    /// Ends the line before an entry, behind a comma unless it is the first.
    fn entry(&self, writer: &mut (impl Write + ?Sized), is_first: bool) -> io::Result<()> {
        let room = self.depth * 2;
        let at_once = room.min(LINE.len() - 2);
        writer.write_all(&LINE.as_bytes()[usize::from(is_first)..2 + at_once])?;
        (at_once..room).try_for_each(|_| writer.write_all(b" "))
    }

    fn open(&mut self, writer: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_begun = false;
        writer.write_all(bracket)
    }

    fn close(&mut self, writer: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.is_begun {
            self.entry(writer, true)?;
        }
        // Whatever holds it holds something now.
        self.is_begun = true;
        writer.write_all(bracket)
    }
}

impl Formatter for Lines {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.entry(writer, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_begun = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.entry(writer, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_begun = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize as _;
    use serde_json::{Serializer, Value, json};

    use super::Lines;

    #[test]
    fn json_is_laid_out_as_everybody_does() {
        let deep = (0..40).fold(json!({}), |inner, depth| json!([inner, { "b": depth }]));
        for value in
            [json!(null), json!([]), json!({}), json!([[], {}, [{}], [1]]), json!({ "a": [], "b": { "c": 1 } }), deep]
        {
            let mut text = Vec::new();
            Value::serialize(&value, &mut Serializer::with_formatter(&mut text, Lines::default())).expect("it is JSON");
            assert_eq!(
                String::from_utf8(text).expect("text"),
                serde_json::to_string_pretty(&value).expect("it is JSON")
            );
        }
    }
}
