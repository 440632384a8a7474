//! Prints an ID token of each algorithm, with the data that is needed to verify it, as JSON.
//!
//! `tests/fixtures/verify.py` verifies the output with independent implementations.

use std::error::Error;

use jiff::{SignedDuration, Timestamp};
use oidc::authorization::AuthorizationRequest;
use oidc::token::CodeGrant;
use oidc::{
    AccessToken, Application, ClientAuthentication, Email, IdToken, Issuer, Member, Organization,
    Parameters, ProviderKey, ProviderKeys, SignIn, SigningAlgorithm, SigningKey, StoredHash,
};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let now = std::env::args()
        .nth(1)
        .ok_or("usage: id_tokens SECONDS-SINCE-1970")?;
    let now = Timestamp::from_second(now.parse()?).map_err(|error| error.to_string())?;
    let issuer = Issuer::parse("https://sso.example.com")?;
    let access_token = AccessToken::from_random(&[7; 32]);
    let grant = grant(now)?;
    let sign_in = SignIn {
        session: "ses_1".to_owned(),
        connection: "con_1".to_owned(),
        auth_time: Some(now - SignedDuration::from_secs(5)),
        acr: Some("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport".to_owned()),
    };
    let member = member();
    let id_token = IdToken {
        issuer: &issuer,
        grant: &grant,
        member: &member,
        sign_in: &sign_in,
        access_token: &access_token,
    };
    let mut keys = Vec::new();
    let mut tokens = serde_json::Map::new();
    for algorithm in SigningAlgorithm::ALL {
        let key = SigningKey::generate(algorithm)?;
        tokens.insert(
            algorithm.as_str().to_owned(),
            id_token.sign(&key, now)?.into(),
        );
        keys.push(ProviderKey::first(key, now));
    }
    let jwks = ProviderKeys::new(keys).jwks(now);
    let access_token = access_token.as_str();
    println!(
        "{}",
        json!({ "jwks": jwks, "tokens": tokens, "access_token": access_token })
    );
    Ok(())
}

fn grant(now: Timestamp) -> Result<CodeGrant, Box<dyn Error>> {
    let application = Application {
        client_id: "app_1".to_owned(),
        redirect_uris: vec!["https://app.example.com/callback".to_owned()],
        authentication: ClientAuthentication::ClientSecretBasic(StoredHash::from_secret("secret")),
        requires_pkce: false,
        id_token_algorithm: SigningAlgorithm::Rs256,
    };
    let parameters = Parameters::parse(
        "response_type=code&client_id=app_1&scope=openid+email+profile+groups&nonce=n-1\
         &redirect_uri=https://app.example.com/callback",
    )?;
    let request = AuthorizationRequest::parse(&parameters, Some(&application))?;
    Ok(CodeGrant::new(&request, now))
}

fn member() -> Member {
    Member {
        id: "mem_1".to_owned(),
        email: Some(Email {
            address: "ada@acme.example".to_owned(),
            is_verified: true,
        }),
        given_name: Some("Ada".to_owned()),
        family_name: Some("Lovelace".to_owned()),
        name: Some("Ada \"λ\" Lovelace".to_owned()),
        preferred_username: Some("ada".to_owned()),
        locale: Some("en-GB".to_owned()),
        zoneinfo: Some("Europe/London".to_owned()),
        updated_at: Some(Timestamp::constant(1_700_000_000, 0)),
        groups: vec!["staff".to_owned()],
        organization: Organization {
            id: "org_1".to_owned(),
            slug: "acme".to_owned(),
            name: "Acme".to_owned(),
        },
        role: "member".to_owned(),
        custom_claims: oidc::CustomClaims::default(),
    }
}
