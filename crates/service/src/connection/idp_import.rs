//! What somebody gives about their identity provider, in whatever form they have it, and what is understood of it before
//! it is kept.

mod fault;
mod product;

pub use fault::Fault;
use jiff::Timestamp;
use runtime::app::App;
use runtime::fetch;
use runtime::problem::Problem;
use saml::certificate::Certificate;
use saml::metadata::{self, IdentityProvider, MetadataError};
use saml::paste::{PasteError, PastedInput};
use serde_json::{Value, json};
use store::{Binding, Provider};
use url::Url;

use super::working_copy::would_be;
use super::{ConnectionView, Place, Warning, Working, entity_id, note_metadata_source, revise};
use crate::Actor;
use crate::json::Patch;

/// What was given. Whatever is empty was not.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// An address of metadata, metadata, or certificates.
    pub pasted: String,
    /// The identity provider that is meant, where metadata has several.
    pub entity: String,
    /// Its entity ID, by hand.
    pub issuer: String,
    /// Where it takes requests, by hand.
    pub sign_on_url: String,
    /// Its certificates, by hand.
    pub certificate: String,
}

impl Given {
    /// Leaves out what stands in a field.
    pub fn forget(&mut self, field: &str) {
        match field {
            "issuer" => self.issuer.clear(),
            "sign_on_url" => self.sign_on_url.clear(),
            "certificate" => self.certificate.clear(),
            _ => self.pasted.clear(),
        }
    }
}

/// What became of reading it.
#[derive(Debug)]
pub enum Reading {
    /// It can be kept.
    Understood(Box<Understood>),
    /// It cannot.
    Faulty(Vec<Fault>),
    /// It is metadata of several identity providers, and one of these has to be chosen.
    Several(Vec<String>),
}

/// What was understood.
#[derive(Debug)]
pub struct Understood {
    /// What its metadata calls it.
    pub name: Option<String>,
    /// The connection as it would be.
    pub connection: ConnectionView,
    /// Every address that was named, in its own order.
    pub endpoints: Vec<Endpoint>,
    /// What should be known.
    pub warnings: Vec<Warning>,
    /// The product that the issuer belongs to, when that is not the chosen one.
    pub recognised: Option<Provider>,
    change: Value,
    address: Option<String>,
}

/// An address of the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Whether it takes requests to sign out, rather than to sign in.
    pub is_for_sign_out: bool,
    /// How a message gets there.
    pub binding: &'static str,
    /// The address.
    pub location: String,
}

/// Reads what was given, and asks the address if it is one. Nothing is kept.
///
/// # Errors
///
/// When something of ours does not work.
pub async fn read(app: &App, before: &Working, given: &Given) -> Result<Reading, Problem> {
    let secrets = fault::secrets(app, given);
    if !secrets.is_empty() {
        return faulty_besides(app, before, (given, secrets)).await;
    }
    let pasted = given.pasted.trim();
    let is_address = pasted.starts_with("https://") || pasted.starts_with("http://");
    if is_address && !pasted.contains(char::is_whitespace) {
        return match fetch::metadata(pasted, &app.config.metadata_networks).await {
            Ok(text) => from_text(app, before, (given, &text, Some(pasted))).await,
            Err(problem) if problem.status.is_server_error() => Err(problem),
            Err(problem) => Ok(Reading::Faulty(fault::of_problem(&problem, "fetch"))),
        };
    }
    if pasted.is_empty() {
        return by_hand(app, before, given).await;
    }
    if is_address_without_scheme(pasted) {
        let detail = "this is an address without https:// in front";
        let fault = Fault::new("pasted", "address-without-scheme", detail);
        return Ok(Reading::Faulty(vec![fault]));
    }
    from_text(app, before, (given, pasted, None)).await
}

/// Keeps what was understood in the working copy.
///
/// # Errors
///
/// When somebody else has changed it at the same moment, or the connection is gone.
pub async fn keep(
    app: &App,
    actor: &Actor,
    place: Place<'_>,
    understood: Understood,
) -> Result<(), Problem> {
    revise(app, actor, place, Patch::new(understood.change)).await?;
    let read_at = understood.address.as_ref().map(|_| app.clock.now());
    note_metadata_source(app, place, understood.address, read_at).await
}

/// Whether it is what a browser's address line shows of an address. Base64 has neither dots nor colons.
fn is_address_without_scheme(pasted: &str) -> bool {
    let is_one_word = !pasted.contains(|one: char| one.is_whitespace() || "<>@,".contains(one));
    let looks_like_host = |host: &str| host.contains('.') || host == "localhost";
    is_one_word
        && Url::parse(&format!("https://{pasted}"))
            .is_ok_and(|url| url.host_str().is_some_and(looks_like_host))
}

/// What is wrong with the other fields beside secrets, with which nothing is done.
async fn faulty_besides(
    app: &App,
    before: &Working,
    (given, mut faults): (&Given, Vec<Fault>),
) -> Result<Reading, Problem> {
    let mut rest = given.clone();
    for fault in &faults {
        rest.forget(fault.field);
    }
    rest.pasted.clear();
    if let Reading::Faulty(more) = by_hand(app, before, &rest).await? {
        let is_wrong = |one: &Fault| one.field != "pasted" && one.code != "missing";
        faults.extend(more.into_iter().filter(is_wrong));
    }
    Ok(Reading::Faulty(faults))
}

async fn from_text(
    app: &App,
    before: &Working,
    (given, text, address): (&Given, &str, Option<&str>),
) -> Result<Reading, Problem> {
    let now = app.clock.now();
    let read = match PastedInput::parse(text.as_bytes(), now) {
        Err(PasteError::Metadata(MetadataError::SeveralIdentityProviders { entity_ids })) => {
            if given.entity.is_empty() {
                return Ok(Reading::Several(entity_ids));
            }
            let reading = metadata::MetadataOptions::new(now).for_entity(&given.entity);
            IdentityProvider::parse(text.as_bytes(), &reading)
                .map(|provider| PastedInput::Metadata(Box::new(provider)))
                .map_err(PasteError::Metadata)
        }
        read => read,
    };
    match read {
        Ok(PastedInput::Metadata(provider)) => {
            let mut change = json!({ "metadata_xml": text });
            if !given.entity.is_empty() {
                change["issuer"] = json!(given.entity);
            }
            let read = Read {
                change,
                address,
                texts: vec![text],
                is_pasted: true,
                provider: Some(&provider),
            };
            understand(app, before, read).await
        }
        Ok(PastedInput::Certificates(_)) if address.is_none() => {
            let texts = vec![text, given.certificate.as_str()];
            let read = Read {
                is_pasted: true,
                ..Read::by_hand(given, texts)
            };
            understand(app, before, read).await
        }
        Ok(PastedInput::Certificates(_)) => Ok(Reading::Faulty(vec![Fault::new(
            "pasted",
            "address-of-a-certificate",
            "a certificate alone is found at this address; paste it, and give the other fields by hand",
        )])),
        Err(PasteError::ServiceProvider { entity_id: theirs })
            if theirs == entity_id(app, &before.connection) =>
        {
            Ok(Reading::Faulty(vec![Fault::new(
                "pasted",
                "own-metadata",
                "this is our own metadata, which the identity provider needs; here its metadata is needed",
            )]))
        }
        Err(error) => {
            let fault = Fault::new("pasted", error.code(), error.to_string());
            Ok(Reading::Faulty(vec![fault]))
        }
    }
}

async fn by_hand(app: &App, before: &Working, given: &Given) -> Result<Reading, Problem> {
    let parts = [&given.issuer, &given.sign_on_url, &given.certificate];
    if parts.iter().all(|part| part.is_empty()) {
        let error = PasteError::Empty;
        let fault = Fault::new("pasted", error.code(), error.to_string());
        return Ok(Reading::Faulty(vec![fault]));
    }
    let texts = vec![given.certificate.as_str()];
    understand(app, before, Read::by_hand(given, texts)).await
}

/// What was read, before it is laid over the connection.
struct Read<'r> {
    change: Value,
    address: Option<&'r str>,
    /// The texts that hold certificates.
    texts: Vec<&'r str>,
    /// Whether the box held something.
    is_pasted: bool,
    provider: Option<&'r IdentityProvider>,
}

impl<'r> Read<'r> {
    /// Fields that were left empty stay as they are.
    fn by_hand(given: &Given, mut texts: Vec<&'r str>) -> Self {
        let mut change = json!({});
        for (field, text) in [
            ("issuer", &given.issuer),
            ("sign_on_url", &given.sign_on_url),
        ] {
            if !text.is_empty() {
                change[field] = json!(text);
            }
        }
        texts.retain(|text| !text.is_empty());
        if !texts.is_empty() {
            change["certificates"] = json!(texts);
        }
        Self {
            change,
            address: None,
            texts,
            is_pasted: false,
            provider: None,
        }
    }
}

async fn understand(app: &App, before: &Working, read: Read<'_>) -> Result<Reading, Problem> {
    let shown = match would_be(app, before, Patch::new(read.change.clone())).await {
        Ok(shown) => shown,
        Err(problem) if problem.status.is_server_error() => return Err(problem),
        Err(problem) => {
            let mut faults = fault::of_problem(&problem, "invalid");
            // A certificate in the box is complained of there.
            for fault in &mut faults {
                if read.is_pasted && fault.field == "certificate" {
                    fault.field = "pasted";
                }
            }
            return Ok(Reading::Faulty(faults));
        }
    };
    let recognised = product::of_issuer(&shown.issuer);
    let mut warnings = shown.warnings.clone();
    if recognised.is_none() && product::has_other_names(shown.provider) {
        let detail = format!("{} is an unusual issuer for this product", shown.issuer);
        warnings.push(Warning::new("issuer-unusual", detail));
    }
    let now = app.clock.now();
    if read.texts.iter().any(|text| speaks_of_sha1(text, now)) {
        let detail = "SHA-1 is used there: choose SHA-256 for signatures, or sign-ins are refused";
        warnings.push(Warning::new("sha1", detail));
    }
    Ok(Reading::Understood(Box::new(Understood {
        name: read.provider.and_then(|one| one.display_name.clone()),
        endpoints: endpoints(&shown, read.provider),
        recognised: recognised.filter(|one| *one != shown.provider),
        warnings,
        connection: shown,
        change: read.change,
        address: read.address.map(str::to_owned),
    })))
}

/// Whether what was given hints at signatures with SHA-1. A hint is all that it is: what is signed how shows in a test.
fn speaks_of_sha1(text: &str, now: Timestamp) -> bool {
    text.contains("#rsa-sha1")
        || PastedInput::parse(text.as_bytes(), now).is_ok_and(|pasted| {
            pasted
                .certificates()
                .iter()
                .any(Certificate::is_signed_with_sha1)
        })
}

impl Endpoint {
    /// The address to which a connection sends people.
    pub fn in_use(connection: &ConnectionView) -> Self {
        Self {
            is_for_sign_out: false,
            binding: match connection.sign_on_binding {
                Binding::Redirect => "HTTP-Redirect",
                Binding::Post => "HTTP-POST",
            },
            location: connection.sign_on_url.clone(),
        }
    }
}

fn endpoints(shown: &ConnectionView, provider: Option<&IdentityProvider>) -> Vec<Endpoint> {
    let Some(provider) = provider else {
        return vec![Endpoint::in_use(shown)];
    };
    let list = |endpoints: &[metadata::Endpoint], is_for_sign_out| {
        let endpoint = |one: &metadata::Endpoint| Endpoint {
            is_for_sign_out,
            binding: match one.binding {
                metadata::Binding::Redirect => "HTTP-Redirect",
                metadata::Binding::Post => "HTTP-POST",
            },
            location: one.location.as_str().to_owned(),
        };
        endpoints.iter().map(endpoint).collect::<Vec<_>>()
    };
    let mut all = list(&provider.sign_on, false);
    all.extend(list(&provider.sign_out, true));
    all
}
