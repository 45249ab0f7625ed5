//! Charts of the kinds that the site shows, with figures of Bến Tre in 2021.

use crate::chart::spec::*;
use crate::chart::{Grain, ticks};

fn head(title: &str) -> Head {
    Head {
        title: title.to_owned(),
        subtitle: "Nghị quyết 03-NQ/TU của Tỉnh ủy Bến Tre, tính đến 31/12/2021".to_owned(),
        description: "Mô tả cho người không nhìn thấy hình.".to_owned(),
        source: Some("Nguồn: Báo Đồng Khởi, 13/12/2021".to_owned()),
    }
}

fn tick(at: f64, label: &str) -> Tick {
    Tick { at, label: label.to_owned() }
}

fn row(label: &str, value: &str, status: &str, tone: Tone, progress: Option<f64>, expected: Option<f64>) -> Bar {
    let (label, value, status) = (label.to_owned(), value.to_owned(), status.to_owned());
    Bar { label, value, status, tone, progress, expected, note: String::new() }
}

pub(super) fn bars_of(rows: Vec<Bar>) -> Chart {
    Chart::Bars(Bars {
        head: head("11 trong 18 văn bản cụ thể hóa đã ban hành"),
        rows,
        ticks: vec![tick(0.0, "0 %"), tick(0.5, "50 %"), tick(1.0, "100 %")],
        legend_bar: "Đã thực hiện".to_owned(),
        legend_expected: "Mức cần đạt đến 31/12/2021".to_owned(),
        legend_beyond: "Còn dài hơn khung hình".to_owned(),
        empty: "Chưa có chỉ tiêu nào trong hồ sơ.".to_owned(),
    })
}

pub(super) fn bars() -> Chart {
    let mut rows = vec![
        row(
            "Văn bản cụ thể hóa đã ban hành",
            "11/18 văn bản · 61,1 %",
            "Chậm",
            Tone::Behind,
            Some(11.0 / 18.0),
            Some(0.95),
        ),
        row(
            "Doanh nghiệp thành lập mới",
            "62/150 doanh nghiệp · 41,3 %",
            "Đúng tiến độ",
            Tone::OnTrack,
            Some(0.413),
            Some(0.33),
        ),
        row(
            "Xã đạt chuẩn nông thôn mới nâng cao, đồng thời giữ vững 19 tiêu chí đã đạt ở tất cả các xã còn lại trên địa bàn huyện và thành phố",
            "3/3 xã · 100 %",
            "Đạt",
            Tone::Achieved,
            Some(1.0),
            Some(1.0),
        ),
        row(
            "Chi bộ ấp có trụ sở làm việc ghép với nhà văn hóa",
            "2/3 chi bộ · 66,7 %",
            "Chưa báo cáo",
            Tone::Unreported,
            Some(0.667),
            Some(1.0),
        ),
        row(
            "Tuyến đường giao thông nông thôn được bê tông hóa",
            "7.182/6.000 m · 119,7 %",
            "Đạt muộn",
            Tone::AchievedLate,
            Some(1.197),
            Some(1.0),
        ),
        row("Tỷ lệ hộ dân sử dụng nước sạch", "53,5 %", "Nguy cơ không đạt", Tone::OffTrack, Some(0.08), Some(0.5)),
        row("Giảm số vụ phạm pháp hình sự", "tăng 2 %", "Không đạt", Tone::Missed, Some(-0.4), Some(1.0)),
        row("Khu đô thị mới được khởi công", "", "Chưa có số liệu", Tone::NoData, None, None),
        row("Thu ngân sách trên địa bàn", "130 %", "Chưa đủ căn cứ", Tone::NotAssessable, None, None),
    ];
    rows[7].note = "Chưa có số liệu".to_owned();
    rows[8].note = "Không rõ mức ban đầu, nên chỉ biết đạt hay chưa".to_owned();
    bars_of(rows)
}

pub(super) fn bars_extreme() -> Chart {
    bars_of(vec![
        row("Vượt rất xa", "1.300 %", "Đạt", Tone::Achieved, Some(13.0), Some(1.0)),
        row("Đi lùi", "−40 %", "Nguy cơ không đạt", Tone::OffTrack, Some(-0.4), Some(0.2)),
        row("Đi lùi rất xa", "−900 %", "Nguy cơ không đạt", Tone::OffTrack, Some(-9.0), Some(0.0)),
        row("Chưa bắt đầu", "0/45 · 0 %", "Chậm", Tone::Behind, Some(0.0), Some(0.25)),
        row(
            "Không vẽ được",
            "không phải là số",
            "Chưa đủ căn cứ",
            Tone::NotAssessable,
            Some(f64::NAN),
            Some(f64::INFINITY),
        ),
    ])
}

fn part(name: &str, value: f64, text: &str, stage: Stage) -> Part {
    Part { name: name.to_owned(), value, text: text.to_owned(), stage }
}

pub(super) fn stack_three() -> Chart {
    Chart::Stack(Stack {
        head: head("11 trong 18 văn bản đã ban hành"),
        parts: vec![
            part("Đã ban hành", 11.0, "11", Stage::Done),
            part("Đang dự thảo", 3.0, "3", Stage::Open),
            part("Chờ hướng dẫn của Trung ương", 4.0, "4", Stage::Open),
        ],
        rest: None,
        total: "18 văn bản phải ban hành".to_owned(),
        empty: "Chưa có số liệu".to_owned(),
    })
}

pub(super) fn stack_five() -> Chart {
    Chart::Stack(Stack {
        head: head("21 dự án khu đô thị, 4 dự án đã xong"),
        parts: vec![
            part("Đã hoàn thành", 4.0, "4", Stage::Done),
            part("Đang thi công", 1.0, "1", Stage::Open),
            part("Đã có chủ trương đầu tư, đang lập quy hoạch chi tiết", 11.0, "11", Stage::Open),
            part("Kêu gọi đầu tư", 4.0, "4", Stage::Open),
            part("Tạm dừng", 1.0, "1", Stage::Open),
        ],
        rest: Some(part("Không rõ", 2.0, "2", Stage::Open)),
        total: "21 dự án".to_owned(),
        empty: "Chưa có số liệu".to_owned(),
    })
}

pub(super) fn stack_patterns() -> Chart {
    let parts = (0..7).map(|at| part(&format!("Bước {at}"), 3.0, "3", if at == 0 { Stage::Done } else { Stage::Open }));
    Chart::Stack(Stack { parts: parts.collect(), ..Stack::default() })
}

fn group(tone: Tone, label: &str, count: u32) -> StatusGroup {
    StatusGroup { tone, label: label.to_owned(), count, text: count.to_string() }
}

pub(super) fn statuses() -> Chart {
    Chart::Statuses(Statuses {
        head: head("57 chỉ tiêu: 9 đã đạt, 12 đúng tiến độ"),
        groups: vec![
            group(Tone::Achieved, "Đạt", 9),
            group(Tone::AchievedLate, "Đạt muộn", 2),
            group(Tone::OnTrack, "Đúng tiến độ", 12),
            group(Tone::Behind, "Chậm", 6),
            group(Tone::OffTrack, "Nguy cơ không đạt", 3),
            group(Tone::Missed, "Không đạt", 1),
            group(Tone::Unreported, "Chưa báo cáo", 5),
            group(Tone::NotAssessable, "Chưa đủ căn cứ", 8),
            group(Tone::NoData, "Chưa có số liệu", 23),
            group(Tone::Tracked, "Theo dõi", 4),
        ],
        empty: String::new(),
    })
}

pub(super) fn statuses_many() -> Chart {
    Chart::Statuses(Statuses {
        head: head("Cả tỉnh"),
        groups: vec![
            group(Tone::Achieved, "Đạt", 1210),
            group(Tone::OnTrack, "Đúng tiến độ", 640),
            group(Tone::Unreported, "Chưa báo cáo", 305),
            group(Tone::NoData, "Chưa có số liệu", 2300),
        ],
        empty: String::new(),
    })
}

fn unit(label: &str, value: Option<f64>, text: &str, qualifier: Qualifier, tone: Option<Tone>) -> CompareRow {
    CompareRow { label: label.to_owned(), value, text: text.to_owned(), qualifier, tone }
}

pub(super) fn compare() -> Chart {
    let none = "chưa có số liệu";
    Chart::Compare(Compare {
        head: head("Thành phố Bến Tre dẫn đầu về doanh nghiệp mới"),
        rows: vec![
            unit("Thành phố Bến Tre", Some(62.0), "62 doanh nghiệp", Qualifier::Exact, Some(Tone::OnTrack)),
            unit("Huyện Giồng Trôm", Some(41.0), "khoảng 41", Qualifier::About, Some(Tone::Behind)),
            unit("Huyện Châu Thành", Some(37.0), "ít nhất 37", Qualifier::AtLeast, None),
            unit("Huyện Mỏ Cày Nam", Some(12.0), "nhiều nhất 12", Qualifier::AtMost, None),
            unit("Huyện Ba Tri", Some(0.0), "0", Qualifier::Exact, Some(Tone::OffTrack)),
            unit("Huyện Thạnh Phú", None, none, Qualifier::Exact, Some(Tone::NoData)),
            unit(
                "Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng và công nghiệp tỉnh",
                None,
                none,
                Qualifier::Exact,
                None,
            ),
        ],
        ticks: [0, 20, 40, 60, 80].map(|at| tick(f64::from(at), &at.to_string())).to_vec(),
        target: Some(tick(50.0, "Mục tiêu: 50 doanh nghiệp mỗi đơn vị")),
        empty: String::new(),
    })
}

pub(super) fn compare_negative() -> Chart {
    Chart::Compare(Compare {
        head: head("Tăng, giảm số vụ phạm pháp so với năm trước"),
        rows: vec![
            unit("Xã Mỹ Thạnh", Some(-12.5), "−12,5 %", Qualifier::Exact, None),
            unit("Xã Phú Nhuận", Some(4.0), "+4 %", Qualifier::Exact, None),
            unit("Xã Nhơn Thạnh", Some(f64::INFINITY), "không xác định", Qualifier::Exact, None),
        ],
        ticks: [-15, -10, -5, 0, 5].map(|at| tick(f64::from(at), &format!("{at} %"))).to_vec(),
        target: Some(tick(-5.0, "Mục tiêu −5 %")),
        empty: String::new(),
    })
}

/// Days since 1970 are as good an epoch as any.
pub(super) fn day(year: i32, month: u32, day: u32) -> i32 {
    let date = chrono::NaiveDate::from_ymd_opt(year, month, day).expect("a day of the sample");
    date.signed_duration_since(chrono::NaiveDate::default()).num_days() as i32
}

fn seen(day: i32, value: f64, label: &str) -> Observation {
    Observation {
        day,
        value,
        qualifier: Qualifier::Exact,
        standing: Standing::Counted,
        label: label.to_owned(),
        title: format!("{label}, ngày {day}"),
    }
}

fn at(day: i32, value: f64, label: &str) -> Milestone {
    Milestone { day, value, label: label.to_owned(), title: format!("{label}, ngày {day}") }
}

fn level(value: f64, to: Option<i32>, role: LevelRole, label: &str) -> Level {
    Level { value, from: None, to, role, label: label.to_owned() }
}

fn on(day: i32, label: &str) -> Option<DayTick> {
    Some(DayTick { day, label: label.to_owned() })
}

fn with_ticks(mut timeline: Timeline, grain: Grain) -> Chart {
    if let Some((low, high)) = timeline.extent() {
        timeline.y_ticks = ticks(low, high, 5, grain, &|value| value.to_string().replace('.', ","));
    }
    Chart::Timeline(timeline)
}

fn quarters() -> Vec<DayTick> {
    let starts =
        [(2021, 1, "1/2021"), (2021, 4, "4/2021"), (2021, 7, "7/2021"), (2021, 10, "10/2021"), (2022, 1, "1/2022")];
    starts.map(|(year, month, label)| DayTick { day: day(year, month, 1), label: label.to_owned() }).to_vec()
}

pub(super) fn timeline() -> Chart {
    let (start, due) = (day(2021, 1, 18), day(2021, 12, 31));
    with_ticks(
        Timeline {
            head: head("11 trong 18 văn bản đã ban hành, chậm so với tiến độ"),
            measured_in: "văn bản".to_owned(),
            x_ticks: quarters(),
            observations: vec![
                seen(day(2021, 4, 30), 4.0, "4"),
                seen(day(2021, 7, 30), 7.0, "7"),
                seen(day(2021, 12, 13), 11.0, "11 văn bản"),
            ],
            line: Line::Steps,
            baseline: Some(at(start, 0.0, "")),
            levels: vec![level(18.0, Some(due), LevelRole::Target, "Mục tiêu: 18 văn bản")],
            milestones: vec![at(day(2021, 6, 30), 9.0, "mốc giữa năm: 9")],
            pace: vec![(start, 0.0), (day(2021, 6, 30), 9.0), (due, 18.0)],
            pace_label: "tiến độ cần có".to_owned(),
            due: on(due, "hạn 31/12/2021"),
            today: on(day(2021, 12, 20), "20/12/2021"),
            ..Timeline::default()
        },
        Grain::Whole,
    )
}

pub(super) fn timeline_qualified() -> Chart {
    let (start, due) = (day(2021, 1, 1), day(2022, 6, 30));
    let point = |when: i32, value: f64, qualifier, standing, label: &str| Observation {
        qualifier,
        standing,
        ..seen(when, value, label)
    };
    with_ticks(
        Timeline {
            head: head("Mọi loại số liệu"),
            measured_in: "% hộ dân".to_owned(),
            x_ticks: quarters(),
            observations: vec![
                point(day(2021, 2, 1), 53.5, Qualifier::Exact, Standing::Counted, "53,5 %"),
                point(day(2021, 4, 1), 54.0, Qualifier::About, Standing::Counted, "khoảng 54 %"),
                point(day(2021, 6, 1), 54.6, Qualifier::AtLeast, Standing::Counted, "ít nhất 54,6 %"),
                point(day(2021, 6, 20), 57.6, Qualifier::Exact, Standing::Corrected, "57,6 %"),
                point(day(2021, 8, 1), 55.4, Qualifier::AtMost, Standing::Counted, "nhiều nhất 55,4 %"),
                point(day(2021, 10, 1), 55.2, Qualifier::Estimate, Standing::Counted, "ước 55,2 %"),
                point(day(2021, 12, 31), 56.4, Qualifier::Exact, Standing::Forecast, "dự báo 56,4 %"),
            ],
            levels: vec![
                level(56.0, Some(due), LevelRole::Target, "Mục tiêu: 56 %"),
                level(58.0, Some(due), LevelRole::Stretch, "Phấn đấu: 58 %"),
                level(55.0, Some(day(2021, 6, 30)), LevelRole::Former, "Mục tiêu cũ: 55 %"),
            ],
            baseline: Some(at(start, 53.1, "mức ban đầu 53,1 %")),
            due: on(due, "hạn 30/6/2022"),
            today: on(day(2021, 11, 1), "1/11/2021"),
            ..Timeline::default()
        },
        Grain::Any,
    )
}

pub(super) fn timeline_one() -> Chart {
    with_ticks(
        Timeline {
            head: head("62 doanh nghiệp mới đến cuối tháng 4"),
            measured_in: "doanh nghiệp".to_owned(),
            x_ticks: quarters(),
            observations: vec![seen(day(2021, 4, 30), 62.0, "62 doanh nghiệp")],
            levels: vec![level(150.0, Some(day(2021, 12, 31)), LevelRole::Target, "Mục tiêu: 150 doanh nghiệp")],
            baseline: Some(at(day(2021, 1, 1), 0.0, "0")),
            pace: vec![(day(2021, 1, 1), 0.0), (day(2021, 12, 31), 150.0)],
            pace_label: "tiến độ cần có".to_owned(),
            due: on(day(2021, 12, 31), "hạn và ngày cập nhật: 31/12/2021"),
            ..Timeline::default()
        },
        Grain::Whole,
    )
}

pub(super) fn timeline_plan() -> Chart {
    with_ticks(
        Timeline {
            head: head("Chưa có số liệu về 750 ha"),
            measured_in: "ha".to_owned(),
            x_ticks: (2021..=2025).map(|year| DayTick { day: day(year, 1, 1), label: year.to_string() }).collect(),
            levels: vec![level(750.0, Some(day(2025, 12, 31)), LevelRole::Target, "Mục tiêu: 750 ha")],
            due: on(day(2025, 12, 31), "hạn 31/12/2025"),
            today: on(day(2021, 12, 31), "31/12/2021"),
            empty: "Chưa có báo cáo nào".to_owned(),
            ..Timeline::default()
        },
        Grain::Whole,
    )
}

pub(super) fn timeline_long() -> Chart {
    let years = 2004..=2024;
    let value = |year: i32| 31.0 + f64::from(year - 2004) * 2.1 + f64::from(year * 37 % 7) - 3.0;
    with_ticks(
        Timeline {
            head: head("Hai mươi năm hộ dân dùng nước sạch"),
            measured_in: "% hộ dân".to_owned(),
            x_ticks: years.clone().map(|year| DayTick { day: day(year, 1, 1), label: year.to_string() }).collect(),
            observations: years
                .map(|year| seen(day(year, 12, 31), value(year), &format!("{:.1} %", value(year)).replace('.', ",")))
                .collect(),
            levels: vec![level(95.0, None, LevelRole::Target, "Mục tiêu 2030: 95 %")],
            today: on(day(2025, 6, 30), "30/6/2025"),
            due: on(day(2030, 12, 31), "hạn 2030"),
            ..Timeline::default()
        },
        Grain::Any,
    )
}

pub(super) fn bars_of_one(share: f64) -> Chart {
    bars_of(vec![row("Một chỉ tiêu", "một nửa", "", Tone::OnTrack, Some(share), None)])
}

pub(super) fn bars_without_data() -> Chart {
    let note = "Chưa có báo cáo nào".to_owned();
    bars_of(vec![Bar { note, ..row("Một chỉ tiêu", "", "Chưa có số liệu", Tone::NoData, None, None) }])
}

pub(super) fn bars_small() -> Chart {
    bars_of(vec![
        row("Văn bản đã ban hành", "11/18 · 61,1 %", "Chậm", Tone::Behind, Some(0.611), Some(0.95)),
        row("Nhà ở xã hội", "", "Chưa có số liệu", Tone::NoData, None, None),
    ])
}

pub(super) fn statuses_small() -> Chart {
    Chart::Statuses(Statuses {
        head: head("Ba chỉ tiêu"),
        groups: vec![group(Tone::Achieved, "Đạt", 2), group(Tone::NoData, "Chưa có số liệu", 1)],
        empty: String::new(),
    })
}

pub(super) fn timeline_undrawable() -> Chart {
    with_ticks(
        Timeline {
            observations: vec![seen(0, 1.0, "1"), seen(40, 1e300, "con số quá lớn")], ..Timeline::default()
        },
        Grain::Any,
    )
}

/// 200 characters of a name, as issue 4 allows.
const LONG: &str = "Tỷ lệ cơ sở y tế tuyến xã đạt tiêu chí quốc gia về y tế giai đoạn đến năm hai nghìn không trăm ba mươi, kể cả \
    các trạm mới thành lập sau khi sắp xếp đơn vị hành chính cấp xã trên toàn địa bàn tỉnh";

pub(super) fn bars_long() -> Chart {
    let value = "7.182,5/12.345,75 mét vuông mặt đường bê tông · 58,2 %";
    let tones = [Tone::OnTrack, Tone::Behind, Tone::Unreported];
    let row = |at: usize| row(LONG, value, "Nguy cơ không đạt", tones[at % 3], Some(at as f64 / 3.0), Some(0.5));
    bars_of((0..3).map(row).collect())
}

pub(super) fn stack_long() -> Chart {
    let stage = |at: usize| if at == 0 { Stage::Done } else { Stage::Open };
    Chart::Stack(Stack {
        head: head(LONG),
        parts: [1200.0, 1.0, 1.0, 800.0]
            .iter()
            .enumerate()
            .map(|(at, value)| part(LONG, *value, &value.to_string(), stage(at)))
            .collect(),
        total: LONG.to_owned(),
        ..Stack::default()
    })
}

pub(super) fn statuses_long() -> Chart {
    let group = |tone: Tone, count: u32| group(tone, "Chưa đủ căn cứ để đánh giá đúng hay chậm", count);
    Chart::Statuses(Statuses {
        groups: vec![group(Tone::NotAssessable, 61), group(Tone::Missed, 1)],
        ..Statuses::default()
    })
}

pub(super) fn compare_long() -> Chart {
    let exact = |value: f64, text: &str| unit(LONG, Some(value), text, Qualifier::Exact, Some(Tone::Behind));
    let rows = vec![exact(58.2, "7.182,5 mét vuông mặt đường bê tông"), exact(99.0, "99 m²"), exact(3.0, "3 m²")];
    let ticks = [0.0, 25.0, 50.0, 75.0, 100.0].map(|at| tick(at, &format!("{at} mét vuông"))).to_vec();
    Chart::Compare(Compare { rows, ticks, target: Some(tick(100.0, LONG)), ..Compare::default() })
}

pub(super) fn timeline_long_words() -> Chart {
    let days = (0..8).map(|at| day(2021, 1 + at, 15));
    with_ticks(
        Timeline {
            measured_in: LONG.to_owned(),
            x_ticks: quarters(),
            observations: days
                .enumerate()
                .map(|(at, when)| seen(when, 1e6 * at as f64, "khoảng 1.234.567 mét vuông"))
                .collect(),
            baseline: Some(at(day(2021, 1, 1), 0.0, LONG)),
            levels: vec![
                level(9.5e6, Some(day(2021, 12, 31)), LevelRole::Target, LONG),
                level(9.7e6, None, LevelRole::Stretch, LONG),
            ],
            milestones: vec![at(day(2021, 6, 30), 5e6, LONG)],
            pace: vec![(day(2021, 1, 1), 0.0), (day(2021, 12, 31), 9.5e6)],
            pace_label: LONG.to_owned(),
            due: on(day(2021, 12, 31), LONG),
            today: on(day(2021, 9, 1), LONG),
            ..Timeline::default()
        },
        Grain::Whole,
    )
}

/// A matrix of units and documents; what each cell holds is a wild but fixed mixture of runs.
fn matrix_of(units: &[&str], documents: &[&str], covers: impl Fn(usize, usize) -> Option<Cover>) -> Chart {
    let names = ["Đúng hạn", "Muộn", "Đã ban hành, không rõ ngày", "Báo cáo cho biết đã ban hành", "Chưa đến hạn"];
    let names = names.into_iter().chain(["Chưa có trong hồ sơ"]).map(str::to_owned);
    let row = |(at, unit): (usize, &&str)| MatrixRow {
        label: (*unit).to_owned(),
        cells: (0..documents.len()).map(|document| covers(at, document)).collect(),
    };
    Chart::Matrix(Matrix {
        head: head("Ai đã cụ thể hóa văn bản nào"),
        columns: documents.iter().map(|name| (*name).to_owned()).collect(),
        rows: units.iter().enumerate().map(row).collect(),
        legend: Cover::ALL.into_iter().zip(names).collect(),
        empty: "Không có văn bản nào giao đơn vị khác ban hành văn bản.".to_owned(),
    })
}

const DISTRICTS: [&str; 9] = [
    "Thành phố Bến Tre",
    "Huyện Ba Tri",
    "Huyện Bình Đại",
    "Huyện Châu Thành",
    "Huyện Chợ Lách",
    "Huyện Giồng Trôm",
    "Huyện Mỏ Cày Bắc",
    "Huyện Mỏ Cày Nam",
    "Huyện Thạnh Phú",
];

pub(super) fn matrix() -> Chart {
    let documents = ["01-CT/TU", "03-NQ/TU", "Nghị quyết Đại hội XI", "07-CTr/TU"];
    matrix_of(&DISTRICTS, &documents, |unit, document| {
        (document != 3 || unit > 4).then(|| Cover::ALL[(unit * 5 + document * 3 + unit / 3) % 6])
    })
}

/// A hundred communes and twenty documents, as they are: most are in time or missing, document by document.
pub(super) fn matrix_large() -> Chart {
    let units: Vec<String> = (1..=100).map(|at| format!("Xã số {at}")).collect();
    let documents: Vec<String> = (1..=20).map(|at| format!("{at:02}-NQ/TU")).collect();
    let (units, documents): (Vec<&str>, Vec<&str>) =
        (units.iter().map(String::as_str).collect(), documents.iter().map(String::as_str).collect());
    matrix_of(&units, &documents, |unit, document| match (unit * 7 + document * 13) % 29 {
        0 => Some(Cover::Late),
        1 => Some(Cover::Reported),
        2 => None,
        _ if document % 4 == 0 => Some(Cover::InTime),
        _ => Some(Cover::Missing),
    })
}

/// More documents than there is room for in one row.
pub(super) fn matrix_wide() -> Chart {
    let documents: Vec<String> = (1..=40).map(|at| format!("Kế hoạch số {at} về một việc có tên dài")).collect();
    let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
    matrix_of(&DISTRICTS, &documents, |unit, document| Some(Cover::ALL[(unit / 2 + document) % 6]))
}

pub(super) fn matrix_long() -> Chart {
    matrix_of(&[LONG, LONG, "Xã Mỹ Thạnh"], &[LONG, LONG, LONG], |unit, document| {
        Some(Cover::ALL[unit + document])
    })
}

/// A box: number, title, issuer, day.
fn document(name: &str, title: &str, issuer: &str, date: &str) -> LineageNode {
    let (name, title, issuer) = (name.to_owned(), title.to_owned(), issuer.to_owned());
    LineageNode { name, title, issuer, date: date.to_owned(), role: LineageRole::Other }
}

fn lineage_of(mut nodes: Vec<LineageNode>, current: usize, edges: &[(usize, usize, LineageKind, &str)]) -> Chart {
    nodes[current].role = LineageRole::Current;
    let edge = |&(from, to, kind, label): &(usize, usize, LineageKind, &str)| LineageEdge {
        from,
        to,
        kind,
        label: label.to_owned(),
    };
    Chart::Lineage(Lineage {
        head: head("Từ Chỉ thị 01-CT/TU đến xã Mỹ Thạnh"),
        nodes,
        edges: edges.iter().map(edge).collect(),
        legend_implements: "được thực hiện bằng".to_owned(),
        legend_amends: "được sửa đổi, bổ sung bởi".to_owned(),
        empty: "Chưa có văn bản nào.".to_owned(),
    })
}

/// The directive on emulation of 2020 and what became of it.
pub(super) fn lineage() -> Chart {
    use LineageKind::{Amends, Implements};
    let nodes = vec![
        document("01-CT/TU", "Về đẩy mạnh phong trào thi đua Đồng khởi mới", "Tỉnh ủy Bến Tre", "14/12/2020"),
        document("02-CT/TU", "Về thực hiện nhiệm vụ quân sự, quốc phòng năm 2021", "Tỉnh ủy Bến Tre", ""),
        document(
            "44-KH/HU",
            "Thực hiện Chỉ thị 01-CT/TU của Tỉnh ủy về thi đua Đồng khởi mới",
            "Huyện ủy Giồng Trôm",
            "25/03/2021",
        ),
        document("54-KH", "Thi đua trong lực lượng vũ trang", "Đảng ủy Quân sự tỉnh", "20/04/2021"),
        document("Kế hoạch", "Đăng ký thi đua năm 2021", "Thành ủy Bến Tre", "02/2021"),
        document("16-KH/ĐU", "Thực hiện Chỉ thị 01-CT/TU và Kế hoạch 44-KH/HU", "Đảng ủy xã Mỹ Thạnh", "04/05/2021"),
        document("29-KH/ĐU", "Bổ sung Kế hoạch 16-KH/ĐU", "Đảng ủy xã Mỹ Thạnh", "30/09/2021"),
    ];
    let edges = [
        (0, 2, Implements, "sau 101 ngày"),
        (0, 3, Implements, "sau 127 ngày"),
        (1, 3, Implements, ""),
        (0, 4, Implements, ""),
        (2, 5, Implements, "sau 40 ngày"),
        (0, 5, Implements, "sau 141 ngày"),
        (5, 6, Amends, "sau 149 ngày"),
        (0, 6, Implements, "sau 290 ngày"),
    ];
    lineage_of(nodes, 2, &edges)
}

/// A resolution with many plans, and some left out.
pub(super) fn lineage_broad() -> Chart {
    let mut nodes = vec![
        document("Nghị quyết", "Đại hội đại biểu Đảng bộ tỉnh lần thứ XI", "Đảng bộ tỉnh Bến Tre", "10/2020"),
        document(
            "01-NQ/TU",
            "Về chuyển đổi số tỉnh Bến Tre đến năm 2025, định hướng đến năm 2030",
            "Tỉnh ủy Bến Tre",
            "29/01/2021",
        ),
    ];
    let mut edges = vec![(0, 1, LineageKind::Implements, "")];
    for at in 0..12 {
        nodes.push(document(
            &format!("{}-KH/UBND", 100 + at),
            "Về truyền thông chuyển đổi số",
            "Ủy ban nhân dân tỉnh",
            "01/06/2021",
        ));
        edges.push((1, at + 2, LineageKind::Implements, "sau 123 ngày"));
    }
    nodes.push(LineageNode {
        name: "và 23 văn bản khác".to_owned(),
        role: LineageRole::More,
        ..LineageNode::default()
    });
    edges.push((1, 14, LineageKind::Implements, ""));
    edges.push((4, 8, LineageKind::Amends, "trước 12 ngày"));
    lineage_of(nodes, 1, &edges)
}

/// More layers than stand side by side.
pub(super) fn lineage_deep() -> Chart {
    let nodes = (0..9).map(|at| document(&format!("{at}-KH"), LONG, "Huyện ủy Giồng Trôm", "25/03/2021")).collect();
    let edges: Vec<_> = (1..9).map(|at| ((at - 1) / 2 * 2 % at, at, LineageKind::Implements, "sau 31 ngày")).collect();
    let along: Vec<_> = (1..9).map(|at| (at - 1, at, LineageKind::Amends, "")).collect();
    lineage_of(nodes, 4, &[edges, along].concat())
}

pub(super) fn lineage_long() -> Chart {
    let nodes = (0..4).map(|_| document(LONG, LONG, LONG, LONG)).collect();
    lineage_of(
        nodes,
        0,
        &[
            (0, 1, LineageKind::Amends, LONG),
            (0, 2, LineageKind::Implements, LONG),
            (1, 3, LineageKind::Implements, LONG),
        ],
    )
}

fn strips_of(rows: &[(&str, &[(Tone, u32)], &str)]) -> Chart {
    let row = |&(label, parts, text): &(&str, &[(Tone, u32)], &str)| StripRow {
        label: label.to_owned(),
        parts: parts.to_vec(),
        text: text.to_owned(),
    };
    let names = ["Đạt", "Đạt muộn", "Đúng tiến độ", "Chậm", "Nguy cơ không đạt", "Không đạt", "Chưa báo cáo"];
    let names = names.into_iter().chain(["Chưa đủ căn cứ", "Chưa có số liệu", "Theo dõi"]).map(str::to_owned);
    Chart::Strips(Strips {
        head: head("Chỉ tiêu của từng đơn vị"),
        rows: rows.iter().map(row).collect(),
        legend: Tone::ALL.into_iter().zip(names).collect(),
        more: "Và 12 đơn vị khác chưa có chỉ tiêu nào trong hồ sơ.".to_owned(),
        empty: "Chưa có đơn vị nào.".to_owned(),
    })
}

pub(super) fn strips() -> Chart {
    strips_of(&[
        ("Thành phố Bến Tre", &[(Tone::Achieved, 3), (Tone::OnTrack, 2), (Tone::Missed, 1)], "6 chỉ tiêu"),
        ("Huyện Giồng Trôm", &[(Tone::Unreported, 2), (Tone::NoData, 4), (Tone::Tracked, 3)], "9 chỉ tiêu"),
        ("Huyện Ba Tri", &[], "chưa có chỉ tiêu trong hồ sơ"),
        ("Ban Dân vận Huyện ủy Giồng Trôm và các đoàn thể", &[(Tone::NotAssessable, 1)], "1 chỉ tiêu"),
    ])
}

pub(super) fn strips_many() -> Chart {
    strips_of(&[
        (LONG, &[(Tone::Achieved, 130), (Tone::Behind, 60), (Tone::Missed, 1)], "191 chỉ tiêu"),
        ("Huyện Giồng Trôm", &[(Tone::AchievedLate, 2), (Tone::NoData, 40)], LONG),
        ("Huyện Ba Tri", &[], LONG),
    ])
}

pub(super) fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("bars", bars()),
        ("bars-extreme", bars_extreme()),
        ("stack-three", stack_three()),
        ("stack-five", stack_five()),
        ("stack-patterns", stack_patterns()),
        ("statuses", statuses()),
        ("statuses-many", statuses_many()),
        ("compare", compare()),
        ("compare-negative", compare_negative()),
        ("timeline", timeline()),
        ("timeline-qualified", timeline_qualified()),
        ("timeline-one", timeline_one()),
        ("timeline-plan", timeline_plan()),
        ("timeline-long", timeline_long()),
        ("bars-long", bars_long()),
        ("stack-long", stack_long()),
        ("statuses-long", statuses_long()),
        ("compare-long", compare_long()),
        ("timeline-long-words", timeline_long_words()),
        ("matrix", matrix()),
        ("matrix-large", matrix_large()),
        ("matrix-wide", matrix_wide()),
        ("matrix-long", matrix_long()),
        ("strips", strips()),
        ("strips-many", strips_many()),
        ("lineage", lineage()),
        ("lineage-broad", lineage_broad()),
        ("lineage-deep", lineage_deep()),
        ("lineage-long", lineage_long()),
    ]
}
