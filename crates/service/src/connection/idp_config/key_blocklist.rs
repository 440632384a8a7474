//! Entity IDs and keys that no identity provider may have: this server's own, names with blanks, and keys whose private
//! part is published.

use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use saml::certificate::Certificate;
use saml::has_blank_or_invisible;
use store::{Connection, StoreError};

use super::IdpConfig;
use crate::connection::settings::ConnectionInput;

/// Rejects this server's entity ID and certificates, and published keys, unless the connection has them already.
///
/// A server with a loopback URL accepts published keys, for experiments, and warns about them.
pub(super) async fn check(
    app: &App,
    settings: &ConnectionInput,
    config: &IdpConfig,
    before: Option<&Connection>,
) -> Result<(), Problem> {
    let field = |field: &'static str| match settings.metadata_xml {
        Some(_) => "metadata_xml",
        None => field,
    };
    let mut problems = Vec::new();
    if is_new_issuer(config, before) && is_own_entity_id(app, settings, &config.issuer) {
        let issuer = ("issuer", config.issuer.as_str());
        let received = LocalizedText::with("problem-received-own-name", &[issuer]);
        let expected = LocalizedText::key("problem-expected-issuer");
        problems.push(FieldProblem::new(field("issuer"), expected, received));
    }
    if is_new_issuer(config, before) && has_blank_or_invisible(&config.issuer) {
        let expected = LocalizedText::key("problem-expected-plain-issuer");
        let received = LocalizedText::quoted(&config.issuer);
        problems.push(FieldProblem::new(field("issuer"), expected, received));
    }
    let added = added_certificates(config, before);
    let expected = || LocalizedText::key("problem-expected-certificate");
    if has_own_certificate(app, &added).await? {
        let received = LocalizedText::key("problem-received-own-certificate");
        problems.push(FieldProblem::new(
            field("certificates"),
            expected(),
            received,
        ));
    }
    let published_in = added
        .iter()
        .find_map(|certificate| certificate.public_key().published_in());
    if let Some(place) = published_in
        && !app.config.public_url.is_loopback()
    {
        let received = LocalizedText::with("problem-received-published-key", &[("place", place)]);
        problems.push(FieldProblem::new(
            field("certificates"),
            expected(),
            received,
        ));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Problem::fields(problems))
    }
}

fn is_new_issuer(config: &IdpConfig, before: Option<&Connection>) -> bool {
    before.is_none_or(|before| before.settings.issuer != config.issuer)
}

/// The service provider's entity ID of this connection, or of the configuration.
fn is_own_entity_id(app: &App, settings: &ConnectionInput, issuer: &str) -> bool {
    issuer == app.config.entity_id || Some(issuer) == settings.entity_id.as_deref()
}

fn added_certificates<'s>(
    config: &'s IdpConfig,
    before: Option<&Connection>,
) -> Vec<&'s Certificate> {
    let current = before.map_or(&[][..], |before| &before.certificates);
    let is_new = |certificate: &&Certificate| {
        let sha256 = certificate.sha256();
        current.iter().all(|other| other.sha256 != sha256)
    };
    config.certificates.iter().filter(is_new).collect()
}

async fn has_own_certificate(app: &App, certificates: &[&Certificate]) -> Result<bool, StoreError> {
    let mut tx = app.store.snapshot().await?;
    for certificate in certificates {
        if tx.is_own_certificate(&certificate.base64()).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
