//! Finds the signing certificate of a rejected response in the identity provider's metadata, and adds it to the connection.
//!
//! The certificate must come from the metadata URL that an administrator has set. A certificate in the message itself
//! proves nothing.

use jiff::Timestamp;
use runtime::app::App;
use runtime::blocking;
use runtime::fetch::FetchedMetadata;
use runtime::problem::{LocalizedText, Problem, ProblemCode};
use saml::certificate::Certificate;
use saml::metadata::{IdentityProvider, MetadataOptions};
use saml::paste::{PasteError, PastedInput};
use serde_json::json;

use super::{find, message};
use crate::connection::{ConnectionRef, WorkingCopy, WorkingCopyView};
use crate::json::Patch;
use crate::sign_in::discovery::OrgConnection;
use crate::sign_in::response_review::ResponseUnderReview;
use crate::{Actor, connection};

/// The result of searching an identity provider's metadata for the certificate that signed a response.
#[derive(Clone, Debug)]
pub struct SignerSearch {
    /// The metadata URL.
    pub url: String,
    /// The certificate in the metadata whose key signed the response.
    pub signer: Option<Certificate>,
}

/// The metadata URL of a connection, if one is set.
pub async fn metadata_url(
    app: &App,
    connection_ref: ConnectionRef<'_>,
) -> Result<Option<String>, Problem> {
    Ok(connection::setup_progress(app, connection_ref)
        .await?
        .metadata_url)
}

/// Fetches the metadata and searches it for the certificate that signed the response of an attempt.
///
/// # Errors
///
/// When the connection has no metadata URL, the metadata cannot be fetched or parsed, or the response is not stored.
pub async fn find_signer(
    app: &App,
    org_id_or_slug: &str,
    id: &str,
) -> Result<SignerSearch, Problem> {
    search_metadata(app, org_id_or_slug, id)
        .await
        .map(|(search, _)| search)
}

/// Adds the certificate that [`find_signer`] finds to the working copy of the connection. Searches again.
///
/// # Errors
///
/// As [`find_signer`], and when no certificate in the metadata signed the response.
pub async fn trust_signer(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    id: &str,
) -> Result<WorkingCopyView, Problem> {
    let (search, working) = search_metadata(app, org_id_or_slug, id).await?;
    let Some(signer) = search.signer else {
        return Err(Problem::new(ProblemCode::SignerNotPublished));
    };
    let mut certificates: Vec<String> = working
        .connection
        .certificates
        .iter()
        .map(|certificate| certificate.der_base64.clone())
        .collect();
    certificates.push(signer.base64());
    let change = Patch::new(json!({ "certificates": certificates }));
    let connection_ref =
        ConnectionRef::InOrganization(org_id_or_slug, working.connection.id.as_str());
    connection::update_working_copy(app, actor, connection_ref, change).await
}

async fn search_metadata(
    app: &App,
    org_id_or_slug: &str,
    id: &str,
) -> Result<(SignerSearch, WorkingCopy), Problem> {
    let attempt = find(app, org_id_or_slug, id).await?;
    let connection_ref = ConnectionRef::InOrganization(org_id_or_slug, attempt.connection.as_str());
    let working = connection::load_working_copy(app, connection_ref).await?;
    let messages = message::load_messages(app, &attempt).await?;
    let response = messages
        .and_then(|messages| messages.response)
        .ok_or_else(|| Problem::new(ProblemCode::MessagesNotStored))?;
    let url = metadata_url(app, connection_ref)
        .await?
        .ok_or_else(|| Problem::new(ProblemCode::NoMetadataUrl))?;
    let issuer = &working.connection.settings.issuer;
    let fetched = app.fetch_metadata(&url, Some(issuer)).await?;
    let now = app.clock.now();
    let published = published_idp(fetched, issuer, now).await.map_err(|error| {
        let expected = LocalizedText::key("problem-expected-metadata-of-connection");
        let received = connection::paste_error_text(&error);
        Problem::field("metadata_url", expected, received)
    })?;
    let org_connection = OrgConnection {
        organization: working.organization.clone(),
        connection: working.connection.clone(),
    };
    // What else is wrong with the response does not matter here.
    let review = ResponseUnderReview::new(app, &org_connection, &response, now).await;
    let signer = review
        .ok()
        .and_then(|review| review.find_signing_certificate(published.signing_certificates));
    Ok((SignerSearch { url, signer }, working))
}

/// The identity provider of the connection in its published metadata.
async fn published_idp(
    fetched: FetchedMetadata,
    issuer: &str,
    now: Timestamp,
) -> Result<Box<IdentityProvider>, PasteError> {
    let tidy = fetched.tidy().await?;
    let issuer = issuer.to_owned();
    let read = blocking::run(move || {
        PastedInput::read(&tidy, &MetadataOptions::new(now).for_entity(&issuer))
    });
    match read.await? {
        PastedInput::Metadata(provider) => Ok(provider),
        // A certificate alone does not say whose it is.
        PastedInput::Certificates(_) => Err(PasteError::Unrecognized),
    }
}
