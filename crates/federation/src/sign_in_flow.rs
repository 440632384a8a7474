//! Who asked for a sign-in, and for what.

use jiff::Timestamp;
use oidc::authorization::AuthorizationRequest;
use serde::{Deserialize, Serialize};
use service::sign_in::error::Refusal;
use store::{ApplicationId, PendingSignIn};

use super::test_sign_in::Test;

/// What a sign-in is for; kept while the person is at the identity provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Asked {
    /// An application wants a code.
    Application(Box<AuthorizationRequest>),
    /// The identity provider began: the person is to be signed in here, and then chooses an application.
    Nobody,
    /// Somebody wants to come into the console of their organization.
    Console,
    /// Somebody tries a connection, and nobody is to be signed in.
    Test(Test),
}

impl Asked {
    /// What a pending sign-in is for.
    ///
    /// # Errors
    ///
    /// When the row was written by another version.
    pub(super) fn of(pending: &PendingSignIn) -> Result<Self, Refusal> {
        serde_json::from_str(&pending.application_request)
            .map_err(|error| Refusal::broken("reading a pending sign-in", &error))
    }

    /// The form in which it is kept.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).expect("a request is JSON")
    }

    /// The application that asked.
    pub(super) fn application(&self) -> Option<ApplicationId> {
        self.request()
            .and_then(|request| ApplicationId::parse(&request.client_id).ok())
    }

    /// The application's request.
    pub(super) fn request(&self) -> Option<&AuthorizationRequest> {
        match self {
            Self::Application(request) => Some(request),
            Self::Nobody | Self::Console | Self::Test(_) => None,
        }
    }

    /// The languages that the application asked for, best first.
    pub(super) fn languages(&self) -> &[String] {
        self.request().map_or(&[], |request| &request.ui_locales)
    }

    /// Whether the identity provider is to ask the person anew.
    pub(super) fn wants_new_authentication(&self) -> bool {
        self.request()
            .is_some_and(|request| request.requires_reauthentication() || request.max_age.is_some())
    }

    /// The earliest authentication that will do for a sign-in that began then, if not any will.
    pub(super) fn earliest_authentication(&self, began: Timestamp) -> Option<Timestamp> {
        let request = self.request()?;
        if request.requires_reauthentication() {
            return Some(began);
        }
        request.min_auth_time(began).map(|earliest| earliest)
    }
}
