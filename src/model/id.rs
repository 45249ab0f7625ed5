//! Ids: lower-case ASCII letters, digits and `-`, in segments joined by `/`. An id is its entry's address.

use std::fmt;

/// Whether a text is one segment of an id.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(allowed)
}

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes a text as an id; `None` where a segment is empty or has another character than `a-z0-9-`.
            #[must_use]
            pub fn new(text: &str) -> Option<Self> {
                text.split('/').all(is_slug).then(|| Self(text.into()))
            }

            /// The id as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// The id of a unit: `giong-trom/my-thanh`.
    UnitId;
    /// The id of a document: `ben-tre/03-nq-tu`.
    ResolutionId;
    /// The id of an indicator, its document's id included: `ben-tre/03-nq-tu/van-ban`.
    IndicatorId;
    /// The id of a report: `2021/07-30-tp-ben-tre`.
    ReportId;
    /// The id of a free page: `gioi-thieu`.
    PageId;
}

impl IndicatorId {
    /// The id of the indicator `own` of a document.
    #[must_use]
    pub fn within(resolution: &ResolutionId, own: &str) -> Option<Self> {
        is_slug(own).then(|| Self(format!("{resolution}/{own}").into()))
    }

    /// The last segment: the indicator's own id within its document.
    #[must_use]
    pub fn own(&self) -> &str {
        self.0.rsplit('/').next().expect("an id has a segment")
    }
}
