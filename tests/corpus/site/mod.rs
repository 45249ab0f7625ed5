//! A site of any size: units as an administrative tree, each with a resolution of ten indicators that carries out the
//! one above it, and a report on them every quarter.
//!
//! Every file depends on the seed and its own place alone, so files are made in parallel and in any order.

mod calendar;
mod documents;
mod indicators;
mod prose;
mod random;
mod reports;
pub(crate) mod rivals;
mod units;
mod yaml;

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use self::calendar::{AS_OF, MERGER, QUARTERS, Quarter};
use self::indicators::Indicator;
use self::prose::{Prose, Topic};
use self::random::Random;
use self::units::{Rank, Unit};
use self::yaml::Yaml;

/// What was written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written {
    /// Pages that a build makes of units, documents, indicators and reports.
    pub(crate) pages: u64,
    pub(crate) files: u64,
    pub(crate) bytes: u64,
}

impl fmt::Display for Written {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} pages from {} files of {} bytes", self.pages, self.files, self.bytes)
    }
}

/// Pages of one unit: its own, its resolution with ten indicators, its reports.
const PAGES_A_UNIT: u64 = 1 + 1 + 10 + QUARTERS as u64;

/// A whole site before it is written.
struct Site {
    units: Vec<Unit>,
    indicators: Vec<Vec<Indicator>>,
}

/// Writes a site of about so many pages below `root`.
///
/// # Errors
/// Where `content/` exists already, or the world does not let it be written.
pub(crate) fn write(pages: u64, seed: u64, root: &Path) -> io::Result<Written> {
    let content = root.join("content");
    fs::create_dir_all(root)?;
    fs::create_dir(&content)?;
    let site = Site::new(pages, seed);
    let counter = Counter::new(&content);
    let put = |path: &str, text: &str| counter.put(path, text);
    put("site.yaml", &site.site_yaml())?;
    put("static/favicon.svg", FAVICON)?;
    put("pages/index.md", &site.home())?;
    put("pages/gioi-thieu.md", &site.about())?;
    (0..site.units.len()).into_par_iter().try_for_each(|place| -> io::Result<()> {
        let unit = &site.units[place];
        put(&format!("units/{}.md", unit.id), &site.unit(place))?;
        put(&format!("resolutions/{}/nq-dai-hoi.md", unit.id), &site.resolution(place))?;
        if site.has_directive(place) {
            put(&format!("resolutions/{}/ct-01.md", unit.id), &site.directive(place))?;
        }
        for quarter in site.reported(place) {
            put(&format!("reports/{}.md", site.report_id(place, quarter)), &site.report(place, quarter))?;
        }
        Ok(())
    })?;
    Ok(counter.written(site.pages_in_all()))
}

/// Writes files below a folder, and counts them.
struct Counter<'a> {
    folder: &'a Path,
    files: AtomicU64,
    bytes: AtomicU64,
}

impl<'a> Counter<'a> {
    fn new(folder: &'a Path) -> Self {
        Self { folder, files: AtomicU64::new(0), bytes: AtomicU64::new(0) }
    }

    fn put(&self, path: &str, text: &str) -> io::Result<()> {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("it lies below the folder"))?;
        self.files.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
        fs::write(path, text)
    }

    fn written(self, pages: u64) -> Written {
        Written { pages, files: self.files.into_inner(), bytes: self.bytes.into_inner() }
    }
}

const FAVICON: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M1 7V4h2v3M5 7V1h2v6\"/></svg>\n";

impl Site {
    /// A site of about so many pages.
    fn new(pages: u64, seed: u64) -> Self {
        // One unit in fifteen or so has a directive as well.
        let units = units::tree((pages * 100 + PAGES_A_UNIT * 50) / (PAGES_A_UNIT * 100 + 7), seed);
        let indicators = units.par_iter().map(indicators::of).collect();
        Self { units, indicators }
    }

    fn pages_in_all(&self) -> u64 {
        let places = 0..self.units.len();
        places.map(|place| 12 + u64::from(self.has_directive(place)) + self.reported(place).count() as u64).sum()
    }

    fn site_yaml(&self) -> String {
        format!(
            "title: Tiến độ nghị quyết\n\
             description: Trang mẫu có {} đơn vị; mọi tên và con số đều do máy đặt ra để đo tốc độ.\n\
             base_url: https://example.org/tien-do/\n\
             language: vi\n\
             timezone: Asia/Ho_Chi_Minh\n\
             as_of: {AS_OF}\n\
             publisher:\n  name: Trang Tiến độ nghị quyết\n\
             license:\n  name: CC BY 4.0\n  url: https://creativecommons.org/licenses/by/4.0/\n\
             paths:\n  resolutions: nghi-quyet\n  units: don-vi\n  reports: bao-cao\n\
             levels:\n\
             \x20 - id: central\n    name: Trung ương\n\
             \x20 - id: province\n    name: Tỉnh\n\
             \x20 - id: district\n    name: Huyện, thành phố\n\
             \x20 - id: commune\n    name: Xã, phường, thị trấn\n\
             fields:\n\
             \x20 - id: xay-dung-dang\n    name: Xây dựng Đảng\n\
             \x20 - id: kinh-te\n    name: Kinh tế\n\
             \x20 - id: xa-hoi\n    name: Văn hóa, xã hội\n\
             \x20 - id: ha-tang\n    name: Hạ tầng\n\
             frameworks:\n\
             \x20 - id: ba-dot-pha\n    name: Ba đột phá\n    groups:\n\
             \x20     - id: the-che\n        name: Thể chế\n\
             \x20     - id: nhan-luc\n        name: Nguồn nhân lực\n\
             \x20     - id: ket-cau-ha-tang\n        name: Kết cấu hạ tầng\n",
            self.units.len()
        )
    }

    fn home(&self) -> String {
        let top = &self.units[0];
        format!(
            "---\ntitle: Tiến độ nghị quyết\n---\nTrang này cho biết [{}](/units/{}.md) và các đơn vị bên dưới hứa gì, đã \
             làm gì, con số lấy từ đâu. Xem [giới thiệu](gioi-thieu.md).\n",
            top.name, top.id
        )
    }

    fn about(&self) -> String {
        "---\ntitle: Giới thiệu\nmenu: true\norder: 1\n---\nMọi tên, con số và trích dẫn ở đây do máy đặt ra; trang chỉ \
         dùng để đo tốc độ.\n"
            .to_owned()
    }

    fn unit(&self, place: usize) -> String {
        let unit = &self.units[place];
        let mut random = Random::part(unit.seed, 3);
        let mut yaml = Yaml::default();
        yaml.key("name", &unit.name);
        yaml.key("level", unit.rank.level());
        if let Some(parent) = unit.parent.filter(|_| unit.rank == Rank::Province) {
            yaml.key("parent", &self.units[parent].id);
        }
        yaml.quoted("code", format_args!("{:05}", place + 1));
        yaml.key("population", random.between(3_800, 16_500));
        if let Some(successor) = unit.merged_into {
            yaml.key("dissolved", MERGER);
            yaml.open("successors");
            yaml.word(&self.units[successor].id);
            yaml.close();
        }
        yaml.key("summary", format_args!("{} có {} chỉ tiêu cho nhiệm kỳ 2020–2025.", unit.name, 10));
        yaml.open("sources");
        yaml.item(|source| {
            source.key("title", format_args!("Niên giám thống kê năm 2020 của {}", unit.in_text()));
            source.key("publisher", "Cục Thống kê");
            source.key("date", "2021-01-01");
        });
        yaml.close();
        let mut body = self.prose(place, random, "nhiệm kỳ 2020–2025");
        body.sentences(2);
        body.say(&format!("Chỉ tiêu của nhiệm kỳ nằm trong [nghị quyết](/resolutions/{}/nq-dai-hoi.md).", unit.id));
        body.heading();
        body.sentences(3);
        let sisters = unit.parent.map(|parent| self.units[parent].children.as_slice()).unwrap_or_default();
        let links = sisters.iter().chain(&unit.children).take(6);
        body.list(&links.map(|other| self.unit_link(*other)).collect::<Vec<_>>());
        let people = body.random.between(3_000, 9_000);
        let rows = ["2019", "2020", "2021", "2022"].into_iter().zip(1..);
        body.table(
            ["Năm", "Dân số", "Hộ"],
            rows.map(|(year, times)| {
                [year.to_owned(), (people + times * 87).to_string(), ((people + times * 87) / 4).to_string()]
            }),
        );
        yaml.with_body(&body.finish())
    }

    fn prose<'a>(&'a self, place: usize, random: Random, time: &'a str) -> Prose<'a> {
        let unit = &self.units[place];
        let above = unit.parent.map_or(unit, |parent| &self.units[parent]);
        Prose::new(random, Topic { unit: unit.in_text(), above: above.in_text(), time })
    }

    /// `[xã Mỹ Phú](/units/….md)`
    fn unit_link(&self, place: usize) -> String {
        let unit = &self.units[place];
        format!("[{}](/units/{}.md)", unit.in_text(), unit.id)
    }

    /// The quarters on which a unit reports: all, but some fall silent and some have ended.
    fn reported(&self, place: usize) -> impl Iterator<Item = Quarter> + use<> {
        let silent = Random::part(self.units[place].seed, 4).percent(2) && self.units[place].rank == Rank::Commune;
        Quarter::all().take(if silent { QUARTERS - 4 } else { QUARTERS })
    }

    fn has_directive(&self, place: usize) -> bool {
        matches!(self.units[place].rank, Rank::District | Rank::Province)
    }

    fn report_id(&self, place: usize, quarter: Quarter) -> String {
        format!("{}/q{}/{}", quarter.year(), quarter.number(), self.units[place].id)
    }
}
