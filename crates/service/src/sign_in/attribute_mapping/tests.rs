//! The mapping of claims to a profile.

use jiff::{SignedDuration, Timestamp};
use saml::{Attribute, NameId};
use store::{
    Binding, ConnectionId, ConnectionLifecycle, ConnectionPolicy, ConnectionSettings, IdpInitiated,
    OrganizationId, Provisioning,
};

use rstest::rstest;

use super::account_subject::TRANSIENT;
use super::*;

const ENTITY_ID: &str = "https://sso.example/saml";

fn claims(name_id: Option<(&str, Option<&str>)>, attributes: &[(&str, &[&str])]) -> Claims {
    let now = Timestamp::UNIX_EPOCH;
    Claims {
        issuer: "https://idp.example".to_owned(),
        assertion_id: "_a".to_owned(),
        issued_at: now,
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
                values: values.iter().collect(),
            })
            .collect(),
        authentications: Vec::new(),
        session_not_on_or_after: None,
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
#[case::pkcs9(
    Provider::Other,
    "urn:oid:1.2.840.113549.1.9.1",
    "first_name",
    "groups"
)]
#[case::djangosaml2idp(
    Provider::Other,
    "urn:oid:1.2.840.113549.1.9.1.1",
    "first_name",
    "groups"
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
    assert_eq!(profile.emails[0].as_str(), "ada@acme.example");
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
    let emails = |connection: &Connection| map_profile(&claims, connection).unwrap().emails;
    assert!(emails(&configured).is_empty());
    assert_eq!(emails(&connection(Provider::Okta)).len(), 1);
}

#[test]
fn a_name_id_is_the_email_when_no_attribute_is() {
    let other = connection(Provider::Google);
    let address = |claims: &Claims| {
        map_profile(claims, &other)
            .unwrap()
            .emails
            .first()
            .map(ToString::to_string)
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
    let groups = |claims: &Claims| {
        let profile = map_profile(claims, &entra).unwrap();
        let groups = profile.token_groups(&[], 10);
        profile.merge_into(&before, None, groups.as_ref()).groups
    };
    assert_eq!(groups(&many), ["staff"]);
    assert!(groups(&claims(Some(("ada", None)), &[])).is_empty());
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

/// A profile of a user with these groups, and a connection with a rule for the last of them.
#[test]
fn rules_see_every_group_and_applications_a_limited_number() {
    let names: Vec<String> = (0..1001).map(|number| format!("g{number:04}")).collect();
    let values: Vec<&str> = names.iter().map(String::as_str).collect();
    let claims = claims(Some(("ada", None)), &[("groups", &values)]);
    let profile = map_profile(&claims, &connection(Provider::Okta)).unwrap();
    assert_eq!(profile.groups.as_deref(), Some(names.as_slice()));

    let rule = RoleRule {
        group: "g1000".to_owned(),
        role: "admin".to_owned(),
    };
    let groups = profile.token_groups(&[rule], 3).unwrap();
    assert_eq!(groups.kept, ["g0000", "g0001", "g1000"]);
    assert_eq!((groups.left_out, groups.too_long), (998, 0));
}

#[test]
fn a_group_with_a_long_name_is_for_rules_alone() {
    let long = "g".repeat(MAX_VALUE_BYTES + 1);
    let claims = claims(Some(("ada", None)), &[("groups", &[&long, "staff"])]);
    let profile = map_profile(&claims, &connection(Provider::Okta)).unwrap();
    assert_eq!(profile.groups, Some(vec![long, "staff".to_owned()]));
    let groups = profile.token_groups(&[], 10).unwrap();
    assert_eq!(groups.kept, ["staff"]);
    assert_eq!((groups.left_out, groups.too_long), (0, 1));
}

#[test]
fn a_joined_value_is_split_before_its_length_matters() {
    let names: Vec<String> = (0..200)
        .map(|number| format!("group-{number:03}"))
        .collect();
    let joined = names.join(",");
    assert!(joined.len() > MAX_VALUE_BYTES);
    let claims = claims(Some(("ada", None)), &[("memberOf", &[&joined])]);
    let profile = map_profile(&claims, &connection(Provider::PingFederate)).unwrap();
    assert_eq!(profile.groups, Some(names));
}

#[rstest]
#[case::email_format(Some("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"), true)]
#[case::unspecified(Some("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"), true)]
#[case::no_format(None, true)]
#[case::persistent(Some(PERSISTENT), false)]
#[case::windows(
    Some("urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName"),
    false
)]
fn the_domain_of_an_email_address_is_compared_without_case(
    #[case] format: Option<&str>,
    #[case] is_same: bool,
) {
    let subject = |name_id| {
        let claims = claims(Some((name_id, format)), &[]);
        map_profile(&claims, &connection(Provider::Other))
            .unwrap()
            .subject
    };
    let lower = subject("Ada@acme.example");
    let upper = subject("Ada@ACME.Example");
    assert_eq!(lower.normalized == upper.normalized, is_same);
    assert_eq!(lower.is_same(&upper.sent), is_same);
    // As accounts are found that were stored as sent.
    assert_eq!(upper.is_same(&lower.sent), is_same);
    assert_ne!(subject("ada@acme.example").normalized, lower.normalized);
    assert!(!subject("ada@acme.example").is_same(&lower.sent));
}

/// All of these are one domain in IDNA.
#[rstest]
#[case::full_width("ada@\u{ff41}cme.example")]
#[case::soft_hyphen("ada@ac\u{ad}me.example")]
#[case::ideographic_full_stop("ada@acme\u{3002}example")]
#[case::kelvin_sign("ada@acme.e\u{212a}ample")]
#[case::punycode("ada@xn--bcher-kva.example")]
fn two_subjects_are_one_account_by_the_case_of_ascii_letters_alone(
    #[case] value: &str,
    #[values("ada@acme.example", "ada@acme.ekample", "ada@b\u{fc}cher.example")] other: &str,
    #[values(None, Some("mail"))] attribute: Option<&str>,
) {
    let subject = |value: &str| {
        let connection = Connection {
            settings: ConnectionSettings {
                subject_attribute: attribute.map(str::to_owned),
                ..connection(Provider::Other).settings
            },
            ..connection(Provider::Other)
        };
        let claims = claims(Some((value, None)), &[("mail", &[value])]);
        map_profile(&claims, &connection).unwrap().subject
    };
    assert_ne!(subject(value).normalized, subject(other).normalized);
    assert!(!subject(value).is_same(&subject(other).sent));
    assert!(!subject(other).is_same(&subject(value).sent));
}

#[test]
fn the_domain_of_a_subject_attribute_is_compared_without_case() {
    let subject = |value| {
        let claims = claims(None, &[("mail", &[value])]);
        map_profile(&claims, &connection_with_subject_attribute("mail"))
            .unwrap()
            .subject
    };
    let (lower, upper) = (subject("ada@acme.example"), subject("ada@ACME.EXAMPLE"));
    assert_eq!(lower.normalized, upper.normalized);
    assert!(lower.is_same(r#"["attribute","mail","ada@Acme.Example"]"#));
    assert!(!lower.is_same(r#"["attribute","mail","ada@acme.example.org"]"#));
    assert!(!lower.is_same(r#"["name-id","ada@acme.example",null,null]"#));
}

#[rstest]
#[case::subject_id("urn:oasis:names:tc:SAML:attribute:subject-id")]
#[case::pairwise_id("urn:oasis:names:tc:SAML:attribute:pairwise-id")]
fn a_subject_identifier_is_compared_without_case(#[case] attribute: &str) {
    let subject = |value| {
        let claims = claims(None, &[(attribute, &[value])]);
        map_profile(&claims, &connection_with_subject_attribute(attribute))
            .unwrap()
            .subject
    };
    let (lower, upper) = (
        subject("idm-42@acme.example"),
        subject("IDM-42@Acme.example"),
    );
    assert_eq!(lower.normalized, upper.normalized);
    assert!(upper.is_same(&lower.sent));
    assert!(lower.is_same(&upper.sent));
    assert!(!lower.is_same(&subject("idm-43@acme.example").sent));
    assert!(!lower.is_same(r#"["attribute","uid","IDM-42@acme.example"]"#));
}

#[test]
fn a_name_id_that_is_not_used_does_not_matter() {
    for name_id in ["", &"x".repeat(5000), "a\nb"] {
        let claims = claims(Some((name_id, None)), &[("uid", &["42"])]);
        let profile = map_profile(&claims, &connection_with_subject_attribute("uid")).unwrap();
        assert_eq!(profile.subject.normalized, r#"["attribute","uid","42"]"#);
    }
}
