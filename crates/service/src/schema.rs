//! The closed vocabularies of the store, as schemas of the API.

use store::{
    AttemptKind, AttemptOutcome, Binding, ClientType, DomainState, DomainVerificationMethod,
    IdTokenAlgorithm, IdpInitiated, Provider, Provisioning, SetupLinkPurpose,
    TokenEndpointAuthMethod,
};
use utoipa::openapi::schema::SchemaType;
use utoipa::openapi::{Object, ObjectBuilder, Type};

macro_rules! schemas {
    ($($name:ident: $vocabulary:ty),* $(,)?) => { $(
        pub(super) fn $name() -> Object {
            ObjectBuilder::new().schema_type(Type::String).enum_values(Some(<$vocabulary>::VALUES.iter().copied())).build()
        }
    )* };
}

schemas! {
    attempt_kind: AttemptKind,
    binding: Binding,
    client_type: ClientType,
    domain_state: DomainState,
    id_token_algorithm: IdTokenAlgorithm,
    provisioning: Provisioning,
    proof_by: DomainVerificationMethod,
    provider: Provider,
    setup_purpose: SetupLinkPurpose,
    token_endpoint_auth_method: TokenEndpointAuthMethod,
    idp_initiated: IdpInitiated,
}

/// How an attempt ended, or nothing while it is under way.
pub(super) fn outcome() -> Object {
    let words = AttemptOutcome::VALUES.iter().copied().map(Some);
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .enum_values(Some(words.chain([None])))
        .build()
}
