use serde::Serialize;

use crate::algorithm::{AssertionAlgorithm, SigningAlgorithm};
use crate::application::AuthMethod;
use crate::authorization::ResponseMode;
use crate::issuer::Issuer;
use crate::prompt::Prompt;
use crate::scope::Scope;

/// The discovery document (OpenID Connect Discovery 3, RFC 8414 2, RFC 9207 3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderMetadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    jwks_uri: String,
    scopes_supported: Vec<&'static str>,
    response_types_supported: [&'static str; 1],
    response_modes_supported: Vec<&'static str>,
    grant_types_supported: [&'static str; 1],
    subject_types_supported: [&'static str; 1],
    id_token_signing_alg_values_supported: Vec<&'static str>,
    token_endpoint_auth_methods_supported: Vec<&'static str>,
    token_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    code_challenge_methods_supported: [&'static str; 1],
    prompt_values_supported: Vec<&'static str>,
    claims_supported: [&'static str; 23],
    // These three are included because the default of one is true, and old clients do not know the defaults.
    claims_parameter_supported: bool,
    request_parameter_supported: bool,
    request_uri_parameter_supported: bool,
    authorization_response_iss_parameter_supported: bool,
}

impl ProviderMetadata {
    #[must_use]
    pub fn new(issuer: &Issuer) -> Self {
        Self {
            issuer: issuer.as_str().to_owned(),
            authorization_endpoint: issuer.authorization_endpoint(),
            token_endpoint: issuer.token_endpoint(),
            userinfo_endpoint: issuer.userinfo_endpoint(),
            jwks_uri: issuer.jwks_uri(),
            scopes_supported: Scope::ALL.map(Scope::as_str).to_vec(),
            response_types_supported: ["code"],
            response_modes_supported: ResponseMode::ALL.map(ResponseMode::as_str).to_vec(),
            grant_types_supported: ["authorization_code"],
            subject_types_supported: ["public"],
            id_token_signing_alg_values_supported: SigningAlgorithm::ALL
                .map(SigningAlgorithm::as_str)
                .to_vec(),
            token_endpoint_auth_methods_supported: AuthMethod::ALL.map(AuthMethod::as_str).to_vec(),
            token_endpoint_auth_signing_alg_values_supported: AssertionAlgorithm::JOSE_NAMES
                .map(|(name, _)| name)
                .to_vec(),
            code_challenge_methods_supported: ["S256"],
            prompt_values_supported: Prompt::SUPPORTED.map(Prompt::as_str).to_vec(),
            claims_supported: SUPPORTED_CLAIMS,
            claims_parameter_supported: true,
            request_parameter_supported: false,
            request_uri_parameter_supported: false,
            authorization_response_iss_parameter_supported: true,
        }
    }
}

const SUPPORTED_CLAIMS: [&str; 23] = [
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "nonce",
    "at_hash",
    "acr",
    "sid",
    "email",
    "email_verified",
    "given_name",
    "family_name",
    "name",
    "preferred_username",
    "locale",
    "zoneinfo",
    "updated_at",
    "groups",
    "organization",
    "role",
    "connection",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_matches_the_fixture() {
        let issuer = Issuer::parse("https://sso.example.com/auth").unwrap();
        let document = serde_json::to_string_pretty(&ProviderMetadata::new(&issuer)).unwrap();
        assert_eq!(
            document,
            include_str!("../tests/fixtures/discovery.json").trim_end()
        );
    }

    #[test]
    fn auth_methods_and_algorithms_are_parsed_from_their_names() {
        for method in AuthMethod::ALL {
            assert_eq!(AuthMethod::parse(method.as_str()), Some(method));
        }
        for algorithm in SigningAlgorithm::ALL {
            assert_eq!(SigningAlgorithm::parse(algorithm.as_str()), Some(algorithm));
        }
        assert_eq!(AuthMethod::parse("client_secret_jwt"), None);
        assert_eq!(SigningAlgorithm::parse("HS256"), None);
    }
}
