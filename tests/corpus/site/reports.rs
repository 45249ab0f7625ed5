//! Quarterly reports: ten to twenty observations each, with quotes, shares as sources state them, and corrections.

use chrono::NaiveDate;

use super::Site;
use super::calendar::{Quarter, vietnamese};
use super::indicators::{DOCUMENT_STAGES, Indicator, Shape};
use super::random::Random;
use super::units::Rank;
use super::yaml::{Yaml, figure, in_text, percent};

/// One figure of a report.
struct Observed<'a> {
    indicator: &'a Indicator,
    /// Its day, where it is not the quarter's last.
    on: Option<NaiveDate>,
    /// Whether this report gives a figure of the one before anew.
    corrects: bool,
    /// What a hasty report says too much, to be corrected by the next one.
    mistake: i64,
}

impl Site {
    pub(super) fn report(&self, place: usize, quarter: Quarter) -> String {
        let unit = &self.units[place];
        let mut random = Random::part(unit.seed, 100 + quarter.0 as u64);
        let published = quarter.published(random.between(6, 24).unsigned_abs());
        let mut yaml = Yaml::default();
        yaml.key(
            "title",
            format_args!("Báo cáo kết quả thực hiện nghị quyết {} của {}", quarter.in_text(), unit.in_text()),
        );
        yaml.key("unit", &unit.id);
        yaml.key("period", format_args!("{}-Q{}", quarter.year(), quarter.number()));
        yaml.key("published", published);
        yaml.open("source");
        yaml.key("title", format_args!("Hội nghị sơ kết {} của {}", quarter.in_text(), unit.in_text()));
        yaml.key("publisher", "Báo Đồng Bằng");
        yaml.key("date", published);
        yaml.key("url", format_args!("https://example.org/bao/{}", self.report_id(place, quarter)));
        yaml.close();
        yaml.open("observations");
        let observed = self.observed(place, quarter, &mut random);
        for row in &observed {
            yaml.item(|record| self.observation(record, place, quarter, row, &mut random));
        }
        yaml.close();
        if quarter == Quarter(1) && self.has_directive(place) {
            let communes = self.units.iter().filter(|other| {
                other.rank == Rank::Commune && other.id.strip_prefix(&unit.id).is_some_and(|rest| rest.starts_with('/'))
            });
            let communes = communes.count();
            yaml.open("coverage");
            yaml.item(|claim| {
                claim.key("document", format_args!("{}/ct-01", unit.id));
                claim.key("level", "commune");
                claim.key("action", "issued");
                claim.key("value", communes);
                claim.key("of", communes);
                claim.key(
                    "quote",
                    format_args!("{communes}/{communes} đơn vị cơ sở đã ban hành kế hoạch thực hiện chỉ thị"),
                );
            });
            yaml.close();
        }
        yaml.with_body(&self.report_body(place, quarter, &observed, random))
    }

    /// The figures of a report: one of each indicator that is not made of others, and some of days within the quarter.
    fn observed(&self, place: usize, quarter: Quarter, random: &mut Random) -> Vec<Observed<'_>> {
        let reported = || self.indicators[place].iter().filter(|indicator| !indicator.is_aggregate);
        let at_the_end = |indicator| Observed { indicator, on: None, corrects: false, mistake: 0 };
        let mut observed: Vec<Observed<'_>> = reported().map(at_the_end).collect();
        let is_plain = |indicator: &&Indicator| !matches!(indicator.shape, Shape::Checklist(_) | Shape::Stages);
        for month in [1, 2] {
            for indicator in reported().filter(is_plain) {
                if random.percent(30) || (month == 1 && indicator.measured_in == "%") {
                    let on = Some(quarter.month_end(month));
                    observed.push(Observed { indicator, on, corrects: false, mistake: 0 });
                }
            }
        }
        // What is said wrongly is decided by the report that says it, so that the next one knows.
        if self.is_mistaken(place, quarter) {
            observed[0].mistake = 40;
        }
        if quarter.0 > 0 && self.is_mistaken(place, Quarter(quarter.0 - 1)) {
            let indicator = observed[0].indicator;
            observed.push(Observed { indicator, on: None, corrects: true, mistake: 0 });
        }
        observed
    }

    fn is_mistaken(&self, place: usize, quarter: Quarter) -> bool {
        Random::part(self.units[place].seed, 200 + quarter.0 as u64).percent(5)
    }

    fn observation(&self, record: &mut Yaml, place: usize, quarter: Quarter, row: &Observed<'_>, random: &mut Random) {
        let indicator = row.indicator;
        record.key("indicator", format_args!("{}/nq-dai-hoi/{}", self.units[place].id, indicator.id));
        let mut on = row.on.unwrap_or_else(|| quarter.end());
        if row.corrects {
            let before = Quarter(quarter.0 - 1);
            on = before.end();
            record.key("as_of", on);
            record.key("corrects", self.report_id(place, before));
        } else if row.on.is_some() {
            record.key("as_of", on);
        }
        let value = indicator.value(on) + row.mistake;
        match &indicator.shape {
            Shape::Stages => {
                let done = value / 10;
                let left = indicator.target / 10 - done;
                let counts = [left - left / 3, left / 3, done];
                record.open("breakdown");
                for ((stage, _), count) in DOCUMENT_STAGES.iter().zip(counts) {
                    record.key(stage, count);
                }
                record.close();
                record.key("quote", format_args!("đã ban hành {done}/{} văn bản", indicator.target / 10));
                return;
            }
            Shape::Checklist(works) => {
                record.open("items");
                for work in works {
                    record.key(&work.id, work.stage(on));
                }
                record.close();
                let done: i64 = works.iter().filter(|work| on >= work.finished).map(|work| work.length).sum();
                record.key("quote", format_args!("đưa vào sử dụng {} km công trình trọng điểm", in_text(done)));
                return;
            }
            _ => record.key("value", figure(value)),
        }
        let (whole, of) = match indicator.shape {
            Shape::Population { of } => (of, "population"),
            _ => (indicator.target_on(on), "target"),
        };
        let is_counted = matches!(
            indicator.shape,
            Shape::Count | Shape::Range { .. } | Shape::Revised { .. } | Shape::Population { .. }
        );
        if !is_counted {
            let value = in_text(value);
            record.key("quote", format_args!("đến ngày {} đạt {value} {}", vietnamese(on), indicator.measured_in));
            if indicator.measured_in == "%" && random.percent(10) {
                record.key("qualifier", "about");
            }
            return;
        }
        let share = percent(value, whole);
        record.open("stated");
        record.item(|stated| {
            stated.key("percent", figure(share));
            stated.key("out_of", figure(whole));
            stated.key("of", of);
        });
        record.close();
        record.key(
            "quote",
            format_args!(
                "thực hiện {}/{} {}, đạt {} %",
                in_text(value),
                in_text(whole),
                indicator.measured_in,
                in_text(share)
            ),
        );
        if random.percent(8) {
            record.key("note", "Báo viết gộp cả số của năm trước; trang giữ con số như đã đăng.");
        }
        if random.percent(5) {
            record.open("source");
            record.key("title", format_args!("Số liệu thống kê {}", quarter.in_text()));
            record.key("publisher", "Chi cục Thống kê");
            record.close();
        }
    }

    fn report_body(&self, place: usize, quarter: Quarter, observed: &[Observed<'_>], random: Random) -> String {
        let unit = &self.units[place];
        let time = quarter.in_text();
        let mut body = self.prose(place, random, &time);
        body.sentences(3);
        body.say(&format!(
            "Chỉ tiêu được nêu ở [nghị quyết đại hội](/resolutions/{}/nq-dai-hoi.md) của {}.",
            unit.id,
            self.unit_link(place)
        ));
        let figures = observed.iter().filter(|row| row.on.is_none() && !row.corrects);
        let figures = figures.filter(|row| !matches!(row.indicator.shape, Shape::Checklist(_)));
        let rows = figures.map(|row| {
            let indicator = row.indicator;
            [
                indicator.name.to_owned(),
                in_text(indicator.value(quarter.end()) + row.mistake),
                indicator.measured_in.to_owned(),
            ]
        });
        body.table(["Chỉ tiêu", "Kết quả", "Đơn vị tính"], rows);
        body.sentences(3);
        body.paragraph();
        let before = (quarter.0 > 0).then(|| Quarter(quarter.0 - 1));
        let links = before
            .map(|before| format!("[báo cáo {}](/reports/{}.md)", before.in_text(), self.report_id(place, before)));
        body.list(&links.into_iter().collect::<Vec<_>>());
        body.finish()
    }
}
