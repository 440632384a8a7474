//! The form that adds a service provider, from its metadata URL or from its entity ID and ACS URL.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use url::Url;

use super::pages::AddApplicationPage;
use super::{IdentityProvider, ServiceProvider, service_provider_metadata};
use crate::theme;

const MAX_FIELD_BYTES: usize = 1024;
const TOO_LONG: &str = "Enter at most 1024 bytes.";

/// The form as it was submitted, to show it again when a field is invalid.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct AddAppForm {
    pub(super) name: String,
    pub(super) metadata_url: String,
    pub(super) entity_id: String,
    pub(super) acs_url: String,
}

/// The error message of each field; empty for a valid field.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FieldErrors {
    pub(super) name: &'static str,
    pub(super) metadata_url: &'static str,
    pub(super) entity_id: &'static str,
    pub(super) acs_url: &'static str,
}

pub(super) async fn show() -> Response {
    render(
        StatusCode::OK,
        &AddAppForm::default(),
        &FieldErrors::default(),
    )
}

pub(super) async fn submit(
    State(provider): State<IdentityProvider>,
    Form(mut form): Form<AddAppForm>,
) -> Response {
    if !form.metadata_url.trim().is_empty() {
        let Some(metadata) = service_provider_metadata::fetch(form.metadata_url.trim()).await
        else {
            let errors = FieldErrors {
                metadata_url: "No metadata was found at this URL. Enter the URL of a service provider's metadata on this machine.",
                ..FieldErrors::default()
            };
            return render(StatusCode::UNPROCESSABLE_ENTITY, &form, &errors);
        };
        form.entity_id = metadata.entity_id;
        form.acs_url = metadata.acs_url;
    }
    match form.validate() {
        Ok(service_provider) => {
            let index = provider.register(service_provider);
            Redirect::to(&format!("/?added={index}")).into_response()
        }
        Err(errors) => render(StatusCode::UNPROCESSABLE_ENTITY, &form, &errors),
    }
}

impl AddAppForm {
    fn validate(&self) -> Result<ServiceProvider, FieldErrors> {
        let name = self.name.trim();
        let entity_id = self.entity_id.trim();
        let acs_url = self.acs_url.trim();
        let errors = FieldErrors {
            name: match name {
                "" => "Enter a name.",
                name if name.len() > MAX_FIELD_BYTES => TOO_LONG,
                _ => "",
            },
            metadata_url: "",
            entity_id: match entity_id {
                "" => "Enter the entity ID that the application shows.",
                id if id.len() > MAX_FIELD_BYTES => TOO_LONG,
                id if id.contains(char::is_whitespace) => "Enter an entity ID without spaces.",
                _ => "",
            },
            acs_url: match acs_url {
                "" => "Enter the ACS URL that the application shows.",
                url if url.len() > MAX_FIELD_BYTES => TOO_LONG,
                url if !is_http(url) => "Enter a URL that starts with http:// or https://.",
                _ => "",
            },
        };
        if errors != FieldErrors::default() {
            return Err(errors);
        }
        Ok(ServiceProvider {
            name: name.to_owned(),
            entity_id: entity_id.to_owned(),
            acs_url: acs_url.to_owned(),
        })
    }
}

fn is_http(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn render(status: StatusCode, form: &AddAppForm, errors: &FieldErrors) -> Response {
    theme::render(status, &AddApplicationPage { form, errors })
}
