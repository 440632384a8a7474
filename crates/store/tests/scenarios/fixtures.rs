//! One row of each kind. `org` is the number of the organization, `n` that of the row in it; equal numbers make equal
//! rows.

use jiff::{SignedDuration, Timestamp};
use store::*;

use crate::test_store::UnitError;

pub(crate) const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

pub(crate) fn at_second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

pub(crate) fn now_plus(seconds: i64) -> Timestamp {
    NOW + SignedDuration::from_secs(seconds)
}

/// The random part of the `n`th ID of an organization.
pub(crate) fn id_bytes(org: u8, n: u8) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[0] = org;
    bytes[1] = n;
    bytes
}

/// The `n`th hash of an organization's secrets of this kind.
pub(crate) fn secret_hash(kind: u8, org: u8, n: u8) -> SecretHash {
    let mut digest = [0; 32];
    digest[..3].copy_from_slice(&[kind, org, n]);
    SecretHash::from_sha256(digest)
}

pub(crate) fn org_id(org: u8) -> OrganizationId {
    OrganizationId::from_random(id_bytes(org, 0))
}

pub(crate) fn organization(org: u8) -> Organization {
    Organization {
        id: org_id(org),
        slug: format!("acme-{org}"),
        name: format!("Acme {org}"),
        plan: "enterprise".to_owned(),
        created_at: now_plus(org.into()),
        sso_enforced_since: None,
    }
}

/// A domain without a TXT record: an operator verifies it.
pub(crate) fn domain(org: u8, name: &str, verified_at: Option<Timestamp>) -> Domain {
    Domain {
        organization: org_id(org),
        name: name.to_owned(),
        created_at: NOW,
        verified_at,
        verification: DomainVerification::Manual,
        include_subdomains_since: None,
        added_by: None,
    }
}

/// A domain that is verified by a TXT record, and is not verified yet.
pub(crate) fn dns_domain(org: u8, name: &str) -> Domain {
    Domain {
        verification: DomainVerification::Dns(DnsVerification {
            txt_record: format!("proof-{org}"),
            checked_at: None,
            answer: None,
            missing_since: None,
        }),
        ..domain(org, name, None)
    }
}

pub(crate) fn person(org: u8, n: u8) -> Person {
    Person {
        id: PersonId::from_random(id_bytes(org, n)),
        email: Some(format!("p{n}@acme-{org}.example")),
        name: None,
        created_at: NOW,
    }
}

pub(crate) fn member_id(org: u8, n: u8) -> MemberId {
    MemberId::from_random(id_bytes(org, n))
}

/// The member whose account [`set_up_organization`] has added.
pub(crate) fn joined_member(org: u8) -> Member {
    Member {
        joined_at: Some(identity(org, 1).created_at),
        ..member(org, 1)
    }
}

pub(crate) fn member(org: u8, n: u8) -> Member {
    Member {
        id: member_id(org, n),
        organization: org_id(org),
        person: person(org, n).id,
        role: "member".to_owned(),
        profile: Profile {
            email: Some(format!("p{n}@acme-{org}.example")),
            email_verified_at: Some(NOW),
            name: Some("Ada \"the first\" Løvelace".to_owned()),
            first_name: Some("Ada".to_owned()),
            last_name: None,
            groups: vec!["it, all of it".to_owned(), "\"quoted\"".to_owned()],
            standard_claims: StandardClaims {
                preferred_username: Some(format!("p{n}")),
                updated_at: Some(NOW),
                ..StandardClaims::default()
            },
            custom_claims: [
                ("site".to_owned(), ClaimValue::Text("Paris".to_owned())),
                ("keys".to_owned(), ClaimValue::List(vec!["1".to_owned()])),
            ]
            .into(),
        },
        created_at: now_plus(n.into()),
        joined_at: None,
        invited_email: Some(format!("p{n}@acme-{org}.example")),
        invitation_sent_at: None,
        deactivated_at: None,
    }
}

pub(crate) fn connection_id(org: u8, n: u8) -> ConnectionId {
    ConnectionId::from_random(id_bytes(org, n))
}

pub(crate) fn connection_settings(org: u8, n: u8) -> ConnectionSettings {
    ConnectionSettings {
        name: format!("Okta {n}"),
        provider: Provider::Okta,
        issuer: format!("https://idp.example/{org}"),
        sign_on_url: "https://idp.example/sso?a=b".to_owned(),
        sign_on_binding: Binding::Redirect,
        logout_url: Some("https://idp.example/slo".to_owned()),
        sign_requests_since: Some(at_second(1)),
        metadata_wants_signed_requests_since: Some(at_second(2)),
        metadata_valid_until: Some(at_second(3)),
        clock_tolerance: SignedDuration::from_secs(60),
        danger_accept_sha1_since: Some(at_second(4)),
        accept_cbc_since: Some(at_second(5)),
        reject_expired_signing_certificate_since: Some(at_second(6)),
        idp_initiated: IdpInitiated::Restart,
        provisioning: Provisioning::JustInTime,
        subject_attribute: Some("employee".to_owned()),
        attribute_mapping: AttributeMapping {
            email: Some("mail".to_owned()),
            first_name: Some("first".to_owned()),
            last_name: Some("last".to_owned()),
            name: Some("display".to_owned()),
            groups: Some("memberOf".to_owned()),
        },
        entity_id: Some("https://sp.example/saml".to_owned()),
        acs_url: Some(format!("https://old.example/{org}/{n}/acs")),
        force_authn_since: Some(at_second(7)),
        name_id_format: Some("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress".to_owned()),
        authn_contexts: vec!["urn:oasis:names:tc:SAML:2.0:ac:classes:Password".to_owned()],
        default_role: "reader".to_owned(),
        role_rules: vec![
            role_rule("CN=it,DC=\"acme\"", "admin"),
            role_rule("all-staff", "member"),
        ],
        policy: connection_policy(),
    }
}

fn connection_policy() -> ConnectionPolicy {
    ConnectionPolicy {
        require_signed_response: true,
        require_signed_assertion: true,
        require_encryption: true,
        publish_encryption_key: Some(false),
        authn_context_comparison: AuthnContextComparison::Minimum,
        accepted_authn_contexts: vec!["https://refeds.org/profile/mfa".to_owned()],
        accept_missing_authn_statement: Some(true),
        allow_create: true,
        passive_requests: true,
        group_separator: Some(GroupSeparator::Semicolon),
        unverified_email: Some(UnverifiedEmail::AdmitWithoutEmail),
        custom_claims: vec![CustomClaim {
            name: "cost_center".to_owned(),
            attribute: "costCenter".to_owned(),
            multiple: false,
        }],
    }
}

fn role_rule(group: &str, role: &str) -> RoleRule {
    RoleRule {
        group: group.to_owned(),
        role: role.to_owned(),
    }
}

pub(crate) fn certificate(n: u8) -> TrustedCertificate {
    TrustedCertificate {
        sha256: format!("{n:064x}"),
        der_base64: format!("MIIC{n}=="),
    }
}

pub(crate) fn connection(org: u8, n: u8) -> Connection {
    Connection {
        id: connection_id(org, n),
        organization: org_id(org),
        settings: connection_settings(org, n),
        certificates: vec![certificate(9), certificate(3)],
        lifecycle: ConnectionLifecycle {
            created_at: now_plus(n.into()),
            tested_at: None,
            activated_at: None,
            disabled_at: None,
            session_epoch: 0,
            unconfirmed_since: None,
        },
        activation_request: None,
    }
}

pub(crate) fn draft(org: u8, n: u8) -> ConnectionDraft {
    ConnectionDraft {
        connection: connection_id(org, 1),
        settings: connection_settings(org, n),
        certificates: vec![certificate(n)],
        tested_at: None,
        updated_at: now_plus(n.into()),
        updated_by: "cli".to_owned(),
    }
}

pub(crate) fn setup_link(org: u8, n: u8) -> SetupLink {
    SetupLink {
        id: SetupLinkId::from_random(id_bytes(org, n)),
        organization: org_id(org),
        connection: connection_id(org, 1),
        purpose: SetupLinkPurpose::Connection,
        token: secret_hash(b'l', org, n),
        email: Some("it@acme.example".to_owned()),
        created_by: "cli".to_owned(),
        created_at: now_plus(n.into()),
        expires_at: now_plus(3600),
        opened_at: None,
        revoked_at: None,
        tested_settings: None,
    }
}

pub(crate) fn connection_key(org: u8, n: u8) -> ConnectionKey {
    ConnectionKey {
        id: ConnectionKeyId::from_random(id_bytes(org, n)),
        connection: connection_id(org, 1),
        purpose: KeyPurpose::Decryption,
        private_key: SealedText::new("sealed".to_owned()),
        certificate: "MIIC".to_owned(),
        created_at: now_plus(n.into()),
        published_at: None,
        active_from: None,
        retired_at: None,
    }
}

pub(crate) fn idp_account(org: u8, n: u8) -> IdpAccount {
    IdpAccount {
        connection: connection_id(org, 1),
        issuer: format!("https://idp.example/{org}"),
        subject: format!("subject-{n}"),
    }
}

pub(crate) fn identity(org: u8, n: u8) -> Identity {
    Identity {
        account: idp_account(org, n),
        member: member_id(org, n),
        created_at: NOW,
    }
}

pub(crate) fn application() -> Application {
    Application {
        id: ApplicationId::from_random(id_bytes(0, 1)),
        name: "Shop".to_owned(),
        client_type: ClientType::Confidential,
        auth_method: TokenEndpointAuthMethod::ClientSecretBasic,
        auth_method_pinned_since: None,
        pkce_required_since: Some(NOW),
        secret: Some(secret_hash(b'a', 0, 1)),
        jwks: None,
        redirect_uris: vec!["https://shop.example/cb?x=1,2".to_owned()],
        id_token_algorithm: IdTokenAlgorithm::Rs256,
        created_at: NOW,
        rejected_redirect_uri: None,
    }
}

pub(crate) fn pending_sign_in(org: u8, n: u8) -> PendingSignIn {
    PendingSignIn {
        id: PendingSignInId::from_random(id_bytes(org, n)),
        relay_state: secret_hash(b'h', org, n),
        browser: secret_hash(b'b', org, n),
        application: Some(application().id),
        application_request: r#"{"state":"s"}"#.to_owned(),
        authn_request: Some(sent_authn_request(org, n)),
        created_at: NOW,
        expires_at: now_plus(600),
        consumed_at: None,
    }
}

fn sent_authn_request(org: u8, n: u8) -> SentAuthnRequest {
    SentAuthnRequest {
        organization: org_id(org),
        connection: connection_id(org, 1),
        id: format!("_request-{n}"),
        message: None,
    }
}

pub(crate) fn assertion(org: u8, id: &str) -> VerifiedAssertion {
    VerifiedAssertion {
        connection: connection_id(org, 1),
        assertion_id: id.to_owned(),
        remember_until: now_plus(900),
        session_epoch: 0,
    }
}

pub(crate) fn session(org: u8, n: u8) -> Session {
    Session {
        id: SessionId::from_random(id_bytes(org, n)),
        cookie: secret_hash(b's', org, n),
        organization: org_id(org),
        member: member_id(org, 1),
        connection: connection_id(org, 1),
        auth_time: Some(NOW),
        acr: Some("urn:password".to_owned()),
        created_at: NOW,
        expires_at: now_plus(3600),
        ended_at: None,
    }
}

pub(crate) fn authorization_code(org: u8, n: u8) -> AuthorizationCode {
    AuthorizationCode {
        hash: secret_hash(b'c', org, n),
        application: application().id,
        organization: org_id(org),
        member: member_id(org, 1),
        connection: connection_id(org, 1),
        session: session(org, n).id,
        redirect_uri: "https://shop.example/cb".to_owned(),
        code_challenge: Some("challenge".to_owned()),
        nonce: None,
        scope: "openid email".to_owned(),
        claims: r#"{"id_token":{"email":[]}}"#.to_owned(),
        auth_time: Some(NOW),
        acr: Some("urn:password".to_owned()),
        created_at: NOW,
        expires_at: now_plus(60),
    }
}

pub(crate) fn access_token(org: u8, n: u8) -> AccessToken {
    AccessToken {
        hash: secret_hash(b't', org, n),
        code: authorization_code(org, n).hash,
        application: application().id,
        organization: org_id(org),
        member: member_id(org, 1),
        connection: connection_id(org, 1),
        session: session(org, n).id,
        scope: "openid email".to_owned(),
        claims: "{}".to_owned(),
        created_at: NOW,
        expires_at: now_plus(300),
    }
}

pub(crate) fn attempt(org: u8, n: u8) -> Attempt {
    Attempt {
        id: AttemptId::from_random(id_bytes(org, n)),
        organization: org_id(org),
        connection: connection_id(org, 1),
        kind: AttemptKind::SignIn,
        pending_sign_in: Some(pending_sign_in(org, n).id),
        started_at: now_plus(n.into()),
        finished_at: None,
        outcome: None,
        code: None,
        member: None,
        checks: "[]".to_owned(),
        test_result: None,
        test_result_until: None,
        tested_by: Some("per_a".to_owned()),
        user: None,
    }
}

pub(crate) fn audit_entry(org: Option<u8>, n: u8) -> AuditEntry {
    AuditEntry {
        id: AuditEntryId::from_random(id_bytes(org.unwrap_or(0), n)),
        organization: org.map(org_id),
        actor: "cli".to_owned(),
        action: "connection.activated".to_owned(),
        subject: connection_id(1, 1).to_string(),
        before: None,
        after: Some(r#"{"state":"active"}"#.to_owned()),
        at: now_plus(n.into()),
    }
}

/// The page that follows the row with this ID.
pub(crate) fn page_after(id: &impl ToString, size: u32) -> Page {
    Page {
        after: Some(id.to_string()),
        size,
    }
}

/// What is purged this number of seconds after [`NOW`], when attempts and audit entries since [`NOW`] stay.
pub(crate) fn retention_at(seconds: i64) -> Retention {
    Retention {
        now: now_plus(seconds),
        attempts_since: NOW,
        audit_log_since: NOW,
    }
}

/// Purges all kinds of expired rows and people, a batch of each, and returns how many.
pub(crate) async fn purge(tx: &mut Tx, retention: &Retention) -> Result<u64, UnitError> {
    let mut purged = 0;
    for step in PurgeStep::ALL {
        purged += tx.purge_batch(step, retention).await?;
    }
    for person in tx.people_batch(None).await?.unaffiliated {
        purged += u64::from(tx.delete_unaffiliated_person(&person).await?);
    }
    Ok(purged)
}

/// An organization with one member who has an account at its one active connection.
pub(crate) async fn set_up_organization(tx: &mut Tx, org: u8) -> Result<(), UnitError> {
    tx.add_organization(&organization(org)).await??;
    let id = org_id(org);
    let mut organization = tx.organization(&id);
    organization.add_connection(&connection(org, 1)).await??;
    organization.activate(&connection_id(org, 1), NOW).await?;
    organization.add_person(&person(org, 1)).await?;
    organization.add_member(&member(org, 1)).await??;
    organization.add_identity(&identity(org, 1)).await??;
    Ok(())
}

/// The `n`th session of an organization's first member, with a code granted from it.
pub(crate) async fn sign_in(tx: &mut Tx, org: u8, n: u8) -> Result<(), UnitError> {
    tx.add_pending_sign_in(&pending_sign_in(org, n)).await?;
    let consumed = tx
        .consume_solicited(
            &pending_sign_in(org, n).id,
            &assertion(org, &format!("_a{n}")),
            NOW,
        )
        .await??;
    tx.begin_session(&consumed, &session(org, n)).await??;
    tx.grant_code(&authorization_code(org, n)).await??;
    Ok(())
}
