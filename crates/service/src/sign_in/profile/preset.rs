//! By which names identity providers send the parts of a profile.
//!
//! For each product the names that it uses unless its administrator chooses others, the most likely first; then the
//! names that are customary everywhere. A preset only fills in a profile: no account is found and nothing is allowed
//! by it.

use store::Provider;

/// A part of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// E-mail address.
    Email,
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// Whole name.
    Name,
    /// Groups.
    Groups,
}

impl Part {
    /// Every part.
    pub(super) const ALL: [Self; 5] = [
        Self::Email,
        Self::FirstName,
        Self::LastName,
        Self::Name,
        Self::Groups,
    ];

    /// Its name, as the API knows it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Name => "name",
            Self::Groups => "groups",
        }
    }
}

/// The names to look for, in this order.
pub fn preset(provider: Provider, part: Part) -> impl Iterator<Item = &'static str> {
    of_provider(provider, part)
        .iter()
        .chain(customary(part))
        .copied()
}

const CLAIM_EMAIL: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";
const CLAIM_GIVEN_NAME: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname";
const CLAIM_SURNAME: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname";
const CLAIM_NAME: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";
const CLAIM_GROUPS: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups";
const OID_MAIL: &str = "urn:oid:0.9.2342.19200300.100.1.3";
const OID_GIVEN_NAME: &str = "urn:oid:2.5.4.42";
const OID_SURNAME: &str = "urn:oid:2.5.4.4";
const OID_DISPLAY_NAME: &str = "urn:oid:2.16.840.1.113730.3.1.241";
const OID_MEMBER_OF: &str = "urn:oid:1.3.6.1.4.1.5923.1.5.1.1";

fn of_provider(provider: Provider, part: Part) -> &'static [&'static str] {
    match (provider, part) {
        (Provider::Entra, Part::Email) => &[CLAIM_EMAIL],
        (Provider::Entra, Part::FirstName) => &[CLAIM_GIVEN_NAME],
        (Provider::Entra, Part::LastName) => &[CLAIM_SURNAME],
        // The claim `name` is the user principal name there.
        (Provider::Entra, Part::Name) => {
            &["http://schemas.microsoft.com/identity/claims/displayname"]
        }
        (Provider::Entra, Part::Groups) => &[CLAIM_GROUPS],
        (Provider::Adfs, Part::Email) => &[CLAIM_EMAIL],
        (Provider::Adfs, Part::FirstName) => &[CLAIM_GIVEN_NAME],
        (Provider::Adfs, Part::LastName) => &[CLAIM_SURNAME],
        (Provider::Adfs, Part::Name) => &[CLAIM_NAME],
        (Provider::Adfs, Part::Groups) => {
            &["http://schemas.xmlsoap.org/claims/Group", CLAIM_GROUPS]
        }
        (Provider::Auth0, Part::Email) => &[CLAIM_EMAIL],
        (Provider::Auth0, Part::FirstName) => &[CLAIM_GIVEN_NAME],
        (Provider::Auth0, Part::LastName) => &[CLAIM_SURNAME],
        (Provider::Auth0, Part::Name) => &[CLAIM_NAME],
        (Provider::Auth0, Part::Groups) => &["http://schemas.auth0.com/groups"],
        (Provider::OneLogin, Part::Email) => &["User.email"],
        (Provider::OneLogin, Part::FirstName) => &["User.FirstName"],
        (Provider::OneLogin, Part::LastName) => &["User.LastName"],
        (Provider::OneLogin, Part::Groups) => &["memberOf"],
        (Provider::PingOne | Provider::PingFederate, Part::Email) => {
            &["SAML_SUBJECT_EMAIL", "email", "mail"]
        }
        (Provider::PingOne | Provider::PingFederate, Part::Groups) => {
            &["memberOf", "group", "groups"]
        }
        (Provider::JumpCloud, Part::Groups) => &["memberOf", "groups"],
        (Provider::Keycloak, Part::Groups) => &["groups", "member", "Role"],
        (Provider::Shibboleth, Part::Email) => &[OID_MAIL],
        (Provider::Shibboleth, Part::FirstName) => &[OID_GIVEN_NAME],
        (Provider::Shibboleth, Part::LastName) => &[OID_SURNAME],
        (Provider::Shibboleth, Part::Name) => &[OID_DISPLAY_NAME],
        (Provider::Shibboleth, Part::Groups) => &[OID_MEMBER_OF],
        // These send what their administrator names, and customary names are what their guides suggest.
        (
            Provider::OneLogin
            | Provider::PingOne
            | Provider::PingFederate
            | Provider::JumpCloud
            | Provider::Keycloak,
            _,
        )
        | (Provider::Okta | Provider::Google | Provider::Other, _) => &[],
    }
}

const fn customary(part: Part) -> &'static [&'static str] {
    match part {
        Part::Email => &[
            "email",
            "mail",
            "Email",
            "emailAddress",
            "EmailAddress",
            "emailaddress",
            "User.Email",
            CLAIM_EMAIL,
            OID_MAIL,
        ],
        Part::FirstName => &[
            "firstName",
            "first_name",
            "givenName",
            "given_name",
            "FirstName",
            "firstname",
            "User.FirstName",
            CLAIM_GIVEN_NAME,
            OID_GIVEN_NAME,
        ],
        Part::LastName => &[
            "lastName",
            "last_name",
            "sn",
            "surname",
            "family_name",
            "LastName",
            "lastname",
            "User.LastName",
            CLAIM_SURNAME,
            OID_SURNAME,
        ],
        Part::Name => &[
            "displayName",
            "display_name",
            "name",
            "cn",
            "fullName",
            "DisplayName",
            CLAIM_NAME,
            OID_DISPLAY_NAME,
            "urn:oid:2.5.4.3",
        ],
        Part::Groups => &[
            "groups",
            "Groups",
            "group",
            "memberOf",
            "roles",
            CLAIM_GROUPS,
            OID_MEMBER_OF,
        ],
    }
}
