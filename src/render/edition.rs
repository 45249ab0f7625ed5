//! The site in one of its languages: templates, interface texts, scripts, orders of lists.

use sha2::{Digest, Sha256};
use tera::Tera;

use super::interface::Interface;
use super::locale::Locale;
use super::search::Search;
use super::view::badge::Badges;
use super::view::overview::Overview;
use super::{bounds, escape, markdown};
use crate::assess::Assessment;
use crate::diagnostic::Diagnostics;
use crate::theme::Theme;

/// The site in one language.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) tag: String,
    pub(super) locale: Locale,
    pub(super) interface: Interface,
    /// What Markdown says between the editors' words.
    pub(super) markdown: markdown::Words,
    /// Orders of lists, by the names in this language.
    pub(super) overview: Overview,
    pub(super) search: Search,
    pub(super) scripts: Vec<Asset>,
    pub(super) tera: Tera,
    pub(super) badges: Badges,
}

impl Edition {
    /// The path of a script of the theme.
    pub(super) fn script(&self, name: &str) -> &str {
        let is = |path: &str| path.strip_prefix("assets/").is_some_and(|file| file.split('.').next() == Some(name));
        self.scripts.iter().map(|asset| asset.path.as_str()).find(|path| is(path)).expect("the theme has the script")
    }
}

/// A file of the theme under a name that changes with its content.
#[derive(Debug)]
pub(super) struct Asset {
    pub(super) path: String,
    pub(super) text: String,
}

impl Asset {
    pub(super) fn new(stem: &str, extension: &str, text: String) -> Self {
        let hash = base16ct::lower::encode_string(&Sha256::digest(text.as_bytes())[..4]);
        Self { path: format!("assets/{stem}.{hash}.{extension}"), text }
    }
}

/// What stands in a script for the interface texts that scripts say.
const TEXTS_IN_SCRIPTS: &str = "\"TEXTS\"";

/// The theme's scripts in one language. One names another by its place in the theme, `./fold.js`, and is published with the name that
/// the other has then; so a script's name changes with all that it loads.
fn scripts(theme: &Theme, interface: &Interface) -> Vec<Asset> {
    let texts = interface.texts_of("script.").to_string();
    let mut waiting: Vec<(&str, String)> =
        theme.scripts().map(|(name, text)| (name, text.replace(TEXTS_IN_SCRIPTS, &texts))).collect();
    let mut assets: Vec<Asset> = Vec::new();
    while !waiting.is_empty() {
        let names: Vec<String> = waiting.iter().map(|(name, _)| format!("\"./{name}.js\"")).collect();
        let (ready, rest): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(_, text)| !names.iter().any(|name| text.contains(name)));
        // Scripts that load one another in a circle keep the names that lead nowhere; ours do not.
        let (ready, rest) = if ready.is_empty() { (rest, ready) } else { (ready, rest) };
        let published: Vec<Asset> = ready.into_iter().map(|(name, text)| Asset::new(name, "js", text)).collect();
        waiting = rest;
        for (_, text) in &mut waiting {
            for asset in &published {
                let (stem, _) = asset.path.split_once('.').expect("an asset's name has a digest");
                let stem = stem.strip_prefix("assets/").unwrap_or(stem);
                let file = asset.path.strip_prefix("assets/").unwrap_or(&asset.path);
                *text = text.replace(&format!("\"./{stem}.js\""), &format!("\"./{file}\""));
            }
        }
        assets.extend(published);
    }
    assets
}

/// Makes the editions of a site, one for each of its languages.
pub(super) fn editions(theme: &Theme, assessment: &Assessment, diagnostics: &mut Diagnostics) -> Vec<Edition> {
    let site = &assessment.register.site;
    let mut of_texts = Diagnostics::default();
    let templates = || theme.templates(bounds::range, bounds::turn, diagnostics);
    let texts = || site.languages().map(|(_, tag)| Interface::new(theme, tag, &mut of_texts)).collect::<Vec<_>>();
    let (mut tera, interfaces) = rayon::join(templates, texts);
    diagnostics.append(of_texts);
    tera.set_escape_fn(escape::write_html);
    // The last edition takes the templates themselves, the others copies.
    let templates = std::iter::repeat_n(tera, interfaces.len());
    let editions = site.languages().zip(interfaces).zip(templates).map(|(((language, tag), interface), tera)| {
        let word = |key| interface.text(key).to_owned();
        let markdown = markdown::Words {
            table: word("markdown.table"),
            footnotes: word("markdown.footnotes"),
            footnote_back: word("markdown.footnote_back"),
        };
        let (locale, search) = (Locale::new(tag), Search::default());
        let overview = Overview::new(assessment, &locale, language);
        let (tag, scripts) = (tag.to_owned(), scripts(theme, &interface));
        Edition { tag, locale, interface, markdown, overview, search, scripts, tera, badges: Badges::default() }
    });
    editions.collect()
}
