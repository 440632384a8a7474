//! The mapping of claims to a profile.

use jiff::{SignedDuration, Timestamp};
use saml::{Attribute, NameId};
use store::{
    Binding, ConnectionId, ConnectionLifecycle, ConnectionPolicy, ConnectionSettings, IdpInitiated,
    OrganizationId, Provisioning,
};

use rstest::rstest;

use super::*;

const ENTITY_ID: &str = "https://sso.example/saml";

fn claims(name_id: Option<(&str, Option<&str>)>, attributes: &[(&str, &[&str])]) -> Claims {
    let now = Timestamp::UNIX_EPOCH;
    Claims {
        issuer: "https://idp.example".to_owned(),
        assertion_id: "_a".to_owned(),
        remember_until: now,
        in_response_to: None,
        name_id: name_id.map(|(value, format)| NameId {
            value: value.to_owned(),
            format: format.map(str::to_owned),
            name_qualifier: None,
            sp_name_qualifier: None,
        }),
        attributes: attributes
            .iter()
            .map(|(name, values)| Attribute {
                name: (*name).to_owned(),
                name_format: None,
                values: values.iter().map(|value| (*value).to_owned()).collect(),
            })
            .collect(),
        authenticated_at: None,
        session_index: None,
        session_not_on_or_after: None,
        authn_context: None,
        signed_by: String::new(),
    }
}

fn connection(provider: Provider) -> Connection {
    Connection {
        id: ConnectionId::from_random([1; 16]),
        organization: OrganizationId::from_random([1; 16]),
        settings: ConnectionSettings {
            name: "Acme".to_owned(),
            provider,
            issuer: "https://idp.example".to_owned(),
            sign_on_url: "https://idp.example/sso".to_owned(),
            sign_on_binding: Binding::Redirect,
            logout_url: None,
            sign_requests_since: None,
            metadata_wants_signed_requests_since: None,
            metadata_valid_until: None,
            clock_tolerance: SignedDuration::from_secs(60),
            danger_accept_sha1_since: None,
            accept_cbc_since: None,
            reject_expired_signing_certificate_since: None,
            idp_initiated: IdpInitiated::Reject,
            provisioning: Provisioning::JustInTime,
            subject_attribute: None,
            attribute_mapping: AttributeMapping::default(),
            entity_id: None,
            acs_url: None,
            force_authn_since: None,
            name_id_format: None,
            authn_contexts: Vec::new(),
            default_role: "member".to_owned(),
            role_rules: Vec::new(),
            policy: ConnectionPolicy::default(),
        },
        certificates: Vec::new(),
        lifecycle: ConnectionLifecycle {
            created_at: Timestamp::constant(0, 0),
            tested_at: None,
            activated_at: None,
            disabled_at: None,
            session_epoch: 0,
            unconfirmed_since: None,
        },
        activation_request: None,
    }
}

fn map_profile(claims: &Claims, connection: &Connection) -> Result<MappedProfile, &'static str> {
    MappedProfile::new(claims, connection, ENTITY_ID).map_err(|error| error.code().as_str())
}

#[test]
fn a_transient_name_id_identifies_no_account() {
    let other = connection(Provider::Other);
    assert_eq!(
        map_profile(&claims(Some(("_x1", Some(TRANSIENT))), &[]), &other),
        Err("transient-subject")
    );
    assert_eq!(
        map_profile(&claims(None, &[]), &other),
        Err("subject-not-found")
    );
}

#[rstest]
fn a_text_that_stands_for_a_missing_value_identifies_no_account(
    #[values(
        "null",
        "NULL",
        "(null)",
        "undefined",
        "none",
        "Unknown",
        "n/a",
        "nil",
        " 0 "
    )]
    value: &str,
) {
    let as_name_id = claims(Some((value, None)), &[]);
    assert_eq!(
        map_profile(&as_name_id, &connection(Provider::Other)),
        Err("subject-not-found")
    );
    let as_attribute = claims(Some(("ada", None)), &[("uid", &[value])]);
    assert_eq!(
        map_profile(&as_attribute, &connection_with_subject_attribute("uid")),
        Err("subject-not-found")
    );
}

fn connection_with_subject_attribute(name: &str) -> Connection {
    let mut connection = connection(Provider::Other);
    connection.settings.subject_attribute = Some(name.to_owned());
    connection
}

#[test]
fn an_attribute_and_a_name_id_are_different_accounts_even_when_their_values_are_equal() {
    let same = claims(Some(("ada", None)), &[("uid", &["ada"])]);
    assert_ne!(
        map_profile(&same, &connection(Provider::Other))
            .unwrap()
            .subject,
        map_profile(&same, &connection_with_subject_attribute("uid"))
            .unwrap()
            .subject
    );
}

#[rstest]
#[case::no_value(&[])]
#[case::empty_value(&[""])]
#[case::two_values(&["ada", "bob"])]
#[case::same_value_twice(&["ada", "ada"])]
fn a_subject_attribute_has_exactly_one_value(#[case] values: &[&str]) {
    assert_eq!(
        map_profile(
            &claims(Some(("ada", None)), &[("uid", values)]),
            &connection_with_subject_attribute("uid")
        ),
        Err("subject-not-found")
    );
}

#[test]
fn a_qualifier_that_states_the_default_makes_no_other_account() {
    let other = connection(Provider::Other);
    let plain = claims(Some(("ada", Some(PERSISTENT))), &[]);
    let qualified = |name: Option<&str>, sp: Option<&str>| {
        let mut claims = plain.clone();
        let name_id = claims.name_id.as_mut().unwrap();
        name_id.name_qualifier = name.map(str::to_owned);
        name_id.sp_name_qualifier = sp.map(str::to_owned);
        map_profile(&claims, &other).unwrap().subject
    };
    let subject = map_profile(&plain, &other).unwrap().subject;
    assert_eq!(
        qualified(Some("https://idp.example"), Some(ENTITY_ID)),
        subject
    );
    assert_ne!(qualified(Some("https://other.example"), None), subject);
    assert_ne!(qualified(None, Some("https://other.example")), subject);
}

#[rstest]
#[case::entra(
    Provider::Entra,
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"
)]
#[case::adfs(
    Provider::Adfs,
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
    "http://schemas.xmlsoap.org/claims/Group"
)]
#[case::okta(Provider::Okta, "email", "firstName", "groups")]
#[case::onelogin(Provider::OneLogin, "User.email", "User.FirstName", "memberOf")]
#[case::shibboleth(
    Provider::Shibboleth,
    "urn:oid:0.9.2342.19200300.100.1.3",
    "urn:oid:2.5.4.42",
    "urn:oid:1.3.6.1.4.1.5923.1.5.1.1"
)]
fn each_provider_has_its_own_attribute_names(
    #[case] provider: Provider,
    #[case] email: &str,
    #[case] first_name: &str,
    #[case] groups: &str,
) {
    let claims = claims(
        Some(("ada", None)),
        &[
            (email, &["Ada@Acme.Example"]),
            (first_name, &["Ada"]),
            (groups, &["b", "a", "b"]),
        ],
    );
    let profile = map_profile(&claims, &connection(provider)).unwrap();
    assert_eq!(profile.email.unwrap().as_str(), "ada@acme.example");
    assert_eq!(profile.first_name.as_deref(), Some("Ada"));
    assert_eq!(profile.groups, Some(vec!["a".to_owned(), "b".to_owned()]));
}

#[test]
fn configured_attribute_names_replace_the_presets() {
    let mut configured = connection(Provider::Okta);
    configured.settings.attribute_mapping.email = Some("work".to_owned());
    let claims = claims(
        Some(("00u1", Some(PERSISTENT))),
        &[("email", &["ada@acme.example"])],
    );
    assert_eq!(map_profile(&claims, &configured).unwrap().email, None);
    assert!(
        map_profile(&claims, &connection(Provider::Okta))
            .unwrap()
            .email
            .is_some()
    );
}

#[test]
fn a_name_id_is_the_email_when_no_attribute_is() {
    let other = connection(Provider::Google);
    let address = |claims: &Claims| {
        map_profile(claims, &other)
            .unwrap()
            .email
            .map(|email| email.to_string())
    };
    assert_eq!(
        address(&claims(Some(("Ada@acme.example", None)), &[])).as_deref(),
        Some("ada@acme.example")
    );
    assert_eq!(
        address(&claims(Some(("ada@acme.example", Some(PERSISTENT))), &[])),
        None
    );
    assert_eq!(
        address(&claims(
            Some(("ada", None)),
            &[("email", &["not an address"])]
        )),
        None
    );
}

#[test]
fn the_groups_link_of_entra_does_not_remove_groups() {
    let entra = connection(Provider::Entra);
    let many = claims(
        Some(("ada", None)),
        &[(GROUPS_LINK, &["https://graph.windows.net/x"])],
    );
    let before = Profile {
        groups: vec!["staff".to_owned()],
        ..Profile::default()
    };
    assert_eq!(
        map_profile(&many, &entra)
            .unwrap()
            .merge_into(&before)
            .groups,
        ["staff"]
    );
    assert!(
        map_profile(&claims(Some(("ada", None)), &[]), &entra)
            .unwrap()
            .merge_into(&before)
            .groups
            .is_empty()
    );
}

#[test]
fn ping_federate_writes_several_groups_as_one_value() {
    let claims = claims(Some(("ada", None)), &[("memberOf", &["red, green,blue"])]);
    let groups = |provider| {
        map_profile(&claims, &connection(provider))
            .unwrap()
            .groups
            .unwrap()
    };
    assert_eq!(groups(Provider::PingFederate), ["blue", "green", "red"]);
    assert_eq!(groups(Provider::JumpCloud), ["red, green,blue"]);
}

#[test]
fn a_name_is_put_together_from_its_parts() {
    let profile = map_profile(
        &claims(
            Some(("ada", None)),
            &[("firstName", &["Ada"]), ("lastName", &["Lovelace"])],
        ),
        &connection(Provider::Okta),
    );
    assert_eq!(
        profile.unwrap().display_name().as_deref(),
        Some("Ada Lovelace")
    );
}

#[test]
fn an_assertion_without_groups_is_not_one_with_no_groups() {
    let without_groups = claims(Some(("ada", None)), &[]);
    let with_groups = claims(Some(("ada", None)), &[("groups", &["it"])]);
    let stored = Profile {
        groups: vec!["it".to_owned()],
        ..Profile::default()
    };
    let sent_groups = |claims: &Claims, provider, before: &Profile| {
        let profile = map_profile(claims, &connection(provider)).unwrap();
        profile
            .sent_groups(provider, before)
            .map(<[String]>::to_vec)
    };
    assert_eq!(
        sent_groups(&with_groups, Provider::Okta, &Profile::default()),
        Some(stored.groups.clone())
    );
    // Okta has sent groups before, so the user has none now. Otherwise it may be configured to send none.
    assert_eq!(
        sent_groups(&without_groups, Provider::Okta, &stored),
        Some(Vec::new())
    );
    assert_eq!(
        sent_groups(&without_groups, Provider::Okta, &Profile::default()),
        None
    );
    // Entra ID leaves the groups out when there are too many.
    assert_eq!(sent_groups(&without_groups, Provider::Entra, &stored), None);
    let groups_link = claims(
        Some(("ada", None)),
        &[(GROUPS_LINK, &["https://graph.windows.net/x"])],
    );
    assert_eq!(sent_groups(&groups_link, Provider::Okta, &stored), None);
}
