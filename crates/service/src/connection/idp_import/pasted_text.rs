//! Reads what was pasted, which may be megabytes of metadata, next to the threads that serve requests.

use std::sync::Arc;

use jiff::Timestamp;
use runtime::blocking;
use saml::certificate::Certificate;
use saml::metadata::{MetadataOptions, MetadataStream};
use saml::paste::{PasteError, PastedInput, TidyText};
use url::Url;

use super::IdpInput;
use super::import_error::{ImportError, find_secrets};

/// In octets. The metadata of a federation is larger; the chosen identity provider alone is read.
const MAX_WHOLE_LENGTH: usize = 1024 * 1024;

/// What the fields of the form have.
pub(super) enum PastedText {
    /// Private keys. Nothing else was read.
    Secrets(Vec<ImportError>),
    /// Nothing was pasted.
    None,
    Url(String),
    UrlWithoutScheme,
    /// The text that everything reads.
    Document(TidyText),
    Invalid(PasteError),
}

impl PastedText {
    pub(super) async fn read(input: &Arc<IdpInput>, now: Timestamp) -> Self {
        let input = Arc::clone(input);
        blocking::run(move || Self::parse(&input, now)).await
    }

    fn parse(input: &IdpInput, now: Timestamp) -> Self {
        let secrets = find_secrets(input, now);
        if !secrets.is_empty() {
            return Self::Secrets(secrets);
        }
        if input.pasted.trim().is_empty() {
            return Self::None;
        }
        let tidy = match tidy(&input.pasted, &input.entity) {
            Ok(tidy) => tidy,
            Err(error) => return Self::Invalid(error),
        };
        let text = tidy.as_str();
        let is_url = text.starts_with("https://") || text.starts_with("http://");
        if is_url && !text.contains(char::is_whitespace) {
            return Self::Url(text.to_owned());
        }
        if is_url_without_scheme(text) {
            return Self::UrlWithoutScheme;
        }
        Self::Document(tidy)
    }
}

/// Reads metadata or certificates. `entity` is the identity provider to read; any, if empty.
pub(super) async fn read_document(
    tidy: &TidyText,
    entity: &str,
    now: Timestamp,
) -> Result<PastedInput, PasteError> {
    let tidy = tidy.clone();
    let entity = entity.to_owned();
    let read = move || {
        let mut options = MetadataOptions::new(now);
        if !entity.is_empty() {
            options = options.for_entity(&entity);
        }
        PastedInput::read(&tidy, &options)
    };
    blocking::run(read).await
}

/// Whether the texts suggest that the identity provider signs with SHA-1. Only a test sign-in can tell.
pub(super) async fn mention_sha1(texts: &[&str], now: Timestamp) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    blocking::run(move || texts.iter().any(|text| mentions_sha1(text, now))).await
}

/// The text that everything reads. Of the metadata of a federation, it has the chosen identity provider alone.
fn tidy(pasted: &str, entity: &str) -> Result<TidyText, PasteError> {
    if pasted.len() <= MAX_WHOLE_LENGTH {
        return TidyText::new(pasted.as_bytes(), None);
    }
    let mut stream = MetadataStream::new(Some(entity), MAX_WHOLE_LENGTH);
    let document = stream
        .push(pasted.as_bytes())
        .and_then(|()| stream.finish())
        .map_err(PasteError::Metadata)?;
    TidyText::new(&document, None)
}

fn mentions_sha1(text: &str, now: Timestamp) -> bool {
    text.contains("#rsa-sha1")
        || PastedInput::parse(text.as_bytes(), now).is_ok_and(|pasted| {
            pasted
                .certificates()
                .iter()
                .any(Certificate::is_signed_with_sha1)
        })
}

/// Whether the text is a URL as browsers show it. Base64 has neither dots nor colons.
fn is_url_without_scheme(pasted: &str) -> bool {
    let has_no_separator =
        !pasted.contains(|character: char| character.is_whitespace() || "<>@,".contains(character));
    let looks_like_host = |host: &str| host.contains('.') || host == "localhost";
    has_no_separator
        && Url::parse(&format!("https://{pasted}"))
            .is_ok_and(|url| url.host_str().is_some_and(looks_like_host))
}
