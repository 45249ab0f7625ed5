//! Every text that an editor can write, full of what attackers write: nothing of it becomes more than text.
//!
//! The site is made field by field from the program's own schemas, so that a new field cannot be forgotten. What it
//! looks like is known from the same site with harmless words: an element, an attribute or the scheme of an address that
//! only the attacked one has came out of a payload. `tests/browser/payloads.test.mjs` opens every page of it.

#[path = "../payloads/site.rs"]
mod site;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use scraper::Html as Document;
use serde_json::Value;
use tempfile::TempDir;
use tiendo::content::schema::SchemaKind;
use tiendo::diagnostic::wording::Language;
use tiendo::pipeline::{self, BuildOptions};

use crate::site::read_tree;
use site::{Files, Html, PAYLOADS, filled, mark, replaced, write};

/// Words that nobody could take for anything else, few and many: what the site looks like without an attack.
const HARMLESS: [&str; 2] = [
    "Chữ",
    "Văn bản cụ thể hóa nghị quyết về xây dựng Đảng và hệ thống chính trị trong sạch, vững mạnh đã ban hành ở các huyện",
];

type Tree = BTreeMap<String, Vec<u8>>;

/// The files that a site becomes; no mistake is found in it.
#[track_caller]
fn built(mut files: Files) -> Tree {
    // Pictures of texts hold no markup, and take most of the time.
    let site = files.get_mut("content/site.yaml").expect("it is there");
    *site = String::from_utf8_lossy(site).replace("cards: true", "cards: false").into_bytes();
    let root = TempDir::new().expect("a scratch folder");
    write(&files, root.path());
    let options = BuildOptions { root: root.path().to_owned(), ..BuildOptions::default() };
    let report = pipeline::build(&options, &|_, _| ()).expect("the world allows it");
    let errors: Vec<_> = (report.diagnostics.iter())
        .filter(|found| found.severity == tiendo::diagnostic::Severity::Error)
        .take(5)
        .map(|found| format!("{found:?} {}", report.sources.slice(found.primary)))
        .collect();
    assert!(report.summary.is_some(), "{errors:#?}");
    read_tree(&root.path().join("output"))
}

/// An element and the names of its attributes, or the scheme of an address.
type Shape = BTreeSet<String>;

/// What stands in the files of a site beside texts; fails for a file that is not well-formed.
fn shape(tree: &Tree) -> Shape {
    let mut shape = Shape::new();
    for (path, bytes) in tree {
        let text = || std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        match path.rsplit('.').next().expect("a last part") {
            "html" => html(path, text(), &mut shape),
            "svg" | "xml" => xml(path, text(), &mut shape),
            "json" => drop(serde_json::from_str::<Value>(text()).unwrap_or_else(|error| panic!("{path}: {error}"))),
            "csv" => table(path, bytes),
            "txt" => assert_eq!(text().lines().count(), tree_lines(path), "{path}: {}", text()),
            "css" | "js" | "png" => {}
            other => panic!("what is a file like {path}: {other}?"),
        }
    }
    shape
}

/// `robots.txt` is the only text file, and no payload may add a line to it.
fn tree_lines(path: &str) -> usize {
    assert_eq!(path, "robots.txt");
    4
}

fn html(path: &str, text: &str, shape: &mut Shape) {
    let page = Document::parse_document(text);
    for node in page.tree.nodes() {
        assert!(node.value().as_processing_instruction().is_none(), "{path}");
        let Some(element) = node.value().as_element() else { continue };
        let names: BTreeSet<&str> = element.attrs().map(|(name, _)| name).collect();
        shape.insert(format!("<{} {}>", element.name(), names.into_iter().collect::<Vec<_>>().join(" ")));
        element.attrs().for_each(|(name, value)| attribute(path, element.name(), name, value, shape));
        if element.name() == "script" && element.attr("type").is_some_and(|kind| kind.contains("json")) {
            let text: String =
                node.children().filter_map(|child| child.value().as_text().map(|text| text.to_string())).collect();
            serde_json::from_str::<Value>(&text).unwrap_or_else(|error| panic!("{path}: {error} in {text}"));
        }
    }
    for once in ["html", "head", "body", "head > title", "main", "h1"] {
        let found = page.select(&scraper::Selector::parse(once).expect("a selector")).count();
        let expected = usize::from(!(["main", "h1"].contains(&once) && is_alias(&page)));
        assert!(found == expected || once == "h1", "{path}: {found} of {once}");
    }
}

/// Whether a page only leads on to another.
fn is_alias(page: &Document) -> bool {
    page.select(&scraper::Selector::parse("meta[http-equiv=refresh]").expect("a selector")).next().is_some()
}

fn xml(path: &str, text: &str, shape: &mut Shape) {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    for element in document.descendants().filter(roxmltree::Node::is_element) {
        let names: BTreeSet<&str> = element.attributes().map(|attribute| attribute.name()).collect();
        let names = names.into_iter().collect::<Vec<_>>().join(" ");
        shape.insert(format!("xml <{} {names}>", element.tag_name().name()));
        for one in element.attributes() {
            attribute(path, element.tag_name().name(), one.name(), one.value(), shape);
        }
        // What a feed calls HTML is read as HTML.
        if element.attribute("type") == Some("html") {
            html_piece(path, element.text().unwrap_or_default(), shape);
        }
    }
}

fn html_piece(path: &str, text: &str, shape: &mut Shape) {
    for node in Document::parse_fragment(text).tree.nodes() {
        let Some(element) = node.value().as_element() else { continue };
        shape.insert(format!("piece <{}>", element.name()));
        element.attrs().for_each(|(name, value)| attribute(path, element.name(), name, value, shape));
    }
}

/// No attribute acts, and no address runs or leads anywhere that its scheme does not show.
fn attribute(path: &str, element: &str, name: &str, value: &str, shape: &mut Shape) {
    assert!(!name.starts_with("on") && name != "style" && name != "srcdoc", "{path}: <{element} {name}={value:?}>");
    assert!(!element.starts_with("pwn") && !name.contains("pwn"), "{path}: <{element} {name}>");
    let is_address = ["href", "src", "action", "formaction", "poster", "data", "srcset", "cite", "background", "ping"]
        .contains(&name)
        || element == "meta" && value.to_ascii_lowercase().contains("url=");
    if !is_address {
        return;
    }
    let value = value.rsplit("url=").next().expect("a last part");
    // Browsers leave out what they cannot see.
    let seen: String = value.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace()).collect();
    let scheme = match seen.find([':', '/', '?', '#']) {
        Some(end) if seen[end..].starts_with(':') => seen[..end].to_lowercase(),
        _ if seen.starts_with("//") => panic!("{path}: <{element} {name}={value:?}> leads to another host"),
        _ => "relative".to_owned(),
    };
    assert!(["relative", "https", "mailto", "tel"].contains(&scheme.as_str()), "{path}: <{element} {name}={value:?}>");
    let host =
        seen.strip_prefix("https://").map_or("", |rest| rest.split(['/', '?', '#']).next().expect("a first part"));
    shape.insert(format!("{element} {name} {scheme} {host}"));
}

/// Every row has the header's cells, and no spreadsheet takes one for a formula.
fn table(path: &str, bytes: &[u8]) {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(bytes);
    let header = reader.headers().unwrap_or_else(|error| panic!("{path}: {error}")).clone();
    for row in reader.records() {
        let row = row.unwrap_or_else(|error| panic!("{path}: {error}"));
        for (name, cell) in header.iter().zip(&row) {
            let is_figure = cell.parse::<f64>().is_ok();
            let acts = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!acts || is_figure, "{path}: {name} is {cell:?}");
        }
    }
}

/// Every field that the schemas know, as [`Leaf::field`] names it.
fn fields() -> Vec<String> {
    let mut found = Vec::new();
    for kind in SchemaKind::ALL {
        let root = kind.schema(Language::En);
        collect(&root, &root, kind.as_str().to_owned(), &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn collect(schema: &Value, root: &Value, field: String, found: &mut Vec<String>) {
    if let Some(path) = schema["$ref"].as_str() {
        return collect(&root["$defs"][path.rsplit('/').next().expect("a name")], root, field, found);
    }
    let alternatives = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array());
    // Beside properties of their own they say which of these go together.
    let alternatives = alternatives.filter(|_| schema.get("properties").is_none());
    let parts = alternatives.into_iter().flatten().chain(schema.get("items"));
    let mut is_leaf = true;
    for part in parts.chain(schema.get("additionalProperties").filter(|schema| schema.is_object())) {
        is_leaf = false;
        collect(part, root, field.clone(), found);
    }
    for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
        is_leaf = false;
        collect(schema, root, format!("{field}/{key}"), found);
    }
    if is_leaf {
        found.push(field);
    }
}

#[test]
fn every_field_is_filled_and_every_text_is_shown() {
    let mut seen = BTreeSet::new();
    replaced(
        &mut |leaf| {
            seen.insert(leaf.field.clone());
            None
        },
        &mut String::new,
    );
    // These would change what the site is built of; other tests build such sites.
    let without = ["site/history", "site/markdown/html"];
    let missing: Vec<String> =
        fields().into_iter().filter(|field| !seen.contains(field) && !without.contains(&field.as_str())).collect();
    assert!(missing.is_empty(), "fields without a value in tests/payloads/content: {missing:#?}");
    let (files, fields) = filled(HARMLESS[0], Html::Text);
    let tree = built(files);
    let all: Vec<_> = tree.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let is_seen = |number: usize| all.iter().any(|text| text.contains(&mark(number)));
    let shown: BTreeSet<&String> =
        fields.iter().enumerate().filter(|(number, _)| is_seen(*number)).map(|(_, field)| field).collect();
    let unseen: BTreeSet<&String> = fields.iter().filter(|field| !shown.contains(field)).collect();
    assert!(unseen.is_empty(), "texts that no reader sees: {unseen:#?}");
}

/// What attackers write stands in the site as it was written, and adds no shape to it.
fn stays_text(name: &str, payload: &str, html: Html, known: &Shape) {
    let tree = built(filled(payload, html).0);
    no_new_shape(name, &tree, html, known);
    for (path, bytes) in &tree {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("49{%") && !text.contains("root:x:"), "{path}: a template or an entity was read");
    }
}

fn no_new_shape(name: &str, tree: &Tree, html: Html, known: &Shape) {
    let new: Vec<String> = shape(tree).difference(known).cloned().collect();
    assert!(new.is_empty(), "{name}, {html:?}: {new:#?}");
}

fn known(html: Html) -> Shape {
    let known: Shape = HARMLESS.iter().flat_map(|words| shape(&built(filled(words, html).0))).collect();
    assert!(known.len() > 100, "{}", known.len());
    known
}

#[test]
fn no_payload_becomes_anything_but_text() {
    let known = known(Html::Text);
    PAYLOADS.par_iter().for_each(|(name, payload)| stays_text(name, payload, Html::Text, &known));
}

/// A theme that takes a text for markup is found: these tests can fail.
#[test]
#[should_panic(expected = "<pwn data-pwn>")]
fn a_theme_that_trusts_its_texts_is_found() {
    let known = known(Html::Text);
    let (name, payload) = PAYLOADS.iter().find(|(name, _)| *name == "closing").expect("it is listed");
    let (mut files, _) = filled(payload, Html::Text);
    let site = String::from_utf8(files["content/site.yaml"].clone()).expect("a text");
    files.insert("content/site.yaml".to_owned(), site.replace("theme: \"default\"", "theme: rieng").into_bytes());
    let template = "{% extends \"builtin/unit.html\" %}{% block title %}{{ view.name | safe }}{% endblock title %}";
    files.insert("themes/rieng/templates/unit.html".to_owned(), template.as_bytes().to_vec());
    no_new_shape(name, &built(files), Html::Text, &known);
}

#[test]
fn what_is_kept_of_raw_html_does_nothing() {
    let mut known = known(Html::Sanitize);
    // What a payload holds that is no more than bold.
    known.insert("<b >".to_owned());
    let all: Vec<&str> = PAYLOADS.iter().map(|(_, payload)| *payload).collect();
    let reversed: Vec<&str> = all.iter().rev().copied().collect();
    for payload in [all.join(" "), reversed.join(" ")] {
        stays_text("all", &payload, Html::Sanitize, &known);
    }
}

#[test]
fn what_is_no_text_takes_no_payload() {
    let mut leaves = Vec::new();
    replaced(
        &mut |leaf| {
            leaves.push(leaf.is_text);
            None
        },
        &mut String::new,
    );
    assert!(leaves.iter().filter(|is_text| !**is_text).count() > 100);
    let root = TempDir::new().expect("a scratch folder");
    let mut taken = Vec::new();
    for place in (0..leaves.len()).filter(|place| !leaves[*place]) {
        for (name, payload) in [PAYLOADS[1], PAYLOADS[8]] {
            let (mut at, mut field) = (0, String::new());
            let files = replaced(
                &mut |leaf| {
                    at += 1;
                    (at - 1 == place).then(|| {
                        field.clone_from(&leaf.field);
                        payload.into()
                    })
                },
                &mut || "x\n".to_owned(),
            );
            write(&files, root.path());
            let options = BuildOptions { root: root.path().to_owned(), ..BuildOptions::default() };
            let judged = pipeline::judge(&options).expect("the world allows it");
            // What is refused only by its place in the output is refused later.
            let is_refused = judged.diagnostics.has_errors()
                || pipeline::check(&options, &|_, _| ()).expect("the world allows it").summary.is_none();
            if !is_refused {
                taken.push(format!("{field} takes {name}"));
            }
        }
    }
    assert!(taken.is_empty(), "{taken:#?}");
}
