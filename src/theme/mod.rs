//! Lays a site theme's texts over the built-in theme, file by file.
//!
//! Invariants: the built-in theme is one table of names and texts, embedded in the program; a site's theme may replace
//! the files of that table, and add a language, but nothing else. A file that is none of these, or a template that
//! cannot be read, is an author's mistake at its place; a mistake in our own files is a bug.

mod turns;

use std::borrow::Cow;
use std::collections::BTreeMap;

use tera::{ErrorKind, Tera};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{SourceId, SourceMap, Span};
use turns::{Counted, TURN};

macro_rules! embed {
    ($($name:literal,)+) => {
        /// The built-in theme: names and texts, in the order of their names.
        pub const DEFAULT: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../themes/default/", $name))),)+];
    };
}

embed! {
    "css/chart.css",
    "css/site.css",
    "icon.svg",
    "js/fold.js",
    "js/say.js",
    "js/search.js",
    "js/site.js",
    "js/tables.js",
    "js/theme.js",
    "locales/en.yaml",
    "locales/vi.yaml",
    "templates/alias.html",
    "templates/base.html",
    "templates/changes.html",
    "templates/checks.html",
    "templates/children.html",
    "templates/components.html",
    "templates/contributors.html",
    "templates/corrections.html",
    "templates/coverage.html",
    "templates/data.html",
    "templates/evidence.html",
    "templates/field.html",
    "templates/framework.html",
    "templates/home.html",
    "templates/indicator.html",
    "templates/method.html",
    "templates/not-found.html",
    "templates/page.html",
    "templates/report.html",
    "templates/reports.html",
    "templates/resolution.html",
    "templates/resolutions.html",
    "templates/search.html",
    "templates/source.html",
    "templates/status.html",
    "templates/unit.html",
    "templates/units.html",
    "templates/verify.html",
}

/// The theme that needs no folder.
const DEFAULT_NAME: &str = "default";
const TEMPLATES: &str = "templates/";
const LOCALES: &str = "locales/";
const STYLES: &str = "css/";
const SCRIPTS: &str = "js/";
const YAML: &str = ".yaml";

/// The prefix of our own templates' names in Tera: `{% extends "builtin/base.html" %}` in a site's file.
const BUILTIN: &str = "builtin/";
/// The prefix of a site theme's templates' names in Tera.
const OVERRIDE: &str = "theme/";

/// The texts of a theme: the built-in one with a site's files laid over it.
#[derive(Debug, Default)]
pub struct Theme {
    overrides: BTreeMap<String, (SourceId, String)>,
}

impl Theme {
    /// Lays the files of `themes/NAME/` over the built-in theme. The theme `default` needs no folder.
    #[must_use]
    pub fn new(sources: &SourceMap, name: &str, diagnostics: &mut Diagnostics) -> Self {
        let folder = format!("themes/{name}/");
        let mut overrides = BTreeMap::new();
        let mut has_files = name == DEFAULT_NAME;
        for (file, source) in sources.iter() {
            let Some(path) = source.path.strip_prefix(&folder) else { continue };
            has_files = true;
            if is_known(path) {
                overrides.insert(path.to_owned(), (file, source.text.to_string()));
            } else {
                let known = DEFAULT.iter().map(|(name, _)| *name);
                diagnostics.push(
                    Diagnostic::new(Code::TemplateError, sources.first_line(file))
                        .worded("template-error.unknown-file")
                        .with("path", path)
                        .suggest(nearest(path, known)),
                );
            }
        }
        if !has_files {
            unknown_theme(sources, name, diagnostics);
        }
        Self { overrides }
    }

    /// The text of a file of the theme, the site's own where it has one.
    #[must_use]
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.overrides.get(name).map(|(_, text)| text.as_str()).or_else(|| builtin(name))
    }

    /// The interface texts of a language: our own, and those that the site lays over them.
    pub(crate) fn locale(&self, tag: &str) -> (Option<&'static str>, Option<(SourceId, &str)>) {
        let name = format!("{LOCALES}{tag}{YAML}");
        (builtin(&name), self.overrides.get(&name).map(|(file, text)| (*file, text.as_str())))
    }

    /// All style sheets as one text, in the order of their names.
    pub(crate) fn style_sheet(&self) -> String {
        let names = DEFAULT.iter().map(|(name, _)| *name).filter(|name| name.starts_with(STYLES));
        without_space(&without_comments(&names.filter_map(|name| self.text(name)).collect::<String>()))
    }

    /// The scripts: names without folder and ending, texts without lines that are comments.
    pub(crate) fn scripts(&self) -> impl Iterator<Item = (&'static str, String)> {
        let names = DEFAULT.iter().filter_map(|(name, _)| Some((*name, name.strip_prefix(SCRIPTS)?)));
        names.filter_map(|(name, file)| {
            let is_comment = |line: &str| line.starts_with("//") || line.starts_with("/**") && line.ends_with("*/");
            let text = self.text(name)?;
            // A line that opens a quotation and does not close it may go on in the next, where space is text.
            let is_plain = text.lines().all(|line| line.matches('`').count() % 2 == 0);
            let lines = text.lines().map(|line| if is_plain { line.trim() } else { line.trim_end() });
            let code = lines.filter(|line| !line.is_empty() && !is_comment(line.trim_start()));
            Some((file.strip_suffix(".js")?, code.map(|line| format!("{line}\n")).collect()))
        })
    }

    /// Reads all templates. A template of the site that cannot be read is reported and left out, so that the
    /// others are still looked at.
    pub(crate) fn templates(
        &self,
        range: fn(tera::Kwargs, &tera::State) -> tera::TeraResult<Vec<i128>>,
        turn: fn(tera::Kwargs, &tera::State) -> tera::TeraResult<&'static str>,
        diagnostics: &mut Diagnostics,
    ) -> Tera {
        let mut tera = Tera::new();
        tera.register_function("range", range);
        tera.register_function(TURN, turn);
        tera.set_fallback_prefixes([OVERRIDE, BUILTIN]).expect("prefixes come before templates");
        let ours = DEFAULT
            .iter()
            .filter_map(|(name, text)| Some((format!("{BUILTIN}{}", name.strip_prefix(TEMPLATES)?), *text)));
        if let Err(error) = tera.add_raw_templates(ours) {
            panic!("the built-in theme's templates can be read: {error}");
        }
        for (name, (_, text)) in &self.overrides {
            let Some(template) = name.strip_prefix(TEMPLATES) else { continue };
            let counted = Counted::new(text);
            if let (Some(place), Some(file)) = (&counted.comprehension, self.overrides.get(name).map(|(file, _)| *file))
            {
                let place = Span::new(file, place.start, place.end);
                diagnostics.push(Diagnostic::new(Code::TemplateError, place).worded("template-error.comprehension"));
            } else if let Err(error) = tera.add_raw_template(&format!("{OVERRIDE}{template}"), &counted.text) {
                diagnostics.push(self.diagnose(&error));
            }
        }
        tera
    }

    /// Says that a template makes a page without end: the site's own of that name, else any that it may use.
    ///
    /// # Panics
    /// Where the site has no template of its own, so that the mistake is ours.
    pub(crate) fn too_large(&self, template: &str, limit: usize) -> Diagnostic {
        let own = self.overrides.get(&format!("{TEMPLATES}{template}"));
        let any = || self.overrides.iter().find(|(name, _)| name.starts_with(TEMPLATES)).map(|(_, file)| file);
        let (file, text) = own.or_else(any).expect("a page of the built-in theme is not that large");
        Diagnostic::new(Code::TemplateError, first_line(*file, text))
            .worded("template-error.too-large")
            .with("template", template)
            .with("limit", format!("{} MiB", limit >> 20))
    }

    /// Says where a site's template is wrong.
    ///
    /// # Panics
    /// Where the site has no template of its own, so that the mistake is ours.
    pub(crate) fn diagnose(&self, error: &tera::Error) -> Diagnostic {
        let templates = || self.overrides.iter().filter(|(name, _)| name.starts_with(TEMPLATES));
        let of = |file: &str| {
            let name = format!("{TEMPLATES}{}", file.strip_prefix(OVERRIDE)?);
            self.overrides.get(&name).map(|(source, text)| (*source, text))
        };
        let (message, place) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let place = of(report.filename()).map(|(file, text)| {
                    // Tera read the text with its loops counted.
                    let counted = Counted::new(text);
                    let end = counted.original(report.span().range.end).min(text.len());
                    Span::new(file, counted.original(report.span().range.start).min(end), end)
                });
                (Cow::Borrowed(report.message()), place)
            }
            ErrorKind::CircularExtend { tpl: name, .. }
            | ErrorKind::CircularInclude { tpl: name, .. }
            | ErrorKind::MissingParent { current: name, .. } => {
                (Cow::Owned(error.to_string()), of(name).map(|(file, text)| first_line(file, text)))
            }
            _ => (Cow::Owned(error.to_string()), None),
        };
        // A file of ours fails where a site's file took away what it needs: then any of the site's files is to blame.
        let place = place.or_else(|| templates().next().map(|(_, (file, text))| first_line(*file, text)));
        let Some(place) = place else { panic!("the built-in theme renders: {error}") };
        // The message is one line: a cause, then what is known; the place says the rest.
        Diagnostic::new(Code::TemplateError, place).with("reason", message.lines().next().unwrap_or_default())
    }
}

fn first_line(file: SourceId, text: &str) -> Span {
    Span::new(file, 0, text.lines().next().map_or(0, str::len))
}

fn builtin(name: &str) -> Option<&'static str> {
    DEFAULT.binary_search_by_key(&name, |(name, _)| name).ok().map(|place| DEFAULT[place].1)
}

/// Whether a site's theme may have a file of that name: one of ours, or the interface texts of a further language.
fn is_known(path: &str) -> bool {
    let language = path.strip_prefix(LOCALES).and_then(|file| file.strip_suffix(YAML));
    builtin(path).is_some() || language.is_some_and(|tag| !tag.is_empty() && !tag.contains(['/', '.']))
}

/// Points at the line of `site.yaml` that names a theme without files.
fn unknown_theme(sources: &SourceMap, name: &str, diagnostics: &mut Diagnostics) {
    let Some(site) = sources.find("content/site.yaml") else { return };
    let text = &sources.file(site).text;
    let line = text.match_indices("theme:").find(|(start, _)| *start == 0 || text[..*start].ends_with('\n'));
    let span = line.map_or_else(
        || sources.first_line(site),
        |(start, _)| Span::new(site, start, start + text[start..].lines().next().map_or(0, str::len)),
    );
    diagnostics
        .push(Diagnostic::new(Code::TemplateError, span).worded("template-error.unknown-theme").with("theme", name));
}

/// A style sheet as readers need it: without comments, which may be long, and the blank lines around them.
fn without_comments(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut quote = None;
    let mut letters = css.char_indices();
    while let Some((at, letter)) = letters.next() {
        if quote.is_none() && css[at..].starts_with("/*") {
            let length = css[at + 2..].find("*/").map_or(css.len() - at, |end| end + 4);
            // The comment's other letters are passed over; all but its first, which is taken already.
            letters.by_ref().take(css[at..at + length].chars().count() - 1).for_each(drop);
            continue;
        }
        match quote {
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            Some(open) if letter == open => quote = None,
            _ => {}
        }
        let is_blank_line = letter == '\n' && quote.is_none() && (bare.is_empty() || bare.ends_with('\n'));
        if !is_blank_line {
            bare.push(letter);
        }
        if quote.is_some() && letter == '\\' {
            bare.extend(letters.next().map(|(_, escaped)| escaped));
        }
    }
    bare
}

/// A style sheet without the white space that only people need: around braces and `>`, and after `:`, `;` and `,`, where it
/// never means anything. Elsewhere a run of it becomes one space, and quoted texts stay as they are.
fn without_space(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut quote = None;
    let mut space = false;
    let mut letters = css.chars();
    while let Some(letter) = letters.next() {
        if quote.is_none() && letter.is_ascii_whitespace() {
            space = true;
            continue;
        }
        let is_between =
            |bare: &str| !bare.ends_with(['{', '}', '>', ':', ';', ',']) && !matches!(letter, '{' | '}' | '>');
        // A custom property that is empty keeps a space: without it, browsers of a few years ago take it for a mistake.
        let is_value = |bare: &str| bare.ends_with(':') && letter == ';';
        if std::mem::take(&mut space) && (is_between(&bare) || is_value(&bare)) {
            bare.push(' ');
        }
        // A figure below one needs no nought.
        if quote.is_none() && letter == '.' && [":0", " 0", ",0", "(0", "-0"].iter().any(|start| bare.ends_with(start))
        {
            bare.pop();
        }
        match quote {
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            Some(open) if letter == open => quote = None,
            _ => {}
        }
        if quote.is_none() && letter == '}' && bare.ends_with(';') {
            bare.pop();
        }
        bare.push(letter);
        if quote.is_some() && letter == '\\' {
            bare.extend(letters.next());
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::{without_comments, without_space};

    #[test]
    fn an_empty_property_keeps_its_space() {
        assert_eq!(without_space("a {\n  --b: ;\n  --c: d;\n}\n"), "a{--b: ;--c:d}");
    }

    #[test]
    fn only_space_that_means_nothing_goes() {
        let css = "a > b,\n i :hover {\n  content: \" {  \\\" } \";\n  margin: 0 calc(0.5px + 10.5px);\n}\n@media (x: 1) and (y) {\n  b { c: d; }\n}\n";
        let bare = "a>b,i :hover{content:\" {  \\\" } \";margin:0 calc(.5px + 10.5px)}@media (x:1) and (y){b{c:d}}";
        assert_eq!(without_space(css), bare);
    }

    #[test]
    fn every_colour_is_said_once_for_light_and_for_dark() {
        let css = super::builtin("css/site.css").expect("the style sheet is embedded");
        let colours = css.lines().filter(|line| line.contains('#') && line.trim_start().starts_with("--"));
        for line in colours.clone() {
            assert!(line.contains(": var(--light, #") && line.contains(") var(--dark, #"), "{line}");
        }
        assert!(colours.count() > 20);
        // Dark by the system and dark by choice are the same switch.
        assert_eq!(css.matches("{ --light: ; --dark: initial;").count(), 2);
    }

    #[test]
    fn only_comments_and_blank_lines_go() {
        let css = "/* a */\na{content:\"/* kept */\\\"\"}\n\n/* é\n*/b{}\n/* open";
        assert_eq!(without_comments(css), "a{content:\"/* kept */\\\"\"}\nb{}\n");
    }
}
