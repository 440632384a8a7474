//! Prints an ID token of each algorithm with all that is needed to judge it, as JSON.
//!
//! For implementations that are not ours: `tests/fixtures/verify.py` reads it.

use std::error::Error;

use oidc::authorization::AuthorizationRequest;
use oidc::token::CodeGrant;
use oidc::{
    AccessToken, Application, ClientAuthentication, Email, IdToken, Issuer, KeySet, Member,
    Organization, Parameters, ProviderKey, SignIn, SigningAlgorithm, SigningKey, StoredHash,
    Timestamp,
};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let now = std::env::args()
        .nth(1)
        .ok_or("usage: id_tokens SECONDS-SINCE-1970")?;
    let now = Timestamp(now.parse()?);
    let issuer = Issuer::read("https://sso.example.com")?;
    let access_token = AccessToken::from_random(&[7; 32]);
    let grant = grant(now)?;
    let sign_in = SignIn {
        session: "ses_1".to_owned(),
        connection: "con_1".to_owned(),
        auth_time: now.before(5),
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
    let (mut keys, mut tokens) = (Vec::new(), serde_json::Map::new());
    for algorithm in SigningAlgorithm::ALL {
        let key = SigningKey::generate_from_system_randomness(algorithm)?;
        tokens.insert(
            algorithm.as_str().to_owned(),
            id_token.sign(&key, now)?.into(),
        );
        keys.push(ProviderKey::first(key, now));
    }
    let jwks = KeySet::new(keys).document(now);
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
        authentication: ClientAuthentication::ClientSecretBasic(StoredHash::of("secret")),
        id_token_algorithm: SigningAlgorithm::Rs256,
    };
    let parameters = Parameters::read(
        "response_type=code&client_id=app_1&scope=openid+email+profile+groups&nonce=n-1\
         &redirect_uri=https://app.example.com/callback",
    )?;
    let request = AuthorizationRequest::read(&parameters, Some(&application))
        .map_err(|refusal| format!("{refusal:?}"))?;
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
        groups: vec!["staff".to_owned()],
        organization: Organization {
            id: "org_1".to_owned(),
            slug: "acme".to_owned(),
            name: "Acme".to_owned(),
        },
        role: "member".to_owned(),
    }
}
