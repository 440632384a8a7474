//! Who is never taken for an identity provider: ourselves, and whoever has a key that everybody has.

use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use saml::certificate::Certificate;
use store::{Connection, StoreError};

use super::ProviderSide;
use crate::connection::settings::ConnectionInput;

/// Refuses our own name, our own certificates and keys that are published; what was there before is left alone.
///
/// A published key is taken by a server of this machine, where people try things out, and is shown as a danger there.
pub(super) async fn check(
    app: &App,
    settings: &ConnectionInput,
    side: &ProviderSide,
    before: Option<&Connection>,
) -> Result<(), Problem> {
    let field = |field: &'static str| match settings.metadata_xml {
        Some(_) => "metadata_xml",
        None => field,
    };
    let mut problems = Vec::new();
    if is_new_name(side, before) && is_our_name(app, settings, &side.issuer) {
        let issuer = ("issuer", side.issuer.as_str());
        let received = LocalizedText::with("problem-received-own-name", &[issuer]);
        let expected = LocalizedText::key("problem-expected-issuer");
        problems.push(FieldProblem::new(field("issuer"), expected, received));
    }
    let fresh = new_certificates(side, before);
    let expected = || LocalizedText::key("problem-expected-certificate");
    if has_one_of_ours(app, &fresh).await? {
        let received = LocalizedText::key("problem-received-own-certificate");
        problems.push(FieldProblem::new(
            field("certificates"),
            expected(),
            received,
        ));
    }
    let published = fresh.iter().find_map(|one| one.public_key().published_in());
    if let (Some(place), false) = (published, app.config.public_url.is_loopback()) {
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

fn is_new_name(side: &ProviderSide, before: Option<&Connection>) -> bool {
    before.is_none_or(|before| before.settings.issuer != side.issuer)
}

/// Our name toward this identity provider, or toward all others.
fn is_our_name(app: &App, settings: &ConnectionInput, issuer: &str) -> bool {
    issuer == app.config.entity_id || Some(issuer) == settings.entity_id.as_deref()
}

fn new_certificates<'s>(
    side: &'s ProviderSide,
    before: Option<&Connection>,
) -> Vec<&'s Certificate> {
    let there = before.map_or(&[][..], |before| &before.certificates);
    let is_new = |one: &&Certificate| there.iter().all(|there| there.sha256 != one.sha256());
    side.certificates.iter().filter(is_new).collect()
}

async fn has_one_of_ours(app: &App, certificates: &[&Certificate]) -> Result<bool, StoreError> {
    let mut tx = app.store.snapshot().await?;
    for certificate in certificates {
        if tx.is_own_certificate(&certificate.base64()).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
