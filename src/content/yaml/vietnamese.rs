//! What a field or a word most likely means that was written in Vietnamese: the keys of content files are English.
//!
//! Names are compared as ids, without marks and in small letters: `Ngày công bố` is `ngay-cong-bo`.

use super::scalar::as_id;

/// Vietnamese names, each with the fields that it may mean; the first that a mapping knows is meant.
const FIELDS: &[(&str, &[&str])] = &[
    ("tieu-de", &["title"]),
    ("trich-yeu", &["title"]),
    ("ten", &["name", "title"]),
    ("ten-goi", &["name", "title"]),
    ("mo-ta", &["description", "summary"]),
    ("tom-tat", &["summary"]),
    ("ghi-chu", &["note"]),
    ("don-vi", &["unit", "units", "measured_in"]),
    ("don-vi-tinh", &["measured_in"]),
    ("cap", &["level"]),
    ("cap-tren", &["parent"]),
    ("truc-thuoc", &["parent"]),
    ("ma", &["id", "code"]),
    ("ma-so", &["code", "id"]),
    ("dan-so", &["population"]),
    ("ngay-thanh-lap", &["established"]),
    ("trang-web", &["website", "url"]),
    ("so", &["number", "value"]),
    ("so-hieu", &["number"]),
    ("so-ky-hieu", &["number"]),
    ("loai", &["kind"]),
    ("loai-van-ban", &["kind"]),
    ("co-quan-ban-hanh", &["issuer"]),
    ("noi-ban-hanh", &["issuer"]),
    ("ngay-ban-hanh", &["issued"]),
    ("ky", &["period"]),
    ("ky-bao-cao", &["period"]),
    ("thoi-ky", &["period"]),
    ("giai-doan", &["period", "stages"]),
    ("cu-the-hoa", &["implements"]),
    ("can-cu", &["implements"]),
    ("linh-vuc", &["field", "fields"]),
    ("nguon", &["source", "sources"]),
    ("chi-tieu", &["indicator", "indicators", "target"]),
    ("cac-chi-tieu", &["indicators"]),
    ("muc-tieu", &["target"]),
    ("ke-hoach", &["target"]),
    ("muc-xuat-phat", &["baseline"]),
    ("so-goc", &["baseline"]),
    ("han", &["due"]),
    ("thoi-han", &["due"]),
    ("den-han", &["due"]),
    ("chieu-huong", &["direction"]),
    ("cac-buoc", &["stages"]),
    ("hang-muc", &["items"]),
    ("chu-tri", &["owner"]),
    ("don-vi-chu-tri", &["owner"]),
    ("trong-so", &["weight"]),
    ("tong-so", &["population", "value"]),
    ("ngay-cong-bo", &["published"]),
    ("cong-bo", &["published"]),
    ("ngay-bao-cao", &["published"]),
    ("ngay-dang", &["published", "date"]),
    ("ngay", &["date", "as_of"]),
    ("tinh-den", &["as_of"]),
    ("tinh-den-ngay", &["as_of"]),
    ("ngay-so-lieu", &["as_of"]),
    ("so-lieu", &["observations", "value"]),
    ("ket-qua", &["value", "observations"]),
    ("thuc-hien", &["value"]),
    ("gia-tri", &["value"]),
    ("chi-tiet", &["breakdown"]),
    ("trich-dan", &["quote"]),
    ("nguyen-van", &["quote"]),
    ("dinh-chinh", &["corrects"]),
    ("bao", &["publisher"]),
    ("nha-xuat-ban", &["publisher"]),
    ("dia-chi", &["url", "website"]),
    ("lien-ket", &["url"]),
    ("thu-tu", &["order"]),
];

/// Vietnamese words, each with the word of a closed list that it means.
const WORDS: &[(&str, &str)] = &[
    ("nghi-quyet", "resolution"),
    ("chi-thi", "directive"),
    ("chuong-trinh", "programme"),
    ("chuong-trinh-hanh-dong", "programme"),
    ("ke-hoach", "plan"),
    ("de-an", "scheme"),
    ("quyet-dinh", "decision"),
    ("quy-dinh", "regulation"),
    ("quy-che", "regulation"),
    ("huong-dan", "guidance"),
    ("cong-van", "letter"),
    ("thong-ke", "statistics"),
    ("khac", "other"),
    ("tang", "increase"),
    ("giam", "decrease"),
    ("toi-thieu", "at-least"),
    ("it-nhat", "at-least"),
    ("tren", "at-least"),
    ("hon", "at-least"),
    ("toi-da", "at-most"),
    ("nhieu-nhat", "at-most"),
    ("duoi", "at-most"),
    ("khoang", "about"),
    ("gan", "about"),
    ("uoc", "estimate"),
    ("uoc-tinh", "estimate"),
    ("chinh-xac", "exact"),
    ("tong", "sum"),
    ("trung-binh", "mean"),
    ("binh-quan", "mean"),
    ("dem", "count"),
    ("ban-hanh", "issued"),
    ("da-ban-hanh", "issued"),
    ("trien-khai", "launched"),
    ("da-trien-khai", "launched"),
    ("chua-ro", "unknown"),
    ("khong-ro", "unknown"),
    ("chua-biet", "unknown"),
    ("khong-biet", "unknown"),
    ("khong-bao-gio", "never"),
];

/// The field that a Vietnamese name means, if it is one of those known here.
pub(super) fn field<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let name = as_id(name);
    let (_, fields) = FIELDS.iter().find(|(vietnamese, _)| *vietnamese == name)?;
    fields.iter().find_map(|field| known.clone().find(|known| known == field))
}

/// The word that a Vietnamese one means, if it is one of those allowed here.
pub(super) fn word<'a>(word: &str, mut allowed: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = as_id(word);
    let (_, english) = WORDS.iter().find(|(vietnamese, _)| *vietnamese == word)?;
    allowed.find(|allowed| allowed == english)
}
