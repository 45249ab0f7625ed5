//! Sentences of a small grammar, put together to bodies of two to three kilobytes.

use super::random::Random;

/// The least size of a body in bytes; the last paragraph goes beyond.
const ENOUGH: usize = 2_150;

/// What the sentences of a body speak of.
pub(crate) struct Topic<'a> {
    /// "xã Mỹ Phú"
    pub(crate) unit: String,
    /// "huyện Giồng Thạnh"; the unit itself at the top.
    pub(crate) above: String,
    /// "quý II/2021", "nhiệm kỳ 2020–2025"
    pub(crate) time: &'a str,
}

const OPENINGS: &[&str] = &[
    "Trong {time}, {unit} tiếp tục thực hiện các nhiệm vụ đã đề ra, bám sát chỉ đạo của {above}.",
    "Cấp ủy {unit} đã họp để nhìn lại việc thực hiện nghị quyết trong {time} và bàn các việc tiếp theo.",
    "{time} là thời gian {unit} tập trung vào các chỉ tiêu còn thấp, đồng thời giữ vững những kết quả đã có.",
    "Theo hồ sơ của {above}, {unit} đã cụ thể hóa phần lớn nội dung được giao trong {time}.",
    "Văn bản này cho biết {unit} hứa làm gì, ai chịu trách nhiệm và đến khi nào thì xong.",
];

const SENTENCES: &[&str] = &[
    "Ban Thường vụ phân công từng đồng chí phụ trách {n} đầu việc, mỗi việc có thời hạn và người báo cáo.",
    "Có {n} trong số {m} ấp, khu phố đã tổ chức họp dân và thông qua kế hoạch của mình.",
    "Nguồn vốn năm nay được giao {m} tỷ đồng, giải ngân đến cuối kỳ đạt {p} %.",
    "Việc giải phóng mặt bằng ở {n} điểm còn chậm vì giá đền bù chưa được thống nhất.",
    "Các đoàn thể vận động hội viên hiến hơn {m} mét đất và {n} ngày công để mở rộng đường.",
    "Sản xuất nông nghiệp gặp hạn mặn kéo dài, {n} hộ phải chuyển sang cây trồng khác.",
    "Thu ngân sách trên địa bàn tăng {p} % so với cùng kỳ, chủ yếu từ thuế của doanh nghiệp nhỏ.",
    "Số liệu lấy từ báo cáo của từng đơn vị, chưa qua kiểm tra chéo.",
    "Một số chỉ tiêu chỉ được tổng hợp vào cuối năm, nên kỳ này chưa có con số.",
    "{above} yêu cầu báo cáo lại phần chưa rõ trước ngày 15 của tháng sau.",
    "Chuyển đổi số được làm trước ở bộ phận một cửa: {p} % hồ sơ nộp qua mạng.",
    "Tổ kiểm tra đã xuống {n} cơ sở và nhắc nhở {k} nơi nộp báo cáo muộn.",
    "Người dân góp {k} ý kiến tại các buổi tiếp xúc, phần nhiều về nước sạch và đường nội đồng.",
    "Trạm y tế được sửa chữa, thêm {k} phòng khám và một máy siêu âm.",
    "Trường học mở thêm {k} lớp, tỷ lệ học sinh ra lớp đúng tuổi đạt {p} %.",
    "Công tác phát triển Đảng kết nạp {n} đảng viên, trong đó {k} người là đoàn viên thanh niên.",
    "Dịch bệnh làm chậm {k} công trình, thời hạn của chúng đã được lùi lại một quý.",
    "Kết quả này cao hơn mức bình quân chung nhưng vẫn thấp hơn kế hoạch {k} điểm phần trăm.",
    "Hợp tác xã ký được hợp đồng tiêu thụ cho {m} tấn trái cây, giá ổn định hơn vụ trước.",
    "Những việc chưa xong được chuyển sang kỳ sau và ghi rõ lý do trong biên bản.",
];

const HEADINGS: &[&str] = &[
    "Kết quả chính",
    "Việc còn chậm",
    "Nguồn lực và cách làm",
    "Xây dựng Đảng và chính quyền",
    "Kinh tế",
    "Văn hóa, xã hội",
    "Nhiệm vụ tiếp theo",
    "Ý kiến của người dân",
];

const ITEMS: &[&str] = &[
    "rà soát lại {n} chỉ tiêu có nguy cơ không đạt",
    "hoàn thành hồ sơ của {k} công trình trọng điểm",
    "gặp gỡ doanh nghiệp mỗi tháng một lần",
    "công khai tiến độ trên trang thông tin và bảng tin của từng ấp",
    "đào tạo {n} cán bộ về kỹ năng số",
    "kiểm tra việc thực hiện ở **{k} đơn vị** có kết quả thấp",
];

/// A body that grows piece by piece.
pub(crate) struct Prose<'a> {
    pub(crate) random: Random,
    topic: Topic<'a>,
    text: String,
    headings: usize,
}

impl<'a> Prose<'a> {
    pub(crate) fn new(random: Random, topic: Topic<'a>) -> Self {
        let mut prose = Self { random, topic, text: String::with_capacity(ENOUGH + 1_000), headings: 0 };
        let opening = *prose.random.pick(OPENINGS);
        prose.sentence(opening);
        prose
    }

    /// Puts a sentence with its numbers and names behind the others.
    fn sentence(&mut self, template: &str) {
        let starts = self.text.is_empty() || self.text.ends_with('\n');
        if !starts {
            self.text.push(' ');
        }
        let at = self.text.len();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            self.text.push_str(before);
            let (slot, after) = after.split_once('}').expect("a slot is closed");
            match slot {
                "unit" => self.text.push_str(&self.topic.unit),
                "above" => self.text.push_str(&self.topic.above),
                "time" => self.text.push_str(self.topic.time),
                "p" => {
                    let tenths = self.random.between(125, 987);
                    self.text.push_str(&super::yaml::in_text(tenths));
                }
                "k" => self.number(2, 9),
                "n" => self.number(11, 48),
                _ => self.number(60, 940),
            }
            rest = after;
        }
        self.text.push_str(rest);
        // A unit's name may stand at the start of a sentence.
        let first = self.text[at..].chars().next().expect("a sentence has letters");
        if first.is_lowercase() {
            let capital: String = first.to_uppercase().collect();
            self.text.replace_range(at..at + first.len_utf8(), &capital);
        }
    }

    fn number(&mut self, low: i64, high: i64) {
        let number = self.random.between(low, high);
        self.text.push_str(&number.to_string());
    }

    /// Some sentences as they come.
    pub(crate) fn sentences(&mut self, count: i64) {
        for _ in 0..count {
            let sentence = *self.random.pick(SENTENCES);
            self.sentence(sentence);
        }
    }

    /// A sentence of its own words.
    pub(crate) fn say(&mut self, sentence: &str) {
        if !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        self.text.push_str(sentence);
    }

    /// Ends the paragraph.
    pub(crate) fn paragraph(&mut self) {
        self.text.push_str("\n\n");
    }

    pub(crate) fn heading(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.paragraph();
        }
        let first = self.topic.unit.len();
        let heading = HEADINGS[(first + self.headings) % HEADINGS.len()];
        self.headings += 1;
        self.text.push_str("## ");
        self.text.push_str(heading);
        self.paragraph();
    }

    /// A list of tasks, and of links behind them.
    pub(crate) fn list(&mut self, links: &[String]) {
        if !self.text.ends_with("\n\n") {
            self.paragraph();
        }
        let count = self.random.between(2, 3);
        for _ in 0..count {
            let item = *self.random.pick(ITEMS);
            let item = item.replace("{n}", &self.random.between(11, 48).to_string());
            let item = item.replace("{k}", &self.random.between(2, 9).to_string());
            self.text.push_str(&format!("- {item};\n"));
        }
        for link in links {
            self.text.push_str(&format!("- xem thêm {link};\n"));
        }
        self.text.push('\n');
    }

    /// A table, its first column to the left and the others to the right.
    pub(crate) fn table(&mut self, head: [&str; 3], rows: impl Iterator<Item = [String; 3]>) {
        if !self.text.ends_with("\n\n") {
            self.paragraph();
        }
        let [first, second, third] = head;
        self.text.push_str(&format!("| {first} | {second} | {third} |\n|---|--:|--:|\n"));
        for [first, second, third] in rows {
            self.text.push_str(&format!("| {first} | {second} | {third} |\n"));
        }
        self.text.push('\n');
    }

    /// The body, filled up to its size.
    pub(crate) fn finish(mut self) -> String {
        while self.text.len() < ENOUGH {
            self.heading();
            let count = self.random.between(3, 5);
            self.sentences(count);
        }
        let mut text = self.text;
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}
