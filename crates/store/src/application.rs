//! Applications, which are the OpenID Connect clients.

use jiff::Timestamp;

use crate::engine::Row;
use crate::row::json;
use crate::{
    ApplicationId, ClientType, IdTokenAlgorithm, Page, RejectedRedirectUri, SecretHash, StoreError,
    TokenEndpointAuthMethod, Tx,
};

/// An OpenID Connect client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Also its `client_id`.
    pub id: ApplicationId,
    pub name: String,
    pub client_type: ClientType,
    /// How it authenticates at the token endpoint.
    pub auth_method: TokenEndpointAuthMethod,
    /// Since when that is the only method. An application with a secret may otherwise send it in either way.
    pub auth_method_pinned_since: Option<Timestamp>,
    /// Since when each authorization request has to use PKCE. Those of public applications always have to.
    pub pkce_required_since: Option<Timestamp>,
    pub secret: Option<SecretHash>,
    /// Its public keys: a JWK set as JSON.
    pub jwks: Option<String>,
    /// Compared byte by byte.
    pub redirect_uris: Vec<String>,
    pub id_token_algorithm: IdTokenAlgorithm,
    pub created_at: Timestamp,
    pub rejected_redirect_uri: Option<RejectedRedirectUri>,
}

macro_rules! columns {
    () => {
        "id, name, client_type, auth_method, secret_hash, jwks, redirect_uris, id_token_algorithm, created_at,
         auth_method_pinned_since, pkce_required_since, rejected_redirect_uri, rejected_redirect_uri_at"
    };
}

impl Application {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            name: row.text("name")?,
            client_type: row.parsed("client_type")?,
            auth_method: row.parsed("auth_method")?,
            auth_method_pinned_since: row.maybe_time("auth_method_pinned_since")?,
            pkce_required_since: row.maybe_time("pkce_required_since")?,
            secret: row.maybe_text("secret_hash")?.map(SecretHash::from_stored),
            jwks: row.maybe_text("jwks")?,
            redirect_uris: row.json("redirect_uris")?,
            id_token_algorithm: row.parsed("id_token_algorithm")?,
            created_at: row.time("created_at")?,
            rejected_redirect_uri: rejected_redirect_uri_from_row(row)?,
        })
    }
}

fn rejected_redirect_uri_from_row(row: &Row) -> Result<Option<RejectedRedirectUri>, StoreError> {
    let received = row.maybe_text("rejected_redirect_uri")?;
    let at = row.maybe_time("rejected_redirect_uri_at")?;
    Ok(received
        .zip(at)
        .map(|(received, at)| RejectedRedirectUri { received, at }))
}

impl Tx {
    /// Ignores `application.rejected_redirect_uri`.
    pub async fn add_application(&mut self, application: &Application) -> Result<(), StoreError> {
        let redirect_uris = json(&application.redirect_uris);
        self.execute(
            "INSERT INTO application (id, name, client_type, auth_method, secret_hash, jwks, redirect_uris,
                                      id_token_algorithm, created_at, auth_method_pinned_since,
                                      pkce_required_since)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            &[
                (&application.id).into(),
                (&application.name).into(),
                application.client_type.as_str().into(),
                application.auth_method.as_str().into(),
                application.secret.as_ref().into(),
                (&application.jwks).into(),
                (&redirect_uris).into(),
                application.id_token_algorithm.as_str().into(),
                application.created_at.into(),
                application.auth_method_pinned_since.into(),
                application.pkce_required_since.into(),
            ],
        )
        .await
        .map(drop)
    }

    pub async fn application(
        &mut self,
        id: &ApplicationId,
    ) -> Result<Option<Application>, StoreError> {
        self.fetch_optional(
            concat!("SELECT ", columns!(), " FROM application WHERE id = $1"),
            &[id.into()],
            Application::from_row,
        )
        .await
    }

    /// Oldest first.
    pub async fn applications(&mut self, page: &Page) -> Result<Vec<Application>, StoreError> {
        self.fetch_all(
            concat!(
                "SELECT ",
                columns!(),
                " FROM application
                  WHERE $1 IS NULL
                     OR (created_at, id) > (SELECT created_at, id FROM application WHERE id = $1)
                  ORDER BY created_at, id
                  LIMIT $2"
            ),
            &[(&page.after).into(), page.limit()],
            Application::from_row,
        )
        .await
    }

    /// Changes everything but the ID, `created_at` and `rejected_redirect_uri`; `false` when the application does not exist.
    pub async fn update_application(
        &mut self,
        application: &Application,
    ) -> Result<bool, StoreError> {
        let redirect_uris = json(&application.redirect_uris);
        self.update_one(
            "UPDATE application
                SET name = $2, client_type = $3, auth_method = $4, secret_hash = $5, jwks = $6,
                    redirect_uris = $7, id_token_algorithm = $8, auth_method_pinned_since = $9,
                    pkce_required_since = $10
              WHERE id = $1",
            &[
                (&application.id).into(),
                (&application.name).into(),
                application.client_type.as_str().into(),
                application.auth_method.as_str().into(),
                application.secret.as_ref().into(),
                (&application.jwks).into(),
                (&redirect_uris).into(),
                application.id_token_algorithm.as_str().into(),
                application.auth_method_pinned_since.into(),
                application.pkce_required_since.into(),
            ],
        )
        .await
    }

    /// Deletes an application with its codes, tokens and pending sign-ins.
    pub async fn delete_application(&mut self, id: &ApplicationId) -> Result<bool, StoreError> {
        self.update_one("DELETE FROM application WHERE id = $1", &[id.into()])
            .await
    }
}
