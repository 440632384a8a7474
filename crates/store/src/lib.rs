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
//! # Surface
//!
//! Everything is `async` and gives `Result<…, StoreError>`.
//!
//! | on `Tx` | gives |
//! |---|---|
//! | `organization(&OrganizationId)` (not async) | [`Tenant`]: the only way to an organization's rows |
//! | `add_organization(&Organization)` | `Result<(), Conflict>` |
//! | `organizations(&Page)` | `Vec<Organization>` |
//! | `organization_by_slug(&str)`, `organization_by_domain(&str)` (verified) | `Option<Organization>` |
//! | `connection(&ConnectionId)`, `connection_by_acs_url(&str)` | `Option<Connection>`, from a URL |
//! | `add_application(&Application)`, `update_application(&Application)`, `delete_application(&ApplicationId)` | `()`, `bool`, `bool` |
//! | `application(&ApplicationId)`, `applications(&Page)` | `Option<Application>`, `Vec<Application>` |
//! | `use_client_assertion(&ApplicationId, jti, until)` | `bool` (false: used before) |
//! | `add_pending(&Pending)`, `route_pending(&PendingId, &Route, now)` | `()`, `bool` (false: already routed, spent or expired) |
//! | `pending_by_handle(&SecretHash)` | `Option<Pending>` (also spent and expired ones: look) |
//! | `spend(&PendingId, &SpentAssertion, now)`, `spend_unsolicited(&SpentAssertion, now)` | `Result<Spent, NotSpent>` |
//! | `begin_session(&Spent, &Session)`, `session(&SecretHash cookie, now)`, `end_session(&SessionId, now)` | `()`, `Option<Session>` (live ones only), `bool` |
//! | `grant_code(&Code)`, `redeem_code(&SecretHash, &ApplicationId, now)` | `Result<(), NoSession>`, [`Redemption`] |
//! | `add_access_token(&AccessToken)`, `access_token(&SecretHash, now)`, `revoke_access_token(&SecretHash, now)` | `()`, `Option<AccessToken>` (live ones only), `bool` |
//! | `provider_keys()`, `add_provider_key(&ProviderKey)`, `publish_provider_key`, `activate_provider_key`, `retire_provider_key` `(kid, at)` | `Vec<ProviderKey>`, `()`, `bool` |
//! | `add_api_key(&ApiKey)`, `api_key(&SecretHash)` (unrevoked), `api_keys(&Page)`, `revoke_api_key(&ApiKeyId, now)` | `()`, `Option<ApiKey>`, `Vec<ApiKey>`, `bool` |
//! | `add_event(&Event)`, `events(&Page)` | `()`, `Vec<Event>` newest first |
//! | `purge(&Retention)` | `u64` rows; again until zero |
//!
//! | on [`Tenant`] | gives |
//! |---|---|
//! | `read()`, `update(&OrganizationChange)`, `delete()` | `Option<Organization>`, `Result<bool, Conflict>`, `bool` |
//! | `domains()`, `add_domain(&Domain)`, `verify_domain(&str, at)`, `remove_domain(&str)` | `Vec<Domain>`, `Result<(), Conflict>`, `Result<bool, Conflict>`, `bool` |
//! | `add_person(&Person)`, `person(&PersonId)` | `()`, `Option<Person>` (people who are members) |
//! | `members(&Page)`, `member(&MemberId)`, `members_by_email(&str)`, `member_by_account(&Account)` | `Vec<Member>`, `Option<Member>` … |
//! | `add_member(&Member)`, `update_profile(&MemberId, &Profile)`, `set_role(&MemberId, &str)`, `deactivate_member(&MemberId, at)`, `reactivate_member(&MemberId)`, `delete_member(&MemberId)` | `Result<(), Conflict>`, `bool` … |
//! | `add_identity(&Identity)`, `identities(&MemberId)`, `remove_identity(&Account)` | `Result<(), Conflict>`, `Vec<Identity>`, `bool` |
//! | `connections()`, `connection(&ConnectionId)`, `add_connection(&Connection)`, `update_connection(&ConnectionId, &Settings)`, `replace_certificates(&ConnectionId, &[TrustedCertificate])`, `delete_connection(&ConnectionId)` | `Vec<Connection>`, `Option<Connection>`, `Result<(), Conflict>`, `Result<bool, Conflict>`, `bool`, `bool` |
//! | `mark_tested`, `activate`, `disable` `(&ConnectionId, at)` | `bool` |
//! | `connection_keys(&ConnectionId)`, `add_connection_key(&ConnectionKey)`, `publish_connection_key`, `activate_connection_key`, `retire_connection_key` `(&ConnectionKeyId, at)` | `Vec<ConnectionKey>`, `()`, `bool` |
//! | `sessions_of(&MemberId)`, `end_sessions_of(&MemberId, now)` | `Vec<Session>`, `u64` |
//! | `add_attempt(&Attempt)`, `finish_attempt(&Attempt)`, `attempts(&Page)`, `attempt(&AttemptId)` | `()`, `bool`, `Vec<Attempt>` newest first, `Option<Attempt>` |
//! | `events(&Page)` | `Vec<Event>` newest first |

mod access_token;
mod api_key;
mod application;
mod attempt;
mod client_assertion;
mod code;
mod connection;
mod connection_key;
mod connection_rows;
mod domain;
mod engine;
mod error;
mod event;
mod id;
mod identity;
mod member;
mod migration;
mod organization;
mod page;
mod pending;
mod provider_key;
mod purge;
mod row;
mod secret;
mod session;
mod spend;
mod store;
mod tenant;
mod time;
mod tx;
mod unit;
mod word;
mod writer;

pub use access_token::AccessToken;
pub use api_key::ApiKey;
pub use application::Application;
pub use attempt::Attempt;
pub use code::{Code, NoSession, Redemption};
pub use connection::{AttributeNames, Connection, Progress, Settings, TrustedCertificate};
pub use connection_key::ConnectionKey;
pub use domain::Domain;
pub use engine::Engine;
pub use error::{Conflict, StoreError};
pub use event::Event;
pub use id::{
    ApiKeyId, ApplicationId, AttemptId, ConnectionId, ConnectionKeyId, EventId, MemberId, NotAnId,
    OrganizationId, PendingId, PersonId, SessionId,
};
pub use identity::{Account, Identity};
pub use member::{Member, Person, Profile};
pub use organization::{Organization, OrganizationChange};
pub use page::Page;
pub use pending::{Pending, Route};
pub use provider_key::ProviderKey;
pub use purge::Retention;
pub use secret::{Sealed, SecretHash};
pub use session::Session;
pub use spend::{NotSpent, Spent, SpentAssertion};
pub use store::{Figures, Store};
pub use tenant::Tenant;
pub use time::{Seconds, UnixTime};
pub use tx::Tx;
pub use unit::Work;
pub use word::{
    Binding, ClientType, ConnectionState, IdTokenAlgorithm, Joining, KeyPurpose, NotAWord, Outcome,
    Provider, TokenEndpointAuthMethod, Unsolicited,
};
