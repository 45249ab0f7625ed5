//! What a page tells of itself where it is passed on.

use scraper::{Html, Selector};
use serde_json::{Value, json};

use super::sites::{DAY, FULL, HOSTILE, MINIMAL};
use super::{Rendered, words};

fn data(html: &str) -> Option<Value> {
    let document = Html::parse_document(html);
    let block =
        document.select(&Selector::parse("script[type=\"application/ld+json\"]").expect("a selector")).next()?;
    Some(serde_json::from_str(&block.text().collect::<String>()).expect("the block is JSON"))
}

fn meta(html: &str, property: &str) -> String {
    let document = Html::parse_document(html);
    let selector = Selector::parse(&format!("meta[property=\"{property}\"]")).expect("a selector");
    let found: Vec<_> = document.select(&selector).filter_map(|meta| meta.attr("content")).collect();
    let [one] = found.as_slice() else { panic!("{property}: {found:?}") };
    (*one).to_owned()
}

/// Every address in structured data, with the key that it stands under.
fn addresses(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                if let (true, Some(url)) = (matches!(key.as_str(), "url" | "contentUrl"), value.as_str()) {
                    found.push(url.to_owned());
                }
                addresses(value, found);
            }
        }
        Value::Array(all) => all.iter().for_each(|value| addresses(value, found)),
        _ => {}
    }
}

#[test]
fn an_indicator_is_a_data_set() {
    let site = Rendered::of(FULL, DAY);
    let page = site.page("en/nghi-quyet/ben-tre/nq/dat/");
    let data = data(page).expect("structured data");
    assert_eq!(data["@context"], "https://schema.org");
    assert_eq!(data["@type"], "Dataset");
    assert_eq!(data["inLanguage"], "en");
    assert_eq!(data["url"], "https://example.org/tien-do/en/nghi-quyet/ben-tre/nq/dat/");
    assert_eq!(data["creator"]["@type"], "GovernmentOrganization");
    assert_eq!(data["creator"]["name"], "Bến Tre Province");
    let files: Vec<&str> = (data["distribution"].as_array().expect("files").iter())
        .map(|file| file["contentUrl"].as_str().expect("an address"))
        .collect();
    let folder = "https://example.org/tien-do/nghi-quyet/ben-tre/nq/dat/";
    assert_eq!(files, [format!("{folder}data.csv"), format!("{folder}data.json")]);
    assert!(data["temporalCoverage"].as_str().is_some_and(|days| days.starts_with("2021-")), "{data}");
}

#[test]
fn units_reports_and_the_whole_are_told_too() {
    let site = Rendered::of(FULL, DAY);
    let unit = data(site.page("don-vi/giong-trom/my-thanh/")).expect("structured data");
    assert_eq!((&unit["@type"], &unit["foundingDate"]), (&json!("GovernmentOrganization"), &json!("2000-01-01")));
    assert_eq!(unit["parentOrganization"]["name"], "Huyện Giồng Trôm");
    assert_eq!(unit.get("dissolutionDate"), None, "what is unknown is left out");
    let report = data(site.page("bao-cao/2021/07-ben-tre/")).expect("structured data");
    assert_eq!(report["@type"], "Report");
    assert_eq!(report["author"]["name"], "Tỉnh Bến Tre");
    let all = data(site.page("data/")).expect("structured data");
    assert_eq!(all["distribution"].as_array().map(Vec::len), Some(8));
}

#[test]
fn every_address_is_whole_and_leads_to_a_file() {
    let base = "https://example.org/tien-do/";
    let site = Rendered::of(FULL, DAY);
    let mut followed = 0;
    for (path, html) in site.pages() {
        let mut found = Vec::new();
        data(html).iter().for_each(|data| addresses(data, &mut found));
        if !path.ends_with("404.html") && !html.contains("noindex") {
            found.push(meta(html, "og:url"));
            assert!(!meta(html, "og:title").is_empty() && !meta(html, "og:description").is_empty(), "{path}");
        }
        for address in found.iter().filter_map(|address| address.strip_prefix(base)) {
            let file = if address.is_empty() || address.ends_with('/') {
                format!("{address}index.html")
            } else {
                address.into()
            };
            assert!(site.files.contains_key(&file), "{path}: {file}");
            followed += 1;
        }
        assert!(found.iter().all(|address| address.starts_with("https://")), "{path}: {found:?}");
    }
    assert!(followed > 100, "{followed}");
}

#[test]
fn no_text_ends_the_block() {
    let site = Rendered::of(HOSTILE, DAY);
    let mut told = 0;
    for (path, html) in site.pages() {
        let Some(data) = data(html) else { continue };
        told += 1;
        let name = data["name"].as_str().expect("a name");
        assert!(!name.contains("\\u"), "{path}: {name}");
        let (_, block) = html.split_once("ld+json\">").expect("the block");
        let (block, _) = block.split_once("</script>").expect("the block ends");
        assert!(!block.contains(['<', '>', '&']), "{path}: {block}");
    }
    assert!(told >= 4, "{told}");
    let indicator = data(site.page("resolutions/ben-tre/nq/mot/")).expect("structured data");
    assert!(indicator["name"].as_str().is_some_and(|name| name.contains("<svg><script>x</script></svg>")));
}

#[test]
fn a_page_says_how_to_cite_it() {
    let site = Rendered::of(FULL, DAY);
    let of = |address| words(site.page(address), ".citation");
    let url = "https://example.org/tien-do/nghi-quyet/ben-tre/nq/dat/";
    let indicator = of("nghi-quyet/ben-tre/nq/dat/");
    assert!(indicator.starts_with("Chi bộ được công nhận. Trong: ") && indicator.ends_with(url), "{indicator}");
    assert!(indicator.contains("Số liệu tính đến 31/12/2021."), "{indicator}");
    for address in ["nghi-quyet/ben-tre/nq/", "bao-cao/2021/07-ben-tre/", "en/data/"] {
        assert!(of(address).contains("https://example.org/tien-do/"), "{address}");
    }
}

#[test]
fn a_chart_can_be_shown_elsewhere_with_its_source() {
    let site = Rendered::of(FULL, DAY);
    let code = words(site.page("nghi-quyet/ben-tre/nq/dat/"), ".embed code");
    let url = "https://example.org/tien-do/nghi-quyet/ben-tre/nq/dat/";
    let shown = Html::parse_fragment(&code);
    let only =
        |selector: &str| shown.select(&Selector::parse(selector).expect("a selector")).next().expect("it is there");
    assert_eq!(only("figure img").attr("src"), Some(format!("{url}chart.svg").as_str()));
    assert_eq!(only("figcaption a").attr("href"), Some(url));
    assert!(only("figure img").attr("alt").is_some_and(|alt| !alt.is_empty()));
    assert!(!site.page("nghi-quyet/ben-tre/nq/").contains("class=\"embed\""));
    // Markup in a name stays a name, twice escaped.
    let hostile = Rendered::of(HOSTILE, DAY);
    let page = hostile.page("resolutions/ben-tre/nq/mot/");
    if page.contains("class=\"embed\"") {
        let code = words(page, ".embed code");
        let shown = Html::parse_fragment(&code);
        assert!(shown.select(&Selector::parse("script, svg, b").expect("a selector")).next().is_none(), "{code}");
    }
    assert!(!Rendered::of(MINIMAL, DAY).page("").contains("class=\"embed\""));
}

#[test]
fn a_page_with_a_card_names_it() {
    let site_yaml = format!("{}cards: true\n", include_str!("full/site.yaml"));
    let mut files = FULL.to_vec();
    files[0].1 = &site_yaml;
    let (with, without) = (Rendered::of(&files, DAY), Rendered::of(FULL, DAY));
    let base = "https://example.org/tien-do/";
    let shared = ["", "nghi-quyet/ben-tre/nq/", "en/nghi-quyet/ben-tre/nq/dat/", "don-vi/giong-trom/my-thanh/"];
    for address in shared.into_iter().chain(["bao-cao/2021/07-ben-tre/"]) {
        let page = with.page(address);
        assert_eq!(meta(page, "og:image"), format!("{base}{address}card.png"));
        assert_eq!((meta(page, "og:image:width"), meta(page, "og:image:height")), ("1200".into(), "630".into()));
        assert!(page.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">"), "{address}");
        assert!(meta(page, "og:image:alt").ends_with("2021."), "{}", meta(page, "og:image:alt"));
    }
    let alt = meta(with.page("nghi-quyet/ben-tre/nq/dat/"), "og:image:alt");
    assert_eq!(
        alt.replace('\u{a0}', " "),
        "Tỉnh Bến Tre · Nghị quyết số 03-NQ/TU. Chi bộ được công nhận. 4 chi bộ, 30/06/2021. Mục tiêu 4 chi bộ. 100 %. \
         Đạt. Số liệu tính đến 31/12/2021."
    );
    // Nothing else changes, and pages that nobody shares say what they said.
    for (path, page) in without.pages() {
        let other = &with.files[path];
        assert!(!page.contains("og:image") && !page.contains("summary_large_image"), "{path}");
        let lines: Vec<&str> = other.lines().filter(|line| !line.contains("og:image")).collect();
        let before = page.replace("content=\"summary\"", "content=\"summary_large_image\"");
        if other.contains("og:image") {
            assert_eq!(lines, before.lines().collect::<Vec<_>>(), "{path}");
        } else {
            assert_eq!(page, other, "{path}");
        }
    }
}
