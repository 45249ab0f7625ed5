//! Skeletons of new content files: what can be known is filled in, what cannot is left empty, what may be said is shown
//! as a remark.
//!
//! Invariants: an empty value is one that the contract requires, so a skeleton is an error until each is filled in, and
//! none after. A remark becomes a line of YAML by taking its `# ` away.

mod guess;
mod report;

use std::fmt::Write as _;

use crate::assess::Assessment;
use crate::diagnostic::wording::Language;
use crate::model::site::Level;
use crate::model::table::Table;
use crate::model::unit::Unit;

/// A kind of content file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A unit.
    Unit,
    /// A resolution or another document.
    Resolution,
    /// A report.
    Report,
    /// A page.
    Page,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Unit, Self::Resolution, Self::Report, Self::Page];

    /// The name: `unit`, `resolution`, `report` or `page`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Resolution => "resolution",
            Self::Report => "report",
            Self::Page => "page",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The folder of the kind's files, below `content/`.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Unit => "units",
            Self::Resolution => "resolutions",
            Self::Report => "reports",
            Self::Page => "pages",
        }
    }
}

/// Where an entry of that id will stand on the site.
pub(crate) fn address(assessment: &Assessment, kind: EntryKind, id: &str) -> String {
    let site = &assessment.register.site;
    let below = match kind {
        EntryKind::Unit => format!("{}/{id}/", site.paths.units),
        EntryKind::Resolution => format!("{}/{id}/", site.paths.resolutions),
        EntryKind::Report => format!("{}/{id}/", site.paths.reports),
        EntryKind::Page if id == crate::model::HOME => String::new(),
        EntryKind::Page => format!("{id}/"),
    };
    format!("{}/{below}", site.base_url.trim_end_matches('/'))
}

/// The text of a new entry of that id, with remarks in a language of the program's own messages.
pub(crate) fn skeleton(assessment: &Assessment, kind: EntryKind, id: &str, language: Language) -> String {
    let mut lines = Lines { text: String::from("---\n"), language };
    lines.say("skeleton.fill", &[]);
    match kind {
        EntryKind::Unit => unit(&mut lines, assessment, id),
        EntryKind::Resolution => resolution(&mut lines, assessment, id),
        EntryKind::Report => report::report(&mut lines, assessment, id),
        EntryKind::Page => page(&mut lines),
    }
    lines.text + "---\n"
}

/// Front matter in the making.
struct Lines {
    text: String,
    language: Language,
}

impl Lines {
    /// A key with its value.
    fn given(&mut self, key: &str, value: &str) {
        writeln!(self.text, "{key}: {value}").expect("a string takes text");
    }

    /// A key that has to be filled in, or has further lines below it.
    fn open(&mut self, key: &str) {
        writeln!(self.text, "{key}:").expect("a string takes text");
    }

    /// A line that is not read as long as its `# ` stands.
    fn remark(&mut self, line: &str) {
        // Names may be folded over lines in their own files.
        let end = line.trim_start().len();
        let (indent, line) = line.split_at(line.len() - end);
        let words: Vec<&str> = line.split_whitespace().collect();
        writeln!(self.text, "# {indent}{}", words.join(" ")).expect("a string takes text");
    }

    /// A remark in the reader's language.
    fn say(&mut self, key: &str, arguments: &[(&str, &str)]) {
        let line = self.language.say(key, arguments);
        self.remark(&line);
    }
}

fn unit(lines: &mut Lines, assessment: &Assessment, id: &str) {
    let register = &assessment.register;
    let parent = id.rsplit_once('/').map(|(folder, _)| folder);
    let parent = parent.and_then(|folder| find(&register.units, folder));
    lines.open("name");
    let above = parent.map(|unit| unit.level.0);
    let fits = |(place, level): &(usize, &Level)| level.any_parent || above.is_none_or(|above| *place > above);
    let levels = register.site.levels.iter().enumerate().filter(fits);
    let levels: Vec<String> = levels.map(|(_, level)| named(&level.id, level.name.original())).collect();
    lines.say("skeleton.one-of", &[("key", "level"), ("values", &levels.join(", "))]);
    lines.open("level");
    match parent {
        Some(parent) => {
            let parent = named(parent.id.as_str(), parent.name.original());
            lines.say("skeleton.parent-known", &[("unit", &parent)]);
        }
        None => {
            lines.say("skeleton.parent", &[]);
            lines.remark("parent: ben-tre");
        }
    }
    lines.say("skeleton.unit-more", &[]);
    lines.remark("code: \"06\"");
    lines.remark("established: 2021-01-01");
    lines.remark("website: https://example.org/");
    lines.remark("population: 1000");
    lines.remark("summary: …");
}

fn resolution(lines: &mut Lines, assessment: &Assessment, id: &str) {
    let site = &assessment.register.site;
    lines.open("title");
    lines.say("skeleton.number", &[]);
    lines.remark("number: \"03-NQ/TU\"");
    let kinds = lines.language.say("skeleton.kinds", &[]);
    lines.say("skeleton.one-of", &[("key", "kind"), ("values", &kinds)]);
    lines.open("kind");
    let folder = id.rsplit_once('/').map_or("", |(folder, _)| folder);
    match find(&assessment.register.units, folder) {
        Some(unit) => {
            lines.say("skeleton.issuer-known", &[("unit", &named(unit.id.as_str(), unit.name.original()))]);
            lines.given("issuer", unit.id.as_str());
        }
        None => {
            lines.say("skeleton.issuer-unknown", &[("unit", folder)]);
            lines.given("issuer", folder);
        }
    }
    lines.say("skeleton.issued", &[]);
    lines.remark("issued: 2021-01-18");
    lines.say("skeleton.document-period", &[]);
    lines.remark("period: 2021..2025");
    if !site.fields.is_empty() {
        let fields: Vec<String> = site.fields.iter().map(|field| named(&field.id, field.name.original())).collect();
        lines.say("skeleton.one-of", &[("key", "field"), ("values", &fields.join(", "))]);
        lines.remark(&format!("field: {}", site.fields[0].id));
    }
    lines.say("skeleton.implements", &[]);
    lines.remark("implements:");
    lines.remark("  - ben-tre/03-nq-tu");
    lines.say("skeleton.sources", &[]);
    for line in
        ["sources:", "  - title: …", "    publisher: …", "    date: 2021-01-19", "    url: https://example.org/"]
    {
        lines.remark(line);
    }
    lines.say("skeleton.indicators", &[]);
    for line in
        ["indicators:", "  - id: van-ban", "    name: …", "    measured_in: …", "    baseline:", "      value: 0"]
    {
        lines.remark(line);
    }
    for line in ["      date: 2021-01-18", "    target: 18", "    due: 2021-12-31"] {
        lines.remark(line);
    }
}

fn page(lines: &mut Lines) {
    lines.open("title");
    lines.say("skeleton.menu", &[]);
    lines.remark("menu: true");
    lines.remark("order: 1");
    lines.remark("summary: …");
}

fn find<'a>(units: &'a Table<Unit>, id: &str) -> Option<&'a Unit> {
    units.rows().iter().find(|unit| unit.id.as_str() == id)
}

/// An id with the name that readers know it by.
fn named(id: &str, name: &str) -> String {
    format!("{id} ({name})")
}
