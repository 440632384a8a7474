//! The one transaction in which somebody comes in.

use saml::Claims;
use store::{
    Account, Attempt, Conflict, Domain, Identity, Joining, Member, MemberId, NoSession, NotSpent,
    OrganizationId, PendingId, Person, PersonId, Profile, Seconds, Session, SessionId, Spent,
    SpentAssertion, StoreError, Tenant, Tx, UnixTime,
};

use super::arrival::Arrival;
use super::destination::Destination;
use super::grant::Grant;
use super::profile::Described;
use super::refusal::Refusal;
use super::resolve::{Arrived, Decision, Known, Namesake, Worth, decide};
use crate::app::App;
use crate::random;
use crate::web::Fresh;

/// How long somebody stays signed in here, unless the identity provider says less.
const SESSION_LIFETIME: Seconds = Seconds(8 * 3600);
/// The least, so that a code can be redeemed.
const SHORTEST_SESSION: Seconds = Seconds(oidc::token::CODE_LIFETIME);
/// Two who come in at the same moment under one account make two tries of one of them.
const TRIES: usize = 3;

/// Somebody about to come in: everything that will be written, but for who they are.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    organization: OrganizationId,
    pending: Option<PendingId>,
    assertion: SpentAssertion,
    joining: Joining,
    account: Account,
    described: Described,
    person: PersonId,
    session: Session,
    grant: Option<Grant>,
}

impl Entry {
    /// Draws the ids and the code of somebody whose assertion has been accepted.
    ///
    /// # Errors
    ///
    /// When the assertion names nobody by whom an account could be known.
    pub(super) fn draw(
        app: &App,
        destination: &Destination,
        arrival: &Arrival,
        claims: &Claims,
        cookie: &Fresh,
    ) -> Result<Self, Refusal> {
        let now = app.clock.now();
        let connection = &destination.connection;
        let described = Described::read(claims, connection, destination.entity_id(app))?;
        let account = Account {
            connection: connection.id.clone(),
            issuer: claims.issuer.clone(),
            subject: described.subject.clone(),
        };
        let remember_until = UnixTime(claims.remember_until.unix_seconds());
        let assertion = SpentAssertion {
            connection: connection.id.clone(),
            assertion_id: claims.assertion_id.clone(),
            remember_until,
        };
        let session = session(destination, claims, cookie, now);
        let grant = arrival
            .asked()
            .request()
            .map(|request| Grant::draw(request, now));
        Ok(Self {
            organization: destination.organization.id.clone(),
            pending: arrival.pending().cloned(),
            assertion,
            joining: connection.settings.joining,
            account,
            described,
            person: PersonId::from_random(random::bytes()),
            session,
            grant,
        })
    }

    /// The code for the application, when one has asked.
    pub(super) fn grant(&self) -> Option<&Grant> {
        self.grant.as_ref()
    }
}

/// The session that begins; its member is the one that is made unless somebody is known already.
fn session(destination: &Destination, claims: &Claims, cookie: &Fresh, now: UnixTime) -> Session {
    let seconds = |time: saml::Timestamp| UnixTime(time.unix_seconds());
    let longest = now + SESSION_LIFETIME;
    let ends = claims
        .session_not_on_or_after
        .map_or(longest, |until| longest.min(seconds(until)));
    Session {
        id: SessionId::from_random(random::bytes()),
        cookie: cookie.hash.clone(),
        organization: destination.organization.id.clone(),
        member: MemberId::from_random(random::bytes()),
        connection: destination.connection.id.clone(),
        // Their clock may be ahead of ours; nobody has signed in tomorrow.
        auth_time: claims
            .authenticated_at
            .map_or(now, |at| now.min(seconds(at))),
        acr: claims.authn_context.clone(),
        created_at: now,
        expires_at: ends.max(now + SHORTEST_SESSION),
        ended_at: None,
    }
}

/// Uses up the request and the assertion, settles the member, begins the session, grants the code and notes the
/// attempt: all of it, or nothing.
///
/// # Errors
///
/// When the response has been used before, or the person may not come in.
pub(super) async fn commit(
    app: &App,
    entry: &Entry,
    attempt: &Attempt,
) -> Result<MemberId, Refusal> {
    for _ in 1..TRIES {
        match enter_once(app, entry, attempt).await {
            Err(Undone::InTheWay) => {}
            Err(Undone::Refused(refusal)) => return Err(refusal),
            Ok(member) => return Ok(member),
        }
    }
    enter_once(app, entry, attempt).await.map_err(Refusal::from)
}

async fn enter_once(app: &App, entry: &Entry, attempt: &Attempt) -> Result<MemberId, Undone> {
    let (entry, attempt) = (entry.clone(), attempt.clone());
    app.store
        .write(move |tx| Box::pin(async move { enter(tx, &entry, attempt).await }))
        .await
}

async fn enter(tx: &mut Tx, entry: &Entry, attempt: Attempt) -> Result<MemberId, Undone> {
    let now = entry.session.created_at;
    let spent: Spent = match &entry.pending {
        Some(pending) => tx.spend(pending, &entry.assertion, now).await??,
        None => tx.spend_unsolicited(&entry.assertion, now).await??,
    };
    let member = settle(tx.organization(&entry.organization), entry).await?;
    let session = Session {
        member: member.clone(),
        ..entry.session.clone()
    };
    tx.begin_session(&spent, &session).await?;
    if let Some(grant) = &entry.grant {
        tx.grant_code(&grant.code(&session)).await??;
    }
    let attempt = Attempt {
        member: Some(member.clone()),
        ..attempt
    };
    tx.organization(&entry.organization)
        .add_attempt(&attempt)
        .await?;
    Ok(member)
}

/// Finds or makes the member, and writes down what is now known of them.
async fn settle(mut organization: Tenant<'_>, entry: &Entry) -> Result<MemberId, Undone> {
    let known = know(&mut organization, entry).await?;
    let worth = worth(&entry.described, &organization.domains().await?);
    match decide(&known, entry.joining, worth)? {
        Decision::Welcome(member) => {
            let before = known.member.map(|known| known.profile).unwrap_or_default();
            organization
                .update_profile(&member, &profile(entry, &before, worth))
                .await?;
            Ok(member)
        }
        Decision::Join(member) => {
            let invited = known
                .namesakes
                .into_iter()
                .find(|one| one.member.id == member);
            let before = invited.map(|one| one.member.profile).unwrap_or_default();
            organization
                .update_profile(&member, &profile(entry, &before, worth))
                .await?;
            add_identity(&mut organization, entry, &member).await?;
            Ok(member)
        }
        Decision::Create => create(&mut organization, entry, worth).await,
    }
}

async fn know(organization: &mut Tenant<'_>, entry: &Entry) -> Result<Known, StoreError> {
    let member = organization.member_by_account(&entry.account).await?;
    let mut namesakes = Vec::new();
    if let (None, Some(email)) = (&member, &entry.described.email) {
        for member in organization.members_by_email(&email.address).await? {
            let has_come = !organization.identities(&member.id).await?.is_empty();
            let arrival = if has_come {
                Arrived::Before
            } else {
                Arrived::NotYet
            };
            namesakes.push(Namesake { member, arrival });
        }
    }
    Ok(Known { member, namesakes })
}

fn worth<'e>(described: &'e Described, domains: &[Domain]) -> Worth<'e> {
    let is_ours = |name: &str| {
        domains
            .iter()
            .any(|one| one.verified_at.is_some() && one.name == name)
    };
    match &described.email {
        None => Worth::Missing,
        Some(email) if is_ours(&email.domain) => Worth::Believed(email),
        Some(email) => Worth::Hearsay(email),
    }
}

fn profile(entry: &Entry, before: &Profile, worth: Worth<'_>) -> Profile {
    let email_verified_at = match worth {
        Worth::Missing => before.email_verified_at,
        Worth::Hearsay(_) => None,
        Worth::Believed(email) => {
            let since = before
                .email_verified_at
                .filter(|_| before.email.as_ref() == Some(&email.address));
            Some(since.unwrap_or(entry.session.created_at))
        }
    };
    Profile {
        email_verified_at,
        ..entry.described.over(before)
    }
}

async fn create(
    organization: &mut Tenant<'_>,
    entry: &Entry,
    worth: Worth<'_>,
) -> Result<MemberId, Undone> {
    let now = entry.session.created_at;
    let profile = profile(entry, &Profile::default(), worth);
    let person = Person {
        id: entry.person.clone(),
        email: profile.email.clone(),
        name: profile.name.clone(),
        created_at: now,
    };
    let member = Member {
        id: entry.session.member.clone(),
        organization: entry.organization.clone(),
        person: person.id.clone(),
        role: "member".to_owned(),
        profile,
        created_at: now,
        deactivated_at: None,
    };
    organization.add_person(&person).await?;
    organization.add_member(&member).await??;
    add_identity(organization, entry, &member.id).await?;
    Ok(member.id)
}

async fn add_identity(
    organization: &mut Tenant<'_>,
    entry: &Entry,
    member: &MemberId,
) -> Result<(), Undone> {
    let (account, member) = (entry.account.clone(), member.clone());
    let identity = Identity {
        account,
        member,
        created_at: entry.session.created_at,
    };
    Ok(organization.add_identity(&identity).await??)
}

/// Why nothing was written.
#[derive(Debug)]
enum Undone {
    /// Somebody else was faster under the same account: now it is known whose it is.
    InTheWay,
    /// The person does not come in.
    Refused(Refusal),
}

impl<R: Into<Refusal>> From<R> for Undone
where
    R: NotAConflict,
{
    fn from(refusal: R) -> Self {
        Self::Refused(refusal.into())
    }
}

/// What ends an entry for good.
trait NotAConflict {}
impl NotAConflict for Refusal {}
impl NotAConflict for StoreError {}
impl NotAConflict for NotSpent {}
impl NotAConflict for NoSession {}

impl From<Conflict> for Undone {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::IdentityTaken => Self::InTheWay,
            conflict => Self::Refused(conflict.into()),
        }
    }
}

impl From<Undone> for Refusal {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::InTheWay => Self::Overloaded,
            Undone::Refused(refusal) => refusal,
        }
    }
}
