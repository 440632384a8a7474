//! Whether a refused response was signed with a key that its identity provider publishes, and trusting that key.
//!
//! The certificate comes from the metadata at the address that an administrator has given, and from nowhere else: what
//! a message says of its own certificate is anybody's word.

use runtime::app::App;
use runtime::fetch;
use runtime::problem::{LocalizedText, Problem, ProblemCode};
use saml::certificate::Certificate;
use saml::metadata::{IdentityProvider, MetadataOptions};
use serde_json::json;

use super::{find, message};
use crate::connection::{Place, Working, WorkingView};
use crate::json::Patch;
use crate::sign_in::discovery::OrgConnection;
use crate::sign_in::response_review::ResponseUnderReview;
use crate::{Actor, connection};

/// What the metadata of an identity provider says about who has signed a response.
#[derive(Clone, Debug)]
pub struct Published {
    /// Where the metadata was read.
    pub url: String,
    /// The certificate in it whose key signed the response, if one did.
    pub signer: Option<Certificate>,
}

/// Where the identity provider of an attempt's connection publishes its metadata, if it is known.
///
/// # Errors
///
/// When the database fails.
pub async fn metadata_source(app: &App, place: Place<'_>) -> Result<Option<String>, Problem> {
    Ok(connection::setup(app, place).await?.metadata_url)
}

/// Reads the metadata now and looks for the certificate whose key signed the response of an attempt.
///
/// # Errors
///
/// When the organization has no such attempt, nobody knows where the metadata is, it cannot be read, or the response is
/// not kept.
pub async fn published(app: &App, named: &str, id: &str) -> Result<Published, Problem> {
    look(app, named, id).await.map(|(published, _)| published)
}

/// Adds that certificate to the working copy of the connection; it is looked for anew.
///
/// # Errors
///
/// As [`published`], and when no published certificate signed the response.
pub async fn trust(
    app: &App,
    actor: &Actor,
    named: &str,
    id: &str,
) -> Result<WorkingView, Problem> {
    let (published, working) = look(app, named, id).await?;
    let Some(signer) = published.signer else {
        return Err(Problem::new(ProblemCode::SignerNotPublished));
    };
    let mut certificates: Vec<String> = working
        .connection
        .certificates
        .iter()
        .map(|one| one.der_base64.clone())
        .collect();
    certificates.push(signer.base64());
    let change = Patch::new(json!({ "certificates": certificates }));
    let place = Place::In(named, working.connection.id.as_str());
    connection::revise(app, actor, place, change).await
}

async fn look(app: &App, named: &str, id: &str) -> Result<(Published, Working), Problem> {
    let attempt = find(app, named, id).await?;
    let place = Place::In(named, attempt.connection.as_str());
    let working = connection::working(app, place).await?;
    let kept = message::of(app, &attempt).await?;
    let response = kept
        .and_then(|kept| kept.response)
        .ok_or_else(|| Problem::new(ProblemCode::MessagesNotStored))?;
    let url = metadata_source(app, place)
        .await?
        .ok_or_else(|| Problem::new(ProblemCode::NoMetadataUrl))?;
    let metadata = fetch::metadata(&url, &app.config.metadata_networks).await?;
    let now = app.clock.now();
    let reading = MetadataOptions::new(now).for_entity(&working.connection.settings.issuer);
    let provider = IdentityProvider::parse(metadata.as_bytes(), &reading).map_err(|error| {
        let expected = LocalizedText::key("problem-expected-metadata-of-connection");
        Problem::field("metadata_url", expected, connection::metadata_fault(&error))
    })?;
    let org_connection = OrgConnection {
        organization: working.organization.clone(),
        connection: working.connection.clone(),
    };
    // What else is wrong with the response is not looked at here.
    let review = ResponseUnderReview::new(app, &org_connection, &response, app.clock.now()).await;
    let signer = review
        .ok()
        .and_then(|review| review.find_signing_certificate(provider.signing_certificates));
    Ok((Published { url, signer }, working))
}
