//! The closed vocabularies of the store, as schemas of the API.

use store::{
    Binding, ClientType, IdTokenAlgorithm, Joining, Provider, TokenEndpointAuthMethod, Unsolicited,
};
use utoipa::openapi::{Object, ObjectBuilder, Type};

macro_rules! schemas {
    ($($name:ident: $vocabulary:ty),* $(,)?) => { $(
        pub(super) fn $name() -> Object {
            ObjectBuilder::new().schema_type(Type::String).enum_values(Some(<$vocabulary>::WORDS.iter().copied())).build()
        }
    )* };
}

schemas! {
    binding: Binding,
    client_type: ClientType,
    id_token_algorithm: IdTokenAlgorithm,
    joining: Joining,
    provider: Provider,
    token_endpoint_auth_method: TokenEndpointAuthMethod,
    unsolicited: Unsolicited,
}
