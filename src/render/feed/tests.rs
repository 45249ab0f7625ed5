//! Feeds and sitemaps as a strict XML parser reads them.

use roxmltree::Document;

use super::*;
use crate::render::fixture::{ENGLISH, Fixture, key};
use crate::route::routes;

fn feed(language: Language, change: impl FnOnce(&mut Fixture)) -> String {
    let mut fixture = Fixture::new();
    change(&mut fixture);
    let (sources, assessment) = fixture.on("2021-12-31");
    let locale = Locale::new(assessment.register.site.tag(language));
    site_feed(&assessment, &sources, &locale, language)
}

fn all<'a>(document: &'a Document<'_>, name: &str) -> Vec<&'a str> {
    let named = document.descendants().filter(|node| node.tag_name().name() == name);
    named.map(|node| node.text().unwrap_or_default()).collect()
}

#[test]
fn the_feed_has_the_newest_first() {
    let xml = feed(Language::DEFAULT, |_| {});
    insta::assert_snapshot!("feed", xml);
    let document = Document::parse(&xml).expect("well-formed XML");
    assert_eq!(all(&document, "title")[0], "Tiến độ nghị quyết <Bến Tre>");
}

#[test]
fn the_feed_speaks_the_language_of_its_tree() {
    let xml = feed(ENGLISH, |_| {});
    let document = Document::parse(&xml).expect("well-formed XML");
    assert_eq!(document.root_element().attribute(("http://www.w3.org/XML/1998/namespace", "lang")), Some("en"));
    assert!(all(&document, "id").iter().all(|id| id.starts_with("https://example.org/tien-do/en/")));
    assert!(all(&document, "title").contains(&"First half of 2021"));
    assert!(xml.contains("<title xml:lang=\"vi\">Đính chính</title>"));
}

#[test]
fn any_title_stays_a_title() {
    for hostile in ["]]></title><script>alert(1)</script>", "<b> & \"c\" 'd'", "\u{0}\u{8}\u{1b}x\u{ffff}", "&lt;"] {
        let xml = feed(Language::DEFAULT, |fixture| {
            fixture.register.site.title = Text::new(hostile);
            fixture.register.reports[key(0)].title = Text::new(hostile);
            fixture.register.units[key(0)].name = Text::new(hostile);
            fixture.register.resolutions[key(0)].entry.summary = Some(Text::new(hostile));
            fixture.body("content/reports/2021/04-19-ben-tre.md", hostile);
        });
        let document = Document::parse(&xml).expect("well-formed XML");
        assert!(document.descendants().all(|node| node.tag_name().name() != "script"));
        let shown: String = hostile.chars().map(|c| if c < ' ' || c == '\u{ffff}' { '\u{fffd}' } else { c }).collect();
        assert!(all(&document, "title").contains(&shown.as_str()), "{xml}");
    }
}

#[test]
fn an_empty_feed_is_still_a_feed() {
    let (sources, assessment) = Fixture::new().on("2021-12-31");
    let xml = unit_feed(&assessment, &sources, &Locale::new("vi"), Language::DEFAULT, key(2));
    let document = Document::parse(&xml).expect("well-formed XML");
    assert_eq!(all(&document, "updated"), ["2021-12-31T00:00:00Z"]);
    assert_eq!(all(&document, "title"), ["=Mỹ Thạnh – Tiến độ nghị quyết <Bến Tre>"]);
    assert_eq!(all(&document, "id"), ["https://example.org/tien-do/don-vi/giong-trom/my-thanh/atom.xml"]);
}

#[test]
fn a_unit_feeds_its_own() {
    let (sources, assessment) = Fixture::new().on("2021-12-31");
    let xml = unit_feed(&assessment, &sources, &Locale::new("vi"), Language::DEFAULT, key(1));
    let document = Document::parse(&xml).expect("well-formed XML");
    assert_eq!(all(&document, "published"), ["2021-10-31T00:00:00Z"]);
}

#[test]
fn the_sitemap_names_every_listed_page_in_every_language() {
    let (_, assessment) = Fixture::new().on("2021-12-31");
    let routes = routes(&assessment);
    let xml = sitemap(&assessment, &routes, 0);
    let document = Document::parse(&xml).expect("well-formed XML");
    let expected: Vec<String> = routes
        .iter()
        .filter(|route| route.is_listed())
        .map(|route| format!("https://example.org/tien-do/{}", route.address(&assessment.register)))
        .collect();
    assert_eq!(all(&document, "loc"), expected);
    assert!(expected.len() > 20);
    assert!(xml.contains(
        "<url><loc>https://example.org/tien-do/bao-cao/2021/07-30-ben-tre/</loc><lastmod>2021-07-30</lastmod>\
         <xhtml:link rel=\"alternate\" hreflang=\"vi\" href=\"https://example.org/tien-do/bao-cao/2021/07-30-ben-tre/\"/>\
         <xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/tien-do/en/bao-cao/2021/07-30-ben-tre/\"/>\
         </url>"
    ));
}

#[test]
fn a_large_sitemap_is_an_index() {
    let (_, assessment) = Fixture::new().on("2021-12-31");
    let home = Route { language: Language::DEFAULT, target: Target::Home };
    let routes = vec![home; SITEMAP_LENGTH + 1];
    let index = sitemap(&assessment, &routes, 0);
    let document = Document::parse(&index).expect("well-formed XML");
    assert_eq!(
        all(&document, "loc"),
        ["https://example.org/tien-do/sitemap-1.xml", "https://example.org/tien-do/sitemap-2.xml"]
    );
    assert_eq!(sitemap(&assessment, &routes, 1).matches("<url>").count(), SITEMAP_LENGTH);
    assert_eq!(sitemap(&assessment, &routes, 2).matches("<url>").count(), 1);
}

#[test]
fn robots_may_read_everything() {
    let (_, assessment) = Fixture::new().on("2021-12-31");
    assert_eq!(robots(&assessment), "User-agent: *\nAllow: /\n\nSitemap: https://example.org/tien-do/sitemap.xml\n");
}
