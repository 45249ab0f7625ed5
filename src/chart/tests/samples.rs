//! Charts of the kinds that the site shows, with figures of Bến Tre in 2021.

use crate::chart::spec::*;

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
    ]
}
