use std::fmt;

/// Texts in their order, in one allocation: a user may have thousands of groups.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TextList {
    joined: String,
    /// Where each text ends in `joined`.
    ends: Vec<usize>,
}

impl TextList {
    pub(crate) fn with_capacity(texts: usize, octets: usize) -> Self {
        Self {
            joined: String::with_capacity(octets),
            ends: Vec::with_capacity(texts),
        }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let text = self.joined.get(start..end).unwrap_or_default();
            start = end;
            text
        })
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.joined.push_str(text);
        self.ends.push(self.joined.len());
    }
}

impl<T: AsRef<str>> FromIterator<T> for TextList {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut list = Self::default();
        for text in texts {
            list.push(text.as_ref());
        }
        list
    }
}

impl fmt::Debug for TextList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::TextList;

    #[rstest]
    #[case::none(&[])]
    #[case::empty(&[""])]
    #[case::several(&["Füße", "", "b", ""])]
    fn a_list_has_the_texts_that_it_was_made_of(#[case] texts: &[&str]) {
        let list: TextList = texts.iter().collect();
        assert_eq!(list.iter().collect::<Vec<_>>(), texts);
        assert_eq!(list.len(), texts.len());
        assert_eq!(format!("{list:?}"), format!("{texts:?}"));
    }

    #[test]
    fn lists_with_other_boundaries_differ() {
        let one: TextList = ["ab", "c"].into_iter().collect();
        let other: TextList = ["a", "bc"].into_iter().collect();
        assert_ne!(one, other);
    }
}
