//! Says what in an SVG picture would run or ask another host when somebody opens the file itself.
//!
//! Why: within a page a picture is only shown, but any static server hands the same file out as a document of the site's
//! own origin, where its scripts would run. Whoever may add a picture must not gain more than that.
//!
//! Markup is told apart as XML does it, so that a comment or a quoted text hides nothing; what a browser would refuse as
//! ill-formed may pass, since it stops there too.

/// Elements that run, embed or change what was checked.
const ELEMENTS: [&str; 15] = [
    "script",
    "foreignobject",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "handler",
    "listener",
    "set",
    "animate",
    "link",
    "meta",
    "base",
    "html",
];

/// The first thing in a picture that is not only drawn, in a few words of its own markup.
pub(super) fn active_part(text: &str) -> Option<String> {
    let mut rest = text;
    let mut in_style = false;
    while let Some(start) = rest.find('<') {
        if in_style && is_foreign_style(&rest[..start]) {
            return Some("<style>".to_owned());
        }
        rest = &rest[start..];
        let skipped =
            [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")].into_iter().find(|(open, _)| rest.starts_with(open));
        if let Some((open, close)) = skipped {
            let inside = &rest[open.len()..];
            let end = inside.find(close)?;
            let is_sheet = open == "<?" && inside.starts_with("xml-stylesheet");
            if is_sheet || in_style && is_foreign_style(&inside[..end]) {
                return Some("<?xml-stylesheet".to_owned());
            }
            rest = &inside[end + close.len()..];
            continue;
        }
        if let Some(inside) = rest.strip_prefix("<!") {
            let end = inside.find('>')?;
            // Entities could stand for anything.
            if inside[..end].contains('[') {
                return Some("<!DOCTYPE […]>".to_owned());
            }
            rest = &inside[end + 1..];
            continue;
        }
        let end = tag_end(rest);
        let tag = &rest[1..end];
        let name_end = tag.find(|letter: char| letter.is_whitespace() || letter == '/').filter(|end| *end > 0);
        let name = tag[..name_end.unwrap_or(tag.len())].rsplit([':', '/']).next().unwrap_or_default().to_lowercase();
        if ELEMENTS.contains(&name.as_str()) {
            return Some(format!("<{name}>"));
        }
        in_style = name == "style" && !tag.starts_with('/') && !tag.ends_with('/');
        if let Some(attribute) =
            attributes(&tag[name_end.unwrap_or(tag.len())..]).find(|(name, value)| is_active(name, value))
        {
            return Some(attribute.0);
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    None
}

/// Where a tag ends: at the first `>` outside of quotes.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match quote {
            None if letter == '>' => return at,
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            Some(open) if open == letter => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// The attributes of a tag: lower-case names without prefix, and values.
fn attributes(mut tag: &str) -> impl Iterator<Item = (String, &str)> {
    std::iter::from_fn(move || {
        let (name, after) = tag.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|letter| *letter == '"' || *letter == '\'')?;
        let (value, rest) = after[1..].split_once(quote)?;
        tag = rest;
        Some((name.trim().rsplit(':').next().unwrap_or_default().to_lowercase(), value))
    })
}

fn is_active(name: &str, value: &str) -> bool {
    let raster = ["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"];
    let leads_away = || !value.starts_with('#') && !raster.iter().any(|start| value.starts_with(start));
    name.starts_with("on")
        || matches!(name, "href" | "src" | "base" | "action") && leads_away()
        || name == "attributename" && value.to_lowercase().contains("href")
        // Drawing attributes may name what they refer to as a style does; an entity could hide it.
        || name != "d" && is_foreign_style(value)
}

/// Whether a style asks for anything but parts of the picture. Escapes could hide what it asks for.
fn is_foreign_style(style: &str) -> bool {
    let style = style.to_lowercase();
    let leads_away = |(at, _): (usize, &str)| {
        let target = style[at + 4..].trim_start_matches([' ', '"', '\'']);
        !target.starts_with('#') && !target.starts_with("&quot;#")
    };
    style.contains("@import")
        || style.contains("javascript:")
        || style.contains('\\')
        || style.match_indices("url(").any(leads_away)
        || style.contains("image-set(")
}

#[cfg(test)]
mod tests {
    use super::active_part;

    #[test]
    fn what_is_only_drawn_passes() {
        for picture in [
            "<svg/>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/x.dtd\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><title>script on a page</title><!-- <script> --><use xlink:href=\"#a\"/><path d=\"M0 0\" fill=\"url(#g)\" style=\"fill:url('#g')\"/></svg>",
            "<svg><style>.a{fill:red}@media (prefers-color-scheme:dark){.a{fill:blue}}</style><image href=\"data:image/png;base64,AA==\"/></svg>",
            include_str!("../../content/static/favicon.svg"),
            include_str!("../../themes/default/icon.svg"),
        ] {
            assert_eq!(active_part(picture), None, "{picture}");
        }
    }

    #[test]
    fn what_would_run_or_ask_another_host_does_not() {
        for picture in [
            "<svg><script>alert(1)</script></svg>",
            "<svg><SCRIPT/></svg>",
            "<svg xmlns:x=\"http://www.w3.org/2000/svg\"><x:script>x</x:script></svg>",
            "<svg onload=\"x\"/>",
            "<svg\nonload = 'x'/>",
            "<svg a=\">\" onload='x'/>",
            "<svg><a xlink:href=\"javascript:x\">y</a></svg>",
            "<svg><a href=\"&#106;avascript:x\">y</a></svg>",
            "<svg><image href=\"https://example.org/x.png\"/></svg>",
            "<svg><image href=\"data:image/svg+xml;base64,AA==\"/></svg>",
            "<svg><foreignObject><p/></foreignObject></svg>",
            "<svg><animate attributeName=\"href\" to=\"javascript:x\"/></svg>",
            "<svg><animateMotion><set attributeName=\"onload\"/></animateMotion></svg>",
            "<svg><style>@import url(//example.org/x.css);</style></svg>",
            "<svg><style><![CDATA[a{fill:url(//example.org/x)}]]></style></svg>",
            "<svg><style>a{fill:u\\72l(//example.org/x)}</style></svg>",
            "<svg><path style=\"fill:url(https://example.org/x)\"/></svg>",
            "<svg><path fill=\"url( 'https://example.org/x')\"/></svg>",
            "<?xml-stylesheet href=\"x.css\"?><svg/>",
            "<!DOCTYPE svg [<!ENTITY x \"<script>y</script>\">]><svg>&x;</svg>",
            "<!-- a --><svg><!-- > --><script/></svg>",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>",
        ] {
            assert!(active_part(picture).is_some(), "{picture}");
        }
    }
}
