use std::collections::{BTreeMap, BTreeSet};

use super::super::Code;
use super::*;

/// The parts of an entry with the placeholders of each.
fn shape(entry: &Entry) -> [Option<BTreeSet<&str>>; 3] {
    [&entry.message, &entry.label, &entry.help].map(|part| part.as_ref().map(|text| text.placeholders().collect()))
}

/// All keys with their entries.
fn entries(language: Language) -> impl Iterator<Item = (&'static str, &'static Entry)> {
    language.catalogue().entries.keys().map(move |key| (*key, language.entry(key)))
}

#[test]
fn both_languages_say_the_same() {
    let of = |language: Language| -> BTreeMap<&str, _> {
        entries(language).map(|(key, entry)| (key, shape(entry))).collect()
    };
    let (english, vietnamese) = (of(Language::En), of(Language::Vi));
    for (key, parts) in &english {
        assert_eq!(vietnamese.get(key), Some(parts), "`{key}` in Vietnamese");
    }
    for key in vietnamese.keys() {
        assert!(english.contains_key(key), "`{key}` is not in English");
    }
}

#[test]
fn an_entry_says_what_its_text_as_a_whole_says() {
    let words = |entry: &Entry| format!("{entry:?}");
    for language in Language::ALL {
        let mut whole = BTreeMap::new();
        for text in language.texts() {
            let of_text: BTreeMap<String, Written> = serde_yaml::from_str(text).expect("a catalogue is YAML");
            whole.extend(of_text.into_iter().map(|(key, entry)| (key, words(&entry.parsed(*language)))));
        }
        let by_entry: BTreeMap<String, String> =
            entries(*language).map(|(key, entry)| (key.to_owned(), words(entry))).collect();
        assert!(by_entry.len() > 300);
        assert_eq!(by_entry, whole);
    }
}

#[test]
fn an_entry_goes_on_to_the_next_key() {
    let text = "# first\n\na: |\n  one:\n\n  two\n# between\nb.c:\n  message: \"x:\n    y\"\n  help: z\n\nd: last";
    let catalogue = Catalogue::new(&[text], Language::En);
    let say = |key: &str| catalogue.entry(key).and_then(|entry| entry.message.as_ref()).map(Template::to_string);
    assert_eq!(say("a").as_deref(), Some("one:\n\ntwo"));
    assert_eq!(say("b.c").as_deref(), Some("x: y"));
    assert_eq!(say("d").as_deref(), Some("last"));
    assert_eq!(say("one"), None);
}

#[test]
fn every_placeholder_is_known() {
    for language in Language::ALL {
        let known: BTreeSet<&str> = language.placeholders().collect();
        for (key, entry) in entries(*language) {
            for name in shape(entry).into_iter().flatten().flatten() {
                assert!(known.contains(name), "{language:?} `{key}`: {name}");
            }
        }
    }
}

#[test]
fn every_code_has_its_words() {
    for language in Language::ALL {
        for code in Code::ALL {
            let entry = language.entry(code.as_str());
            assert!(entry.message.is_some(), "{code:?} has no message in {language:?}");
            assert!(entry.label.is_some(), "{code:?} has no label in {language:?}");
            assert!(
                language.entry(&format!("explain.{}", code.as_str())).message.is_some(),
                "{code:?} is not explained"
            );
        }
    }
}

#[test]
fn messages_keep_to_the_custom() {
    for language in Language::ALL {
        let codes = |key: &str| Code::from_name(key.split('.').next().unwrap_or(key)).is_some();
        for (key, entry) in entries(*language).filter(|(key, _)| codes(key)) {
            for part in [&entry.message, &entry.label, &entry.help].into_iter().flatten() {
                let text = part.to_string();
                assert!(!text.ends_with(['.', '!']), "{language:?} `{key}` ends in a full stop: {text}");
                assert!(!text.chars().next().is_some_and(char::is_uppercase), "{language:?} `{key}`: {text}");
                assert_eq!(text.matches('`').count() % 2, 0, "{language:?} `{key}` leaves a backtick open: {text}");
                assert!(!text.contains('\n'), "{language:?} `{key}` has several lines");
            }
        }
    }
}

#[test]
fn placeholders_are_filled_and_braces_kept() {
    let template = Template::parse("{a} of {{b}}, {c}: {a: b} {} {", Language::En);
    let filled = template.fill(&[("a", "1"), ("b", "2"), ("c", "3")]);
    assert_eq!(filled, "1 of {2}, 3: {a: b} {} {");
    assert_eq!(template.placeholders().collect::<Vec<_>>(), ["a", "b", "c"]);
}

#[test]
fn the_later_argument_counts() {
    assert_eq!(Template::parse("{id}", Language::En).fill(&[("id", "first"), ("id", "second")]), "second");
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "no argument for {id}")]
fn a_missing_argument_is_our_bug() {
    let _ = Template::parse("no unit `{id}`", Language::En).fill(&[("name", "x")]);
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "has no entry `no-such-key`")]
fn an_unknown_key_is_our_bug() {
    let _ = Language::En.entry("no-such-key");
}

#[test]
#[should_panic(expected = "two entries `a`")]
fn a_key_stands_once_in_a_catalogue() {
    let _ = Catalogue::new(&["a: one\nb: two", "a: three"], Language::En);
}

#[test]
#[should_panic(expected = "two entries `a`")]
fn a_key_stands_once_in_a_text() {
    let _ = Catalogue::new(&["a: one\na: two"], Language::En);
}

#[test]
fn arguments_are_made_visible_and_cut() {
    let say = |value: &str| Template::parse("`{id}`", Language::En).fill(&[("id", value)]);
    assert_eq!(say("a\u{1b}[31m\nb\u{202e}c\u{200b}"), r"`a\u{1b}[31m\u{a}b\u{202e}c\u{200b}`");
    assert_eq!(say("Đồng khởi"), "`Đồng khởi`");
    assert_eq!(say(&"ở".repeat(10_000)).chars().count(), 400 + 3);
}

#[test]
fn counts_have_their_plural() {
    assert_eq!(Language::En.count("count.page", 1), "1 page");
    assert_eq!(Language::En.count("count.page", 0), "0 pages");
    assert_eq!(Language::Vi.count("count.page", 2), "2 trang");
}

#[test]
fn a_locale_chooses_the_language() {
    for (locale, language) in [
        ("vi_VN.UTF-8", Language::Vi),
        ("vi", Language::Vi),
        ("VI-vn", Language::Vi),
        ("C.UTF-8", Language::En),
        ("vie", Language::En),
        ("", Language::En),
    ] {
        assert_eq!(Language::of_locale(locale), language, "{locale}");
    }
}

#[test]
fn figures_are_written_as_the_language_writes_them() {
    let say = |language, value: &str| Template::parse("{a} of `{a}`", language).fill(&[("a", value)]);
    assert_eq!(say(Language::En, "33.3"), "33.3 of `33.3`");
    assert_eq!(say(Language::Vi, "33.3"), "33,3 of `33.3`");
    assert_eq!(say(Language::Vi, "-3.5–5"), "-3,5–5 of `-3.5–5`");
    for other in ["62", "0.1.0", "site.en.yaml", "2021-07-30", "1.", ".5", "8 MiB", "a.b"] {
        assert_eq!(say(Language::Vi, other), format!("{other} of `{other}`"));
    }
}
