//! Links that sign a person in once: for the first operator, for whoever is invited, and where no mail can be sent.

use base64_simd::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::{Problem, ProblemCode};
use runtime::{random, seal};
use store::{PersonId, SecretHash, SignInLink, SignInLinkId, SignInLinkPurpose, StoreError, Tx};

use super::audit_log::Deed;
use super::{Actor, Undone};

/// What every token begins with, so that a leaked one is recognised.
const PREFIX: &str = "vsi_";
/// For so long a link may wait for whoever was invited.
const INVITATION: SignedDuration = SignedDuration::from_hours(168);
/// For so long a link may wait that somebody has asked for just now.
const SIGN_IN: SignedDuration = SignedDuration::from_secs(3600);

/// A link that was just made; its address is shown once.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// The address.
    pub address: String,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// A link with its token's row, not yet written.
pub(super) struct Drawn {
    pub(super) link: SignInLink,
    token: String,
}

impl Drawn {
    pub(super) fn new(app: &App, purpose: SignInLinkPurpose, person: Option<PersonId>) -> Self {
        let token = format!(
            "{PREFIX}{}",
            URL_SAFE_NO_PAD.encode_to_string(random::bytes::<32>())
        );
        let now = app.clock.now();
        let lifetime = match purpose {
            SignInLinkPurpose::SignIn => SIGN_IN,
            SignInLinkPurpose::FirstOperator
            | SignInLinkPurpose::Operator
            | SignInLinkPurpose::Invitation => INVITATION,
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

    pub(super) fn handed_out(&self, app: &App) -> NewLink {
        NewLink {
            address: format!("{}/console/link/{}", app.config.public_url, self.token),
            expires_at: self.link.expires_at,
        }
    }
}

/// A link that signs in whoever has an account with this address.
///
/// # Errors
///
/// When nobody has one.
pub async fn create(app: &App, actor: &Actor, email: &str) -> Result<NewLink, Problem> {
    let email = EmailAddress::parse_field("email", email)?;
    let wanted = email.clone();
    let holder = app
        .store
        .snapshot()
        .await?
        .console_account(wanted.as_str())
        .await?;
    let holder =
        holder.ok_or_else(|| Problem::not_found("account with the address", email.as_str()))?;
    let drawn = Drawn::new(app, SignInLinkPurpose::SignIn, Some(holder.person.clone()));
    let deed = Deed {
        actor,
        organization: None,
        action: "sign-in-link.create",
        subject: holder.person.as_str(),
    };
    let event = deed.event(app, None, None);
    let link = drawn.link.clone();
    app.store
        .write(async move |tx| {
            tx.add_sign_in_link(&link).await?;
            tx.add_audit_entry(&event).await
        })
        .await?;
    Ok(drawn.handed_out(app))
}

/// A link that signs in a person, for whoever has just decided that they may come in.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn hand_out(
    app: &App,
    purpose: SignInLinkPurpose,
    person: PersonId,
) -> Result<NewLink, StoreError> {
    let drawn = Drawn::new(app, purpose, Some(person));
    let link = drawn.link.clone();
    app.store
        .write(async move |tx| tx.add_sign_in_link(&link).await)
        .await?;
    Ok(drawn.handed_out(app))
}

/// Looks at a link without using it.
///
/// # Errors
///
/// When it does not work, or not any more.
pub async fn look(app: &App, token: &str) -> Result<SignInLink, Problem> {
    let hash = hash(token)?;
    let found = app.store.snapshot().await?.sign_in_link(&hash).await?;
    found
        .filter(|link| link.used_at.is_none() && link.expires_at > app.clock.now())
        .ok_or_else(over)
}

/// Uses a link that names its person; says who they are.
///
/// # Errors
///
/// When it does not work, or not any more.
pub async fn use_up(app: &App, token: &str) -> Result<PersonId, Problem> {
    let link = look(app, token).await?;
    let person = link.person.clone().ok_or_else(over)?;
    let now = app.clock.now();
    let used = person.clone();
    let deed = Deed {
        actor: &Actor::Person(person.clone()),
        organization: None,
        action: "sign-in-link.use",
        subject: link.id.as_str(),
    };
    let event = deed.event(app, None, None);
    app.store
        .write(async move |tx| {
            spend(tx, &link.id, now).await?;
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(used)
}

/// Uses a link up, inside a unit of work.
pub(super) async fn spend(tx: &mut Tx, id: &SignInLinkId, now: Timestamp) -> Result<(), Undone> {
    if tx.consume_sign_in_link(id, now).await? {
        Ok(())
    } else {
        Err(over().into())
    }
}

fn hash(token: &str) -> Result<SecretHash, Problem> {
    if token.starts_with(PREFIX) && token.len() < 100 {
        Ok(seal::hash(token))
    } else {
        Err(over())
    }
}

fn over() -> Problem {
    Problem::new(ProblemCode::LinkExpired)
}
