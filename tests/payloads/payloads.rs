//! Writes the sites full of payloads for the tests in a browser: `cargo run --example payloads -- DIR`.
//!
//! `DIR/text` and `DIR/sanitize` carry every payload in every text, and say what becomes of raw HTML.

mod site;

use std::path::PathBuf;

use site::{Html, PAYLOADS, filled, write};

fn main() {
    let into = PathBuf::from(std::env::args_os().nth(1).expect("a folder to write into"));
    let all: Vec<&str> = PAYLOADS.iter().map(|(_, payload)| *payload).collect();
    for (name, html) in [("text", Html::Text), ("sanitize", Html::Sanitize)] {
        write(&filled(&all.join(" "), html).0, &into.join(name));
    }
}
