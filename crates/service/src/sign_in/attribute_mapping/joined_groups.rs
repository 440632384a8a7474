//! Several groups in one value, with a separator between them.

use super::distinguished_name::{Rdn, begins_with_type, is_distinguished_name};

/// The groups in a value. A distinguished name is one group, whatever it contains.
pub(super) fn split_groups(value: &str, separator: Option<char>) -> Vec<&str> {
    let groups = match separator {
        None => vec![value],
        Some(',') => split_at_commas(value),
        Some(separator) => split_at(value, separator),
    };
    let groups = groups.into_iter().map(str::trim);
    groups.filter(|group| !group.is_empty()).collect()
}

/// Whether a value may be several groups, although it is not split.
pub fn looks_joined(value: &str) -> bool {
    value.contains([',', ';', '|']) && !is_distinguished_name(value)
}

/// Splits at a separator that is no part of distinguished names. A name may contain a vertical bar, so the value is
/// several names only when each part is one.
fn split_at(value: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = value;
    while let Some(end) = separator_position(rest, separator) {
        parts.push(&rest[..end]);
        rest = &rest[end + separator.len_utf8()..];
    }
    parts.push(rest);
    let is_name = |part: &&str| is_distinguished_name(part.trim());
    if is_distinguished_name(value) && !parts.iter().all(is_name) {
        return vec![value];
    }
    parts
}

/// Where the first group ends. In a distinguished name, a backslash takes the meaning from the next character; other
/// names may contain one, such as `ACME\admins`.
fn separator_position(text: &str, separator: char) -> Option<usize> {
    let has_type = begins_with_type(text);
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        if character == separator {
            return Some(index);
        }
        if character == '\\' && has_type {
            characters.next();
        }
    }
    None
}

/// Splits at commas, which also separate the parts of distinguished names: parts that follow each other are one name, or
/// several names when each of them ends at the root of a directory.
fn split_at_commas(value: &str) -> Vec<&str> {
    let mut groups = Vec::new();
    let mut name: Vec<Rdn<'_>> = Vec::new();
    let mut rest = Some(value);
    while let Some(text) = rest {
        let length = match Rdn::read(text) {
            Some(rdn) => {
                name.push(rdn);
                rdn.text.len()
            }
            None => {
                let length = text.find(',').unwrap_or(text.len());
                groups.extend(split_names(&std::mem::take(&mut name), value));
                groups.push(&text[..length]);
                length
            }
        };
        rest = text[length..].strip_prefix(',');
    }
    groups.extend(split_names(&name, value));
    groups
}

/// The distinguished names that these parts of `value` are.
fn split_names<'v>(parts: &[Rdn<'v>], value: &'v str) -> Vec<&'v str> {
    let names: Vec<&[Rdn<'v>]> = parts
        .chunk_by(|part, next| !is_root(*part, *next, parts))
        .collect();
    let is_name = |name: &&[Rdn<'v>]| match name {
        [first, .., last] => !first.has_same_kind(*last),
        _ => false,
    };
    if names.iter().all(is_name) {
        names
            .into_iter()
            .filter_map(|name| span(name, value))
            .collect()
    } else {
        span(parts, value).into_iter().collect()
    }
}

/// Whether a part is the last one of a name, and the next one begins another name.
fn is_root(part: Rdn<'_>, next: Rdn<'_>, parts: &[Rdn<'_>]) -> bool {
    let is_domain = part.is_domain_component() && !next.is_domain_component();
    let is_last = |last: &Rdn<'_>| part.is_same(*last) && !next.has_same_kind(*last);
    is_domain || parts.last().is_some_and(is_last)
}

/// The text from the first part to the last one.
fn span<'v>(parts: &[Rdn<'v>], value: &'v str) -> Option<&'v str> {
    let offset = |part: &Rdn<'v>| part.text.as_ptr().addr() - value.as_ptr().addr();
    let (first, last) = (parts.first()?, parts.last()?);
    value.get(offset(first)..offset(last) + last.text.len())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const ADMINS: &str = "CN=App Admins,OU=Groups,DC=acme,DC=example";
    const STAFF: &str = "CN=Staff,OU=Groups,DC=acme,DC=example";

    #[rstest]
    #[case::comma(Some(','), "red, green,,blue", &["red", "green", "blue"])]
    #[case::semicolon(Some(';'), "red; green;blue;", &["red", "green", "blue"])]
    #[case::pipe(Some('|'), "red|green", &["red", "green"])]
    #[case::none(None, "red,green;blue|white", &["red,green;blue|white"])]
    #[case::other_separator(Some(';'), "Sales, EMEA;IT", &["Sales, EMEA", "IT"])]
    #[case::windows_names(Some(','), r"ACME\admins,ACME\staff", &[r"ACME\admins", r"ACME\staff"])]
    #[case::windows_name_before_a_separator(Some(';'), r"ACME\;staff", &[r"ACME\", "staff"])]
    fn a_value_is_split_at_the_separator(
        #[case] separator: Option<char>,
        #[case] value: &str,
        #[case] expected: &[&str],
    ) {
        assert_eq!(split_groups(value, separator), expected);
    }

    #[rstest]
    fn a_distinguished_name_is_never_split(
        #[values(
            ADMINS,
            "CN=App Admins",
            "CN=admins,CN=Users",
            r"CN=Sales\, EMEA,OU=Groups,DC=acme,DC=example",
            r"CN=a\;b,DC=acme",
            "CN=a|b,DC=acme",
            // From the root down, and with parts of one kind at both ends.
            "DC=example,DC=acme,OU=Groups,CN=App Admins",
            "DC=acme,OU=Groups,DC=example",
            "OU=example,DC=example,DC=example"
        )]
        name: &str,
        #[values(None, Some(','), Some(';'), Some('|'))] separator: Option<char>,
    ) {
        assert_eq!(split_groups(name, separator), [name]);
    }

    #[rstest]
    fn several_distinguished_names_are_split_at_the_separator(
        #[values(',', ';', '|')] separator: char,
    ) {
        for blank in ["", " "] {
            let value = format!("{ADMINS}{separator}{blank}{STAFF}");
            assert_eq!(split_groups(&value, Some(separator)), [ADMINS, STAFF]);
        }
    }

    #[rstest]
    #[case::organization_as_root(
        "cn=admins,o=acme,cn=staff,ou=it,o=Acme",
        &["cn=admins,o=acme", "cn=staff,ou=it,o=Acme"]
    )]
    #[case::two_domains("CN=a,DC=acme,CN=b,DC=other", &["CN=a,DC=acme", "CN=b,DC=other"])]
    #[case::between_other_names(
        "staff,CN=a,OU=b,DC=acme,all",
        &["staff", "CN=a,OU=b,DC=acme", "all"]
    )]
    #[case::two_and_another_name(
        "CN=a,DC=acme,CN=b,DC=acme,all",
        &["CN=a,DC=acme", "CN=b,DC=acme", "all"]
    )]
    fn commas_between_distinguished_names_separate_them(
        #[case] value: &str,
        #[case] expected: &[&str],
    ) {
        assert_eq!(split_groups(value, Some(',')), expected);
    }

    #[test]
    fn a_separator_that_is_escaped_in_a_name_separates_nothing() {
        let value = r"CN=a\;b,DC=acme;staff";
        assert_eq!(
            split_groups(value, Some(';')),
            [r"CN=a\;b,DC=acme", "staff"]
        );
    }
}
