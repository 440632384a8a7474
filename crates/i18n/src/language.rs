/// A language of the pages and mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The language that all texts are written in first.
    English,
    French,
    Dutch,
    German,
}

impl Language {
    /// All languages, in the order of the language menu.
    pub const ALL: [Self; 4] = [Self::English, Self::French, Self::Dutch, Self::German];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Dutch => "nl",
            Self::German => "de",
        }
    }

    /// The name of the language in the language itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::French => "Français",
            Self::Dutch => "Nederlands",
            Self::German => "Deutsch",
        }
    }

    /// The language of a tag such as `de` or `de-AT`; the region is ignored.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|one| primary.trim().eq_ignore_ascii_case(one.tag()))
    }
}
