//! The closed list of diagnostic codes. A code is a contract: codes may be added, never changed.

/// How a check is treated; set by `checks:` in `site.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// An error: nothing is published.
    Deny,
    /// A warning.
    Warn,
    /// Not reported.
    Allow,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal $($check:ident)?;)+) => {
        /// What kind of mistake a diagnostic is about; named for the fault, not for the remedy.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// Every code, in the order of the contract.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name in diagnostics, in `checks:` and in `--explain`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The level that holds where the site sets none: `None` for an error in the form, which is always denied.
            #[must_use]
            pub fn default_level(self) -> Option<Level> {
                match self { $(Self::$variant => codes!(@level $($check)?),)+ }
            }
        }
    };
    (@level) => { None };
    (@level warn) => { Some(Level::Warn) };
    (@level allow) => { Some(Level::Allow) };
}

codes! {
    /// A Markdown file does not begin with a block between two `---` lines.
    MissingFrontMatter = "missing-front-matter";
    /// The text is not YAML.
    YamlSyntax = "yaml-syntax";
    /// A key that its mapping does not have.
    UnknownKey = "unknown-key";
    /// A key that stands twice in one mapping.
    DuplicateKey = "duplicate-key";
    /// A required key that is not there, or has no value.
    MissingField = "missing-field";
    /// A list where a text belongs, a text where a mapping belongs, and so on.
    WrongType = "wrong-type";
    /// A figure that is not written `-?digits[.digits]` with at most 28 digits.
    BadNumber = "bad-number";
    /// A date that is not an ISO date, or is no day of the calendar.
    BadDate = "bad-date";
    /// A period in none of the five forms.
    BadPeriod = "bad-period";
    /// An id with anything but lower-case ASCII letters, digits and `-`.
    BadId = "bad-id";
    /// Two entries with one id.
    DuplicateId = "duplicate-id";
    /// Two files of the site that would have one path, letter case apart.
    OutputCollision = "output-collision";
    /// A file of the site whose path not every computer can hold.
    BadPath = "bad-path";
    /// A unit that is not on file.
    UnknownUnit = "unknown-unit";
    /// A level that `site.yaml` does not list.
    UnknownLevel = "unknown-level";
    /// A document that is not on file.
    UnknownResolution = "unknown-resolution";
    /// An indicator that is not on file.
    UnknownIndicator = "unknown-indicator";
    /// A report that is not on file.
    UnknownReport = "unknown-report";
    /// A stage that the indicator does not have.
    UnknownStage = "unknown-stage";
    /// An item that the indicator does not have.
    UnknownItem = "unknown-item";
    /// A field that `site.yaml` does not list.
    UnknownField = "unknown-field";
    /// A framework group that `site.yaml` does not list.
    UnknownGroup = "unknown-group";
    /// A unit's parent is not of a level above its own.
    ParentNotAbove = "parent-not-above";
    /// A document's issuer, or a unit's parent, that is not the folder's.
    IssuerDiffers = "issuer-differs";
    /// References that lead back to where they began.
    ReferenceCycle = "reference-cycle";
    /// A period, or a range, that ends before it begins.
    PeriodReversed = "period-reversed";
    /// A link to a file, page or heading that does not exist.
    BrokenLink = "broken-link";
    /// A link whose address could run a script.
    UnsafeLink = "unsafe-link";
    /// A file that is not UTF-8 text.
    NotUtf8 = "not-utf8";
    /// A control character in a text.
    ControlCharacter = "control-character";
    /// A line that a version control merge left behind.
    ConflictMarker = "conflict-marker";
    /// YAML that the strict subset leaves out: anchors, aliases, tags, merge keys, several documents.
    YamlUnsupported = "yaml-unsupported";
    /// A word that is none of those the key allows.
    UnknownValue = "unknown-value";
    /// A check that does not exist.
    UnknownCheck = "unknown-check";
    /// A language that the site does not have.
    UnknownLanguage = "unknown-language";
    /// A document that carries out one of a lower level.
    ImplementsBelow = "implements-below";
    /// A file or a nesting beyond its limit.
    TooLarge = "too-large";
    /// A symbolic link or a path that leaves the site's root.
    OutsideRoot = "outside-root";
    /// A picture that runs, or asks another host, when somebody opens it.
    UnsafeFile = "unsafe-file";
    /// A theme's template that cannot be read or rendered.
    TemplateError = "template-error";
    /// The site asks for the history of its repository, and git cannot tell it whole.
    HistoryUnavailable = "history-unavailable";

    /// A stated share is not the share that its own figures give.
    StatedPercentDiffers = "stated-percent-differs" warn;
    /// A breakdown does not add up.
    BreakdownSumDiffers = "breakdown-sum-differs" warn;
    /// The quantities of all items are not the target.
    ItemsSumDiffers = "items-sum-differs" warn;
    /// More is counted than there is.
    ValueAbovePopulation = "value-above-population" warn;
    /// An observation after the document's period, or before its baseline.
    ObservationOutsidePeriod = "observation-outside-period" warn;
    /// A count that cannot fall fell without a correction.
    ValueDecreased = "value-decreased" warn;
    /// One report gives an indicator's figure for one day twice.
    DuplicateObservation = "duplicate-observation" warn;
    /// Two reports give different figures for one indicator and day.
    ConflictingObservation = "conflicting-observation" warn;
    /// A figure of a report was changed after the report was published.
    EditedAfterPublication = "edited-after-publication" warn;
    /// The latest figure is older than the site allows.
    Stale = "stale" warn;
    /// A target is past its day and no report says how it ended.
    OverdueWithoutReport = "overdue-without-report" warn;
    /// A milestone outside the indicator's time.
    MilestoneOutsidePeriod = "milestone-outside-period" warn;
    /// A unit that had to issue a document, and none is on file.
    CoverageMissing = "coverage-missing" warn;
    /// A reference to a unit that had ended.
    UnitDissolved = "unit-dissolved" warn;
    /// A stated total is not the sum of its parts.
    AggregateDiffers = "aggregate-differs" warn;
    /// A figure without a source.
    MissingSource = "missing-source" warn;
    /// The same promise with another target in another document.
    TargetDiffers = "target-differs" warn;
    /// An entry without its text in one of the site's languages.
    TranslationMissing = "translation-missing" allow;
    /// A letter that looks like a Vietnamese one and is another, or cannot be seen.
    SuspiciousLetter = "suspicious-letter" warn;
    /// A figure with three decimals, which may be meant as thousands.
    AmbiguousFigure = "ambiguous-figure" warn;
    /// An item that no observation ever names.
    UnusedItem = "unused-item" warn;
}

impl Code {
    /// Whether it is a check on the figures, whose level a site can set.
    #[must_use]
    pub fn is_check(self) -> bool {
        self.default_level().is_some()
    }

    /// The code of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}
