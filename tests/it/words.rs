//! What people read: the mistakes that they make most, in both languages, as they appear on the screen.

use tiendo::diagnostic::wording::Language;

use crate::harness::{Site, TODAY};

const SITE: &str = "content/site.yaml";
const UNIT: &str = "content/units/giong-trom.md";
const DOCUMENT: &str = "content/resolutions/ben-tre/nq.md";
const REPORT: &str = "content/reports/2021/so-ket.md";
const PAGE: &str = "content/pages/gioi-thieu.md";

/// Both languages, one after the other.
fn shown(site: &Site) -> String {
    let judged = site.judge(TODAY);
    format!("{}\n{}", judged.rendered(Language::En).trim_end(), judged.rendered(Language::Vi).trim_end())
}

fn change(path: &str, from: &str, to: &str) -> String {
    shown(&Site::good().replace(path, from, to))
}

#[test]
fn no_front_matter() {
    insta::assert_snapshot!(change(PAGE, "---\ntitle: Giới thiệu\n---\n", ""), @r"
    error[missing-front-matter]: the file does not begin with front matter
     --> content/pages/gioi-thieu.md:1:1
      |
    1 | Trang này.
      | ^^^^^^^^^^ a line `---` belongs here
      |
      = help: begin the file with a line `---`, then the fields, then another line `---`; the text follows after it
    error[missing-front-matter]: đầu tệp không có phần khai báo
     --> content/pages/gioi-thieu.md:1:1
      |
    1 | Trang này.
      | ^^^^^^^^^^ cần một dòng `---` ở đây
      |
      = gợi ý: bắt đầu tệp bằng một dòng `---`, tiếp theo là các mục khai báo, rồi thêm một dòng `---` nữa; bài viết nằm sau dòng đó
    ");
}

#[test]
fn unclosed_front_matter() {
    insta::assert_snapshot!(change(PAGE, "title: Giới thiệu\n---\n", "title: Giới thiệu\n"), @r"
    error[missing-front-matter]: the front matter has no end
     --> content/pages/gioi-thieu.md:1:1
      |
    1 | ---
      | ^^^ begins here
      |
      = help: write a line `---` after the last field; the text follows after it
    error[missing-front-matter]: phần khai báo chưa được kết thúc
     --> content/pages/gioi-thieu.md:1:1
      |
    1 | ---
      | ^^^ bắt đầu ở đây
      |
      = gợi ý: viết một dòng `---` sau mục khai báo cuối cùng; bài viết nằm sau dòng đó
    ");
}

#[test]
fn a_colon_in_a_title() {
    insta::assert_snapshot!(change(PAGE, "title: Giới thiệu", "title: Nghị quyết: mới"), @r#"
    error[yaml-syntax]: a text with a colon needs quotes
     --> content/pages/gioi-thieu.md:2:18
      |
    2 | title: Nghị quyết: mới
      |                  ^ this colon is taken for the end of a field's name
      |
      = help: put the text in quotes: `title: "Nghị quyết: mới"`
    error[yaml-syntax]: nội dung có dấu hai chấm thì phải đặt trong dấu ngoặc kép
     --> content/pages/gioi-thieu.md:2:18
      |
    2 | title: Nghị quyết: mới
      |                  ^ dấu này bị hiểu là kết thúc tên mục
      |
      = gợi ý: thêm dấu ngoặc kép: `title: "Nghị quyết: mới"`
    "#);
}

#[test]
fn an_unknown_key() {
    insta::assert_snapshot!(change(DOCUMENT, "    target: 18", "    taget: 18"), @r"
    error[unknown-key]: there is no field `taget` here
      --> content/resolutions/ben-tre/nq.md:19:5
       |
    19 |     taget: 18
       |     ^^^^^ not known here
       |
       = help: did you mean `target`?
    error[unknown-key]: ở đây không có mục khai báo `taget`
      --> content/resolutions/ben-tre/nq.md:19:5
       |
    19 |     taget: 18
       |     ^^^^^ không có mục này
       |
       = gợi ý: có phải ý bạn là `target`?
    ");
}

#[test]
fn a_comma_inside_braces() {
    let source = "source:\n  title: Bến Tre sơ kết sáu tháng\n  publisher: Báo Đồng Khởi\n  date: 2021-07-15\n";
    insta::assert_snapshot!(change(REPORT, source, "source: {title: Xây dựng Đảng, chính quyền}\n"), @r#"
    error[unknown-key]: there is no field `chính quyền` here; it looks like the rest of a text with commas
     --> content/reports/2021/so-ket.md:6:32
      |
    6 | source: {title: Xây dựng Đảng, chính quyền}
      |                                ^^^^^^^^^^^ taken for a field
      |
      = help: put the text in quotes: `title: "Xây dựng Đảng, chính quyền"`
    error[unknown-key]: ở đây không có mục khai báo `chính quyền`; có lẽ đây là phần sau của một nội dung có dấu phẩy
     --> content/reports/2021/so-ket.md:6:32
      |
    6 | source: {title: Xây dựng Đảng, chính quyền}
      |                                ^^^^^^^^^^^ bị hiểu là tên mục
      |
      = gợi ý: đặt nội dung trong dấu ngoặc kép: `title: "Xây dựng Đảng, chính quyền"`
    "#);
}

#[test]
fn a_key_twice() {
    insta::assert_snapshot!(change(UNIT, "level: district", "level: district\nlevel: commune"), @r"
    error[duplicate-key]: the field `level` stands twice
     --> content/units/giong-trom.md:4:1
      |
    3 | level: district
      | ----- first here
    4 | level: commune
      | ^^^^^ written again
      |
      = help: keep one of the two
    error[duplicate-key]: mục khai báo `level` bị ghi hai lần
     --> content/units/giong-trom.md:4:1
      |
    3 | level: district
      | ----- lần đầu ở đây
    4 | level: commune
      | ^^^^^ ghi lần nữa
      |
      = gợi ý: chỉ giữ lại một trong hai
    ");
}

#[test]
fn a_missing_title() {
    insta::assert_snapshot!(change(REPORT, "title: Sơ kết sáu tháng\n", ""), @r"
    error[missing-field]: the field `title` is missing
     --> content/reports/2021/so-ket.md:2:1
      |
    2 | unit: ben-tre
      | ^^^^ `title` is not in here
      |
      = help: add a line `title: …` that begins in the same column as this one
    error[missing-field]: thiếu mục khai báo `title`
     --> content/reports/2021/so-ket.md:2:1
      |
    2 | unit: ben-tre
      | ^^^^ trong phần này chưa có `title`
      |
      = gợi ý: thêm một dòng `title: …` thẳng cột với dòng này
    ");
}

#[test]
fn a_number_without_quotes() {
    insta::assert_snapshot!(change(DOCUMENT, "number: 03-NQ/TU", "number: 03"), @r#"
    error[wrong-type]: `number` is a text, but without quotes `03` is read as a number or a special value
     --> content/resolutions/ben-tre/nq.md:3:9
      |
    3 | number: 03
      |         ^^ needs quotes
      |
      = help: write `"03"`, with the quotes
    error[wrong-type]: `number` phải là chữ, nhưng `03` không có dấu ngoặc kép nên bị hiểu là số hoặc giá trị đặc biệt
     --> content/resolutions/ben-tre/nq.md:3:9
      |
    3 | number: 03
      |         ^^ cần dấu ngoặc kép
      |
      = gợi ý: viết `"03"`, kể cả dấu ngoặc
    "#);
}

#[test]
fn a_decimal_comma() {
    insta::assert_snapshot!(change(DOCUMENT, "target: 18", "target: 53,5"), @r"
    error[bad-number]: `53,5` is written with a decimal comma
      --> content/resolutions/ben-tre/nq.md:19:13
       |
    19 |     target: 53,5
       |             ^^^^ not a point
       |
       = help: write `53.5`; the site shows it with a comma where that is usual
    error[bad-number]: `53,5` dùng dấu phẩy thập phân
      --> content/resolutions/ben-tre/nq.md:19:13
       |
    19 |     target: 53,5
       |             ^^^^ không phải dấu chấm
       |
       = gợi ý: viết `53.5`; khi hiển thị bằng tiếng Việt, trang tự dùng dấu phẩy
    ");
}

#[test]
fn a_fraction() {
    insta::assert_snapshot!(change(DOCUMENT, "target: 18", "target: 2/3"), @r"
    error[bad-number]: `2/3` is two numbers
      --> content/resolutions/ben-tre/nq.md:19:13
       |
    19 |     target: 2/3
       |             ^^^ not one number
       |
       = help: write `2` as the value, and `3` as the target or population of the indicator
    error[bad-number]: `2/3` là hai số
      --> content/resolutions/ben-tre/nq.md:19:13
       |
    19 |     target: 2/3
       |             ^^^ không phải một số
       |
       = gợi ý: viết `2` làm giá trị, còn `3` là chỉ tiêu (`target`) hoặc tổng số (`population`) của chỉ tiêu đó
    ");
}

#[test]
fn not_a_number() {
    insta::assert_snapshot!(change(DOCUMENT, "target: 18", "target: .nan"), @r"
    error[bad-number]: `.nan` is no number that can be counted
      --> content/resolutions/ben-tre/nq.md:19:13
       |
    19 |     target: .nan
       |             ^^^^ not a number
       |
       = help: leave the field out if the number is not known
    error[bad-number]: `.nan` không phải là số đếm được
      --> content/resolutions/ben-tre/nq.md:19:13
       |
    19 |     target: .nan
       |             ^^^^ không phải là số
       |
       = gợi ý: nếu chưa biết con số thì bỏ mục này
    ");
}

#[test]
fn a_date_of_this_country() {
    insta::assert_snapshot!(change(REPORT, "published: 2021-07-15", "published: 30/07/2021"), @r"
    error[bad-date]: `30/07/2021` is written day first
     --> content/reports/2021/so-ket.md:5:12
      |
    5 | published: 30/07/2021
      |            ^^^^^^^^^^ not year-month-day
      |
      = help: write `2021-07-30`: year, month, day
    error[bad-date]: `30/07/2021` ghi ngày trước, năm sau
     --> content/reports/2021/so-ket.md:5:12
      |
    5 | published: 30/07/2021
      |            ^^^^^^^^^^ không theo thứ tự năm-tháng-ngày
      |
      = gợi ý: viết `2021-07-30`: năm, tháng, ngày
    ");
}

#[test]
fn a_day_that_is_not() {
    insta::assert_snapshot!(change(REPORT, "published: 2021-07-15", "published: 2021-02-30"), @r"
    error[bad-date]: the calendar has no day `2021-02-30`
     --> content/reports/2021/so-ket.md:5:12
      |
    5 | published: 2021-02-30
      |            ^^^^^^^^^^ no such day
      |
      = help: look up the date in the source
    error[bad-date]: trong lịch không có ngày `2021-02-30`
     --> content/reports/2021/so-ket.md:5:12
      |
    5 | published: 2021-02-30
      |            ^^^^^^^^^^ không có ngày này
      |
      = gợi ý: xem lại ngày trong nguồn
    ");
}

#[test]
fn a_wrong_period() {
    insta::assert_snapshot!(change(DOCUMENT, "period: 2021", "period: 2021-2025"), @r"
    error[bad-period]: `2021-2025` is not the form in which periods are written
     --> content/resolutions/ben-tre/nq.md:6:9
      |
    6 | period: 2021-2025
      |         ^^^^^^^^^ another form
      |
      = help: write `2021..2025`
    error[bad-period]: kỳ `2021-2025` viết chưa đúng cách
     --> content/resolutions/ben-tre/nq.md:6:9
      |
    6 | period: 2021-2025
      |         ^^^^^^^^^ chưa đúng dạng
      |
      = gợi ý: viết `2021..2025`
    ");
}

#[test]
fn a_period_reversed() {
    insta::assert_snapshot!(change(DOCUMENT, "period: 2021", "period: 2025..2021"), @r"
    error[period-reversed]: `2025..2021` ends before it begins
     --> content/resolutions/ben-tre/nq.md:6:9
      |
    6 | period: 2025..2021
      |         ^^^^^^^^^^ the wrong way round
      |
      = help: write the earlier one first: `2021..2025`
    error[period-reversed]: `2025..2021` kết thúc trước khi bắt đầu
     --> content/resolutions/ben-tre/nq.md:6:9
      |
    6 | period: 2025..2021
      |         ^^^^^^^^^^ ngược thứ tự
      |
      = gợi ý: viết mốc sớm hơn trước: `2021..2025`
    ");
}

#[test]
fn an_id_with_marks() {
    insta::assert_snapshot!(change(SITE, "- id: mui-1", "- id: Mũi 1"), @r"
    error[bad-id]: `Mũi 1` cannot be an id
      --> content/site.yaml:23:13
       |
    23 |       - id: Mũi 1
       |             ^^^^^ not an id
       |
       = help: use lower-case letters without marks, digits and `-`: `mui-1`
    error[bad-id]: `Mũi 1` không thể làm mã định danh
      --> content/site.yaml:23:13
       |
    23 |       - id: Mũi 1
       |             ^^^^^ không phải mã định danh
       |
       = gợi ý: dùng chữ thường không dấu, chữ số và dấu `-`: `mui-1`
    ");
}

#[test]
fn a_mistyped_indicator() {
    insta::assert_snapshot!(change(REPORT, "ben-tre/nq/van-ban", "ben-tre/nq/van-ba"), @r"
    error[unknown-indicator]: no indicator `ben-tre/nq/van-ba`
      --> content/reports/2021/so-ket.md:11:16
       |
    11 |   - indicator: ben-tre/nq/van-ba
       |                ^^^^^^^^^^^^^^^^^ not found
       |
       = help: did you mean `ben-tre/nq/van-ban`?
    error[unknown-indicator]: không có chỉ tiêu `ben-tre/nq/van-ba`
      --> content/reports/2021/so-ket.md:11:16
       |
    11 |   - indicator: ben-tre/nq/van-ba
       |                ^^^^^^^^^^^^^^^^^ không tìm thấy
       |
       = gợi ý: có phải ý bạn là `ben-tre/nq/van-ban`?
    ");
}

#[test]
fn a_mistyped_unit() {
    insta::assert_snapshot!(change(REPORT, "unit: ben-tre", "unit: ben-tree"), @r"
    error[unknown-unit]: no unit `ben-tree`
     --> content/reports/2021/so-ket.md:3:7
      |
    3 | unit: ben-tree
      |       ^^^^^^^^ not found
      |
      = help: did you mean `ben-tre`?
    error[unknown-unit]: không có đơn vị `ben-tree`
     --> content/reports/2021/so-ket.md:3:7
      |
    3 | unit: ben-tree
      |       ^^^^^^^^ không tìm thấy
      |
      = gợi ý: có phải ý bạn là `ben-tre`?
    ");
}

#[test]
fn a_mistyped_stage() {
    insta::assert_snapshot!(change(REPORT, "cho: 7", "choo: 7"), @r"
    error[unknown-stage]: the indicator `ben-tre/nq/van-ban` has no stage `choo`
      --> content/reports/2021/so-ket.md:13:7
       |
    13 |       choo: 7
       |       ^^^^ not found
       |
       = help: did you mean `cho`?
    error[unknown-stage]: chỉ tiêu `ben-tre/nq/van-ban` không có bước `choo`
      --> content/reports/2021/so-ket.md:13:7
       |
    13 |       choo: 7
       |       ^^^^ không tìm thấy
       |
       = gợi ý: có phải ý bạn là `cho`?
    ");
}

#[test]
fn a_mistyped_kind() {
    insta::assert_snapshot!(change(DOCUMENT, "kind: resolution", "kind: resolutoin"), @r"
    error[unknown-value]: `resolutoin` is not a value that `kind` allows
     --> content/resolutions/ben-tre/nq.md:4:7
      |
    4 | kind: resolutoin
      |       ^^^^^^^^^^ not allowed
      |
      = help: did you mean `resolution`?
    error[unknown-value]: `kind` không nhận giá trị `resolutoin`
     --> content/resolutions/ben-tre/nq.md:4:7
      |
    4 | kind: resolutoin
      |       ^^^^^^^^^^ không được phép
      |
      = gợi ý: có phải ý bạn là `resolution`?
    ");
}

#[test]
fn a_circle() {
    insta::assert_snapshot!(shown(&Site::good().document("ben-tre/a", "implements: [ben-tre/b]", &[]).document("ben-tre/b", "implements: [ben-tre/a]", &[])), @r"
    error[reference-cycle]: these references lead back to where they began: ben-tre/a → ben-tre/b → ben-tre/a
     --> content/resolutions/ben-tre/b.md:6:14
      |
    6 | implements: [ben-tre/a]
      |              ^^^^^^^^^ leads round in a circle
      |
      = help: take out the reference that does not hold
    error[reference-cycle]: các tham chiếu này dẫn vòng về chỗ ban đầu: ben-tre/a → ben-tre/b → ben-tre/a
     --> content/resolutions/ben-tre/b.md:6:14
      |
    6 | implements: [ben-tre/a]
      |              ^^^^^^^^^ dẫn vòng quanh
      |
      = gợi ý: bỏ tham chiếu không đúng
    ");
}

#[test]
fn the_wrong_folder() {
    insta::assert_snapshot!(change(DOCUMENT, "kind: resolution", "kind: resolution\nissuer: giong-trom"), @r"
    error[issuer-differs]: `giong-trom` is given here, but the file lies in the folder of `ben-tre`
     --> content/resolutions/ben-tre/nq.md:5:9
      |
    5 | issuer: giong-trom
      |         ^^^^^^^^^^ differs from the folder
      |
      = help: move the file into the folder of `giong-trom`, or leave this field out
    error[issuer-differs]: ở đây ghi `giong-trom`, nhưng tệp nằm trong thư mục của `ben-tre`
     --> content/resolutions/ben-tre/nq.md:5:9
      |
    5 | issuer: giong-trom
      |         ^^^^^^^^^^ khác với thư mục
      |
      = gợi ý: chuyển tệp sang thư mục của `giong-trom`, hoặc bỏ mục này
    ");
}

#[test]
fn a_broken_link() {
    insta::assert_snapshot!(change(DOCUMENT, "Nội dung.", "Xem [huyện](../../units/giong-trm.md)."), @r"
    error[broken-link]: the link `../../units/giong-trm.md` leads nowhere
      --> content/resolutions/ben-tre/nq.md:28:13
       |
    28 | Xem [huyện](../../units/giong-trm.md).
       |             ^^^^^^^^^^^^^^^^^^^^^^^^ nothing is there
       |
       = help: did you mean `../../units/giong-trom.md`?
    error[broken-link]: liên kết `../../units/giong-trm.md` không dẫn tới đâu
      --> content/resolutions/ben-tre/nq.md:28:13
       |
    28 | Xem [huyện](../../units/giong-trm.md).
       |             ^^^^^^^^^^^^^^^^^^^^^^^^ không tìm thấy
       |
       = gợi ý: có phải ý bạn là `../../units/giong-trom.md`?
    ");
}

#[test]
fn an_unsafe_link() {
    insta::assert_snapshot!(change(PAGE, "Trang này.", "[x](javascript:alert(1))"), @r"
    error[unsafe-link]: the link `javascript:alert(1)` is not published: its address could run a program
     --> content/pages/gioi-thieu.md:4:5
      |
    4 | [x](javascript:alert(1))
      |     ^^^^^^^^^^^^^^^^^^^ not allowed
      |
      = help: link to an address with `https:`, `http:`, `mailto:` or `tel:`, or to a file of the site
    error[unsafe-link]: liên kết `javascript:alert(1)` không được đăng: địa chỉ này có thể chạy một chương trình
     --> content/pages/gioi-thieu.md:4:5
      |
    4 | [x](javascript:alert(1))
      |     ^^^^^^^^^^^^^^^^^^^ không được phép
      |
      = gợi ý: dùng địa chỉ bắt đầu bằng `https:`, `http:`, `mailto:` hoặc `tel:`, hoặc một tệp của trang
    ");
}

#[test]
fn another_encoding() {
    insta::assert_snapshot!(shown(&Site::good().bytes(PAGE, b"---\ntitle: Trang\n---\nTrang n\xe0y.\n")), @r"
    error[not-utf8]: the file is not UTF-8 text: it holds the byte `0xE0`
     --> content/pages/gioi-thieu.md:4:8
      |
    4 | Trang n�y.
      |        ^ cannot be read from here on
      |
      = help: open the file in your editor and save it with the encoding UTF-8; if letters then look wrong, they were typed for an old font such as TCVN3 or VNI: convert the text to Unicode, with Unikey for example
    error[not-utf8]: tệp không phải là văn bản UTF-8: có byte `0xE0`
     --> content/pages/gioi-thieu.md:4:8
      |
    4 | Trang n�y.
      |        ^ từ đây không đọc được
      |
      = gợi ý: mở tệp bằng trình soạn thảo rồi lưu lại với bảng mã UTF-8; nếu chữ bị sai thì văn bản gõ bằng bảng mã cũ như TCVN3, VNI: chuyển sang Unicode, ví dụ bằng công cụ của Unikey
    ");
}

#[test]
fn a_merge_conflict() {
    insta::assert_snapshot!(change(PAGE, "Trang này.", "<<<<<<< HEAD\nTrang này."), @r"
    error[conflict-marker]: version control left a conflict here
     --> content/pages/gioi-thieu.md:4:1
      |
    4 | <<<<<<< HEAD
      | ^^^^^^^^^^^^ left by a merge
      |
      = help: keep one of the two versions and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`
    error[conflict-marker]: ở đây còn sót dấu xung đột khi hợp nhất các phiên bản
     --> content/pages/gioi-thieu.md:4:1
      |
    4 | <<<<<<< HEAD
      | ^^^^^^^^^^^^ sót lại sau khi hợp nhất
      |
      = gợi ý: giữ một trong hai phiên bản và xóa các dòng bắt đầu bằng `<<<<<<<`, `=======` và `>>>>>>>`
    ");
}

#[test]
fn an_anchor() {
    insta::assert_snapshot!(change(PAGE, "title: Giới thiệu", "title: &a Giới thiệu"), @r"
    error[yaml-unsupported]: a text cannot begin with `&` unless it is in quotes: `&a`
     --> content/pages/gioi-thieu.md:2:8
      |
    2 | title: &a Giới thiệu
      |        ^^ would name the value for reuse
      |
      = help: put the whole text in double quotes; a value cannot be named here and used elsewhere
    error[yaml-unsupported]: nội dung không được bắt đầu bằng `&`, trừ khi đặt trong dấu ngoặc kép: `&a`
     --> content/pages/gioi-thieu.md:2:8
      |
    2 | title: &a Giới thiệu
      |        ^^ bị hiểu là đặt tên cho giá trị
      |
      = gợi ý: đặt toàn bộ nội dung trong dấu ngoặc kép; ở đây không được đặt tên cho giá trị để dùng lại
    ");
}

#[test]
fn a_share_that_was_cut_off() {
    insta::assert_snapshot!(change(REPORT, "    breakdown:", "    stated:\n      - percent: 61.1\n      - percent: 61.2\n    breakdown:"), @r"
    warning[stated-percent-differs]: the source states 61.2%, but 11 of 18 is 61.1%
      --> content/reports/2021/so-ket.md:14:18
       |
    14 |       - percent: 61.2
       |                  ^^^^ stated so
       |
       = help: compare with the source; if the source itself says so, give the reason under `acknowledge`
    warning[stated-percent-differs]: nguồn ghi 61,2 %, nhưng 11 trên 18 là 61,1 %
      --> content/reports/2021/so-ket.md:14:18
       |
    14 |       - percent: 61.2
       |                  ^^^^ nguồn ghi như vậy
       |
       = gợi ý: đối chiếu với nguồn; nếu chính nguồn ghi như vậy, nêu lý do ở mục `acknowledge`
    ");
}

#[test]
fn parts_that_do_not_add_up() {
    insta::assert_snapshot!(change(REPORT, "cho: 7", "cho: 6"), @r"
    warning[breakdown-sum-differs]: the parts add up to 17, not to 18
      --> content/reports/2021/so-ket.md:13:12
       |
    13 |       cho: 6
       |            ^ adds up to another number
       |
       = help: compare each part with the source; if the source itself does not add up, give the reason under `acknowledge`
    warning[breakdown-sum-differs]: các phần cộng lại được 17, không phải 18
      --> content/reports/2021/so-ket.md:13:12
       |
    13 |       cho: 6
       |            ^ cộng lại ra số khác
       |
       = gợi ý: đối chiếu từng phần với nguồn; nếu chính nguồn cộng không khớp, nêu lý do ở mục `acknowledge`
    ");
}

#[test]
fn a_target_that_nobody_reported_on() {
    insta::assert_snapshot!(change(DOCUMENT, "due: 2021-12-31", "due: 2021-07-20"), @r"
    warning[overdue-without-report]: this was due on 2021-07-20, and no report says how it ended
      --> content/resolutions/ben-tre/nq.md:13:9
       |
    13 |   - id: van-ban
       |         ^^^^^^^ past its day
       |
       = help: enter the report that gives the figure at the end
    warning[overdue-without-report]: chỉ tiêu đã đến hạn ngày 2021-07-20 mà chưa có báo cáo nào cho biết kết quả
      --> content/resolutions/ben-tre/nq.md:13:9
       |
    13 |   - id: van-ban
       |         ^^^^^^^ đã quá hạn
       |
       = gợi ý: nhập báo cáo có số liệu cuối kỳ
    ");
}

#[test]
fn a_unit_that_is_not_on_file() {
    insta::assert_snapshot!(change(DOCUMENT, "field: party", "expects: {levels: [district]}"), @r"
    warning[coverage-missing]: `giong-trom` had to issue a document of its own, and none is on file
     --> content/resolutions/ben-tre/nq.md:7:10
      |
    7 | expects: {levels: [district]}
      |          ^^^^^^^^^^^^^^^^^^^^ expected here
      |
      = help: if it was issued, enter it with `implements`; if none is expected, name the unit under `except`
    warning[coverage-missing]: `giong-trom` phải ban hành văn bản cụ thể hóa, nhưng chưa có trong hồ sơ
     --> content/resolutions/ben-tre/nq.md:7:10
      |
    7 | expects: {levels: [district]}
      |          ^^^^^^^^^^^^^^^^^^^^ được giao ở đây
      |
      = gợi ý: nếu đã ban hành, nhập văn bản đó kèm mục `implements`; nếu không phải ban hành, ghi đơn vị vào mục `except`
    ");
}

#[test]
fn two_reports_that_contradict() {
    insta::assert_snapshot!(shown(&Site::good().report("b", "2021-07-20", &[("ben-tre/nq/van-ban", "as_of: 2021-06-30\nvalue: 12")])), @r"
    warning[conflicting-observation]: two reports give different figures for 2021-06-30: 12 here, 11 in the other
      --> content/reports/b.md:9:12
       |
     9 |     value: 12
       |            ^^ differs from the other report
       |
      ::: content/reports/2021/so-ket.md:11:16
       |
    11 |   - indicator: ben-tre/nq/van-ban
       |                ------------------ and here
       |
       = help: the one published later counts and both are shown; if it corrects the other, name that under `corrects`
    warning[conflicting-observation]: hai báo cáo ghi số liệu khác nhau cho ngày 2021-06-30: ở đây 12, báo cáo kia 11
      --> content/reports/b.md:9:12
       |
     9 |     value: 12
       |            ^^ khác với báo cáo kia
       |
      ::: content/reports/2021/so-ket.md:11:16
       |
    11 |   - indicator: ben-tre/nq/van-ban
       |                ------------------ và ở đây
       |
       = gợi ý: số công bố sau được tính và cả hai cùng hiển thị; nếu là đính chính, ghi báo cáo kia vào mục `corrects`
    ");
}

#[test]
fn a_correction_of_nothing() {
    insta::assert_snapshot!(shown(&Site::good().report("b", "2021-07-20", &[("ben-tre/nq/van-ban", "as_of: 2021-05-31\nvalue: 10\ncorrects: 2021/so-ket")])), @r"
    error[unknown-report]: report `2021/so-ket` has no figure of this indicator for this day to correct
      --> content/reports/b.md:10:15
       |
    10 |     corrects: 2021/so-ket
       |               ^^^^^^^^^^^ nothing to correct there
       |
       = help: name the report whose figure is replaced; where it gives several days, write the day as `as_of`
    error[unknown-report]: báo cáo `2021/so-ket` không có số liệu của chỉ tiêu này ở ngày này để đính chính
      --> content/reports/b.md:10:15
       |
    10 |     corrects: 2021/so-ket
       |               ^^^^^^^^^^^ không có gì để đính chính
       |
       = gợi ý: ghi đúng báo cáo có số liệu bị thay; nếu báo cáo đó nêu nhiều ngày, ghi ngày ở mục `as_of`
    ");
}
