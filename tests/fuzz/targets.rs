//! The places that are tried, each with words that mean something there.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::Duration;

use chrono::NaiveDate;
use tempfile::TempDir;
use tiendo::assess::{Assessment, assess};
use tiendo::check::Finding;
use tiendo::content;
use tiendo::content::front_matter;
use tiendo::content::raw::{RawPage, RawReport, RawResolution, RawSite, RawTranslation, RawUnit};
use tiendo::content::yaml;
use tiendo::diagnostic::Diagnostics;
use tiendo::diagnostic::render::arrange;
use tiendo::diagnostic::wording::Language as Spoken;
use tiendo::model::Drafts;
use tiendo::model::period::Period;
use tiendo::model::quantity::Quantity;
use tiendo::model::site::HtmlPolicy;
use tiendo::model::text::Language;
use tiendo::output::{Registry, SitePath};
use tiendo::pipeline::BuildOptions;
use tiendo::render::links::Links;
use tiendo::render::{self, markdown};
use tiendo::route::relative;
use tiendo::serve::{Event, ServeOptions, serve};
use tiendo::source::{SourceMap, Span};

pub(crate) const YAML: &[&str] = &[
    "---\n",
    "- ",
    ": ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a",
    "!!x ",
    "<<: ",
    "|\n",
    ">-\n",
    "\"",
    "'",
    "#",
    "\t",
    "? ",
    "%YAML 1.2\n",
    "0x10",
    "1_000",
    "1e999",
    ".nan",
    "~",
    "null",
    "true",
    "99999999999999999999999999999",
    "-0",
    "0.0000000000000000000000000001",
    "2021-02-30",
    "2021..2025",
    "2021-H3",
    "9999-12-31",
    "0001-01-01",
    "-9999999",
    "\u{2028}",
    "\u{feff}",
    "\0",
    "Đ",
    "Ð",
    "value: ",
    "target: ",
    "baseline: ",
    "due: ",
    "direction: decrease\n",
    "method: growth\n",
    "aggregate: mean\n",
    "contributes_to: ",
    "restates: ",
    "milestones:\n",
    "breakdown: {a: 1}",
    "items: {a: b}",
    "corrects: ",
    "as_of: ",
    "stages:\n      - {id: a, done: true}\n",
    "population: {value: 0}",
    "limit: 0",
    "weight: 0",
    "stated: [{percent: 0, out_of: 0}]",
];

pub(crate) const MARKDOWN: &[&str] = &[
    "[",
    "](",
    ")",
    "![",
    "<",
    ">",
    "*",
    "_",
    "`",
    "```",
    "~~~",
    "# ",
    "> ",
    "- ",
    "1. ",
    "|",
    "|-|\n",
    "[^1]",
    "[^1]: ",
    "\n\n",
    "    ",
    "<script>",
    "</script>",
    "<svg onload=x>",
    "javascript:",
    "JaVaScRiPt\t:",
    "data:text/html,",
    "//host",
    "&#106;",
    "&colon;",
    "\\",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "{onload=x}",
    "\u{202e}",
    "\u{200b}",
    "\0",
    "http://",
    "mailto:",
    "#_main",
    "../",
    "%2e%2e/",
    "%00",
    "<img src=x onerror=x>",
    "<a href=\"javascript:x\">",
    "<style>",
    "<math><mi>",
    "<template>",
    "<noscript>",
];

pub(crate) const VALUES: &[&str] = &[
    "-",
    ".",
    "..",
    "0",
    "9",
    "00",
    "H1",
    "Q4",
    "Q5",
    "/",
    ",",
    "1e3",
    "_",
    " ",
    "+",
    "\u{a0}",
    "\u{661}",
    "9999",
    "0000",
    "-9999",
    "999999999",
    "T00:00:00Z",
];

pub(crate) const PATHS: &[&str] = &[
    "..",
    "/",
    "//",
    "\\",
    "%2e",
    "%2f",
    "%00",
    "\0",
    "con",
    "nul.txt",
    "aux",
    ".",
    " ",
    "index.html",
    "a/../b",
    "é",
    "e\u{301}",
    ":",
    "*",
    "?",
    "\u{202e}",
];

pub(crate) const REQUESTS: &[&str] = &[
    "GET ",
    "HEAD ",
    "POST ",
    "OPTIONS ",
    "CONNECT ",
    " HTTP/1.1",
    " HTTP/1.0",
    " HTTP/2.0",
    "\r\n",
    "\r\n\r\n",
    "\n",
    "Host: 127.0.0.1\r\n",
    "Host: evil.example.com\r\n",
    "Content-Length: 5\r\n",
    "Content-Length: -1\r\n",
    "Content-Length: 99999999999999999999\r\n",
    "Transfer-Encoding: chunked\r\n",
    "0\r\n\r\n",
    "FFFFFFFFFFFFFFFF\r\n",
    "Range: bytes=0-1,2-3\r\n",
    "If-None-Match: \"x\"\r\n",
    "Accept-Encoding: gzip\r\n",
    "Upgrade: websocket\r\n",
    "Origin: http://evil.example.com\r\n",
    "Expect: 100-continue\r\n",
    "../",
    "..%2f",
    "%2e%2e/",
    "%",
    "%zz",
    "%00",
    "\0",
    "//",
    "http://evil/",
    "*",
    "?",
    "#",
    ";",
    "\u{e9}",
    ": ",
    "A",
    " ",
    "\t",
];

/// Reads the text as every kind of entry, and words what was found.
pub(crate) fn front_matter(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    let mut sources = SourceMap::default();
    let file = sources.add("content/pages/x.md", text.as_str());
    let mut diagnostics = Diagnostics::default();
    let parts = front_matter::split(file, &text, &mut diagnostics);
    let range = parts.as_ref().map_or(0..text.len(), |parts| parts.yaml.clone());
    yaml::read::<RawPage>(&text, file, range.clone(), &mut diagnostics);
    yaml::read::<RawUnit>(&text, file, range.clone(), &mut diagnostics);
    yaml::read::<RawResolution>(&text, file, range.clone(), &mut diagnostics);
    yaml::read::<RawReport>(&text, file, range.clone(), &mut diagnostics);
    yaml::read::<RawSite>(&text, file, range.clone(), &mut diagnostics);
    yaml::read::<RawTranslation>(&text, file, range, &mut diagnostics);
    for diagnostic in diagnostics.iter() {
        for span in [diagnostic.primary].into_iter().chain(diagnostic.labels.iter().map(|label| label.span)) {
            assert!(sources.file(file).text.get(span.range()).is_some(), "{span:?} of {diagnostic:?}");
        }
    }
    worded(&diagnostics, &sources);
}

/// Every message can be said in every language and form.
fn worded(diagnostics: &Diagnostics, sources: &SourceMap) {
    use tiendo::diagnostic::render::{Colour, Format, Options};
    let list: Vec<_> = diagnostics.iter().take(50).cloned().collect();
    let mut few = Diagnostics::default();
    few.extend(list);
    for (language, format) in [(Spoken::Vi, Format::Human), (Spoken::En, Format::Json)] {
        let options = Options { format, language, colour: Colour::Plain, path_prefix: "" };
        let mut written = Vec::new();
        tiendo::diagnostic::render::render(&arrange(&few, sources), sources, &options, &mut written)
            .expect("memory takes what is written");
        assert!(few.count_all() == 0 || !written.is_empty());
    }
}

/// Renders a body both ways; what comes out runs nothing.
pub(crate) fn markdown(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    let mut sources = sample();
    let body = sources.add("content/pages/x.md", text.as_str());
    let mut diagnostics = Diagnostics::default();
    let register = content::read(&sources, &mut diagnostics).register;
    let links = Links::new(&register, &sources);
    let span = Span::new(body, 0, text.len());
    markdown::check(span, Language::DEFAULT, &links, &sources, &mut diagnostics);
    for html in [HtmlPolicy::Text, HtmlPolicy::Sanitize] {
        let words = markdown::Words::default();
        let context = markdown::Context {
            links: &links,
            sources: &sources,
            language: Language::DEFAULT,
            address: "x/",
            top: 2,
            html,
            words: &words,
        };
        harmless(&markdown::to_html(span, &context));
    }
    assert!(markdown::plain_text(&text).len() <= 2 * text.len() + 16);
}

/// No element, attribute or address of a fragment runs a script.
fn harmless(html: &str) {
    let fragment = scraper::Html::parse_fragment(html);
    for element in fragment.tree.nodes().filter_map(|node| node.value().as_element()) {
        let bad =
            ["script", "style", "iframe", "object", "embed", "base", "meta", "link", "form", "svg", "math", "template"];
        assert!(!bad.contains(&element.name()), "{html}");
        for (name, value) in element.attrs() {
            assert!(!name.starts_with("on") && name != "style" && name != "srcdoc", "{html}");
            if ["href", "src", "action", "formaction", "xlink:href"].contains(&name) {
                let plain: String = value.chars().filter(|letter| !letter.is_control() && *letter != ' ').collect();
                let plain = plain.to_lowercase();
                let runs = ["javascript:", "data:", "vbscript:"].iter().any(|scheme| plain.starts_with(scheme));
                assert!(!runs, "{html}");
            }
        }
    }
}

/// Periods, days and figures: what is taken is what was written.
pub(crate) fn values(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    for word in text.split_whitespace() {
        if let Ok(period) = Period::parse(word) {
            assert!(period.start() <= period.end(), "{word}");
            assert!(period.contains(period.start()) && period.contains(period.end()), "{word}");
        }
        if let Ok(figure) = Quantity::parse(word) {
            let again = Quantity::parse(&figure.to_string()).expect("what is written can be read");
            assert_eq!(again, figure, "{word}");
        }
        if let Ok(day) = word.parse::<NaiveDate>() {
            assert!(
                Period::parse(&day.to_string()).is_ok_and(|period| period.start() == day)
                    || day.to_string().len() != 10
            );
        }
    }
}

/// A path that is taken stays below the site, and a link from one page to another leads there.
pub(crate) fn paths(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let taken: Vec<SitePath> = text.lines().filter_map(|line| SitePath::new(line).ok()).collect();
    for path in &taken {
        let path = path.as_str();
        let is_plain =
            |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0', ':']);
        assert!(path.split('/').all(is_plain), "{path:?}");
        let other = format!("{path}/");
        let way = relative("a/b/", &other);
        assert!(!way.starts_with('/') && !way.contains("//"), "{way}");
        assert_eq!(followed("a/b/", &way), other);
    }
    addresses(&text);
}

/// Files of any name: what is taken has an address below the site, and no two have the same.
fn addresses(text: &str) {
    let page = |kind: &str, name: &str| (format!("content/{kind}/{name}.md"), format!("---\n{}---\n", minimum(kind)));
    let mut sources = sample();
    for (at, name) in text.lines().take(20).enumerate() {
        let (path, text) = page(["pages", "units", "resolutions/ben-tre", "reports"][at % 4], name);
        if sources.find(&path).is_none() {
            sources.add(path, text);
        }
    }
    let mut diagnostics = Diagnostics::default();
    let read = content::read(&sources, &mut diagnostics);
    let day = NaiveDate::from_ymd_opt(2022, 3, 1).expect("a day");
    let assessment = assess(read.register.known_on(day, Drafts::Include), day);
    let register = &assessment.register;
    let mut found = Diagnostics::default();
    let mut registry = Registry::new(Span::new(sources.find("content/site.yaml").expect("it is there"), 0, 0));
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut is_sound = true;
    for route in tiendo::route::routes(&assessment) {
        for file in route.files(register) {
            is_sound &= SitePath::new(file.as_str()).is_ok() && taken.insert(file.to_lowercase());
            let named = registry.insert(file, route.origin(register), &mut found);
            assert!(named.is_none_or(|path| SitePath::new(path.as_str()).is_ok()), "{text:?}");
        }
    }
    assert!(is_sound || found.has_errors(), "{text:?}");
}

/// What a file of a kind must say.
fn minimum(kind: &str) -> &'static str {
    match kind {
        "units" => "name: U\nlevel: district\n",
        "reports" => "title: R\nunit: ben-tre\npublished: 2021-07-15\nsource: {title: S}\n",
        "pages" => "title: P\n",
        _ => "title: N\nkind: plan\n",
    }
}

/// Where a relative link leads.
fn followed(from: &str, way: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in way.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            assert!(parts.pop().is_some(), "{way} leaves the site");
        } else {
            parts.push(part);
        }
    }
    parts.iter().map(|part| format!("{part}/")).collect()
}

const GOOD: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "title: A\nbase_url: https://example.org/a/\nlanguage: vi\nlanguages: [vi, en]\nlevels:\n  - id: province\n    name: T\n  - id: district\n    name: H\n",
    ),
    ("content/units/ben-tre.md", "---\nname: Bến Tre\nlevel: province\n---\n"),
    (
        "content/resolutions/ben-tre/nq.md",
        "---\ntitle: N\nkind: plan\nissued: 2021-01-18\nperiod: 2021..2025\nindicators:\n  - id: x\n    name: X\n    measured_in: cái\n    target: 18\n    stages:\n      - {id: a, name: A}\n      - {id: b, name: B, done: true}\n---\n",
    ),
    (
        "content/reports/2021/r.md",
        "---\ntitle: R\nunit: ben-tre\nperiod: 2021-H1\npublished: 2021-07-15\nsource: {title: S}\nobservations:\n  - indicator: ben-tre/nq/x\n    breakdown: {a: 7, b: 11}\n---\n",
    ),
    ("content/pages/gioi-thieu.md", "---\ntitle: G\n---\nTrang này.\n"),
];

fn sample() -> SourceMap {
    let mut sources = SourceMap::default();
    for (path, text) in GOOD {
        sources.add(*path, *text);
    }
    sources
}

/// Puts the input in the place of each file of a small site, and makes all of the site that can be made.
pub(crate) fn site(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    for (replaced, _) in GOOD {
        let mut sources = SourceMap::default();
        for (path, good) in GOOD {
            sources.add(*path, if path == replaced { text.as_str() } else { good });
        }
        let mut diagnostics = Diagnostics::default();
        let read = content::read(&sources, &mut diagnostics);
        let day = NaiveDate::from_ymd_opt(2022, 3, 1).expect("a day");
        let assessment = assess(read.register.known_on(day, Drafts::Include), day);
        let findings = tiendo::check::check(&assessment, &read.incomplete);
        diagnostics.append(tiendo::check::diagnostics(&findings));
        worded(&diagnostics, &sources);
        // As a build does, only what has no mistake of form is rendered.
        diagnostics.apply_levels(|_| tiendo::diagnostic::Level::Warn);
        if diagnostics.has_errors() {
            continue;
        }
        render_all(&sources, &assessment, &findings, &mut diagnostics);
    }
}

/// Makes every page and chart of a site without mistakes of form.
pub(crate) fn render_all(
    sources: &SourceMap,
    assessment: &Assessment,
    findings: &[Finding],
    diagnostics: &mut Diagnostics,
) {
    let site = render::Site::new(sources, assessment, findings, diagnostics);
    for route in site.routes() {
        let (files, found) = render::render(&site, route);
        assert!(!found.has_errors(), "{found:?}");
        for (_, bytes) in files.iter().filter(|(path, _)| path.ends_with(".svg")) {
            crate::charts::sound(std::str::from_utf8(bytes).expect("a chart is a text"));
        }
    }
}

/// A server of the small site.
pub(crate) struct Server {
    address: SocketAddr,
    _root: TempDir,
}

impl Server {
    pub(crate) fn start() -> Self {
        let root = tempfile::tempdir().expect("a scratch folder");
        for (path, text) in GOOD {
            let file = root.path().join(path);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(file, text).expect("written");
        }
        let options = ServeOptions {
            build: BuildOptions { root: root.path().to_owned(), ..BuildOptions::default() },
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            language: Spoken::En,
            path_prefix: String::new(),
            say_failure: |error, _| error.to_string(),
        };
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            serve(&options, &mut |event| {
                if let Event::Listening(address) = event {
                    tell.send(address).expect("somebody waits");
                }
            })
        });
        let address = told.recv_timeout(Duration::from_secs(60)).expect("it listens");
        Self { address, _root: root }
    }

    /// Sends bytes and reads what comes; then asks as a browser does, and is answered.
    pub(crate) fn ask(&self, input: &[u8]) {
        let answer = self.send(input, 30);
        let text = String::from_utf8_lossy(&answer);
        assert!(text.is_empty() || text.starts_with("HTTP/1."), "{text}");
        assert!(!text.contains("root:x:"), "{text}");
        let good = format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        let answer = self.send(good.as_bytes(), 20_000);
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }

    /// What is answered within so many milliseconds, or until the connection is closed.
    fn send(&self, bytes: &[u8], patience: u64) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).expect("it still listens");
        stream.set_read_timeout(Some(Duration::from_millis(patience))).expect("set");
        // A refusal may come before all is sent.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.take(1 << 20).read_to_end(&mut answer);
        answer
    }
}
