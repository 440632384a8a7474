//! Every reason why the API, the console or the command line does not carry out a request, in one table.

use std::fmt;

use http::StatusCode;
use serde::{Serialize, Serializer};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// Who reads the text of a problem besides programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Members and customers: pages have the text in every language.
    Member,
    /// Operators and developers: the English detail is the text.
    Operator,
}

macro_rules! problem_codes {
    ($($code:ident = $name:literal, $status:ident, $reader:ident, $title:literal, $detail:literal;)*) => {
        /// Why a request was not carried out: the name that programs and documentation share.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemCode { $($code),* }

        impl ProblemCode {
            pub const ALL: &[Self] = &[$(Self::$code),*];

            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$code => $name),* }
            }

            pub const fn status(self) -> StatusCode {
                match self { $(Self::$code => StatusCode::$status),* }
            }

            pub const fn reader(self) -> Reader {
                match self { $(Self::$code => Reader::$reader),* }
            }

            /// A few English words, the same for every problem with this code.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$code => $title),* }
            }

            /// What happened and what to do next, in English, where the case itself adds nothing.
            pub const fn detail(self) -> &'static str {
                match self { $(Self::$code => $detail),* }
            }
        }
    };
}

problem_codes! {
    // The request itself.
    Malformed = "malformed", BAD_REQUEST, Member, "Malformed request",
        "the request could not be read";
    InvalidFields = "invalid-fields", UNPROCESSABLE_ENTITY, Member, "Invalid fields",
        "some fields have an invalid value";
    RequestTooLarge = "request-too-large", PAYLOAD_TOO_LARGE, Operator, "Request too large",
        "the request is larger than 1 MiB";
    UnsupportedMediaType = "unsupported-media-type", UNSUPPORTED_MEDIA_TYPE, Operator, "Unsupported media type",
        "send the body with the content type application/json";
    RouteNotFound = "route-not-found", NOT_FOUND, Member, "Route not found",
        "no route has this path";
    MethodNotAllowed = "method-not-allowed", METHOD_NOT_ALLOWED, Operator, "Method not allowed",
        "this path does not support the method; the Allow header lists those that it supports";
    UnknownHost = "unknown-host", MISDIRECTED_REQUEST, Operator, "Unknown host",
        "the request was sent to a host that this server does not serve";
    Unauthorized = "unauthorized", UNAUTHORIZED, Operator, "API key required",
        "send a valid API key as Authorization: Bearer vst_…";
    NotFound = "not-found", NOT_FOUND, Member, "Not found",
        "the resource does not exist, or you have no access to it";
    Conflict = "conflict", CONFLICT, Operator, "Conflict",
        "the request conflicts with existing data";
    TooManyRequests = "too-many-requests", TOO_MANY_REQUESTS, Member, "Too many requests",
        "wait a moment, then try again";
    Unavailable = "unavailable", SERVICE_UNAVAILABLE, Member, "Unavailable",
        "the database is not available at the moment; try again later";
    Overloaded = "overloaded", SERVICE_UNAVAILABLE, Member, "Overloaded",
        "the database is busy; try again in a moment";
    InternalError = "internal-error", INTERNAL_SERVER_ERROR, Member, "Internal error",
        "something went wrong on the server; its log has the cause under the X-Request-Id of this response";

    // Forms of pages.
    CrossSiteForm = "cross-site-form", FORBIDDEN, Member, "Cross-site form",
        "this form was not sent from a page of this server";
    FormExpired = "form-expired", FORBIDDEN, Member, "Form expired",
        "this page is older than your sign-in or from another browser; reload it and send it again";

    // Sign-in to the console.
    NoMail = "no-mail", CONFLICT, Member, "Mail not configured",
        "this server sends no mail; an operator can create a link: vestibule sign-in-link";
    WrongCode = "wrong-code", CONFLICT, Member, "Wrong code",
        "code: expected the eight digits of the most recent email, received others";
    CodeExpired = "code-expired", GONE, Member, "Code expired",
        "this code was used, has expired, or was guessed too often; request a new one";
    LinkExpired = "link-expired", GONE, Member, "Link expired",
        "this link is invalid, was used, or has expired; request a new one";
    OperatorExists = "operator-exists", CONFLICT, Operator, "Operator exists",
        "there is an operator already, who can invite others";
    OwnOperator = "own-operator", CONFLICT, Operator, "Own account",
        "you cannot remove yourself; ask another operator";
    LastOperator = "last-operator", CONFLICT, Operator, "Last operator",
        "the last operator cannot be removed; invite another operator first";

    // Passkeys.
    NoPasskeys = "no-passkeys", CONFLICT, Member, "Passkeys not available",
        "browsers bind passkeys to a host name, and public_url has an IP address";
    PasskeyRejected = "passkey-rejected", CONFLICT, Member, "Passkey rejected",
        "the passkey was not accepted";
    PasskeyAlreadyRegistered = "passkey-already-registered", CONFLICT, Member, "Passkey already registered",
        "this passkey is registered already";
    PasskeyUnknown = "passkey-unknown", CONFLICT, Member, "Unknown passkey",
        "no account has this passkey; it may have been removed";
    PasskeyChallengeExpired = "passkey-challenge-expired", GONE, Member, "Passkey challenge expired",
        "the challenge is from another browser, was answered already, or is more than five minutes old; try again";
    AccessRevoked = "access-revoked", FORBIDDEN, Member, "Access revoked",
        "the account or the connection was deactivated during the sign-in";
    PasskeyNotBySso = "passkey-not-by-sso", FORBIDDEN, Member, "Passkeys not available after SSO",
        "to change your passkeys, sign in with an emailed code or a link instead of SSO";
    TooManyPasskeys = "too-many-passkeys", CONFLICT, Member, "Too many passkeys",
        "you have 20 passkeys; remove one that you no longer use";

    // Organizations and members.
    SlugInUse = "slug-in-use", CONFLICT, Operator, "Slug in use",
        "another organization has this slug";
    AlreadyMember = "already-member", CONFLICT, Member, "Already a member",
        "this person is a member of the organization already";
    NotInvited = "not-invited", CONFLICT, Member, "Not invited",
        "this member has signed in already or is deactivated, so there is no invitation; remove the member instead";
    OwnMembership = "own-membership", CONFLICT, Member, "Own membership",
        "you cannot change your own membership; ask another administrator";
    MembersNotMergeable = "members-not-mergeable", CONFLICT, Member, "Members not mergeable",
        "two members can be merged only if they are active and have the same verified email address";
    LastAdmin = "last-admin", CONFLICT, Member, "Last administrator",
        "the organization would have no active administrator any more; make the other member an administrator first";
    AccountMoveOpen = "account-move-open", CONFLICT, Member, "Move open",
        "a move between these connections is open already";
    AccountInUse = "account-in-use", CONFLICT, Member, "Account in use",
        "another member has this account at the identity provider";
    SsoNotInPlan = "sso-not-in-plan", FORBIDDEN, Member, "SSO not in plan",
        "the organization's plan does not include SAML single sign-on";

    // Domains.
    DomainInUse = "domain-in-use", CONFLICT, Member, "Domain in use",
        "another organization has this domain";
    DomainAlreadyAdded = "domain-already-added", CONFLICT, Member, "Domain already added",
        "this organization has this domain already";
    NoDnsVerification = "no-dns-verification", CONFLICT, Member, "No DNS verification",
        "this domain was verified manually; there is no DNS record to check";
    TooManyDomains = "too-many-domains", CONFLICT, Member, "Too many unverified domains",
        "publish the records of the unverified domains first, or ask an administrator to remove domains";

    // Connections.
    NoConnection = "no-connection", CONFLICT, Member, "No connection",
        "this organization has no connection yet; set one up first";
    ConnectionIncomplete = "connection-incomplete", CONFLICT, Member, "Connection incomplete",
        "the identity provider's configuration is not complete";
    ConnectionNotActive = "connection-not-active", CONFLICT, Member, "Connection not active",
        "this connection was never activated, so there is nothing to disable; delete it if you no longer need it";
    EditConflict = "edit-conflict", CONFLICT, Member, "Edit conflict",
        "someone else changed this connection; nothing was saved; read the latest version and try again";
    NoDraft = "no-draft", CONFLICT, Member, "No draft",
        "this connection has no draft";
    AcsUrlTaken = "acs-url-taken", CONFLICT, Operator, "ACS URL in use",
        "another connection has this assertion consumer service URL";
    NoMetadataUrl = "no-metadata-url", CONFLICT, Member, "No metadata URL",
        "this connection has no metadata URL";
    MessagesNotStored = "messages-not-stored", CONFLICT, Member, "Messages not stored",
        "the response of this sign-in attempt was not stored";
    SignerNotPublished = "signer-not-published", CONFLICT, Member, "Signing certificate not published",
        "no certificate in the identity provider's metadata has signed this response";

    // Setup links.
    SetupLinkUnknown = "setup-link-unknown", GONE, Operator, "Unknown setup link",
        "this setup link does not exist; copy the whole link, or ask its sender for another";
    SetupLinkExpired = "setup-link-expired", GONE, Operator, "Setup link expired",
        "this setup link has expired; ask its sender for another";
    SetupLinkRevoked = "setup-link-revoked", GONE, Operator, "Setup link revoked",
        "this setup link was revoked; ask its sender for another";
    SetupComplete = "setup-complete", CONFLICT, Member, "Setup complete",
        "the connection was activated, so this setup is complete";
    NotAllowedWithSetupLink = "not-allowed-with-setup-link", FORBIDDEN, Member, "Not allowed with a setup link",
        "an administrator must activate the connection: the organization has unverified domains";
    NotTestedWithSetupLink = "not-tested-with-setup-link", CONFLICT, Member, "Not tested with this setup link",
        "before a setup link activates the connection, its recipient must complete a test sign-in with the current settings";
    ActivationRequested = "activation-requested", CONFLICT, Member, "Activation requested",
        "the activation waits for the confirmation of an administrator; until then, a setup link changes nothing";
    NoActivationRequest = "no-activation-request", CONFLICT, Member, "No activation request",
        "there is no activation to confirm or decline; read the connection again";
    OwnConnection = "own-connection", FORBIDDEN, Member, "Signed in through this connection",
        "a session that came through this connection cannot confirm it; sign in another way";
    AdminRuleNotAllowed = "admin-rule-not-allowed", FORBIDDEN, Member, "Admin rule not allowed",
        "a setup link cannot make anyone an administrator; an administrator of the organization can add the rule";

    // SSO enforcement.
    NoActiveConnection = "no-active-connection", CONFLICT, Member, "No active connection",
        "this organization has no active connection; activate one first";
    NoRecentSignIn = "no-recent-sign-in", CONFLICT, Member, "No recent sign-in",
        "sign in through the connection or test it with your own account within the last 15 minutes first";
    NoRecovery = "no-recovery", CONFLICT, Member, "No way to recover access",
        "no administrator can sign in without the identity provider; save recovery codes and confirm that, or exempt an administrator who has signed in with an emailed code, a link or a passkey";
    NoRecoveryCodes = "no-recovery-codes", CONFLICT, Member, "No recovery codes",
        "this member has no unused recovery code; generate codes first";
    NotAnAdmin = "not-an-admin", CONFLICT, Member, "Not an administrator",
        "recovery codes are for administrators only";
    NotYourCodes = "not-your-codes", FORBIDDEN, Member, "Not your recovery codes",
        "administrators generate their own recovery codes";

    // Applications.
    NoSecret = "no-secret", CONFLICT, Operator, "No client secret",
        "this application does not authenticate with a secret";
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for ProblemCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl PartialSchema for ProblemCode {
    fn schema() -> RefOr<Schema> {
        let codes = Self::ALL.iter().map(|code| code.as_str());
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(codes))
            .into()
    }
}

impl ToSchema for ProblemCode {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use i18n::{Language, Localizer};

    use super::*;

    /// The areas whose pages have their own text for a problem.
    const TEXTS: [&str; 5] = [
        "problem",
        "console-error",
        "domain-error",
        "passkey-error",
        "sso-enforcement-error",
    ];

    #[test]
    fn every_code_is_distinct_and_kebab_case() {
        let codes: BTreeSet<&str> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), ProblemCode::ALL.len());
        for code in codes {
            let is_kebab_case =
                |part: &str| !part.is_empty() && part.bytes().all(|one| one.is_ascii_lowercase());
            assert!(code.split('-').all(is_kebab_case), "{code}");
        }
    }

    #[test]
    fn every_code_that_members_read_has_its_text_in_every_language() {
        let codes = ProblemCode::ALL.iter();
        for code in codes.filter(|code| code.reader() == Reader::Member) {
            for language in Language::ALL {
                let text = Localizer::new(language);
                let is_translated = |area: &&str| text.has(&format!("{area}-{code}"));
                assert!(
                    TEXTS.iter().any(is_translated),
                    "{code} has no text in {language:?}"
                );
            }
        }
    }
}
