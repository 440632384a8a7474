//! What is wrong with connections, or soon will be.

use runtime::app::App;
use runtime::problem::Problem;
use service::connection::ConnectionView;
use service::{connection, organization};
use store::ConnectionState;

use super::report::Report;
use crate::cli::output::every;

/// Looks at every connection of every organization.
pub(super) async fn look(app: &App, report: &mut Report) -> Result<(), Problem> {
    let organizations = every(async |page| organization::list(app, &page).await)
        .await?
        .items;
    if organizations.is_empty() {
        report.note(
            "organizations",
            "there is none yet",
            "vestibule organization create makes one",
        );
    }
    for organization in organizations {
        for connection in connection::list(app, &organization.id).await?.items {
            look_at(&connection, &organization.slug, report);
        }
    }
    Ok(())
}

fn look_at(connection: &ConnectionView, slug: &str, report: &mut Report) {
    let about = format!("{} ({} of {slug})", connection.id, connection.name);
    let is_active = match connection.state {
        ConnectionState::Active => true,
        ConnectionState::Draft | ConnectionState::Tested | ConnectionState::Disabled => false,
    };
    for warning in &connection.warnings {
        let is_wrong = match warning.code {
            "sso-not-in-plan" | "danger-published-key" => true,
            "certificate-ended" => connection.reject_expired_signing_certificate,
            _ => false,
        };
        let next = next(warning.code);
        if is_active && is_wrong {
            report.wrong(&about, &warning.detail, next);
        } else {
            report.note(&about, &warning.detail, next);
        }
    }
    if is_active && connection.warnings.is_empty() {
        report.well(&about, "members can sign in through it");
    }
}

fn next(code: &str) -> &'static str {
    match code {
        "sso-not-in-plan" => "vestibule organization set-plan gives the organization another plan",
        "danger-sha1" => {
            "let the identity provider sign with SHA-256, then connection update --danger-accept-sha1 no"
        }
        "danger-published-key" => {
            "vestibule connection disable, until the identity provider signs with a key of its own"
        }
        "plain-http" => "ask the identity provider's administrator for an https address",
        "certificate-ended"
        | "certificate-ends-soon"
        | "certificate-not-yet-valid"
        | "metadata-ended" => {
            "ask the identity provider's administrator for the new metadata, then connection update --metadata"
        }
        _ => "see the connection in vestibule connection show",
    }
}
