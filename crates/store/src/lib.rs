//! Every SQL statement of Vestibule, on SQLite and PostgreSQL.
//!
//! Reads run on a [`Snapshot`], writes in a *unit of work*: an asynchronous closure that gets a transaction ([`Tx`]),
//! and is committed as a whole when it returns `Ok` and rolled back as a whole otherwise.
//!
//! ```no_run
//! # use jiff::Timestamp;
//! # use store::*;
//! # type Error = Box<dyn std::error::Error + Send + Sync>;
//! # #[derive(Clone)]
//! # struct SignIn {
//! #     request: PendingSignInId, assertion: VerifiedAssertion, organization: OrganizationId, account: IdpAccount,
//! #     session: Session, code: AuthorizationCode, now: Timestamp,
//! # }
//! # async fn example(sign_in: SignIn, id: ConnectionId) -> Result<(), Error> {
//! let store = Store::open("sqlite:vestibule.sqlite").await?; // opens, migrates
//! let connection = store.snapshot().await?.connection(&id).await?;
//! let member = store
//!     .write(async move |tx| {
//!         // The first `?` is a failure of the database, the second one a conflict.
//!         let consumed = tx.consume_solicited(&sign_in.request, &sign_in.assertion, sign_in.now).await??;
//!         let mut organization = tx.organization(&sign_in.organization);
//!         let member = organization.member_by_idp_account(&sign_in.account).await?;
//!         tx.begin_session(&consumed, &sign_in.session).await?;
//!         tx.grant_code(&sign_in.code).await??;
//!         Ok::<_, Error>(member)
//!     })
//!     .await?;
//! # drop((connection, member));
//! # Ok(())
//! # }
//! ```
//!
//! Errors come in three kinds: [`StoreError`] is a failure of the database, `Ok(None)` or `Ok(false)` means that the
//! row does not exist, and a [`Conflict`], [`ConsumeError`] or [`InactiveSession`] in an inner `Result` is an
//! expected failure.
//!
//! The store never reads a clock: the time is always an argument. Times and durations are stored in whole seconds, so
//! fractions of a second are lost.
//!
//! # Where things are
//!
//! What belongs to an organization is reached through [`Tx::organization`], which gives an [`OrganizationTx`]: its
//! [members](OrganizationTx::members) and their [accounts](OrganizationTx::member_by_idp_account),
//! [domains](OrganizationTx::domains), [connections](OrganizationTx::connections) and their
//! [keys](OrganizationTx::connection_keys), [attempts](OrganizationTx::attempts),
//! [sessions](OrganizationTx::sessions_of) and [audit log](OrganizationTx::audit_log). The lookups that start from a
//! URL or a secret are on [`Tx`] itself:
//!
//! - from a URL: [`Tx::connection`], [`Tx::connection_by_acs_url`], [`Tx::organization_by_slug`], and from an email
//!   address [`Tx::organization_by_domain`];
//! - from a secret: [`Tx::pending_sign_in_by_relay_state`], [`Tx::session`], [`Tx::redeem_code`],
//!   [`Tx::access_token`], [`Tx::api_key`].
//!
//! A sign-in is [`Tx::add_pending_sign_in`], then in one unit of work [`Tx::consume_solicited`] →
//! [`ConsumedAssertion`] → [`Tx::begin_session`] → [`Tx::grant_code`], and finally [`Tx::redeem_code`] →
//! [`Tx::add_access_token`]. The statements ignore sessions, codes and tokens once the session has ended, the member
//! is deactivated or the connection is disabled. Whether the organization's plan includes SSO is the caller's check.
//!
//! What belongs to the operator is on [`Tx`] too: organizations, [applications](Tx::applications),
//! [keys of the OpenID provider](Tx::provider_keys), [API keys](Tx::api_keys), the [audit log](Tx::audit_log), and
//! [`Tx::purge_batch`], which the caller runs periodically.

mod access_token;
mod account_move;
mod address;
mod api_key;
mod application;
mod attempt;
mod attempt_count;
mod audit_log;
mod authorization_code;
mod batches;
mod certificate_expiry;
mod checkpoint;
mod claim_value;
mod client_assertion;
mod connection;
mod connection_draft;
mod connection_key;
mod connection_lifecycle;
mod connection_policy;
mod connection_rows;
mod connection_usage;
mod connection_version;
mod console_account;
mod console_session;
mod copy;
mod domain;
mod email_code;
mod engine;
mod enum_text;
mod erasure;
mod error;
mod health;
mod id;
mod identity;
mod member;
mod migration;
mod named_lock;
mod operator;
mod organization;
mod organization_tx;
mod page;
mod passkey;
mod pending_sign_in;
mod postgres;
mod provider_key;
mod purge;
mod query;
mod recovery_code;
mod rejected_redirect_uri;
mod rejected_sign_in;
mod replay;
mod routing_rule;
mod row;
mod sealed_secret;
mod secret;
mod session;
mod setup_link;
mod setup_progress;
mod share;
mod sign_in_link;
mod snapshot;
mod sqlite;
mod sso_enforcement;
mod standard_claims;
mod store;
mod trusted_certificate;
mod tx;
mod unit_of_work;
mod writer;

pub use access_token::AccessToken;
pub use account_move::{AccountMove, MoveCounts};
pub use address::DatabaseAddress;
pub use api_key::ApiKey;
pub use application::Application;
pub use attempt::{Attempt, AttemptFilter, AttemptMessages};
pub use attempt_count::CountedAttempt;
pub use audit_log::{AuditEntry, AuditFilter};
pub use authorization_code::{AuthorizationCode, InactiveSession, Redemption};
pub use certificate_expiry::{ExpiryCount, ExpiryLimits, UnreadCertificates};
pub use claim_value::ClaimValue;
pub use connection::{
    ActivationRequest, AttributeMapping, Connection, ConnectionLifecycle, ConnectionName,
    ConnectionSettings, OrganizationConnection, RoleRule, TrustedCertificate,
};
pub use connection_draft::ConnectionDraft;
pub use connection_key::ConnectionKey;
pub use connection_policy::{ConnectionPolicy, CustomClaim};
pub use connection_usage::ConnectionUsage;
pub use connection_version::ConnectionVersion;
pub use console_account::{ConsoleAccount, Membership};
pub use console_session::ConsoleSession;
pub use copy::{CopiedTable, CopyError};
pub use domain::{DnsCheck, DnsCheckFilter, DnsVerification, Domain, DomainVerification};
pub use email_code::{EmailCode, EmailCodeError, SentEmailCodes};
pub use engine::Engine;
pub use enum_text::{
    AttemptKind, AttemptOrigin, AttemptOutcome, AuthnContextComparison, Binding, ClientType,
    ConnectionState, ConsoleSignInMethod, DomainState, DomainVerificationMethod, GroupSeparator,
    IdTokenAlgorithm, IdpInitiated, IssueKind, KeyPurpose, MemberState, Provider, Provisioning,
    SetupLinkPurpose, SignInLinkPurpose, SsoState, TokenEndpointAuthMethod, UnknownValue,
    UnverifiedEmail,
};
pub use erasure::DeletedConnection;
pub use error::{Conflict, StoreError};
pub use health::{
    AttemptCount, ConnectionHealth, DomainIssue, Health, IssueCriteria, IssuePosition,
};
pub use id::{
    AccountMoveId, ApiKeyId, ApplicationId, AttemptId, AuditEntryId, ConnectionId, ConnectionKeyId,
    ConsoleSessionId, EmailCodeId, InvalidId, MemberId, OrganizationId, PasskeyId, PendingSignInId,
    PersonId, SessionId, SetupLinkId, SignInLinkId,
};
pub use identity::{Identity, IdpAccount, SubjectOwner};
pub use member::{Member, MemberFilter, Person, Profile};
pub use named_lock::NamedLock;
pub use operator::Operator;
pub use organization::{Organization, OrganizationChange, OrganizationFilter};
pub use organization_tx::OrganizationTx;
pub use page::{Page, PagedList};
pub use passkey::{Passkey, PasskeyChallenge};
pub use pending_sign_in::{PendingSignIn, SentAuthnRequest};
pub use provider_key::ProviderKey;
pub use purge::{PURGE_BATCH_SIZE, PeopleBatch, PurgeStep, Retention};
pub use recovery_code::RecoveryCodeOwner;
pub use rejected_redirect_uri::RejectedRedirectUri;
pub use rejected_sign_in::{RejectedSignIns, SignInCounts};
pub use replay::{ConsumeError, ConsumedAssertion, VerifiedAssertion};
pub use routing_rule::RoutingRule;
pub use sealed_secret::{SealedBatch, SealedColumn, SealedSecret};
pub use secret::{SealedText, SecretHash};
pub use session::Session;
pub use setup_link::{SetupLink, SetupSession};
pub use setup_progress::SetupProgress;
pub use sign_in_link::SignInLink;
pub use snapshot::Snapshot;
pub use sso_enforcement::{ActiveAccount, SignInOptions, SsoEnforcement};
pub use standard_claims::StandardClaims;
pub use store::{PoolMetrics, Store, StoreMetrics};
pub use tx::Tx;
pub use unit_of_work::UnitOfWork;
