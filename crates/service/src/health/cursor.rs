use std::fmt;

use store::{IssueKind, IssuePosition, OrganizationId};

/// A position in the list of issues, as the address of the next page has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) kind: IssueKind,
    pub(super) position: IssuePosition,
}

impl Cursor {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, '.');
        let kind = IssueKind::parse(parts.next()?).ok()?;
        let at = parts.next()?.parse().ok()?;
        let organization = OrganizationId::parse(parts.next()?).ok()?;
        let subject = parts.next()?.to_owned();
        Some(Self {
            kind,
            position: IssuePosition {
                at,
                organization,
                subject,
            },
        })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let IssuePosition {
            at,
            organization,
            subject,
        } = &self.position;
        write!(formatter, "{}.{at}.{organization}.{subject}", self.kind)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::domain(IssueKind::DomainLost, -5, "acme.example")]
    #[case::organization(IssueKind::AllSignInsRejected, 1_800_000_000, "")]
    fn a_cursor_is_parsed_from_its_text(
        #[case] kind: IssueKind,
        #[case] at: i64,
        #[case] subject: &str,
    ) {
        let cursor = Cursor {
            kind,
            position: IssuePosition {
                at,
                organization: OrganizationId::from_random([7; 16]),
                subject: subject.to_owned(),
            },
        };
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
    }

    #[rstest]
    #[case::empty("")]
    #[case::other_kind("x.1.org_a.")]
    #[case::no_number("domain_lost.x.org_a.")]
    fn an_invalid_cursor_is_none(#[case] text: &str) {
        assert_eq!(Cursor::parse(text), None);
    }
}
