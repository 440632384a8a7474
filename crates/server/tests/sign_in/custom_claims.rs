//! Custom claims: attributes that applications receive in addition to the profile.

use axum::http::StatusCode;
use serde_json::json;
use store::CustomClaim;
use test_support::{ADA, SsoFixture};

use crate::tokens::{get_userinfo, id_token_claims, redeem_code};

fn claim(name: &str, attribute: &str, multiple: bool) -> CustomClaim {
    CustomClaim {
        name: name.to_owned(),
        attribute: attribute.to_owned(),
        multiple,
    }
}

#[tokio::test]
async fn a_custom_claim_is_in_the_id_token_and_at_userinfo() {
    let sso = SsoFixture::with(|settings| {
        settings.policy.custom_claims = vec![
            claim("surname", "last_name", false),
            claim("teams", "groups", true),
            claim("first_team", "groups", false),
            claim("missing", "nothing", false),
            claim("missing_list", "nothing", true),
            // As if a reserved name had come into the database in another way.
            claim("role", "first_name", false),
        ];
    })
    .await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let tokens = redeem_code(&sso, &code).await;
    let access_token = tokens.json()["access_token"].as_str().unwrap().to_owned();
    let userinfo = get_userinfo(&sso, &access_token).await.json();
    for claims in [id_token_claims(&tokens), userinfo] {
        assert_eq!(claims["surname"], json!(ADA.last_name));
        assert_eq!(claims["teams"], json!(ADA.groups));
        assert_eq!(claims["first_team"], json!(ADA.groups[0]));
        assert_eq!(claims.get("missing"), None);
        assert_eq!(claims["missing_list"], json!([]));
        assert_eq!(claims["role"], "member");
    }
}

#[tokio::test]
async fn a_reserved_name_is_no_custom_claim() {
    let sso = SsoFixture::new().await;
    let path = format!("/organizations/acme/connections/{}", sso.connection);
    for name in [
        "sub",
        "Email",
        "aud",
        "preferred_username",
        "with space",
        "1st",
    ] {
        let claim = json!({ "name": name, "attribute": "x", "multiple": false });
        let change = json!({ "custom_claims": [claim] });
        let response = sso.server.api.patch(&path, change).await;
        assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(response.text.contains("custom_claims[0].name"), "{name}");
    }
    let twice = json!({ "name": "site", "attribute": "x", "multiple": false });
    let change = json!({ "custom_claims": [twice, twice] });
    let response = sso.server.api.patch(&path, change).await;
    assert!(response.text.contains("custom_claims[1].name"));
}
