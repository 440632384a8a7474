//! The closed vocabularies of the store, as schemas of the API.

use store::{
    AttemptKind, Binding, ClientType, DomainState, IdTokenAlgorithm, Joining, Outcome, ProofBy,
    Provider, SetupPurpose, TokenEndpointAuthMethod, Unsolicited,
};
use utoipa::openapi::schema::SchemaType;
use utoipa::openapi::{Object, ObjectBuilder, Type};

macro_rules! schemas {
    ($($name:ident: $vocabulary:ty),* $(,)?) => { $(
        pub(super) fn $name() -> Object {
            ObjectBuilder::new().schema_type(Type::String).enum_values(Some(<$vocabulary>::WORDS.iter().copied())).build()
        }
    )* };
}

schemas! {
    attempt_kind: AttemptKind,
    binding: Binding,
    client_type: ClientType,
    domain_state: DomainState,
    id_token_algorithm: IdTokenAlgorithm,
    joining: Joining,
    proof_by: ProofBy,
    provider: Provider,
    setup_purpose: SetupPurpose,
    token_endpoint_auth_method: TokenEndpointAuthMethod,
    unsolicited: Unsolicited,
}

/// How an attempt ended, or nothing while it is under way.
pub(super) fn outcome() -> Object {
    let words = Outcome::WORDS.iter().copied().map(Some);
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .enum_values(Some(words.chain([None])))
        .build()
}
