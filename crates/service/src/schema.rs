//! Schemas of the enumerations that the store defines.

use store::{
    AttemptKind, AttemptOutcome, AuthnContextComparison, Binding, ClientType, DomainState,
    DomainVerificationMethod, GroupSeparator, IdTokenAlgorithm, IdpInitiated, KeyPurpose, Provider,
    Provisioning, SetupLinkPurpose, TokenEndpointAuthMethod, UnverifiedEmail,
};
use utoipa::openapi::schema::SchemaType;
use utoipa::openapi::{Object, ObjectBuilder, Type};

macro_rules! schemas {
    ($($name:ident: $enumeration:ty = $description:literal;)*) => { $(
        pub(super) fn $name() -> Object {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some(<$enumeration>::VALUES.iter().copied()))
                .description(Some($description))
                .build()
        }
    )* };
}

schemas! {
    attempt_kind: AttemptKind = "A sign-in of a member or a test sign-in.";
    authn_context_comparison: AuthnContextComparison = "How the identity provider compares the authentication context with `authn_contexts`. A sign-in is accepted with one of `authn_contexts` or `accepted_authn_contexts`, whatever the comparison. Default: `exact`.";
    binding: Binding = "The binding of authentication requests. Default: `redirect`, if the identity provider supports it.";
    client_type: ClientType = "`confidential` for an application that can keep a secret, such as one on a server, otherwise `public`. Default: `confidential`.";
    domain_state: DomainState = "`pending` until the domain is verified, then `verified`. `missing` for up to three days without the DNS record, in which the domain stays verified, then `lost`.";
    group_separator: GroupSeparator = "The character between the groups of an identity provider that sends all groups in one value. Default: `comma` for PingFederate, otherwise `none`.";
    id_token_algorithm: IdTokenAlgorithm = "The signature algorithm of ID tokens. Default: `RS256`.";
    key_purpose: KeyPurpose = "`signing` for the key that signs requests, `decryption` for the key that decrypts assertions.";
    provisioning: Provisioning = "How people become members: at their first sign-in (`just_in_time`), or by invitation only. Default: `just_in_time`.";
    verification_method: DomainVerificationMethod = "How the domain is verified: `manual` immediately by the operator who adds it, `dns` by a DNS record. Default: `manual`.";
    provider: Provider = "The identity provider product. Default: `other`.";
    setup_purpose: SetupLinkPurpose = "What the recipient can do: set up the `connection`, or only `test` it or verify a `domain`. Default: `connection`.";
    signing_algorithm: IdTokenAlgorithm = "The signature algorithm.";
    token_endpoint_auth_method: TokenEndpointAuthMethod = "How the application authenticates at the token endpoint. Default: `client_secret_basic` for a confidential application, `none` for a public one.";
    unverified_email: UnverifiedEmail = "What happens to a new member whose email address is outside the organization's verified domains: `admit` with an unverified address, `admit_without_email`, or `refuse`. Default: `refuse` if the organization has a verified domain, otherwise `admit`.";
    idp_initiated: IdpInitiated = "What happens to an unsolicited response (IdP-initiated sign-in): `reject` it, `restart` the sign-in with a request, or accept it (`danger_accept`). Nothing ties an accepted response to the browser that sends it, so any website can sign a visitor in to the account of someone else (login CSRF); the user is only asked before. `restart` has the same use without the danger. Default: `reject`.";
}

/// `null` until the attempt is decided.
pub(super) fn outcome() -> Object {
    let words = AttemptOutcome::VALUES.iter().copied().map(Some);
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .enum_values(Some(words.chain([None])))
        .description(Some("The result; `null` until the attempt is decided."))
        .build()
}
