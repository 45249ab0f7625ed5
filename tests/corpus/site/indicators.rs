//! The ten indicators of a unit's resolution, one of each kind that the contract knows.
//!
//! Figures are whole tenths, so that nothing depends on binary numbers.

use chrono::{Days, NaiveDate};

use super::calendar::{day, term_end, term_start};
use super::random::Random;
use super::units::{Rank, Unit, slug};

/// What an indicator is like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A count from nothing; a parent's is the sum of its children's.
    Count,
    /// A share that is to fall.
    Decrease,
    /// From what must be met to a stretch.
    Range { max: i64 },
    /// A share to hold; a parent's is the mean of its children's.
    Hold,
    /// Documents counted by stage.
    Stages,
    /// Named works, each with its day and length.
    Checklist(Vec<Work>),
    /// A way with a figure for each year.
    Milestones,
    /// A promise that was changed in the middle of 2022.
    Revised { target: i64 },
    /// A count out of a whole that is more than the target.
    Population { of: i64 },
    /// No target.
    Statistic { growth: bool },
}

/// A work of a checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Work {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) due: NaiveDate,
    /// In tenths.
    pub(crate) length: i64,
    /// When it was begun and finished.
    pub(crate) begun: NaiveDate,
    pub(crate) finished: NaiveDate,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Indicator {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) measured_in: &'static str,
    pub(crate) field: &'static str,
    /// Whether its figures are whole.
    pub(crate) whole: bool,
    pub(crate) shape: Shape,
    /// In tenths, like all figures.
    pub(crate) baseline: i64,
    pub(crate) target: i64,
    pub(crate) due: NaiveDate,
    /// How fast it goes, in thousandths of what is promised.
    pub(crate) pace: i64,
    /// Whether it is made of the children's.
    pub(crate) is_aggregate: bool,
}

/// The day on which promises were changed.
pub(crate) fn revised_on() -> NaiveDate {
    day(2022, 6, 30)
}

impl Indicator {
    /// The figure on a day, in tenths; a whole number where it must be.
    pub(crate) fn value(&self, on: NaiveDate) -> i64 {
        let (passed, all) = ((on - term_start()).num_days() + 1, (self.due - term_start()).num_days() + 1);
        let done = (passed * self.pace * 1_000 / all).min(1_080_000);
        let done =
            if matches!(self.shape, Shape::Population { .. } | Shape::Stages) { done.min(1_000_000) } else { done };
        let value = match self.shape {
            // Around the level that is to be held.
            Shape::Hold => self.target + (self.pace - 900) / 10 + passed % 7,
            _ => self.baseline + (self.target - self.baseline) * done / 1_000_000,
        };
        if self.whole { value / 10 * 10 } else { value }
    }

    /// The target that held on a day.
    pub(crate) fn target_on(&self, on: NaiveDate) -> i64 {
        match self.shape {
            Shape::Revised { target } if on >= revised_on() => target,
            _ => self.target,
        }
    }
}

/// The stages of documents.
pub(crate) const DOCUMENT_STAGES: [(&str, &str); 3] =
    [("cho", "Chờ hướng dẫn của cấp trên"), ("du-thao", "Đang hoàn thiện dự thảo"), ("ban-hanh", "Đã ban hành")];
/// The stages of works.
pub(crate) const WORK_STAGES: [(&str, &str); 3] =
    [("chuan-bi", "Chuẩn bị đầu tư"), ("thi-cong", "Đang thi công"), ("hoan-thanh", "Đã hoàn thành")];

impl Work {
    /// The id of the stage it stands at on a day.
    pub(crate) fn stage(&self, on: NaiveDate) -> &'static str {
        let stage = usize::from(on >= self.begun) + usize::from(on >= self.finished);
        WORK_STAGES[stage].0
    }
}

/// The ten indicators of a unit.
pub(crate) fn of(unit: &Unit) -> Vec<Indicator> {
    let random = &mut Random::part(unit.seed, 2);
    // A higher unit has more of everything that is counted.
    let scale = match unit.rank {
        Rank::Commune => 1,
        Rank::District => 8,
        Rank::Province => 60,
        Rank::Centre => 900,
    };
    let few = random.between(3, 9) * scale;
    let level = random.between(880, 950);
    let works = works(random);
    let length = works.iter().map(|work| work.length).sum();
    let roads = random.between(120, 420) * scale;
    let fewer_roads = roads * random.between(70, 92) / 100;
    let all = random.between(8, 40) * scale;
    let people = random.between(3_800, 16_500) * scale;
    let fall = *random.pick(&[
        ("ho-ngheo", "Tỷ lệ hộ nghèo theo chuẩn đa chiều", "%"),
        ("suy-dinh-duong", "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng thể nhẹ cân", "%"),
        ("lao-dong-nong-nghiep", "Tỷ lệ lao động trong lĩnh vực nông nghiệp", "%"),
    ]);
    let range = *random.pick(&[
        ("san-pham-ocop", "Sản phẩm được công nhận OCOP từ 3 sao trở lên", "sản phẩm"),
        ("hop-tac-xa", "Hợp tác xã hoạt động có hiệu quả", "hợp tác xã"),
        ("mo-hinh", "Mô hình sản xuất ứng dụng công nghệ cao", "mô hình"),
    ]);
    let share = *random.pick(&[
        ("chi-bo", "Chi bộ sinh hoạt chuyên đề đủ bốn quý", "chi bộ"),
        ("truong-chuan", "Trường học đạt chuẩn quốc gia", "trường"),
        ("khu-dan-cu", "Khu dân cư đạt chuẩn văn hóa kiểu mẫu", "khu dân cư"),
    ]);
    let enterprises = ("doanh-nghiep", "Doanh nghiệp thành lập mới", "doanh nghiệp");
    let insured = ("bao-hiem-y-te", "Tỷ lệ dân số tham gia bảo hiểm y tế", "%");
    let documents = ("van-ban", "Văn bản cụ thể hóa nghị quyết được ban hành", "văn bản");
    let built = ("cong-trinh", "Chiều dài công trình trọng điểm hoàn thành", "km");
    let income = ("thu-nhap", "Thu nhập bình quân đầu người một năm", "triệu đồng");
    let road = ("duong-giao-thong", "Đường giao thông nông thôn được bê tông hóa", "km");
    let population = ("dan-so", "Dân số trung bình", "người");
    let rows = [
        (enterprises, "kinh-te", Shape::Count, 0, unit.enterprises * 10),
        (fall, "xa-hoi", Shape::Decrease, random.between(65, 240), random.between(10, 50)),
        (range, "kinh-te", Shape::Range { max: few * 3 / 2 * 10 }, 0, few * 10),
        (insured, "xa-hoi", Shape::Hold, level, level),
        (documents, "xay-dung-dang", Shape::Stages, 0, random.between(6, 24) * 10),
        (built, "ha-tang", Shape::Checklist(works), 0, length),
        (income, "kinh-te", Shape::Milestones, random.between(380, 520), random.between(700, 960)),
        (road, "ha-tang", Shape::Revised { target: fewer_roads }, 0, roads),
        (
            share,
            "xay-dung-dang",
            Shape::Population { of: all * 10 },
            0,
            (all * random.between(60, 95) / 100).max(1) * 10,
        ),
        (population, "xa-hoi", Shape::Statistic { growth: random.percent(20) }, people * 10, people / 10 * 110),
    ];
    let has_parts = !unit.children.is_empty();
    rows.into_iter()
        .map(|((id, name, measured_in), field, shape, baseline, target)| Indicator {
            id,
            name,
            measured_in,
            field,
            whole: !matches!(measured_in, "%" | "km" | "triệu đồng"),
            due: if shape == Shape::Stages { day(2022, 12, 31) } else { term_end() },
            is_aggregate: has_parts && matches!(shape, Shape::Count | Shape::Hold),
            shape,
            baseline,
            target,
            pace: if random.percent(75) { random.between(880, 1_150) } else { random.between(350, 900) },
        })
        .collect()
}

fn works(random: &mut Random) -> Vec<Work> {
    const KINDS: [&str; 6] = ["Đường", "Cầu", "Kênh", "Đê bao", "Tuyến kè", "Hương lộ"];
    const PLACES: [&str; 12] = [
        "Bến Đá",
        "Cái Sơn",
        "Rạch Miễu",
        "Vàm Hồ",
        "Giồng Trôm",
        "Tân Phong",
        "Phú Lễ",
        "An Hóa",
        "Cầu Bần",
        "Xóm Mới",
        "Ba Kè",
        "Gò Chùa",
    ];
    let mut works: Vec<Work> = Vec::new();
    let count = random.between(3, 6);
    while i64::try_from(works.len()).expect("a few works") < count {
        let name = format!("{} {}", random.pick(&KINDS), random.pick(&PLACES));
        let id = slug(&name);
        if works.iter().any(|work| work.id == id) {
            continue;
        }
        let days = |random: &mut Random, low, high| Days::new(random.between(low, high).unsigned_abs());
        let begun = term_start() + days(random, 20, 500);
        let due = begun + days(random, 200, 900);
        let finished = due + days(random, 0, 160) - Days::new(70);
        works.push(Work { id, name, due, length: random.between(4, 96), begun, finished });
    }
    works
}
