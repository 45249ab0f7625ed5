//! The pages that look at the whole site: coverage, statuses, fields, frameworks, corrections, changes, checks.

use super::{Rendered, words};

const DAY: &str = "2022-02-15";

/// A province that asks three districts for plans of their own; one follows in time, one too late, one not on file.
const SITE: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "title: Tiến độ\nbase_url: https://example.org/\nlanguage: vi\nlanguages:\n  - vi\n  - en\n\
         timezone: Asia/Ho_Chi_Minh\nlevels:\n  - id: province\n    name: Tỉnh\n  - id: district\n    name: Huyện\n\
         fields:\n  - id: party\n    name: Xây dựng Đảng\n  - id: economy\n    name: Kinh tế\n\
         frameworks:\n  - id: ba-mui\n    name: Ba mũi\n    groups:\n      - id: mui-1\n        name: Mũi một\n      \
         - id: mui-2\n        name: Mũi hai\n",
    ),
    ("content/units/ben-tre.md", "---\nname: Bến Tre\nlevel: province\n---\n"),
    ("content/units/ba-tri.md", "---\nname: Ba Tri\nlevel: district\nparent: ben-tre\n---\n"),
    ("content/units/binh-dai.md", "---\nname: Bình Đại\nlevel: district\nparent: ben-tre\n---\n"),
    ("content/units/cho-lach.md", "---\nname: Chợ Lách\nlevel: district\nparent: ben-tre\n---\n"),
    (
        "content/units/huyen-cu.md",
        "---\nname: Huyện cũ\nlevel: district\nparent: ben-tre\ndissolved: 2021-03-01\nsuccessors:\n  - ba-tri\n---\n",
    ),
    (
        "content/resolutions/ben-tre/nq.md",
        "---\ntitle: Nghị quyết về văn bản\nnumber: 03-NQ/TU\nkind: resolution\nissued: 2021-01-18\nperiod: 2021..2025\n\
         field: party\ngroups:\n  - ba-mui/mui-2\nexpects:\n  levels:\n    - district\n  by: 2021-06-30\n  count: 9\n\
         indicators:\n  - id: tong\n    name: Tổng văn bản\n    measured_in: văn bản\n    target: 20\n    \
         aggregate: sum\n    of: 9\n---\n",
    ),
    (
        "content/resolutions/ba-tri/kh.md",
        "---\ntitle: Kế hoạch của Ba Tri\nsources:\n  - title: Nguồn\nnumber: 11-KH/HU\nkind: plan\nissued: 2021-05-10\nperiod: 2021\nfield: party\n\
         implements:\n  - ben-tre/nq\nindicators:\n  - id: van-ban\n    name: Văn bản đã ban hành\n    \
         measured_in: văn bản\n    target: 4\n    contributes_to:\n      - ben-tre/nq/tong\n  - id: nha\n    name: Nhà mới\n    \
         measured_in: căn\n    owner: huyen-cu\n    owner_from:\n      - date: 2021-03-01\n        unit: ba-tri\n---\n",
    ),
    (
        "content/resolutions/binh-dai/kh.md",
        "---\ntitle: Kế hoạch của Bình Đại\nnumber: 12-KH/HU\nkind: plan\nissued: 2021-07-10\nperiod: 2021\nfield: party\n\
         implements:\n  - ben-tre/nq\nindicators:\n  - id: van-ban\n    name: Văn bản đã ban hành\n    \
         measured_in: văn bản\n    target: 5\n    contributes_to:\n      - ben-tre/nq/tong\n---\n",
    ),
    (
        "content/reports/2021/07-ba-tri.md",
        "---\ntitle: Ba Tri sáu tháng\nunit: ba-tri\npublished: 2021-07-20\nsource:\n  title: Ba Tri\nobservations:\n  \
         - indicator: ba-tri/kh/van-ban\n    as_of: 2021-06-30\n    value: 1\n---\n",
    ),
    (
        "content/reports/2022/01-ba-tri.md",
        "---\ntitle: Ba Tri cả năm\nunit: ba-tri\npublished: 2022-01-20\nsource:\n  title: Ba Tri\nobservations:\n  \
         - indicator: ba-tri/kh/van-ban\n    as_of: 2021-06-30\n    value: 3\n    corrects: 2021/07-ba-tri\n    \
         note: Báo cáo trước ghi nhầm số của quý I.\n  - indicator: ba-tri/kh/van-ban\n    as_of: 2021-12-31\n    value: 4\n    stated:\n      - percent: 45\n---\n",
    ),
    (
        "content/reports/2022/01-ben-tre.md",
        "---\ntitle: Tỉnh tổng kết\nunit: ben-tre\npublished: 2022-01-25\nsource:\n  title: Bến Tre\ncoverage:\n  \
         - document: ben-tre/nq\n    level: district\n    action: issued\n    value: 7\n    of: 9\n---\n",
    ),
];

#[track_caller]
fn assert_says(text: &str, expected: &[&str]) {
    for expected in expected {
        assert!(text.contains(expected), "`{expected}` is not said in: {text}");
    }
}

#[test]
fn coverage_says_who_followed_and_accuses_nobody() {
    let site = Rendered::of(SITE, DAY);
    assert_eq!(
        words(site.page("coverage/"), ".title .finding"),
        "Trong 3 lượt đơn vị được giao: 1 đúng hạn, 1 muộn và 1 chưa có trong hồ sơ."
    );
    let rows = words(site.page("coverage/"), "table tbody");
    assert_eq!(
        rows,
        "Ba Tri Đúng hạn Kế hoạch số 11-KH/HU, 10/05/2021 Bình Đại Muộn Kế hoạch số 12-KH/HU, 10/07/2021 (muộn 10 ngày) \
         Chợ Lách Chưa có trong hồ sơ"
    );
    let page = site.words("coverage/");
    // The count of the report stands beside the list and marks nobody.
    assert_says(
        &page,
        &["7 trong 9 huyện đã ban hành", "Hồ sơ có tên 3 trong 9 đơn vị", "không đơn vị nào bị đánh dấu"],
    );
    assert!(!page.contains("Huyện cũ"), "a unit that had ended was expected: {page}");
    for (path, html) in site.pages() {
        assert!(!words(html, "main").contains("chưa ban hành văn bản"), "{path} accuses");
    }
    let document = site.words("resolutions/ben-tre/nq/");
    assert_says(&document, &["Đúng hạn 1 Ba Tri (Kế hoạch số 11-KH/HU, 10/05/2021)", "Chưa có trong hồ sơ 1 Chợ Lách"]);
    let unit = site.words("units/binh-dai/");
    assert_says(&unit, &["Văn bản phải cụ thể hóa", "30/06/2021 Muộn Kế hoạch số 12-KH/HU, 10/07/2021 (muộn 10 ngày)"]);
    assert!(words(site.page(""), ".menu").contains("Cụ thể hóa"));
    assert_says(&site.words("en/coverage/"), &["1 in time, 1 late and 1 not on file", "10 days late"]);
}

#[test]
fn what_is_not_known_yet_is_missing_from_coverage() {
    let site = Rendered::of(SITE, "2021-06-30");
    let rows = words(site.page("coverage/"), "table tbody");
    assert_eq!(rows, "Ba Tri Đúng hạn Kế hoạch số 11-KH/HU, 10/05/2021 Bình Đại Chưa đến hạn Chợ Lách Chưa đến hạn");
}

#[test]
fn lists_by_status_say_for_how_long_nobody_has_told() {
    let site = Rendered::of(SITE, DAY);
    let silent = site.words("status/no-data/");
    assert_says(&silent, &["2 chỉ tiêu đang ở tình trạng này", "31/12/2021 quá hạn 46 ngày", "Kế hoạch của Bình Đại"]);
    // The earliest due first.
    assert!(silent.find("Kế hoạch của Bình Đại") < silent.find("Nghị quyết về văn bản"), "{silent}");
    assert_says(&site.words("status/missed/"), &["Hiện không có chỉ tiêu nào ở tình trạng này."]);
    assert_says(
        site.page(""),
        &["<a href=\"status/no-data/\">", "<a href=\"fields/party/\">", "<a href=\"frameworks/ba-mui/\">"],
    );
}

#[test]
fn fields_and_groups_gather_their_indicators() {
    let site = Rendered::of(SITE, DAY);
    let party = site.words("fields/party/");
    assert_says(&party, &["Trong 3 chỉ tiêu có mục tiêu: 1 đã đạt", "Văn bản đã ban hành", "Tổng văn bản", "Nhà mới"]);
    assert_says(&site.words("fields/economy/"), &["Hồ sơ chưa có chỉ tiêu nào."]);
    let framework = site.page("frameworks/ba-mui/");
    assert_says(framework, &["#_group-mui-2\">Mũi hai", "id=\"_group-mui-2\""]);
    let indicator = site.page("resolutions/ben-tre/nq/tong/");
    assert_says(indicator, &["frameworks/ba-mui/#_group-mui-2\">Mũi hai</a>", "fields/party/\">Xây dựng Đảng</a>"]);
}

#[test]
fn a_long_list_by_status_goes_on_and_groups_know_their_page() {
    let mut plan = "---\ntitle: Kế hoạch dài\nkind: plan\nperiod: 2021\nindicators:\n".to_owned();
    for number in 0..130 {
        let group = if number < 120 { 1 } else { 2 };
        plan += &format!(
            "  - id: c-{number:03}\n    name: Việc {number}\n    measured_in: việc\n    target: 3\n    groups:\n      - ba-mui/mui-{group}\n"
        );
    }
    plan += "---\n";
    let mut files = SITE.to_vec();
    files.push(("content/resolutions/cho-lach/dai.md", &plan));
    let site = Rendered::of(&files, DAY);
    assert!(site.page("status/no-data/").contains("<a href=\"page/2/\" rel=\"next\">"));
    assert_eq!(site.page("status/no-data/page/2/").matches("<tr").count(), 32 + 1);
    assert!(words(site.page("status/no-data/page/2/"), "title").contains("Trang 2 trong 2"));
    let last = site.page("resolutions/cho-lach/dai/c-125/");
    assert!(last.contains("frameworks/ba-mui/page/2/#_group-mui-2"), "{last}");
    assert!(site.page("frameworks/ba-mui/page/2/").contains("id=\"_group-mui-2\""));
}

#[test]
fn corrections_keep_both_figures() {
    let site = Rendered::of(SITE, DAY);
    let page = site.words("corrections/");
    assert_says(
        &page,
        &[
            "Văn bản đã ban hành Ba Tri 30/06/2021 1 văn bản 3 văn bản Báo cáo trước ghi nhầm số của quý I.",
            "Đính chính tại: Ba Tri cả năm, 20/01/2022",
            "Số cũ ở: Ba Tri sáu tháng, 20/07/2021",
        ],
    );
    let feed = &site.files["corrections/atom.xml"];
    assert_says(
        feed,
        &[
            "<title>Văn bản đã ban hành, số liệu ngày 30/06/2021: 1 văn bản nay là 3 văn bản</title>",
            "<id>https://example.org/reports/2022/01-ba-tri/#ba-tri/kh/van-ban:2021-06-30</id>",
            "<updated>2022-01-20T00:00:00Z</updated>",
            "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://example.org/corrections/atom.xml\"/>",
        ],
    );
    assert_says(&site.words("en/corrections/"), &["30 June 2021"]);
    let before = Rendered::of(SITE, "2021-12-31");
    assert_says(&before.words("corrections/"), &["Chưa có số liệu nào được đính chính."]);
    assert!(!before.files["corrections/atom.xml"].contains("<entry>"));
}

#[test]
fn changes_hold_today_against_the_quarter_before() {
    let site = Rendered::of(SITE, DAY);
    let page = site.words("changes/");
    assert_says(
        &page,
        &[
            "Từ 31/12/2021 đến 15/02/2022",
            "Có thêm 2 báo cáo, 2 chỉ tiêu có số mới và 1 đính chính. 1 chỉ tiêu đổi tình trạng.",
            "Văn bản đã ban hành Ba Tri 1 văn bản 4 văn bản Chưa báo cáo Đạt",
            "Tháng 1/2022 2 báo cáo, 2 số liệu và 1 đính chính",
            "Tháng 7/2021 1 báo cáo, 1 văn bản và 1 số liệu",
            "18/01/2021 Nghị quyết số 03-NQ/TU Nghị quyết về văn bản",
        ],
    );
    assert!(page.find("Tháng 1/2022") < page.find("Tháng 7/2021"), "{page}");
    // With one period there is nothing to compare.
    let first = Rendered::of(SITE, "2021-09-30");
    assert!(!first.words("changes/").contains("đổi tình trạng"));
    // A figure that is the same as then stands on both sides.
    let mut files = SITE.to_vec();
    files.push((
        "content/reports/2021/09-binh-dai.md",
        "---\ntitle: Bình Đại\nunit: binh-dai\npublished: 2021-09-10\nsource:\n  title: Bình Đại\nobservations:\n  \
         - indicator: binh-dai/kh/van-ban\n    as_of: 2021-08-31\n    value: 3\n---\n",
    ));
    files.push((
        "content/reports/2021/11-ben-tre.md",
        "---\ntitle: Tỉnh họp\nunit: ben-tre\npublished: 2021-11-01\nsource:\n  title: Bến Tre\n---\n",
    ));
    let page = Rendered::of(&files, "2021-12-31").words("changes/");
    assert_says(&page, &["Văn bản đã ban hành Bình Đại 3 văn bản 3 văn bản Chậm Chưa báo cáo"]);
}

#[test]
fn checks_are_explained_and_lead_back_from_the_figure() {
    let site = Rendered::of(SITE, DAY);
    let figure = site.page("resolutions/ba-tri/kh/van-ban/");
    assert_says(&words(figure, ".mismatch"), &["Cần đối chiếu: Nguồn ghi 45 %, nhưng 4 trên 4 là 100 %."]);
    assert!(figure.contains("method/checks/#_stated-percent-differs\""), "{figure}");
    let checks = site.words("method/checks/");
    assert_says(&checks, &["Tỷ lệ nguồn ghi khác tỷ lệ tính lại", "4 trên 8 là 50 %", "Hiện có 1 chỗ."]);
    // Without a history of its repository a site looks for no edits in it; the tests in `tests/it/history.rs` do.
    let made =
        |code: &&crate::diagnostic::Code| code.is_check() && **code != crate::diagnostic::Code::EditedAfterPublication;
    for code in crate::diagnostic::Code::ALL.iter().filter(made) {
        assert!(site.page("method/checks/").contains(&format!("id=\"_{}\"", code.as_str())), "{code:?}");
        assert!(!words(site.page("en/method/checks/"), &format!("#_{}", code.as_str())).is_empty());
    }
}

#[test]
fn an_acknowledged_finding_gives_its_reason_beside_it() {
    let acknowledged = |text: &str| {
        let reason = "percent: 45\n    acknowledge:\n      stated-percent-differs: Nguồn tính trên tám tháng.\n";
        text.replace("percent: 45\n", reason)
    };
    let files: Vec<(&str, String)> = SITE.iter().map(|(path, text)| (*path, acknowledged(text))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let site = Rendered::of(&files, DAY);
    let said = words(site.page("resolutions/ba-tri/kh/van-ban/"), ".mismatch");
    assert_says(&said, &["Nguồn ghi 45 %, nhưng 4 trên 4 là 100 %. Đã đối chiếu: Nguồn tính trên tám tháng."]);
    assert_says(&site.words("method/checks/"), &["Trong đó 1 chỗ đã được người biên tập đối chiếu"]);
}

#[test]
fn a_document_and_a_report_of_a_unit_that_had_ended_say_so() {
    let mut files = SITE.to_vec();
    let document = "---\ntitle: Kế hoạch sau ngày giải thể\nkind: plan\nissuer: huyen-cu\nissued: 2021-04-01\n---\n";
    let report = "---\ntitle: Báo cáo muộn\nunit: huyen-cu\npublished: 2021-05-02\nsource:\n  title: Bài báo\n---\n";
    files.push(("content/resolutions/huyen-cu/kh.md", document));
    files.push(("content/reports/2021/huyen-cu.md", report));
    let site = Rendered::of(&files, DAY);
    let said = "Cần đối chiếu: Huyện cũ đã kết thúc ngày 01/03/2021, trước ngày của văn bản này.";
    for address in ["resolutions/huyen-cu/kh/", "reports/2021/huyen-cu/"] {
        assert_says(&words(site.page(address), ".mismatch"), &[said]);
    }
}

#[test]
fn an_aggregate_says_who_has_reported() {
    let site = Rendered::of(SITE, DAY);
    let page = site.words("resolutions/ben-tre/nq/tong/");
    assert_says(
        &page,
        &[
            "Kết quả đến nay: 4 văn bản, từ 1 trong 9 phần. 7 phần nữa chưa có chỉ tiêu trong hồ sơ.",
            "Đã có số liệu: Ba Tri",
            "Chưa có số liệu trong hồ sơ: Bình Đại",
        ],
    );
}

#[test]
fn an_aggregate_shows_what_its_parts_came_to() {
    let whole: Vec<(&str, String)> = (SITE.iter())
        .map(|(path, text)| (*path, text.replace("aggregate: sum\n    of: 9", "aggregate: sum\n    due: 2021-12-31")))
        .collect();
    let mut files: Vec<(&str, &str)> = whole.iter().map(|(path, text)| (*path, text.as_str())).collect();
    files.push((
        "content/reports/2022/01-binh-dai.md",
        "---\ntitle: Bình Đại cả năm\nunit: binh-dai\npublished: 2022-01-20\nsource:\n  title: Bình Đại\nobservations:\n  \
         - indicator: binh-dai/kh/van-ban\n    as_of: 2021-09-30\n    value: 5\n    qualifier: at-least\n  \
         - indicator: binh-dai/kh/van-ban\n    as_of: 2021-12-31\n    value: 6\n---\n",
    ));
    let site = Rendered::of(&files, DAY);
    let page = site.page("resolutions/ben-tre/nq/tong/");
    assert_says(
        &words(page, "section[aria-labelledby=_parts]"),
        &[
            "Kết quả đến nay: 10 văn bản, từ 2 trong 2 phần.",
            "31/12/202110 văn bản 30/06/2021ít nhất 8 văn bản Mỗi kết quả mang ngày của số liệu cũ nhất",
        ],
    );
    assert_says(&words(page, "figure"), &["Tăng từ 8 lên 10 văn bản; mục tiêu 20"]);
    assert_says(&site.words("resolutions/ben-tre/nq/tong/"), &["Chưa có báo cáo nào nêu con số chung"]);
}

#[test]
fn units_point_to_what_came_before_and_after() {
    let site = Rendered::of(SITE, DAY);
    let former = site.words("units/huyen-cu/");
    assert_says(
        &former,
        &["Đơn vị kế tiếp: Ba Tri", "Chỉ tiêu đã có đơn vị khác tiếp nhận", "Nhà mới Ba Tri, 01/03/2021"],
    );
    assert_says(&site.words("units/ba-tri/"), &["Kế tiếp từHuyện cũ (Kết thúc 01/03/2021)"]);
    // Its end is not known before its day.
    let before = Rendered::of(SITE, "2021-02-01");
    assert!(!before.words("units/huyen-cu/").contains("Đơn vị kế tiếp"));
}

#[test]
fn a_document_for_hundreds_names_the_first_and_leads_to_all() {
    let units: Vec<(String, String)> = (0..150)
        .map(|number| {
            let text = format!("---\nname: Huyện số {number}\nlevel: district\nparent: ben-tre\n---\n");
            (format!("content/units/huyen-{number:03}.md"), text)
        })
        .collect();
    let mut files = SITE.to_vec();
    files.extend(units.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let site = Rendered::of(&files, DAY);
    let page = site.page("resolutions/ben-tre/nq/");
    assert!(page.contains("<a href=\"../../../data/coverage.csv\">và 51 đơn vị nữa (bảng dữ liệu)</a>"), "{page}");
    assert_says(&site.words("coverage/"), &["153 đơn vị được giao; xem ở trang của từng văn bản."]);
}

#[test]
fn lists_follow_the_names_in_the_language_of_the_page() {
    let mut files = SITE.to_vec();
    files.push(("content/units/ba-tri.en.md", "---\nname: Zone of Ba Tri\n---\n"));
    let site = Rendered::of(&files, DAY);
    let (first, later) = ("Ba Tri", "Chợ Lách");
    let units = site.words("units/");
    assert!(units.find(first) < units.find(later), "{units}");
    let english = site.words("en/units/");
    assert!(english.find(first) > english.find(later), "{english}");
}

#[test]
fn anyone_can_read_how_to_verify_the_site() {
    let site = Rendered::of(SITE, DAY);
    assert_says(
        &site.words("verify/"),
        &[
            "theo những gì được biết đến ngày 15/02/2022",
            "Xin nơi xuất bản bản nội dung nguồn",
            "curl --location --output manifest.json https://example.org/manifest.json",
            "tiendo verify --manifest manifest.json --base-url https://example.org/",
        ],
    );
    assert!(site.page("method/").contains("href=\"../verify/\""));
    let repository =
        "base_url: https://example.org/\nrepository:\n  url: https://git.example.org/ben-tre\n  branch: xuất-bản\n";
    let mut files = SITE.to_vec();
    let site_file = files[0].1.replace("base_url: https://example.org/\n", repository);
    files[0].1 = &site_file;
    let clone = "git clone --branch 'xuất-bản' https://git.example.org/ben-tre";
    assert_says(&Rendered::of(&files, DAY).words("en/verify/"), &[clone]);
}

#[test]
fn what_stands_below_goes_on_where_it_is_long() {
    let mut files: Vec<(String, String)> =
        SITE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for number in 0..230 {
        let indicators = "indicators:\n  - id: a\n    name: Văn bản của xã\n    measured_in: văn bản\n    target: 2\n    contributes_to: ben-tre/nq/tong\n    restates: ben-tre/nq/tong\n";
        files.extend([
            (
                format!("content/units/ba-tri/xa-{number:03}.md"),
                format!("---\nname: Xã {number:03}\nlevel: commune\n---\n"),
            ),
            (
                format!("content/resolutions/ba-tri/xa-{number:03}/kh.md"),
                format!(
                    "---\ntitle: Kế hoạch {number}\nkind: plan\nissued: 2021-02-01\nperiod: 2021\n{indicators}---\n"
                ),
            ),
        ]);
    }
    files[0].1 = files[0].1.replace("    name: Huyện\n", "    name: Huyện\n  - id: commune\n    name: Xã\n");
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Rendered::of(&files, DAY);
    let rows = |path: &str| site.page(path).matches("<th scope=\"row\"").count();

    let first = site.page("units/ba-tri/");
    assert_says(first, &["Trang 1 trong 3", "<a href=\"page/2/\" rel=\"next\">", "Xã 099", "chart-strips"]);
    assert!(!first.contains("Xã 100"), "{first}");
    let last = site.page("units/ba-tri/page/3/");
    assert_says(last, &["Xã 229", "<a href=\"../2/\" rel=\"prev\">", "chia theo tình trạng, trên cùng một thước đo"]);
    assert!(!last.contains("rel=\"next\""));
    assert_says(&site.words("units/ba-tri/page/2/"), &["230 đơn vị trực thuộc có trong hồ sơ.", "Trang 2 trong 3"]);
    assert!(site.page("units/ba-tri/page/2/").contains("<a href=\"../../\" rel=\"prev\">"));
    assert_eq!([rows("units/ba-tri/page/2/"), rows("units/ba-tri/page/3/")], [100, 30]);
    assert_says(last, &["<title>Đơn vị trực thuộc: Ba Tri (Trang 3 trong 3) – Tiến độ</title>"]);

    // The districts' plans add to it as well.
    let whole = site.page("resolutions/ben-tre/nq/tong/");
    assert_says(whole, &["<a href=\"page/2/\" rel=\"next\">", "và 131 phần nữa", "<li>và 130 chỗ khác</li>"]);
    assert!(whole.len() < 200_000, "{} bytes", whole.len());
    let listed = (2..=3).map(|number| rows(&format!("resolutions/ben-tre/nq/tong/page/{number}/"))).sum::<usize>();
    assert_eq!(listed, 132);
    assert_says(&site.words("resolutions/ben-tre/nq/tong/page/2/"), &["chỉ tiêu góp vào kết quả này."]);
    assert_says(&site.files["sitemap.xml"], &["<loc>https://example.org/units/ba-tri/page/3/</loc>"]);
}
