//! Every SQL statement of Vestibule, on SQLite and PostgreSQL.
//!
//! A [`Store`] carries out *units of work*: closures that get a transaction
//! ([`Tx`]) and are committed whole when they end well, or undone whole.
//!
//! ```no_run
//! # use store::*;
//! # type Problem = Box<dyn std::error::Error + Send + Sync>;
//! # struct SignIn {
//! #     request: PendingId, assertion: SpentAssertion, organization: OrganizationId, account: Account,
//! #     session: Session, code: Code, now: UnixTime,
//! # }
//! # async fn example(sign_in: SignIn, id: ConnectionId) -> Result<(), Problem> {
//! let store = Store::open("sqlite:vestibule.sqlite").await?; // opens, migrates
//! let connection = store.read(move |tx| Box::pin(async move { tx.connection(&id).await })).await?;
//! let member = store
//!     .write(move |tx| {
//!         Box::pin(async move {
//!             // The first `?` is a failure of the database, the second one a refusal.
//!             let spent = tx.spend(&sign_in.request, &sign_in.assertion, sign_in.now).await??;
//!             let mut organization = tx.organization(&sign_in.organization);
//!             let member = organization.member_by_account(&sign_in.account).await?;
//!             tx.begin_session(&spent, &sign_in.session).await?;
//!             tx.grant_code(&sign_in.code).await??;
//!             Ok::<_, Problem>(member)
//!         })
//!     })
//!     .await?;
//! # drop((connection, member));
//! # Ok(())
//! # }
//! ```
//!
//! The closure is `Clone` (it runs again when PostgreSQL says that two
//! transactions got in each other's way), so it owns what it uses. It must do
//! nothing but database work: on SQLite all units share one writer.
//!
//! Three kinds of bad news, three types: [`StoreError`] is a failure of the
//! database, `Ok(None)` (or `Ok(false)`) is "there is none", and a [`Conflict`]
//! (or [`NotSpent`], [`NoSession`]) in an inner `Result` is a refusal.
//!
//! # Where things are
//!
//! What belongs to an organization is reached through [`Tx::organization`], which
//! gives a [`Tenant`]: its [members](Tenant::members) and their
//! [accounts](Tenant::member_by_account), [domains](Tenant::domains),
//! [connections](Tenant::connections) and their [keys](Tenant::connection_keys),
//! [attempts](Tenant::attempts), [sessions](Tenant::sessions_of) and
//! [events](Tenant::events). The look-ups that start from a URL or a secret are
//! on [`Tx`] itself:
//!
//! - from a URL: [`Tx::connection`], [`Tx::connection_by_acs_url`],
//!   [`Tx::organization_by_slug`], and from an address [`Tx::organization_by_domain`];
//! - from a secret: [`Tx::pending_by_handle`], [`Tx::session`], [`Tx::redeem_code`],
//!   [`Tx::access_token`], [`Tx::api_key`].
//!
//! A sign-in is [`Tx::add_pending`], then in one unit of work [`Tx::spend`] → [`Spent`] →
//! [`Tx::begin_session`] → [`Tx::grant_code`], and at last [`Tx::redeem_code`] →
//! [`Tx::add_access_token`]. Sessions, codes and tokens are worth nothing once the
//! session has ended, the member was deactivated or the connection disabled: the
//! statements see to it. The plan of the organization is the caller's to judge.
//!
//! The operator's things are on [`Tx`] too: organizations, [applications](Tx::applications),
//! [keys of the OpenID provider](Tx::provider_keys), [API keys](Tx::api_keys), the
//! [audit trail](Tx::events), and [`Tx::purge`], which something has to call now and then.

mod access_token;
mod account;
mod api_key;
mod application;
mod attempt;
mod client_assertion;
mod code;
mod connection;
mod connection_key;
mod connection_rows;
mod console_session;
mod domain;
mod draft;
mod email_code;
mod engine;
mod error;
mod event;
mod health;
mod id;
mod identity;
mod member;
mod migration;
mod operator;
mod organization;
mod page;
mod passkey;
mod pending;
mod provider_key;
mod purge;
mod reach;
mod recovery_code;
mod requirement;
mod row;
mod secret;
mod session;
mod setup;
mod setup_link;
mod sign_in_link;
mod spend;
mod store;
mod tenant;
mod time;
mod tx;
mod unit;
mod version;
mod word;
mod writer;

pub use access_token::AccessToken;
pub use account::{AccountHolder, Membership};
pub use api_key::ApiKey;
pub use application::Application;
pub use attempt::{Attempt, AttemptFilter, Messages};
pub use code::{Code, NoSession, Redemption};
pub use connection::{
    AttributeNames, Connection, Progress, RoleRule, Settings, TrustedCertificate,
};
pub use connection_key::ConnectionKey;
pub use console_session::ConsoleSession;
pub use domain::{Domain, DomainAnswer, DomainProof, DomainsDue};
pub use draft::Draft;
pub use email_code::{CodesSent, EmailCode, NotTheCode};
pub use engine::Engine;
pub use error::{Conflict, StoreError};
pub use event::Event;
pub use health::{AttemptCount, CertificateInUse, ConnectionHealth, DomainInTrouble, Health};
pub use id::{
    ApiKeyId, ApplicationId, AttemptId, ConnectionId, ConnectionKeyId, ConsoleSessionId,
    EmailCodeId, EventId, MemberId, NotAnId, OrganizationId, PasskeyId, PendingId, PersonId,
    SessionId, SetupLinkId, SignInLinkId,
};
pub use identity::{Account, Identity};
pub use member::{Member, Person, Profile};
pub use operator::Operator;
pub use organization::{Organization, OrganizationChange};
pub use page::Page;
pub use passkey::{Passkey, PasskeyChallenge};
pub use pending::{Pending, Route};
pub use provider_key::ProviderKey;
pub use purge::Retention;
pub use reach::Reach;
pub use recovery_code::Recovery;
pub use requirement::{Means, Requirement};
pub use secret::{Sealed, SecretHash};
pub use session::Session;
pub use setup::Setup;
pub use setup_link::{SetupLink, SetupVisit};
pub use sign_in_link::SignInLink;
pub use spend::{NotSpent, Spent, SpentAssertion};
pub use store::{Figures, Store};
pub use tenant::Tenant;
pub use time::{Seconds, UnixTime};
pub use tx::Tx;
pub use unit::Work;
pub use version::Version;
pub use word::{
    AttemptKind, Binding, ClientType, ConnectionState, ConsoleMethod, DomainState,
    IdTokenAlgorithm, Joining, KeyPurpose, LinkPurpose, NotAWord, Outcome, ProofBy, Provider,
    SetupPurpose, TokenEndpointAuthMethod, Unsolicited,
};
