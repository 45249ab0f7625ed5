//! A site's theme over the built-in one.

use super::sites::{DAY, FULL, MINIMAL};
use super::{Rendered, words};
use crate::diagnostic::Code;
use crate::theme::DEFAULT;

fn with<'a>(files: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let themed = MINIMAL[0].1;
    let site: &'static str = Box::leak(format!("{themed}theme: rieng\n").into_boxed_str());
    [("content/site.yaml", site), MINIMAL[1]].into_iter().chain(files.iter().copied()).collect()
}

/// The only mistake of a site: its wording, the text that it points at, its arguments.
#[track_caller]
fn only(site: &Rendered) -> (&'static str, &str, Vec<&str>) {
    let all: Vec<_> = site.diagnostics.iter().collect();
    let [one] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(one.code, Code::TemplateError);
    let arguments = one.arguments.iter().map(|(_, value)| value.as_str()).collect();
    (one.wording, site.sources.slice(one.primary), arguments)
}

#[test]
fn one_file_can_be_replaced() {
    let footer = "{% extends \"builtin/not-found.html\" %}{% block main %}<h1>Lạc</h1>{{ super() }}{% endblock main %}";
    let site = Rendered::of(&with(&[("themes/rieng/templates/not-found.html", footer)]), DAY);
    assert_eq!(site.diagnostics.iter().count(), 0, "{:?}", site.diagnostics);
    assert!(words(site.page("404.html"), "main").starts_with("Lạc Không có trang này"));
    assert!(site.page("").contains("Nhỏ"), "the other pages are ours");
}

#[test]
fn texts_can_be_changed_one_by_one() {
    let texts = "menu:\n  home: Nhà\nlist:\n  reporting: \"{count} đã gửi\"\n";
    let site = Rendered::of(&with(&[("themes/rieng/locales/vi.yaml", texts)]), DAY);
    assert_eq!(site.diagnostics.iter().count(), 0, "{:?}", site.diagnostics);
    assert!(words(site.page(""), ".menu").starts_with("Nhà Nghị quyết"));
    assert!(site.words("units/").contains("0 đã gửi"));
}

#[test]
fn a_style_sheet_has_a_name_of_its_content() {
    let plain = Rendered::of(MINIMAL, DAY);
    let themed = Rendered::of(&with(&[("themes/rieng/css/site.css", "body { color: red }")]), DAY);
    let name = |site: &Rendered| site.files.keys().find(|path| path.ends_with(".css")).cloned();
    let (plain_name, themed_name) = (name(&plain).expect("a style sheet"), name(&themed).expect("a style sheet"));
    assert_ne!(plain_name, themed_name);
    assert!(themed.page("").contains(&themed_name));
    assert!(themed.files[&themed_name].ends_with("body{color:red}"));
}

#[test]
fn a_file_that_the_theme_does_not_know_is_a_mistake() {
    let site = Rendered::of(&with(&[("themes/rieng/templates/hom.html", "<p>\n")]), DAY);
    let (wording, place, arguments) = only(&site);
    assert_eq!((wording, place), ("template-error.unknown-file", "<p>"));
    assert_eq!(arguments, ["templates/hom.html", "templates/home.html"]);
}

#[test]
fn a_theme_without_files_is_a_mistake() {
    let site = Rendered::of(&with(&[]), DAY);
    assert_eq!(only(&site), ("template-error.unknown-theme", "theme: rieng", vec!["rieng"]));
}

#[test]
fn a_template_that_cannot_be_read_is_shown_at_its_place() {
    let site = Rendered::of(&with(&[("themes/rieng/templates/home.html", "<p>{{ view. }}</p>")]), DAY);
    let (wording, place, _) = only(&site);
    assert_eq!((wording, place), ("template-error", "}}"));
    assert!(site.page("").contains("<h1>"), "ours stands in");
}

#[test]
fn a_template_that_cannot_be_filled_is_shown_at_its_place() {
    let site = Rendered::of(&with(&[("themes/rieng/templates/home.html", "<p>{{ view.nothing.at_all }}</p>")]), DAY);
    let (wording, place, _) = only(&site);
    assert_eq!((wording, place), ("template-error", "nothing"));
    assert!(!site.files.contains_key("index.html"));
}

#[test]
fn what_a_site_takes_away_is_its_own_mistake() {
    let lonely = "{% component units(other) %}{% endcomponent units %}";
    let site = Rendered::of(&with(&[("themes/rieng/templates/components.html", lonely)]), DAY);
    assert!(site.diagnostics.iter().count() > 0);
    assert!(site.diagnostics.iter().all(|one| site.sources.file(one.primary.file).path.starts_with("themes/")));
}

#[test]
fn a_sign_of_its_own_stands_in_every_row() {
    let own = "{% extends \"builtin/not-found.html\" %}{% component mark(status: string) %}<i>{{ status }}</i>{% endcomponent mark %}";
    let mut files = FULL.to_vec();
    let site: &'static str = Box::leak(format!("{}theme: rieng\n", files[0].1).into_boxed_str());
    files[0].1 = site;
    files.push(("themes/rieng/templates/not-found.html", own));
    let site = Rendered::of(&files, DAY);
    assert_eq!(site.diagnostics.iter().count(), 0, "{:?}", site.diagnostics);
    assert!(
        site.files
            .values()
            .any(|page| page.contains("<td data-label=\"Tình trạng\" data-value=\"") && page.contains("\"><i>"))
    );
    assert!(site.files.values().all(|page| !page.contains("<svg class=\"mark ")));
}

#[test]
fn a_sign_that_cannot_be_drawn_is_the_sites_mistake() {
    let of_nothing = "{{ nothing.at.all }}";
    let without_end =
        "{% for a in range(end=1000) %}{% for b in range(end=1000) %}{{ status }}{% endfor %}{% endfor %}";
    for sign in [of_nothing, without_end] {
        let own = format!(
            "{{% extends \"builtin/not-found.html\" %}}{{% component mark(status: string) %}}{sign}{{% endcomponent mark %}}"
        );
        let site = Rendered::of(&with(&[("themes/rieng/templates/not-found.html", &own)]), DAY);
        let found: Vec<_> = site.diagnostics.iter().map(|one| (one.code, one.primary.file)).collect();
        let theme = site.sources.find("themes/rieng/templates/not-found.html").expect("the site has it");
        assert!(!found.is_empty() && found.iter().all(|one| *one == (Code::TemplateError, theme)), "{found:?}");
    }
}

#[test]
fn mistakes_in_texts_are_shown_at_their_place() {
    let wrong = "menu:\n  hone: Nhà\nlist:\n  position: \"Trang {numer}\"\n";
    let site = Rendered::of(&with(&[("themes/rieng/locales/vi.yaml", wrong)]), DAY);
    let found: Vec<_> = site
        .diagnostics
        .iter()
        .map(|one| {
            (one.wording, site.sources.slice(one.primary), one.arguments.last().map(|(_, value)| value.as_str()))
        })
        .collect();
    assert_eq!(
        found,
        [
            ("template-error.unknown-placeholder", "position", Some("number")),
            ("template-error.unknown-text", "hone", Some("menu.home")),
        ]
    );
}

#[test]
fn a_further_language_is_one_more_file() {
    let themed = MINIMAL[0].1.replace("language: vi\n", "language: vi\nlanguages: [vi, fr]\n") + "theme: rieng\n";
    let files = [
        ("content/site.yaml", themed.as_str()),
        MINIMAL[1],
        ("themes/rieng/locales/fr.yaml", "language: Français\nmenu:\n  home: Accueil\n"),
    ];
    let site = Rendered::of(&files, DAY);
    assert_eq!(site.diagnostics.iter().count(), 0, "{:?}", site.diagnostics);
    let page = site.page("fr/");
    assert!(page.contains("<html lang=\"fr\">"));
    // What the file leaves out is said in English.
    assert!(words(page, ".menu").starts_with("Accueil Resolutions"));
    assert!(words(site.page(""), ".languages").contains("Français"));
}

/// The contrast of two colours `#rrggbb` or `#rgb` (WCAG 2.2, relative luminance).
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let digits = colour.trim_start_matches('#');
        let wide: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            _ => digits.to_owned(),
        };
        let channel = |at: usize| {
            let share = f64::from(u8::from_str_radix(&wide[at..at + 2], 16).expect("a colour")) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_colour_stands_out_from_the_paper_by_day_and_by_night() {
    let style = DEFAULT.iter().find(|(name, _)| *name == "css/site.css").expect("the theme has a style").1;
    for scheme in ["var(--light, ", "var(--dark, "] {
        let tokens: Vec<(&str, &str)> = (style.lines())
            .filter_map(|line| line.trim().strip_prefix("--")?.split_once(": "))
            .filter_map(|(name, value)| Some((name, value.split_once(scheme)?.1.split_once(')')?.0)))
            .collect();
        let token = |wanted: &str| tokens.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        let paper = token("paper").expect("it is there");
        for status in crate::assess::Status::ALL {
            let colour = token(&format!("status-{}", status.as_str())).unwrap_or_else(|| panic!("{status:?}"));
            let found = contrast(colour, paper);
            assert!(found >= 3.0, "{status:?}: {colour} on {paper} is {found:.2}:1");
        }
        let soft = token("paper-soft").expect("it is there");
        for text in ["ink", "muted", "link", "link-hover"] {
            let colour = token(text).unwrap_or_else(|| panic!("--{text}"));
            for ground in [paper, soft] {
                assert!(contrast(colour, ground) >= 4.5, "{text}: {colour} on {ground}");
            }
        }
        assert!(contrast(token("focus").expect("it is there"), paper) >= 3.0);
    }
}
