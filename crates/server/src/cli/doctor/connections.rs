//! Checks of connections.

use runtime::app::App;
use runtime::problem::Problem;
use service::connection::ConnectionView;
use service::{connection, organization};
use store::ConnectionState;

use super::report::Report;
use crate::cli::output::all_pages;

/// Checks every connection of every organization.
pub(super) async fn check(app: &App, report: &mut Report) -> Result<(), Problem> {
    let organizations = all_pages(async |page| organization::list(app, &page).await)
        .await?
        .items;
    if organizations.is_empty() {
        report.warn(
            "organizations",
            "none yet",
            "create one with vestibule organization create",
        );
    }
    for organization in organizations {
        for connection in connection::list(app, &organization.id).await?.items {
            check_connection(&connection, &organization.slug, report);
        }
    }
    Ok(())
}

fn check_connection(connection: &ConnectionView, slug: &str, report: &mut Report) {
    let subject = format!("{} ({} of {slug})", connection.id, connection.name);
    let is_active = match connection.state {
        ConnectionState::Active => true,
        ConnectionState::Draft | ConnectionState::Tested | ConnectionState::Disabled => false,
    };
    for warning in &connection.warnings {
        let is_error = match warning.code {
            "sso-not-in-plan" | "danger-published-key" => true,
            "certificate-expired" => connection.reject_expired_signing_certificate,
            _ => false,
        };
        let next = next_step(warning.code);
        if is_active && is_error {
            report.error(&subject, &warning.detail, next);
        } else {
            report.warn(&subject, &warning.detail, next);
        }
    }
    if is_active && connection.warnings.is_empty() {
        report.ok(&subject, "active, without warnings");
    }
}

fn next_step(code: &str) -> &'static str {
    match code {
        "sso-not-in-plan" => "change the plan with vestibule organization set-plan",
        "danger-sha1" => {
            "have the identity provider sign with SHA-256, then run vestibule connection update --danger-accept-sha1 no"
        }
        "danger-published-key" => {
            "disable the connection with vestibule connection disable until the identity provider signs with its own private key"
        }
        "plain-http" => "ask the administrator of the identity provider for an https URL",
        "certificate-expired"
        | "certificate-expires-soon"
        | "certificate-not-yet-valid"
        | "metadata-expired" => {
            "ask the administrator of the identity provider for the new metadata, then run vestibule connection update --metadata"
        }
        _ => "see vestibule connection show",
    }
}
