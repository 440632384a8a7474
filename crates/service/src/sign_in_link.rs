//! Single-use links that sign a person in to the console: for the first operator, for invited people, and for accounts
//! when the server cannot send email.

use base64_simd::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::{Problem, ProblemCode};
use runtime::{random, seal};
use store::{PersonId, SecretHash, SignInLink, SignInLinkId, SignInLinkPurpose, StoreError, Tx};

use super::audit_log::AuditRecord;
use super::{Actor, TxError};

/// The prefix lets secret scanners recognize a leaked token.
const TOKEN_PREFIX: &str = "vsi_";
/// Longer tokens are rejected without a lookup.
const MAX_TOKEN_BYTES: usize = 99;
const INVITATION_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);
const SIGN_IN_LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// A new link. The address contains the token, which the database does not store.
#[derive(Clone, Debug)]
pub struct NewLink {
    pub address: String,
    pub expires_at: Timestamp,
}

/// A link to insert into the database, and its token.
pub(super) struct NewLinkRow {
    pub(super) link: SignInLink,
    token: String,
}

impl NewLinkRow {
    pub(super) fn new(app: &App, purpose: SignInLinkPurpose, person: Option<PersonId>) -> Self {
        let token = format!(
            "{TOKEN_PREFIX}{}",
            URL_SAFE_NO_PAD.encode_to_string(random::bytes::<32>())
        );
        let now = app.clock.now();
        let lifetime = match purpose {
            SignInLinkPurpose::SignIn => SIGN_IN_LIFETIME,
            SignInLinkPurpose::FirstOperator
            | SignInLinkPurpose::Operator
            | SignInLinkPurpose::Invitation => INVITATION_LIFETIME,
        };
        let link = SignInLink {
            id: SignInLinkId::from_random(random::bytes()),
            token: seal::hash(&token),
            purpose,
            person,
            created_at: now,
            expires_at: now + lifetime,
            used_at: None,
        };
        Self { link, token }
    }

    pub(super) fn to_new_link(&self, app: &App) -> NewLink {
        NewLink {
            address: format!(
                "{}/console/sign-in/link/{}",
                app.config.public_url, self.token
            ),
            expires_at: self.link.expires_at,
        }
    }
}

/// Creates a link for the account with this email address.
pub async fn create(app: &App, actor: &Actor, email: &str) -> Result<NewLink, Problem> {
    let email = EmailAddress::parse_field("email", email)?;
    let account = app
        .store
        .snapshot()
        .await?
        .console_account(email.as_str())
        .await?
        .ok_or_else(|| no_account(&email))?;
    let row = NewLinkRow::new(app, SignInLinkPurpose::SignIn, Some(account.person.clone()));
    let record = AuditRecord {
        actor,
        organization: None,
        action: "sign_in_link.created",
        subject: account.person.as_str(),
    };
    let entry = record.entry(app, None, None);
    let link = row.link.clone();
    app.store
        .write(async move |tx| {
            tx.add_sign_in_link(&link).await?;
            tx.add_audit_entry(&entry).await
        })
        .await?;
    Ok(row.to_new_link(app))
}

/// A member has no account until they become an administrator.
fn no_account(email: &EmailAddress) -> Problem {
    let detail = format!(
        "no account for the console has the email address {email}; only operators and administrators of organizations have one, other members do not sign in to the console"
    );
    Problem::with_detail(ProblemCode::NotFound, detail)
}

/// Creates a link for a person. The caller has checked that the person may sign in, and writes the audit log.
pub(super) async fn issue(
    app: &App,
    purpose: SignInLinkPurpose,
    person: PersonId,
) -> Result<NewLink, StoreError> {
    let row = NewLinkRow::new(app, purpose, Some(person));
    let link = row.link.clone();
    app.store
        .write(async move |tx| tx.add_sign_in_link(&link).await)
        .await?;
    Ok(row.to_new_link(app))
}

/// Finds an active link without consuming it.
///
/// # Errors
///
/// [`ProblemCode::LinkExpired`] if the link is unknown, used or expired.
pub async fn peek(app: &App, token: &str) -> Result<SignInLink, Problem> {
    let hash = hash(token)?;
    let found = app.store.snapshot().await?.sign_in_link(&hash).await?;
    found
        .filter(|link| link.used_at.is_none() && link.expires_at > app.clock.now())
        .ok_or_else(expired)
}

/// Consumes a link and returns its person.
///
/// # Errors
///
/// [`ProblemCode::LinkExpired`] if the link is unknown, used or expired, or is the link for the first operator.
pub async fn consume(app: &App, token: &str) -> Result<PersonId, Problem> {
    let link = peek(app, token).await?;
    let person = link.person.clone().ok_or_else(expired)?;
    let now = app.clock.now();
    let record = AuditRecord {
        actor: &Actor::Person(person.clone()),
        organization: None,
        action: "sign_in_link.used",
        subject: link.id.as_str(),
    };
    let entry = record.entry(app, None, None);
    app.store
        .write(async move |tx| {
            mark_used(tx, &link.id, now).await?;
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(person)
}

/// Marks an active link as used in the transaction `tx`.
pub(super) async fn mark_used(
    tx: &mut Tx,
    id: &SignInLinkId,
    now: Timestamp,
) -> Result<(), TxError> {
    if tx.consume_sign_in_link(id, now).await? {
        Ok(())
    } else {
        Err(expired().into())
    }
}

fn hash(token: &str) -> Result<SecretHash, Problem> {
    if token.starts_with(TOKEN_PREFIX) && token.len() <= MAX_TOKEN_BYTES {
        Ok(seal::hash(token))
    } else {
        Err(expired())
    }
}

fn expired() -> Problem {
    Problem::new(ProblemCode::LinkExpired)
}
