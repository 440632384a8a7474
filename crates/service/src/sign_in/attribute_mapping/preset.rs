//! The attribute names that identity providers use for the fields of a profile.
//!
//! For each product the names that it uses unless its administrator chooses others, the most likely first; then the
//! names that are common everywhere. A preset only fills in a profile: it finds no account and allows nothing.

use store::Provider;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileField {
    Email,
    FirstName,
    LastName,
    Name,
    Groups,
}

impl ProfileField {
    pub(super) const ALL: [Self; 5] = [
        Self::Email,
        Self::FirstName,
        Self::LastName,
        Self::Name,
        Self::Groups,
    ];

    /// The name in the API.
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
pub fn preset_attribute_names(
    provider: Provider,
    field: ProfileField,
) -> impl Iterator<Item = &'static str> {
    provider_names(provider, field)
        .iter()
        .chain(common(field))
        .copied()
}

const CLAIM_EMAIL: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";
const CLAIM_GIVEN_NAME: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname";
const CLAIM_SURNAME: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname";
const CLAIM_NAME: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";
const CLAIM_GROUPS: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups";
const OID_MAIL: &str = "urn:oid:0.9.2342.19200300.100.1.3";
/// `emailAddress` of PKCS #9.
const OID_EMAIL_ADDRESS: &str = "urn:oid:1.2.840.113549.1.9.1";
/// What pysaml2 sends for `emailAddress`: its table has one number too many.
const OID_EMAIL_ADDRESS_OF_PYSAML2: &str = "urn:oid:1.2.840.113549.1.9.1.1";
const OID_GIVEN_NAME: &str = "urn:oid:2.5.4.42";
const OID_SURNAME: &str = "urn:oid:2.5.4.4";
const OID_DISPLAY_NAME: &str = "urn:oid:2.16.840.1.113730.3.1.241";
const OID_MEMBER_OF: &str = "urn:oid:1.3.6.1.4.1.5923.1.5.1.1";

fn provider_names(provider: Provider, field: ProfileField) -> &'static [&'static str] {
    match (provider, field) {
        (Provider::Entra, ProfileField::Email) => &[CLAIM_EMAIL],
        (Provider::Entra, ProfileField::FirstName) => &[CLAIM_GIVEN_NAME],
        (Provider::Entra, ProfileField::LastName) => &[CLAIM_SURNAME],
        // The claim `name` is the user principal name there.
        (Provider::Entra, ProfileField::Name) => {
            &["http://schemas.microsoft.com/identity/claims/displayname"]
        }
        (Provider::Entra, ProfileField::Groups) => &[CLAIM_GROUPS],
        (Provider::Adfs, ProfileField::Email) => &[CLAIM_EMAIL],
        (Provider::Adfs, ProfileField::FirstName) => &[CLAIM_GIVEN_NAME],
        (Provider::Adfs, ProfileField::LastName) => &[CLAIM_SURNAME],
        (Provider::Adfs, ProfileField::Name) => &[CLAIM_NAME],
        (Provider::Adfs, ProfileField::Groups) => {
            &["http://schemas.xmlsoap.org/claims/Group", CLAIM_GROUPS]
        }
        (Provider::Auth0, ProfileField::Email) => &[CLAIM_EMAIL],
        (Provider::Auth0, ProfileField::FirstName) => &[CLAIM_GIVEN_NAME],
        (Provider::Auth0, ProfileField::LastName) => &[CLAIM_SURNAME],
        (Provider::Auth0, ProfileField::Name) => &[CLAIM_NAME],
        (Provider::Auth0, ProfileField::Groups) => &["http://schemas.auth0.com/groups"],
        (Provider::OneLogin, ProfileField::Email) => &["User.email"],
        (Provider::OneLogin, ProfileField::FirstName) => &["User.FirstName"],
        (Provider::OneLogin, ProfileField::LastName) => &["User.LastName"],
        (Provider::OneLogin, ProfileField::Groups) => &["memberOf"],
        (Provider::PingOne | Provider::PingFederate, ProfileField::Email) => {
            &["SAML_SUBJECT_EMAIL", "email", "mail"]
        }
        (Provider::PingOne | Provider::PingFederate, ProfileField::Groups) => {
            &["memberOf", "group", "groups"]
        }
        (Provider::JumpCloud, ProfileField::Groups) => &["memberOf", "groups"],
        (Provider::Keycloak, ProfileField::Groups) => &["groups", "member", "Role"],
        (Provider::Shibboleth, ProfileField::Email) => &[OID_MAIL],
        (Provider::Shibboleth, ProfileField::FirstName) => &[OID_GIVEN_NAME],
        (Provider::Shibboleth, ProfileField::LastName) => &[OID_SURNAME],
        (Provider::Shibboleth, ProfileField::Name) => &[OID_DISPLAY_NAME],
        (Provider::Shibboleth, ProfileField::Groups) => &[OID_MEMBER_OF],
        // These send what their administrator configures, and common names are what their guides suggest.
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

const fn common(field: ProfileField) -> &'static [&'static str] {
    match field {
        ProfileField::Email => &[
            "email",
            "mail",
            "Email",
            "emailAddress",
            "EmailAddress",
            "emailaddress",
            "User.Email",
            CLAIM_EMAIL,
            OID_MAIL,
            OID_EMAIL_ADDRESS,
            OID_EMAIL_ADDRESS_OF_PYSAML2,
        ],
        ProfileField::FirstName => &[
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
        ProfileField::LastName => &[
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
        ProfileField::Name => &[
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
        ProfileField::Groups => &[
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
