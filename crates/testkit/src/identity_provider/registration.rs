//! An administrator tells the practice identity provider of a service provider, by hand or by the address of its
//! metadata.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use url::Url;

use super::pages::Application;
use super::{IdentityProvider, ServiceProvider, service_provider_metadata};
use crate::look;

/// The longest text that a field of the form may hold, in bytes.
const LONGEST: usize = 1024;

/// What is typed into the form, kept as it was typed.
#[derive(Default, Deserialize)]
pub(super) struct Typed {
    pub(super) name: String,
    #[serde(default)]
    pub(super) metadata_url: String,
    pub(super) entity_id: String,
    pub(super) acs_url: String,
}

/// What is wrong with each field; empty where nothing is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Faults {
    pub(super) name: &'static str,
    pub(super) metadata_url: &'static str,
    pub(super) entity_id: &'static str,
    pub(super) acs_url: &'static str,
}

/// The empty form.
pub(super) async fn form() -> Response {
    page(StatusCode::OK, &Typed::default(), &Faults::default())
}

/// Registers what the form names, or shows it again with what is wrong.
pub(super) async fn submitted(
    State(provider): State<IdentityProvider>,
    Form(mut typed): Form<Typed>,
) -> Response {
    if !typed.metadata_url.trim().is_empty() {
        let Some(metadata) = service_provider_metadata::fetch(typed.metadata_url.trim()).await
        else {
            let faults = Faults {
                metadata_url: "An address of this machine is expected, at which a service provider shows its metadata.",
                ..Faults::default()
            };
            return page(StatusCode::UNPROCESSABLE_ENTITY, &typed, &faults);
        };
        typed.entity_id = metadata.entity_id;
        typed.acs_url = metadata.acs_url;
    }
    match service_provider(&typed) {
        Ok(service_provider) => {
            let place = provider.register(service_provider);
            Redirect::to(&format!("/?added={place}")).into_response()
        }
        Err(faults) => page(StatusCode::UNPROCESSABLE_ENTITY, &typed, &faults),
    }
}

fn service_provider(typed: &Typed) -> Result<ServiceProvider, Faults> {
    let [name, entity_id, acs_url] =
        [&typed.name, &typed.entity_id, &typed.acs_url].map(|text| text.trim());
    let faults = Faults {
        name: match name {
            "" => "A name is expected, for the button that people press.",
            name if name.len() > LONGEST => "A shorter name is expected.",
            _ => "",
        },
        metadata_url: "",
        entity_id: match entity_id {
            "" => "The entity ID is expected that the application shows.",
            id if id.len() > LONGEST => "At most 1024 bytes are expected.",
            id if id.contains(char::is_whitespace) => "An entity ID has no spaces.",
            _ => "",
        },
        acs_url: match acs_url {
            "" => "The address is expected to which responses are posted.",
            url if url.len() > LONGEST => "At most 1024 bytes are expected.",
            url if !is_http(url) => "An address is expected that begins with http:// or https://.",
            _ => "",
        },
    };
    if faults != Faults::default() {
        return Err(faults);
    }
    Ok(ServiceProvider {
        name: name.to_owned(),
        entity_id: entity_id.to_owned(),
        acs_url: acs_url.to_owned(),
    })
}

fn is_http(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn page(status: StatusCode, typed: &Typed, faults: &Faults) -> Response {
    look::page(status, &Application { typed, faults })
}
