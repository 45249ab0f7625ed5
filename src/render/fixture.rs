//! A small site for the tests of this module, made by hand so that they need no reader of files.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::assess::{Assessment, assess};
use crate::model::id::{IndicatorId, PageId, ReportId, ResolutionId, UnitId};
use crate::model::indicator::{
    Aggregate, Baseline, Direction, Due, Evidence, Indicator, Item, Method, Population, Stage, Target,
};
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::model::report::{Citation, Observation, Qualifier, Report, Source, Stated, StatedOf};
use crate::model::resolution::{Expects, Kind, Resolution};
use crate::model::site::{Field, Framework, HtmlPolicy, Level, LevelKey, License, Paths, Publisher, Site, Thresholds};
use crate::model::table::{Key, Table};
use crate::model::text::{Entry, Language, Prose, Text};
use crate::model::unit::Unit;
use crate::model::{Drafts, File, Page, Register};
use crate::source::{SourceMap, Span, Spanned};

/// The second language of the site.
pub(crate) const ENGLISH: Language = Language(1);

/// A register with its texts.
pub(crate) struct Fixture {
    pub(crate) sources: SourceMap,
    pub(crate) register: Register,
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub(crate) fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).expect("a figure")
}

pub(crate) fn period(text: &str) -> Period {
    Period::parse(text).expect("a period")
}

/// A text in both languages.
pub(crate) fn text(vietnamese: &str, english: &str) -> Text {
    let mut text = Text::new(vietnamese);
    text.translate(ENGLISH, english);
    text
}

/// The key of a place in a table.
pub(crate) fn key<T>(index: usize) -> Key<T> {
    Key::new(index)
}

impl Fixture {
    /// Two units and a commune, a resolution of four indicators and a plan that carries it out, three reports, a page.
    pub(crate) fn new() -> Self {
        let mut this = Self { sources: SourceMap::default(), register: empty() };
        this.add_units();
        this.add_resolutions();
        this.add_reports();
        this.add_page("gioi-thieu", text("Giới thiệu", "About"), "Trang này nói về *tiến độ*.\n");
        this.add_page("index", Text::new("Trang chủ"), "");
        this.file("content/resolutions/ben-tre/văn bản.pdf", "resolutions/ben-tre/văn bản.pdf");
        this.file("content/static/logo.svg", "logo.svg");
        this
    }

    /// What is known and judged on a day.
    pub(crate) fn on(self, as_of: &str) -> (SourceMap, Assessment) {
        let as_of = day(as_of);
        (self.sources, assess(self.register.known_on(as_of, Drafts::Exclude), as_of))
    }

    /// Gives an entry's file another body; the span of the new body.
    pub(crate) fn body(&mut self, path: &str, body: &str) -> Span {
        let prose = self.prose(path, body);
        let entries = (self.register.units.rows_mut().iter_mut().map(|unit| &mut unit.entry))
            .chain(self.register.resolutions.rows_mut().iter_mut().map(|resolution| &mut resolution.entry))
            .chain(self.register.reports.rows_mut().iter_mut().map(|report| &mut report.entry))
            .chain(self.register.pages.rows_mut().iter_mut().map(|page| &mut page.entry));
        for entry in entries {
            if self.sources.file(entry.file).path == path {
                entry.prose.original = prose;
            }
        }
        prose
    }

    /// Adds a translated body; its span.
    pub(crate) fn translation(entry: &mut Entry, sources: &mut SourceMap, body: &str) -> Span {
        let path = sources.file(entry.file).path.replace(".md", ".en.md");
        let head = "---\ntitle: In English\n---\n";
        let file = sources.add(path, format!("{head}{body}"));
        let span = Span::new(file, head.len(), head.len() + body.len());
        entry.prose.translations.insert(ENGLISH, span);
        entry.translated.push(ENGLISH);
        span
    }

    fn prose(&mut self, path: &str, body: &str) -> Span {
        let head = "---\ntitle: Mẫu\n---\n";
        let file = self.sources.add(path, format!("{head}{body}"));
        Span::new(file, head.len(), head.len() + body.len())
    }

    pub(crate) fn entry(&mut self, path: &str, body: &str) -> Entry {
        let original = self.prose(path, body);
        Entry {
            file: original.file,
            summary: None,
            note: None,
            draft: false,
            aliases: Vec::new(),
            prose: Prose { original, translations: BTreeMap::new() },
            translated: Vec::new(),
            head: Span::new(original.file, 0, 3),
            places: Vec::new(),
        }
    }

    fn file(&mut self, source: &str, output: &str) {
        self.sources.add_asset(source, 10);
        let file = self.sources.assets().last().expect("an asset was added").file;
        self.register.files.push(File { source: source.to_owned(), output: output.to_owned(), file });
    }

    fn add_page(&mut self, id: &str, title: Text, body: &str) {
        let entry = self.entry(&format!("content/pages/{id}.md"), body);
        let id = PageId::new(id).expect("an id");
        let mut pages = self.register.pages.rows().to_vec();
        pages.push(Page { id, title, menu: true, order: 0, entry });
        self.register.pages = Table::new(pages);
    }

    fn add_units(&mut self) {
        let mut units = Vec::new();
        for (id, name, level, parent) in [
            ("ben-tre", text("Bến Tre", "Ben Tre"), 0, None),
            ("giong-trom", Text::new("Giồng Trôm"), 1, Some(0)),
            ("giong-trom/my-thanh", Text::new("=Mỹ Thạnh"), 2, Some(1)),
        ] {
            let entry = self.entry(&format!("content/units/{id}.md"), "");
            units.push(Unit {
                id: UnitId::new(id).expect("an id"),
                name,
                level: LevelKey(level),
                parent: parent.map(key),
                code: (level == 0).then(|| "083".to_owned()),
                established: (level == 2).then(|| day("1945-09-02")),
                dissolved: None,
                successors: Vec::new(),
                website: None,
                population: None,
                sources: Vec::new(),
                entry,
            });
        }
        self.register.units = Table::new(units);
    }

    fn add_resolutions(&mut self) {
        let first = Resolution {
            issued: Some(period("2021-01-18")),
            expects: Some(Expects {
                levels: vec![LevelKey(1)],
                by: Some(day("2021-06-30")),
                units: Vec::new(),
                except: Vec::new(),
                count: None,
            }),
            indicators: vec![key(0), key(1), key(2), key(3)],
            ..self.resolution("ben-tre/03-nq-tu", "Xây dựng Đảng, \"trong sạch\"", Kind::Resolution, 0)
        };
        let second = Resolution {
            issued: Some(period("2021-10")),
            implements: vec![key(0)],
            ..self.resolution("giong-trom/44-kh-hu", "Kế hoạch thực hiện", Kind::Plan, 1)
        };
        let file = first.entry.file;
        self.register.resolutions = Table::new(vec![first, second]);

        let stage = |id: &str, name: &str, done| Stage { id: id.to_owned(), name: Text::new(name), done };
        let item = |id: &str, quantity_: &str| Item {
            id: id.to_owned(),
            span: Span::new(file, 0, 0),
            name: Text::new(id),
            owner: None,
            due: Some(day("2021-12-31")),
            quantity: Some(quantity(quantity_)),
        };
        let mut projects = indicator(file, "ben-tre/03-nq-tu/du-an", "Dự án", "ha", Some("125.7"));
        projects.stages = vec![stage("chua", "Chưa làm", false), stage("xong", "Xong", true)];
        projects.items = vec![item("phu-khuong", "28.2"), item("phu-tan", "97.5")];
        projects.direction = Some(Direction::Increase);
        let mut share = indicator(file, "ben-tre/03-nq-tu/nuoc-sach", "Hộ dùng nước sạch", "%", Some("56"));
        share.baseline = Baseline::Stated { value: quantity("53.5"), date: Some(day("2021-01-01")) };
        let mut total = indicator(file, "ben-tre/03-nq-tu/tong", "Tổng", "văn bản", Some("36"));
        total.aggregate = Some(Aggregate::Sum);
        total.of = Some(2);
        let mut documents = indicator(file, "ben-tre/03-nq-tu/van-ban", "Văn bản đã ban hành", "văn bản", Some("18"));
        documents.stages = vec![
            stage("cho", "Chờ", false),
            stage("du-thao", "Dự thảo", false),
            stage("ban-hanh", "Đã ban hành", true),
        ];
        documents.population = Some(Population { value: quantity("18"), name: None });
        documents.contributes_to = vec![key(2)];
        documents.evidence.quote = Some("18 văn bản".to_owned());
        self.register.indicators = Table::new(vec![projects, share, total, documents]);
    }

    fn resolution(&mut self, id: &str, title: &str, kind: Kind, issuer: usize) -> Resolution {
        Resolution {
            id: ResolutionId::new(id).expect("an id"),
            title: Text::new(title),
            number: Some("03-NQ/TU".to_owned()),
            kind,
            issuer: key(issuer),
            issued: None,
            period: Some(period("2021..2025")),
            vision: None,
            implements: Vec::new(),
            amends: Vec::new(),
            expects: None,
            declares: None,
            field: None,
            groups: Vec::new(),
            sources: Vec::new(),
            has_later_sources: false,
            indicators: Vec::new(),
            entry: self.entry(&format!("content/resolutions/{id}.md"), ""),
        }
    }

    fn add_reports(&mut self) {
        let mut april = self.report("2021/04-19-ben-tre", "Sơ kết quý I năm 2021", "2021-04-19");
        let mut first = observation(&april, 3, "2021-03-31");
        first.value = Some(Spanned::new(quantity("9"), first.span));
        let mut water = observation(&april, 1, "2021-03-31");
        water.value = Some(Spanned::new(quantity("54.25"), water.span));
        water.qualifier = Qualifier::About;
        water.evidence.source = Some(Box::new(Source::Citation(Citation {
            title: Some("Số liệu nước sạch".to_owned()),
            publisher: None,
            date: Some(day("2021-04-10")),
            url: Some("https://example.org/nuoc?a=1&b=2".to_owned()),
        })));
        april.observations = Arc::new(vec![first, water]);

        let mut july = self.report("2021/07-30-ben-tre", "Sơ kết 6 tháng & \"đầu năm\"", "2021-07-30");
        july.title.translate(ENGLISH, "First half of 2021");
        july.period = Some(period("2021-H1"));
        let mut documents = observation(&july, 3, "2021-06-30");
        let count = |figure: &str, span| Spanned::new(quantity(figure), span);
        documents.breakdown = vec![
            (2, count("11", july_span(&july))),
            (1, count("3", july_span(&july))),
            (0, count("4", july_span(&july))),
        ];
        documents.evidence.stated =
            vec![Stated { percent: count("61.1", july_span(&july)), out_of: None, of: StatedOf::Target }];
        documents.evidence.quote = Some("=HYPERLINK(\"x\"), 11/18".to_owned());
        documents.evidence.note = Some(Box::new(text("- đã kiểm tra", "checked")));
        let mut projects = observation(&july, 0, "2021-06-30");
        projects.items = vec![(0, 1)];
        july.observations = Arc::new(vec![documents, projects]);

        let mut october = self.report("2021/10-05-ben-tre", "Đính chính", "2021-10-05");
        let mut corrected = observation(&october, 3, "2021-03-31");
        corrected.value = Some(Spanned::new(quantity("8"), corrected.span));
        corrected.corrects = Some(key(0));
        corrected.evidence.source = Some(Box::new(Source::Report(key(1))));
        october.observations = Arc::new(vec![corrected]);
        self.register.reports = Table::new(vec![april, july, october]);
    }

    fn report(&mut self, id: &str, title: &str, published: &str) -> Report {
        Report {
            id: ReportId::new(id).expect("an id"),
            title: Text::new(title),
            unit: key(0),
            period: None,
            as_of: None,
            published: day(published),
            source: Citation {
                title: Some("Bến Tre: sơ kết".to_owned()),
                publisher: Some("Báo Đồng Khởi".to_owned()),
                date: Some(day(published)),
                url: Some("https://baodongkhoi.vn/".to_owned()),
            },
            observations: Arc::default(),
            coverage: Vec::new(),
            entry: self.entry(&format!("content/reports/{id}.md"), "Tỉnh **sơ kết**.\n\nHết.\n"),
        }
    }
}

fn july_span(report: &Report) -> Span {
    Span::new(report.entry.file, 0, 0)
}

fn observation(report: &Report, indicator: usize, as_of: &str) -> Observation {
    Observation {
        indicator: key(indicator),
        span: july_span(report),
        as_of: day(as_of),
        value: None,
        breakdown: Vec::new(),
        items: Vec::new(),
        qualifier: Qualifier::Exact,
        corrects: None,
        evidence: Evidence::default(),
    }
}

fn indicator(
    file: crate::source::SourceId,
    id: &str,
    name: &str,
    measured_in: &str,
    target: Option<&str>,
) -> Indicator {
    let span = Span::new(file, 0, 0);
    Indicator {
        id: IndicatorId::new(id).expect("an id"),
        span,
        resolution: key(0),
        name: Text::new(name),
        measured_in: Text::new(measured_in),
        field: None,
        groups: Vec::new(),
        owner: key(0),
        owner_from: Vec::new(),
        baseline: Baseline::Default,
        target: target.map(|min| Spanned::new(Target { min: quantity(min), max: None }, span)),
        direction: None,
        due: Due::Default,
        milestones: Vec::new(),
        revisions: Vec::new(),
        population: None,
        stages: Vec::new(),
        items: Vec::new(),
        weight: quantity("1"),
        restates: None,
        contributes_to: Vec::new(),
        aggregate: None,
        of: None,
        method: Method::Pace,
        limit: None,
        stale_after: None,
        derived: false,
        evidence: Evidence::default(),
    }
}

fn empty() -> Register {
    let level = |id: &str, name: &str| Level { id: id.to_owned(), name: Text::new(name), any_parent: false };
    Register {
        site: Site {
            title: text("Tiến độ nghị quyết <Bến Tre>", "Progress in Ben Tre"),
            description: Some(Text::new("Ai hứa gì, đến đâu")),
            base_url: "https://example.org/tien-do/".to_owned(),
            languages: vec!["vi".to_owned(), "en".to_owned()],
            timezone: chrono_tz::Asia::Ho_Chi_Minh,
            as_of: None,
            theme: "default".to_owned(),
            publisher: Some(Publisher {
                name: "Tỉnh ủy".to_owned(),
                url: Some("https://example.org/".to_owned()),
                email: None,
            }),
            license: Some(License {
                name: "CC BY 4.0".to_owned(),
                url: Some("https://creativecommons.org/licenses/by/4.0/".to_owned()),
            }),
            paths: Paths {
                resolutions: "nghi-quyet".to_owned(),
                units: "don-vi".to_owned(),
                reports: "bao-cao".to_owned(),
            },
            levels: vec![level("province", "Tỉnh"), level("district", "Huyện"), level("commune", "Xã")],
            fields: vec![Field { id: "party".to_owned(), name: text("Xây dựng Đảng", "Party building") }],
            frameworks: vec![Framework {
                id: "hai-chan".to_owned(),
                name: Text::new("Hai chân"),
                groups: vec![Field { id: "chan-1".to_owned(), name: Text::new("Chân thứ nhất") }],
            }],
            assessment: Thresholds::default(),
            checks: BTreeMap::new(),
            repository: None,
            logo: None,
            html: HtmlPolicy::Text,
            cards: crate::model::site::Cards::None,
            history: None,
            limits: crate::model::site::Limits::default(),
        },
        units: Table::default(),
        resolutions: Table::default(),
        indicators: Table::default(),
        reports: Table::default(),
        pages: Table::default(),
        files: Vec::new(),
        history: None,
    }
}
