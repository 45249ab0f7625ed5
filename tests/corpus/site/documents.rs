//! A unit's resolution for the term, with its ten indicators, and the directive of a unit that has others below it.

use super::Site;
use super::calendar::{MERGER, Quarter, day, vietnamese};
use super::indicators::{DOCUMENT_STAGES, Indicator, Shape, WORK_STAGES, revised_on};
use super::random::Random;
use super::units::{Rank, Unit};
use super::yaml::{Yaml, figure, in_text};

impl Site {
    pub(super) fn resolution(&self, place: usize) -> String {
        let unit = &self.units[place];
        let mut random = Random::part(unit.seed, 5);
        // The higher issue first.
        let issued = match unit.rank {
            Rank::Centre => day(2021, 1, 5),
            Rank::Province => day(2021, 1, 18),
            Rank::District => day(2021, 2, 8),
            Rank::Commune => day(2021, 3, 1 + u32::try_from(random.between(0, 24)).expect("a day")),
        };
        let title = format!("Nghị quyết Đại hội Đảng bộ {} nhiệm kỳ 2020–2025", unit.in_text());
        let mut yaml = Yaml::default();
        yaml.key("title", &title);
        yaml.key("number", format_args!("{:02}-NQ/{}", random.between(1, 30), unit.rank.office()));
        yaml.key("kind", "resolution");
        yaml.key("issuer", &unit.id);
        yaml.key("issued", issued);
        yaml.key("period", "2021..2025");
        yaml.key("vision", 2030);
        // Some do not say which document they carry out.
        if let Some(parent) = unit.parent.filter(|_| !random.percent(1)) {
            yaml.open("implements");
            yaml.word(format_args!("{}/nq-dai-hoi", self.units[parent].id));
            yaml.close();
        }
        if !unit.children.is_empty() {
            yaml.open("expects");
            yaml.open("levels");
            for rank in [Rank::Province, Rank::District, Rank::Commune].into_iter().filter(|rank| *rank > unit.rank) {
                yaml.word(rank.level());
            }
            yaml.close();
            yaml.key("by", "2021-06-30");
            yaml.close();
        }
        yaml.key("declares", random.between(10, 32));
        yaml.key("field", "xay-dung-dang");
        yaml.open("groups");
        yaml.word("ba-dot-pha/the-che");
        yaml.close();
        yaml.open("sources");
        yaml.item(|source| {
            source.key("title", &title);
            source.key("publisher", format_args!("Đảng bộ {}", unit.in_text()));
            source.key("date", issued);
            source.key("url", format_args!("https://example.org/van-ban/{}", unit.id));
        });
        yaml.close();
        yaml.open("indicators");
        for indicator in &self.indicators[place] {
            yaml.item(|record| self.indicator(record, unit, indicator, &mut random));
        }
        yaml.close();
        yaml.with_body(&self.resolution_body(place, random))
    }

    fn indicator(&self, record: &mut Yaml, unit: &Unit, indicator: &Indicator, random: &mut Random) {
        record.key("id", indicator.id);
        record.key("name", indicator.name);
        if indicator.measured_in == "%" {
            record.quoted("measured_in", "%");
        } else {
            record.key("measured_in", indicator.measured_in);
        }
        record.key("field", indicator.field);
        let target = figure(indicator.target);
        match &indicator.shape {
            Shape::Count => record.key("target", &target),
            Shape::Decrease => {
                baseline(record, indicator);
                record.key("target", &target);
                record.key("direction", "decrease");
            }
            Shape::Range { max } => {
                record.open("target");
                record.key("min", &target);
                record.key("max", figure(*max));
                record.close();
            }
            Shape::Hold => {
                record.key("target", &target);
                record.key("direction", "at-least");
            }
            Shape::Stages => {
                record.key("target", &target);
                record.key("due", indicator.due);
                stages(record, &DOCUMENT_STAGES);
            }
            Shape::Checklist(works) => {
                record.key("target", &target);
                stages(record, &WORK_STAGES);
                record.open("items");
                for work in works {
                    record.item(|item| {
                        item.key("id", &work.id);
                        item.key("name", &work.name);
                        item.key("due", work.due);
                        item.key("quantity", figure(work.length));
                    });
                }
                record.close();
            }
            Shape::Milestones => {
                baseline(record, indicator);
                record.key("target", &target);
                record.open("milestones");
                for (year, part) in [(2021, 15), (2022, 36), (2023, 57), (2024, 78)] {
                    record.item(|milestone| {
                        milestone.key("date", day(year, 12, 31));
                        let way = indicator.target - indicator.baseline;
                        milestone.key("value", figure(indicator.baseline + way * part / 100));
                    });
                }
                record.close();
            }
            Shape::Revised { target: less } => {
                record.key("target", &target);
                record.open("revisions");
                record.item(|revision| {
                    revision.key("date", revised_on());
                    revision.key("target", figure(*less));
                });
                record.close();
            }
            Shape::Population { of } => {
                record.key("target", &target);
                record.open("population");
                record.key("value", figure(*of));
                record.key("name", format_args!("{} trên địa bàn", indicator.measured_in));
                record.close();
            }
            Shape::Statistic { growth } => {
                if *growth {
                    record.key("method", "growth");
                }
            }
        }
        if let Some(parent) = unit.parent
            && matches!(indicator.shape, Shape::Count | Shape::Hold)
        {
            record.open("contributes_to");
            record.word(format_args!("{}/nq-dai-hoi/{}", self.units[parent].id, indicator.id));
            record.close();
        }
        if indicator.is_aggregate {
            record.key("aggregate", if indicator.shape == Shape::Count { "sum" } else { "mean" });
        }
        if let Some(successor) = unit.merged_into {
            record.open("owner_from");
            record.item(|owner| {
                owner.key("date", MERGER);
                owner.key("unit", &self.units[successor].id);
            });
            record.close();
        }
        if !matches!(indicator.shape, Shape::Statistic { .. }) {
            let value = in_text(indicator.target);
            let way = if indicator.shape == Shape::Decrease { "giảm còn" } else { "đạt" };
            record.key("quote", format_args!("phấn đấu đến năm 2025 {way} {value} {}", indicator.measured_in));
        }
        if random.percent(30) {
            record.key(
                "note",
                "Nghị quyết nêu con số này trong phần chỉ tiêu chủ yếu; cách tính theo hướng dẫn của cấp trên.",
            );
        }
    }

    fn resolution_body(&self, place: usize, random: Random) -> String {
        let unit = &self.units[place];
        let mut body = self.prose(place, random, "nhiệm kỳ 2020–2025");
        body.sentences(2);
        if let Some(parent) = unit.parent {
            let above = &self.units[parent];
            body.say(&format!(
                "Văn bản thực hiện [nghị quyết của {}](/resolutions/{}/nq-dai-hoi.md).",
                above.in_text(),
                above.id
            ));
        }
        let rows = self.indicators[place]
            .iter()
            .map(|indicator| [indicator.name.to_owned(), in_text(indicator.target), indicator.measured_in.to_owned()]);
        body.table(["Chỉ tiêu", "Đến năm 2025", "Đơn vị tính"], rows);
        body.sentences(2);
        body.paragraph();
        let reports = self.reported(place).step_by(3);
        let links = reports
            .map(|quarter| format!("[báo cáo {}](/reports/{}.md)", quarter.in_text(), self.report_id(place, quarter)));
        let links: Vec<String> = links.chain([self.unit_link(place)]).collect();
        body.list(&links);
        body.finish()
    }

    /// A directive on how the resolution is to be carried out; all communes below have issued theirs, a report says.
    pub(super) fn directive(&self, place: usize) -> String {
        let unit = &self.units[place];
        let random = Random::part(unit.seed, 6);
        let mut yaml = Yaml::default();
        yaml.key("title", format_args!("Chỉ thị về tổ chức thực hiện nghị quyết đại hội ở {}", unit.in_text()));
        yaml.key("number", format_args!("01-CT/{}", unit.rank.office()));
        yaml.key("kind", "directive");
        yaml.key("issuer", &unit.id);
        yaml.key("issued", day(2021, 4, 12));
        yaml.key("period", "2021..2025");
        yaml.open("implements");
        yaml.word(format_args!("{}/nq-dai-hoi", unit.id));
        yaml.close();
        yaml.open("expects");
        yaml.open("levels");
        yaml.word("commune");
        yaml.close();
        yaml.key("by", "2021-09-30");
        yaml.close();
        yaml.open("sources");
        yaml.word(self.report_id(place, Quarter(1)));
        yaml.close();
        let mut body = self.prose(place, random, "năm 2021");
        body.sentences(3);
        body.say(&format!(
            "Chỉ thị ban hành ngày {}, kèm theo [nghị quyết](nq-dai-hoi.md) và có hiệu lực đến hết nhiệm kỳ.",
            vietnamese(day(2021, 4, 12))
        ));
        body.paragraph();
        let links: Vec<String> = unit.children.iter().take(5).map(|child| self.unit_link(*child)).collect();
        body.list(&links);
        yaml.with_body(&body.finish())
    }
}

fn baseline(record: &mut Yaml, indicator: &Indicator) {
    record.open("baseline");
    record.key("value", figure(indicator.baseline));
    record.key("date", day(2021, 1, 1));
    record.close();
}

/// The last of the stages is the one that counts.
fn stages(record: &mut Yaml, stages: &[(&str, &str); 3]) {
    record.open("stages");
    for (place, (id, name)) in stages.iter().enumerate() {
        record.item(|stage| {
            stage.key("id", id);
            stage.key("name", name);
            if place == stages.len() - 1 {
                stage.key("done", true);
            }
        });
    }
    record.close();
}
