//! What a reader sees of Markdown, what nobody may slip through it, and what editors are told.

use proptest::prelude::*;
use scraper::{Html, Selector};

use super::*;
use crate::diagnostic::Diagnostics;
use crate::model::Drafts;
use crate::model::site::HtmlPolicy;
use crate::render::fixture::{ENGLISH, Fixture, day};

const PAGE: &str = "content/pages/gioi-thieu.md";

fn words() -> Words {
    Words {
        table: "Bảng".to_owned(), footnotes: "Chú thích".to_owned(), footnote_back: "Về chỗ dẫn".to_owned()
    }
}

/// The HTML of a body on the page `gioi-thieu/`.
/// The page of the fixture in the default language.
fn context<'a>(links: &'a Links, sources: &'a SourceMap, words: &'a Words) -> Context<'a> {
    Context {
        links,
        sources,
        language: Language::DEFAULT,
        address: "gioi-thieu/",
        top: 2,
        html: HtmlPolicy::Text,
        words,
    }
}

fn html(body: &str) -> String {
    html_in(body, Language::DEFAULT, "gioi-thieu/", |_| {})
}

fn html_in(body: &str, language: Language, address: &str, change: impl FnOnce(&mut Fixture)) -> String {
    let mut fixture = Fixture::new();
    change(&mut fixture);
    let prose = fixture.body(PAGE, body);
    let links = Links::new(&fixture.register, &fixture.sources);
    let words = words();
    let context =
        Context { language, address, html: fixture.register.site.html, ..context(&links, &fixture.sources, &words) };
    to_html(prose, &context)
}

/// What is said about a body: the wording, the text at its place, and the suggestion.
fn problems(body: &str) -> Vec<(&'static str, String, Option<String>)> {
    let mut fixture = Fixture::new();
    let prose = fixture.body(PAGE, body);
    problems_of(&fixture, prose)
}

fn problems_of(fixture: &Fixture, prose: Span) -> Vec<(&'static str, String, Option<String>)> {
    let links = Links::new(&fixture.register, &fixture.sources);
    let mut diagnostics = Diagnostics::default();
    check(prose, Language::DEFAULT, &links, &fixture.sources, &mut diagnostics);
    let argument =
        |list: &[(&str, String)], wanted| list.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.clone());
    diagnostics
        .iter()
        .map(|found| {
            assert_eq!(found.primary.file, prose.file);
            let written = fixture.sources.slice(found.primary).to_owned();
            (found.wording, written, argument(&found.arguments, "suggestion"))
        })
        .collect()
}

#[test]
fn prose_becomes_plain_html() {
    for (markdown, expected) in [
        (
            "Một *hai* **ba** ~~bốn~~ `năm`",
            "<p>Một <em>hai</em> <strong>ba</strong> <del>bốn</del> <code>năm</code></p>\n",
        ),
        ("một\nhai  \nba", "<p>một\nhai<br>\nba</p>\n"),
        ("- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n4. b\n", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("- [x] xong\n- [ ] chưa\n", "<ul>\n<li>☑ xong</li>\n<li>☐ chưa</li>\n</ul>\n"),
        ("> lời\n", "<blockquote>\n<p>lời</p>\n</blockquote>\n"),
        ("---\n", "<hr>\n"),
        ("```sql\na < b\n```\n", "<pre tabindex=\"0\"><code class=\"language-sql\">a &lt; b\n</code></pre>\n"),
        ("5 < 6 & \"7\"", "<p>5 &lt; 6 &amp; &quot;7&quot;</p>\n"),
    ] {
        assert_eq!(html(markdown), expected, "{markdown}");
    }
}

#[test]
fn a_table_scrolls_by_itself_and_carries_no_style() {
    insta::assert_snapshot!(html("| Xã | Số |\n|:--|--:|\n| Mỹ Thạnh | 2 |\n"), @r#"
    <div class="table-scroll" role="region" tabindex="0" aria-label="Bảng">
    <table>
    <thead>
    <tr><th scope="col" class="left">Xã</th><th scope="col" class="right">Số</th></tr>
    </thead>
    <tbody>
    <tr><td class="left">Mỹ Thạnh</td><td class="right">2</td></tr>
    </tbody>
    </table>
    </div>
    "#);
}

#[test]
fn headings_keep_the_page_to_one_h1_and_skip_no_level() {
    insta::assert_snapshot!(html("## Tiến độ\n### Đồng Khởi\n## Tiến độ\n##### Sâu\n"), @r#"
    <h2 id="tien-do">Tiến độ</h2>
    <h3 id="dong-khoi">Đồng Khởi</h3>
    <h2 id="tien-do-2">Tiến độ</h2>
    <h3 id="sau">Sâu</h3>
    "#);
    let levels = |markdown| headings(markdown).into_iter().map(|heading| heading.level).collect::<Vec<_>>();
    assert_eq!(levels("# a\n## b\n### c\n#### d\n##### e\n###### f\n"), [2, 3, 4, 5, 6, 6]);
    assert_eq!(levels("### a\n# b\n"), [2, 2]);
    assert!(headings("không có gì").is_empty());
}

#[test]
fn fragments_are_readable_and_unique() {
    for (text, folded) in [
        ("Tiến độ nghị quyết", "tien-do-nghi-quyet"),
        ("Ðồng Khởi", "dong-khoi"),
        ("03-NQ/TU: 61,1 %", "03-nq-tu-61-1"),
        ("  — ", ""),
        ("Tie\u{302}\u{301}n", "tien"),
    ] {
        assert_eq!(slug(text), folded, "{text}");
    }
    let ids: Vec<String> =
        headings("# a\n# a 2\n# a\n# 漢字\n# 漢字\n").into_iter().map(|heading| heading.id).collect();
    assert_eq!(ids, ["a", "a-2", "a-3", "h", "h-2"]);
}

#[test]
fn footnotes_stand_at_the_end_in_the_order_of_reference() {
    insta::assert_snapshot!(html("Một[^b] hai[^a] ba[^b].\n\n[^a]: chú a\n[^b]: chú *b*\n[^c]: chú c\n"), @r##"
    <p>Một<sup id="fnref_1"><a href="#fn_1">1</a></sup> hai<sup id="fnref_2"><a href="#fn_2">2</a></sup> ba<sup id="fnref_1_2"><a href="#fn_1">1</a></sup>.</p>
    <section class="footnotes" aria-label="Chú thích">
    <ol>
    <li id="fn_1">
    <p>chú <em>b</em></p>
    <a class="footnote-back" href="#fnref_1" aria-label="Về chỗ dẫn 1">↩</a>
    </li>
    <li id="fn_2">
    <p>chú a</p>
    <a class="footnote-back" href="#fnref_2" aria-label="Về chỗ dẫn 2">↩</a>
    </li>
    <li id="fn_3">
    <p>chú c</p>
    </li>
    </ol>
    </section>
    "##);
}

#[test]
fn links_lead_to_pages_from_wherever_they_stand() {
    for (link, href) in [
        ("../units/ben-tre.md", "../don-vi/ben-tre/"),
        ("/units/giong-trom/my-thanh.md", "../don-vi/giong-trom/my-thanh/"),
        ("/resolutions/ben-tre/03-nq-tu.md", "../nghi-quyet/ben-tre/03-nq-tu/"),
        ("/resolutions/ben-tre/03-nq-tu.md#van-ban", "../nghi-quyet/ben-tre/03-nq-tu/van-ban/"),
        ("/reports/2021/07-30-ben-tre.md", "../bao-cao/2021/07-30-ben-tre/"),
        ("index.md", "../"),
        ("/", "../"),
        ("/units/", "../don-vi/"),
        ("/don-vi/", "../don-vi/"),
        ("/method/", "../method/"),
        ("/data/units.csv", "../data/units.csv"),
        ("<../resolutions/ben-tre/văn bản.pdf>", "../resolutions/ben-tre/v%C4%83n%20b%E1%BA%A3n.pdf"),
        (
            "../resolutions/ben-tre/v%C4%83n%20b%E1%BA%A3n.pdf#page=2",
            "../resolutions/ben-tre/v%C4%83n%20b%E1%BA%A3n.pdf#page=2",
        ),
        ("/static/logo.svg", "../logo.svg"),
        ("/logo.svg", "../logo.svg"),
        ("#tiến-độ", "#tien-do"),
    ] {
        let body = format!("# Tiến độ\n[x]({link})");
        let page = html(&body);
        assert!(page.contains(&format!("<a href=\"{href}\">x</a>")), "{link}: {page}");
        assert_eq!(problems(&body), [], "{link}");
    }
    // A name typed on another computer, with its marks apart, is the same name.
    assert!(html("[x](<../resolutions/ben-tre/va\u{306}n ba\u{309}n.pdf>)").contains("v%C4%83n%20b%E1%BA%A3n.pdf"));
}

#[test]
fn pages_in_another_language_link_within_their_own_tree() {
    let english = |body: &str| html_in(body, ENGLISH, "en/gioi-thieu/", |_| {});
    assert_eq!(english("[x](/units/ben-tre.md)"), "<p><a href=\"../don-vi/ben-tre/\">x</a></p>\n");
    assert_eq!(english("[x](/data/units.csv)"), "<p><a href=\"../../data/units.csv\">x</a></p>\n");
    assert_eq!(english("[x](/method/)"), "<p><a href=\"../method/\">x</a></p>\n");
    let with_translation = |body: &str, language, address: &str| {
        html_in(body, language, address, |fixture| {
            let unit = &mut fixture.register.units[crate::render::fixture::key(0)];
            Fixture::translation(&mut unit.entry, &mut fixture.sources, "# Progress\n");
            fixture.body("content/units/ben-tre.md", "# Tiến độ\n");
        })
    };
    let link = "[x](/units/ben-tre.en.md)";
    assert_eq!(with_translation(link, Language::DEFAULT, ""), "<p><a href=\"en/don-vi/ben-tre/\">x</a></p>\n");
    // The English page has other headings: the page itself is the next best place.
    let link = "[x](/units/ben-tre.md#tien-do)";
    assert_eq!(with_translation(link, Language::DEFAULT, ""), "<p><a href=\"don-vi/ben-tre/#tien-do\">x</a></p>\n");
    assert_eq!(with_translation(link, ENGLISH, "en/"), "<p><a href=\"don-vi/ben-tre/\">x</a></p>\n");
}

#[test]
fn what_is_not_yet_known_is_text_and_no_mistake() {
    let body = "[báo cáo](/reports/2021/10-05-ben-tre.md) và [đơn vị](/units/ben-tre.md)";
    let mut fixture = Fixture::new();
    let prose = fixture.body(PAGE, body);
    assert_eq!(problems_of(&fixture, prose), []);
    let known = fixture.register.known_on(day("2021-08-01"), Drafts::Exclude);
    let links = Links::new(&known, &fixture.sources);
    let words = words();
    let context = context(&links, &fixture.sources, &words);
    assert_eq!(to_html(prose, &context), "<p>báo cáo và <a href=\"../don-vi/ben-tre/\">đơn vị</a></p>\n");
}

#[test]
fn other_sites_are_marked_and_never_loaded_from() {
    for (markdown, expected) in [
        (
            "[x](https://a.example/?b=1&c=2)",
            "<a href=\"https://a.example/?b=1&amp;c=2\" rel=\"noopener external\">x</a>",
        ),
        ("[x](//a.example/)", "<a href=\"//a.example/\" rel=\"noopener external\">x</a>"),
        ("<https://a.example/>", "<a href=\"https://a.example/\" rel=\"noopener external\">https://a.example/</a>"),
        ("<a@b.example>", "<a href=\"mailto:a@b.example\" rel=\"noopener external\">a@b.example</a>"),
        ("[x](tel:+84275)", "<a href=\"tel:+84275\" rel=\"noopener external\">x</a>"),
        ("![ảnh](https://a.example/a.png)", "<a href=\"https://a.example/a.png\" rel=\"noopener external\">ảnh</a>"),
        (
            "![ảnh \"đẹp\"](/static/logo.svg)",
            "<img src=\"../logo.svg\" alt=\"ảnh &quot;đẹp&quot;\" loading=\"lazy\" decoding=\"async\">",
        ),
        ("[![ảnh](https://a.example/a.png)](/)", "<a href=\"../\">ảnh</a>"),
    ] {
        assert_eq!(html(markdown), format!("<p>{expected}</p>\n"));
        assert_eq!(problems(markdown), []);
    }
}

#[test]
fn every_broken_link_is_found_at_its_exact_place() {
    for (body, wording, place, suggestion) in [
        ("[x](../units/ben-tr.md)", "broken-link", "../units/ben-tr.md", Some("../units/ben-tre.md")),
        ("[x](/units/ben-tr.md \"tên\")", "broken-link", "/units/ben-tr.md", Some("/units/ben-tre.md")),
        ("*a* [x [y] `]`](<../units/ben tre.md>)", "broken-link", "../units/ben tre.md", Some("../units/ben-tre.md")),
        ("[x](/unit/my-thanh.md)", "broken-link", "/unit/my-thanh.md", Some("/units/giong-trom/my-thanh.md")),
        ("[x](xa-lac.pdf)", "broken-link", "xa-lac.pdf", None),
        ("[x](a(b)c.md)", "broken-link", "a(b)c.md", None),
        ("[x][y]\n\n[y]: ../unit/ben-tre.md\n", "broken-link", "../unit/ben-tre.md", Some("../units/ben-tre.md")),
        ("![x](/khong-co.png)", "broken-link", "/khong-co.png", None),
        ("![x](/units/ben-tre.md)", "broken-link.image", "/units/ben-tre.md", None),
        ("[x](../../../bi-mat.md)", "broken-link.outside", "../../../bi-mat.md", None),
        ("[x](/../bi-mat.md)", "broken-link.outside", "/../bi-mat.md", None),
        ("[x]()", "broken-link.empty", "[x]()", None),
        ("[x](%ff.md)", "broken-link.malformed", "%ff.md", None),
        ("[x](/\\evil.example)", "broken-link.malformed", "/\\evil.example", None),
        ("# Tiến độ\n\n[x](#tien-d0)", "broken-link.heading", "#tien-d0", Some("#tien-do")),
        ("[x](/units/ben-tre.md#khong)", "broken-link.heading", "/units/ben-tre.md#khong", None),
        ("[x](javascript:alert(1))", "unsafe-link", "javascript:alert(1)", None),
        ("[x](JaVaScRiPt:alert)", "unsafe-link", "JaVaScRiPt:alert", None),
        ("[x](java&#10;script:alert)", "unsafe-link", "java&#10;script:alert", None),
        ("[x](&#1;javascript:alert)", "unsafe-link", "&#1;javascript:alert", None),
        ("[x](javascript&colon;alert)", "unsafe-link", "javascript&colon;alert", None),
        ("[x](vbscript:a)", "unsafe-link", "vbscript:a", None),
        ("[x](data:text/html;base64,PHN2Zz4=)", "unsafe-link", "data:text/html;base64,PHN2Zz4=", None),
        ("![x](data:image/svg+xml;base64,AA)", "unsafe-link", "data:image/svg+xml;base64,AA", None),
        ("<javascript:alert>", "unsafe-link", "javascript:alert", None),
        ("[x](file:///etc/passwd)", "unsafe-link.own-computer", "file:///etc/passwd", None),
        ("[x][y] [z][y]\n\n[y]: javascript:alert\n", "unsafe-link", "javascript:alert", None),
    ] {
        let expected = [(wording, place.to_owned(), suggestion.map(str::to_owned))];
        assert_eq!(problems(body), expected, "{body}");
        // A page that exists is linked even where its heading does not.
        let page = html(body).replace("<a href=\"../don-vi/ben-tre/\">", "");
        assert!(!page.contains("<a ") && !page.contains("<img"), "{body}: {page}");
    }
}

#[test]
fn deep_nesting_is_refused_at_its_place() {
    let deep = format!("{}x", "> ".repeat(MAX_DEPTH + 1));
    let found = problems(&deep);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "too-large.markdown");
    assert_eq!(problems(&format!("{}x", "> ".repeat(MAX_DEPTH - 1))), []);
}

/// What must never be seen by a browser as anything but text.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "a <script>alert(1)</script> b",
    "<img src=x onerror=alert(1)>",
    "a <img src=x onerror=alert(1)> b",
    "<svg onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<div style=\"position:fixed\">\nx\n\n</div>",
    "<!-- x --><script>alert(1)</script> -->",
    "<!--><script>alert(1)</script>-->",
    "a <!-- b --> c <b onclick=alert(1)>d</b>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php alert(1) ?>",
    "[x](/method/ \"\\\" onmouseover=alert(1) x=\\\"\")",
    "[x](https://a.example/\"onmouseover=alert(1))",
    "[x](https://a.example/<script>)",
    "![\" onerror=alert(1) x=\"](/static/logo.svg)",
    "![x](/static/logo.svg \"\\\" onerror=alert(1)\")",
    "# H {onmouseover=alert(1)}",
    "# <script>alert(1)</script>",
    "```\"onmouseover=alert(1)\nx\n```",
    "```js\" onclick=\"alert(1)\nx\n```",
    "~~~<script>\n</code></pre><script>alert(1)</script>\n~~~",
    "`</code><script>alert(1)</script>`",
    "| a |\n|--|\n| <script>alert(1)</script> |\n",
    "x[^<script>]\n\n[^<script>]: <script>alert(1)</script>\n",
    "[x][\"onclick=alert(1)]\n\n[\"onclick=alert(1)]: /method/ 'a\" onclick=\"alert(1)'\n",
    "<https://a.example/\u{202e}\"onclick=alert(1)>",
    "[<script>alert(1)</script>](/method/)",
    "[x](  javascript:alert(1))",
    "[x](\u{1}javascript:alert(1))",
    "[x](//a.example\\@b.example)",
];

#[test]
fn nothing_hostile_survives() {
    for hostile in HOSTILE {
        for body in [(*hostile).to_owned(), format!("> - {hostile}"), format!("*a* {hostile} **b**")] {
            assert_harmless(&html(&body), &body);
        }
    }
}

/// Only elements and attributes that we write, and only safe addresses.
fn assert_harmless(page: &str, body: &str) {
    let elements = [
        "html",
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    let attributes = [
        "alt",
        "aria-label",
        "class",
        "decoding",
        "href",
        "id",
        "loading",
        "rel",
        "role",
        "scope",
        "src",
        "start",
        "tabindex",
        "title",
    ];
    let document = Html::parse_fragment(page);
    for element in document.select(&Selector::parse("*").expect("a selector")) {
        let element = element.value();
        assert!(elements.contains(&element.name()), "<{}> in {body}", element.name());
        for (name, value) in element.attrs() {
            assert!(attributes.contains(&name), "{name}={value} in {body}");
            if name == "src" {
                assert!(value.starts_with("../"), "{value} in {body}");
            }
            if name == "href" {
                let safe = ["../", "#", "https://", "http://", "//", "mailto:", "tel:"];
                assert!(safe.iter().any(|start| value.starts_with(start)), "{value} in {body}");
            }
        }
    }
}

#[test]
fn raw_html_is_shown_and_comments_are_not() {
    assert_eq!(html("<b>x</b>\n"), "<p>&lt;b&gt;x&lt;/b&gt;</p>\n");
    assert_eq!(html("<div>\n<p>x\n</div>\n"), "<p>&lt;div&gt;\n&lt;p&gt;x\n&lt;/div&gt;</p>\n");
    assert_eq!(html("<!-- nội bộ -->\n\nx <!-- y --> z\n"), "<p>x  z</p>\n");
}

#[test]
fn descriptions_take_the_first_paragraph() {
    for (markdown, expected) in [
        ("# Đề\n\nMột *hai*\n[ba](/x) `bốn`[^1].\n\nNăm.\n\n[^1]: chú", "Một hai ba bốn."),
        ("![ảnh](/a.png)\n\n- x\n\n> y\n\nSáu", "Sáu"),
        ("<b>a</b> b", "a b"),
        ("- chỉ danh sách", ""),
        ("", ""),
    ] {
        assert_eq!(plain_text(markdown), expected, "{markdown}");
    }
}

/// How long this thread was on a processor, in nanoseconds: waiting for others does not count. `None` where the system
/// does not say.
fn spent() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok()
}

/// Reads and writes a body in every way; gives the length of the page, and how long that took.
fn work(body: &str) -> (usize, Option<u64>) {
    let mut fixture = Fixture::new();
    let prose = fixture.body(PAGE, body);
    let links = Links::new(&fixture.register, &fixture.sources);
    let words = words();
    let context = context(&links, &fixture.sources, &words);
    let begun = spent();
    let mut diagnostics = Diagnostics::default();
    check(prose, Language::DEFAULT, &links, &fixture.sources, &mut diagnostics);
    let page = to_html(prose, &context);
    let _ = to_html(prose, &Context { html: HtmlPolicy::Sanitize, ..context });
    let _ = plain_text(body);
    (page.len(), begun.zip(spent()).map(|(begun, ended)| ended - begun))
}

/// What takes twice as long for twice the text is fine; what takes four times as long stops a site.
#[test]
fn pathological_texts_take_no_more_than_their_share() {
    for unit in [
        "[",
        "]",
        "![",
        "[^",
        "*a_",
        "**a ",
        "_a__",
        "`",
        "``a",
        "<",
        "<a ",
        "<!--",
        "<![CDATA[",
        "<?",
        "> ",
        "- ",
        "&",
        "\\",
        "[a](",
        "[a](#b)",
        "[a](b.md)\n",
        "[a][b]",
        "| a ",
        "|\n",
        "# a\n",
        "~~",
        "[^a]: b\n",
        "a\n===\n",
        "x <b>",
        "<div>",
        "<p></b>",
        "x </b>",
        "1. ",
        "\t",
    ] {
        let body = |size: usize| unit.repeat(size / unit.len());
        let (page, _) = work(&body(100_000));
        assert!(page < 40 * 100_000, "{unit:?} grew to {page}");
        // Eight times the text: eight times the work, or 64 times where it is quadratic. A clock that was read while
        // something else happened is read again.
        let grows = || {
            let (small, large) = (work(&body(12_500)).1?, work(&body(100_000)).1?);
            (large > 24 * small.max(2_000_000)).then(|| format!("{small} ns became {large} ns"))
        };
        let found: Vec<String> = std::iter::repeat_with(grows).take(3).take_while(Option::is_some).flatten().collect();
        assert!(found.len() < 3, "{unit:?}: {found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// No text makes the writer fail or lets an element of the editor's through.
    #[test]
    fn any_text_is_harmless(
        body in proptest::collection::vec(
            prop_oneof![
                proptest::sample::select(vec![
                    "<", ">", "[", "]", "(", ")", "!", "*", "_", "`", "#", "\n", "\n\n", "    ", "- ", "> ", "|", "|--|\n",
                    "[^a]", "[^a]: ", "javascript:", "<script>", "\"", "'", "&", "\\", "~~", "```", "<!--", "-->", "x", " ",
                    "/units/ben-tre.md", "https://a.example", "- [x] ", "đ", "\u{0}", "\u{301}",
                ]).prop_map(str::to_owned),
                "\\PC{0,3}",
            ],
            0..40,
        )
    ) {
        let body = body.concat();
        assert_harmless(&html(&body), &body);
        problems(&body);
        prop_assert!(!plain_text(&body).contains('\n'));
    }
}

/// The HTML of a body on a site that asks for raw HTML to be sanitised.
fn sanitized(body: &str) -> String {
    html_in(body, Language::DEFAULT, "gioi-thieu/", |fixture| fixture.register.site.html = HtmlPolicy::Sanitize)
}

#[test]
fn harmless_html_is_kept_where_the_site_asks_for_it() {
    for (markdown, expected) in [
        ("H<sub>2</sub>O, <kbd>Ctrl</kbd>", "<p>H<sub>2</sub>O, <kbd>Ctrl</kbd></p>\n"),
        ("<abbr title=\"Ủy ban\">UB</abbr>", "<p><abbr title=\"Ủy ban\">UB</abbr></p>\n"),
        ("một<br>hai", "<p>một<br>hai</p>\n"),
        ("<!-- ghi chú -->\n\nchữ", "<p>chữ</p>\n"),
        (
            "<table><tr><td colspan=\"2\">a</td></tr></table>",
            "<table><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table>\n",
        ),
        (
            "<p><a href=\"https://example.org/\">b</a></p>",
            "<p><a href=\"https://example.org/\" rel=\"noopener external\">b</a></p>\n",
        ),
        // What is left open ends with its paragraph, what was never open is not closed, tags do not cross.
        ("<b>một\n\nhai</b>", "<p><b>một</b></p>\n<p>hai</p>\n"),
        ("*a <b>b* c</b>", "<p><em>a <b>b</b></em> c</p>\n"),
        ("<b>a *b</b> c*", "<p><b>a <em>b c</em></b></p>\n"),
    ] {
        assert_eq!(sanitized(markdown), expected, "{markdown}");
    }
}

#[test]
fn nothing_that_could_do_harm_passes_the_sanitiser() {
    for payload in [
        "<script>alert(1)</script>",
        "a <script>alert(1)</script> b",
        "<img src=x onerror=alert(1)>",
        "<b onclick=\"alert(1)\">x</b>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"JaVa&#10;ScRiPt:alert(1)\">x</a>",
        "<p><a href=\"//evil.example/\">x</a></p>",
        "<p style=\"position:fixed\" id=\"_main\" class=\"badge\">x</p>",
        "<iframe src=\"https://evil.example/\"></iframe>",
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=alert(1)>",
        "<math><mtext><style><img src onerror=alert(1)></style></mtext></math>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<form action=\"https://evil.example/\"><input name=a><button>x</button></form>",
        "<base href=\"https://evil.example/\">",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
        "<link rel=stylesheet href=\"https://evil.example/\">",
        "<h1>x</h1>",
        "<object data=x></object><embed src=x>",
        "<details open ontoggle=alert(1)><summary>x</summary></details>",
    ] {
        for body in [payload.to_owned(), format!("chữ {payload} chữ"), format!("> - {payload}")] {
            let html = sanitized(&body);
            let tree = Html::parse_fragment(&html);
            assert!(tree.errors.is_empty(), "{body}: {html}: {:?}", tree.errors);
            for element in tree.select(&Selector::parse("*").expect("a selector")) {
                let element = element.value();
                let known = "html p b a abbr em blockquote ul li div span sub details summary";
                assert!(known.split(' ').any(|name| name == element.name()), "{body}: {html}");
                for (name, value) in element.attrs() {
                    assert!(matches!(name, "title" | "rel"), "{body}: {name}={value}");
                }
            }
        }
    }
}
