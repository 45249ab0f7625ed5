//! What surrounds the content of every page: head, header, breadcrumbs, footer.

use serde::Serialize;
use tera::Context;

use super::{Here, Link, Words};
use crate::model::text::{Language, Text};
use crate::model::{HOME, Register};
use crate::render::Site;
use crate::render::card::{HEIGHT, WIDTH};
use crate::render::html::Html;
use crate::route::{Route, Target};

/// What differs from page to page.
#[derive(Debug, Serialize)]
pub(crate) struct Frame<'a> {
    /// The page's own title, as text for the window.
    title: String,
    /// What the page says, in a sentence for search engines.
    description: String,
    /// The page's full address; none for a page without a place of its own.
    canonical: Option<String>,
    /// The same page in the site's other languages.
    languages: Vec<Other<'a>>,
    /// Whether search engines should pass it over.
    hidden: bool,
    /// The way to the site's root: `../../`.
    root: String,
    /// The address of the menu's entry that the page belongs to.
    section: String,
    /// The digest by which the Content-Security-Policy knows the block of [`Self::data`].
    pub(super) data_digest: Option<String>,
    /// What machines are told of the page, as JSON-LD.
    pub(super) data: Option<Html>,
    /// The picture that others show where it is passed on.
    card: Option<CardView>,
    /// What kind of thing it is to those who pass it on.
    kind: &'static str,
    /// Whether this page is that entry itself.
    is_section: bool,
    /// Whether this page has a field to search of its own.
    has_search: bool,
    /// The way from the home page to here, this page left out.
    breadcrumbs: Vec<Link<'a>>,
    /// When its content was changed last, where the repository is asked.
    changed: Option<Html>,
}

/// The same page in another language.
#[derive(Debug, Serialize)]
struct Other<'a> {
    lang: &'a str,
    name: &'a str,
    href: String,
    canonical: String,
}

impl<'a> Frame<'a> {
    /// The frame of a page whose way from home goes through `parents`.
    pub(crate) fn new(here: &Here<'a>, title: String, description: String, parents: Vec<Link<'a>>) -> Self {
        let site = &here.register.site;
        let route = |language| Route { language, target: here.target.clone() };
        let stands_alone = matches!(here.target, Target::NotFound);
        let languages = site.languages().filter(|(language, _)| *language != here.language && !stands_alone);
        let languages = languages.map(|(language, tag)| {
            let address = route(language).address(here.register);
            Other {
                lang: tag,
                name: here.site.edition(language).interface.text("language"),
                href: here.href_to(&address),
                canonical: format!("{}{address}", site.base_url),
            }
        });
        let mut breadcrumbs = vec![Link { href: here.href(Target::Home), text: Words::plain(here.text("menu.home")) }];
        if matches!(here.target, Target::Home) {
            breadcrumbs.clear();
        }
        breadcrumbs.extend(parents);
        let section = section(here.register, here.language, here.target);
        Self {
            title,
            description,
            canonical: (!stands_alone).then(|| format!("{}{}", site.base_url, here.address)),
            languages: languages.collect(),
            hidden: stands_alone || matches!(here.target, Target::Alias(..)),
            root: here.href_to(""),
            data: None,
            card: card(here),
            data_digest: None,
            kind: if matches!(here.target, Target::Home) { "website" } else { "article" },
            is_section: section == here.address,
            has_search: matches!(here.target, Target::Search(1)),
            section,
            breadcrumbs,
            changed: super::history::last_change(here),
        }
    }
}

/// The card of a page.
#[derive(Debug, Serialize)]
struct CardView {
    /// Its whole address.
    url: String,
    width: u32,
    height: u32,
    /// What it shows, in words.
    alt: String,
}

fn card(here: &Here<'_>) -> Option<CardView> {
    let route = Route { language: here.language, target: here.target.clone() };
    let path = route.card(here.register)?;
    let face = super::card::face(here)?;
    let url = format!("{}{path}", here.register.site.base_url);
    Some(CardView { url, width: WIDTH, height: HEIGHT, alt: face.words() })
}

impl Frame<'_> {
    /// Names the page that this one leads on to as the one that counts.
    pub(super) fn leads_to(&mut self, here: &Here<'_>, target: &Target) {
        let address = Route { language: here.language, target: target.clone() }.address(here.register);
        self.canonical = Some(format!("{}{address}", here.register.site.base_url));
    }
}

/// The address of the menu's entry that a page belongs to.
fn section(register: &Register, language: Language, target: &Target) -> String {
    let target = match target {
        Target::Resolution(_) | Target::Indicator(_) | Target::Contributors(..) | Target::Resolutions(_) => {
            Target::Resolutions(1)
        }
        Target::Unit(_) | Target::Children(..) | Target::Units(_) => Target::Units(1),
        Target::Report(_) | Target::Reports(_) => Target::Reports(1),
        Target::Checks | Target::Verify => Target::Method,
        Target::Coverage(_) => Target::Coverage(1),
        Target::Search(_) => Target::Search(1),
        Target::NotFound | Target::Alias(..) => return String::from("-"),
        other => other.clone(),
    };
    Route { language, target }.address(register)
}

/// The icon that a site brings itself, as `content/static/favicon.svg`.
const OWN_ICON: &str = "favicon.svg";

/// An entry of the menu.
#[derive(Debug, Serialize)]
struct MenuItem<'a> {
    /// The address from the site's root.
    path: String,
    label: Words<'a>,
}

/// What all pages of a language share.
#[derive(Debug, Serialize)]
struct Shared<'a> {
    lang: &'a str,
    /// The language of texts that are not translated.
    default_lang: &'a str,
    title: Words<'a>,
    /// The title without markup.
    name: String,
    /// The home page from the site's root.
    home: String,
    menu: Vec<MenuItem<'a>>,
    method: String,
    data: String,
    verify: String,
    changes: String,
    corrections: String,
    search: String,
    feed: String,
    style: &'a str,
    icon: &'a str,
    /// The script that runs before the page is shown, and the one that runs after.
    early_script: &'a str,
    script: &'a str,
    logo: Option<&'a str>,
    as_of: String,
    publisher: Option<Contact<'a>>,
    license: Option<Contact<'a>>,
    repository: Option<&'a str>,
    /// Whether there is a second language.
    translated: bool,
}

/// A name with an address.
#[derive(Debug, Serialize)]
struct Contact<'a> {
    name: &'a str,
    url: Option<&'a str>,
    email: Option<&'a str>,
}

/// The values that every template of a language can name: `site` and the interface texts as `t`.
pub(crate) fn shared(site: &Site<'_>, language: Language) -> Context {
    let register = &site.assessment.register;
    let settings = &register.site;
    let edition = site.edition(language);
    let text = |key| edition.interface.text(key);
    let path = |target| Route { language, target }.address(register);
    let words = |text: &'_ Text| {
        let (text, written) = text.get(language);
        Words { text: text.to_owned().into(), lang: (written != language).then(|| settings.tag(written)) }
    };
    let item = |target, key| MenuItem { path: path(target), label: Words::plain(text(key)) };
    let mut menu = vec![
        item(Target::Home, "menu.home"),
        item(Target::Resolutions(1), "menu.resolutions"),
        item(Target::Units(1), "menu.units"),
        item(Target::Reports(1), "menu.reports"),
    ];
    if !site.assessment.lists.sheets().is_empty() {
        menu.push(item(Target::Coverage(1), "menu.coverage"));
    }
    let mut free: Vec<_> = register.pages.iter().filter(|(_, page)| page.menu && page.id.as_str() != HOME).collect();
    free.sort_by_key(|(key, page)| (page.order, *key));
    menu.extend(
        free.into_iter().map(|(key, page)| MenuItem { path: path(Target::Free(key)), label: words(&page.title) }),
    );
    menu.extend([item(Target::Method, "menu.method"), item(Target::Data, "menu.data")]);
    let has_icon = register.files.iter().any(|file| file.output == OWN_ICON);
    let as_of = edition.locale.date(site.assessment.as_of);
    let shared = Shared {
        lang: &edition.tag,
        default_lang: settings.tag(Language::DEFAULT),
        title: words(&settings.title),
        name: settings.title.get(language).0.to_owned(),
        home: path(Target::Home),
        menu,
        method: path(Target::Method),
        data: path(Target::Data),
        verify: path(Target::Verify),
        changes: path(Target::Changes(1)),
        corrections: path(Target::Corrections(1)),
        search: path(Target::Search(1)),
        feed: path(Target::Atom),
        style: &site.style.path,
        early_script: edition.script("theme"),
        script: edition.script("site"),
        icon: if has_icon { OWN_ICON } else { &site.icon.path },
        logo: settings.logo.as_deref().map(|logo| logo.strip_prefix("static/").unwrap_or(logo)),
        as_of: edition.interface.fill("footer.as_of", &[("date", &as_of)]),
        publisher: settings.publisher.as_ref().map(|publisher| Contact {
            name: &publisher.name,
            url: publisher.url.as_deref(),
            email: publisher.email.as_deref(),
        }),
        license: settings.license.as_ref().map(|license| Contact {
            name: &license.name,
            url: license.url.as_deref(),
            email: None,
        }),
        repository: settings.repository.as_ref().map(|repository| repository.url.as_str()),
        translated: site.editions.len() > 1,
    };
    let mut context = Context::new();
    context.insert("site", &shared);
    context.insert("t", &edition.interface.tree());
    context
}
