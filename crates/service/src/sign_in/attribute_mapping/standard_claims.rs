//! Claims of OpenID Connect that no setting maps: they come from the attributes that are named after them.

use saml::Claims;
use store::StandardClaims;

use super::account_subject::{PERSISTENT, TRANSIENT, is_placeholder};
use super::is_usable;

const PREFERRED_USERNAME: &[&str] = &[
    "preferred_username",
    "username",
    "uid",
    "urn:oid:0.9.2342.19200300.100.1.1",
    "eduPersonPrincipalName",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.6",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
];
const LOCALE: &[&str] = &[
    "locale",
    "preferredLanguage",
    "urn:oid:2.16.840.1.113730.3.1.39",
];
const ZONEINFO: &[&str] = &["zoneinfo", "timezone"];
/// A language tag is at most 35 characters long (RFC 5646 4.4.1).
const MAX_LOCALE_BYTES: usize = 35;
const MAX_ZONEINFO_BYTES: usize = 64;

/// What the assertion says. The time of the change is not known yet.
pub(super) fn standard_claims(claims: &Claims) -> StandardClaims {
    StandardClaims {
        preferred_username: first_value(claims, PREFERRED_USERNAME, |_| true)
            .or_else(|| readable_name_id(claims)),
        // Directories write `en_US`, OpenID Connect `en-US`.
        locale: first_value(claims, LOCALE, is_locale).map(|locale| locale.replace('_', "-")),
        zoneinfo: first_value(claims, ZONEINFO, is_zoneinfo),
        updated_at: None,
    }
}

/// Each claim as sent now, or as before if it was not sent.
pub(super) fn merge_claims(now: &StandardClaims, before: &StandardClaims) -> StandardClaims {
    let or = |now: &Option<String>, before: &Option<String>| now.clone().or_else(|| before.clone());
    StandardClaims {
        preferred_username: or(&now.preferred_username, &before.preferred_username),
        locale: or(&now.locale, &before.locale),
        zoneinfo: or(&now.zoneinfo, &before.zoneinfo),
        updated_at: before.updated_at,
    }
}

/// The `NameID`, unless it is made up for this service provider.
fn readable_name_id(claims: &Claims) -> Option<String> {
    let name_id = claims.name_id.as_ref()?;
    let is_made_up = matches!(name_id.format.as_deref(), Some(PERSISTENT | TRANSIENT));
    let value = name_id.value.trim();
    let is_name = !is_made_up && is_usable(value) && !is_placeholder(value);
    is_name.then(|| value.to_owned())
}

fn first_value(claims: &Claims, names: &[&str], is_valid: fn(&str) -> bool) -> Option<String> {
    names.iter().find_map(|name| {
        let mut values = claims.values(name).map(str::trim);
        values
            .find(|value| is_usable(value) && is_valid(value))
            .map(str::to_owned)
    })
}

fn is_locale(value: &str) -> bool {
    let mut subtags = value.split(['-', '_']);
    let is_language = subtags.next().is_some_and(|tag| {
        (2..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    value.len() <= MAX_LOCALE_BYTES
        && is_language
        && subtags.all(|tag| {
            (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// A name such as `Europe/Zurich`; abbreviations and offsets are no names of the IANA database.
fn is_zoneinfo(value: &str) -> bool {
    let is_character = |byte: u8| byte.is_ascii_alphanumeric() || b"/_-+".contains(&byte);
    let is_name = value.contains('/') || value == "UTC";
    value.len() <= MAX_ZONEINFO_BYTES && is_name && value.bytes().all(is_character)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::language("de", true)]
    #[case::region("en-GB", true)]
    #[case::underscore("en_US", true)]
    #[case::script("zh-Hant-TW", true)]
    #[case::list_of_browsers("de;q=0.8", false)]
    #[case::name("English (United States)", false)]
    #[case::number("1033", false)]
    #[case::one_letter("e", false)]
    #[case::empty_subtag("en-", false)]
    fn a_locale_is_a_language_tag(#[case] value: &str, #[case] expected: bool) {
        assert_eq!(is_locale(value), expected);
    }

    #[rstest]
    #[case::city("Europe/Zurich", true)]
    #[case::three_parts("America/Argentina/Buenos_Aires", true)]
    #[case::utc("UTC", true)]
    #[case::abbreviation("CET", false)]
    #[case::offset("+01:00", false)]
    #[case::windows("W. Europe Standard Time", false)]
    fn a_time_zone_has_the_name_of_the_iana_database(#[case] value: &str, #[case] expected: bool) {
        assert_eq!(is_zoneinfo(value), expected);
    }

    #[test]
    fn what_is_not_sent_stays_as_before() {
        let before = StandardClaims {
            locale: Some("de".to_owned()),
            zoneinfo: Some("Europe/Zurich".to_owned()),
            ..StandardClaims::default()
        };
        let now = StandardClaims {
            locale: Some("fr".to_owned()),
            ..StandardClaims::default()
        };
        let merged = merge_claims(&now, &before);
        assert_eq!(merged.locale.as_deref(), Some("fr"));
        assert_eq!(merged.zoneinfo.as_deref(), Some("Europe/Zurich"));
    }
}
