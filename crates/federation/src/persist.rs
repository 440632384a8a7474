//! The one transaction in which somebody comes in.

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::random;
use runtime::secret_token::SecretToken;
use saml::Claims;
use serde_json::json;
use service::sign_in::discovery::Destination;
use service::sign_in::error::Refusal;
use service::sign_in::federated_user::{Finding, Newcomer};
use service::sign_in::member_match::Decision;
use store::{
    Attempt, AttemptMessages, AuditEntry, AuditEntryId, Conflict, ConsumeError, ConsumedAssertion,
    Identity, InactiveSession, Member, MemberId, OrganizationId, OrganizationTx, PendingSignInId,
    Person, PersonId, Session, SessionId, StoreError, Tx, VerifiedAssertion,
};

use super::issued_code::Grant;
use super::pending_sign_in::Arrival;

/// How long somebody stays signed in here, unless the identity provider says less.
const SESSION_LIFETIME: SignedDuration = SignedDuration::from_hours(8);
/// The least, so that a code can be redeemed.
const SHORTEST_SESSION: SignedDuration = oidc::token::CODE_LIFETIME;
/// Two who come in at the same moment under one account make two tries of one of them.
const TRIES: usize = 3;

/// Somebody about to come in: everything that will be written, but for who they are.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    organization: OrganizationId,
    pending: Option<PendingSignInId>,
    assertion: VerifiedAssertion,
    newcomer: Newcomer,
    person: PersonId,
    event: AuditEntryId,
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
        cookie: &SecretToken,
    ) -> Result<Self, Refusal> {
        let now = app.clock.now();
        let connection = &destination.connection;
        let newcomer = Newcomer::read(app, destination, claims)?;
        let remember_until = claims.remember_until;
        let assertion = VerifiedAssertion {
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
            newcomer,
            person: PersonId::from_random(random::bytes()),
            event: AuditEntryId::from_random(random::bytes()),
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
fn session(
    destination: &Destination,
    claims: &Claims,
    cookie: &SecretToken,
    now: Timestamp,
) -> Session {
    let seconds = |time: Timestamp| time;
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
pub(super) async fn commit(app: &App, entry: &Entry, attempt: &Noted) -> Result<MemberId, Refusal> {
    for _ in 1..TRIES {
        match enter_once(app, entry, attempt).await {
            Err(Undone::InTheWay) => {}
            Err(Undone::Refused(refusal)) => return Err(refusal),
            Ok(member) => return Ok(member),
        }
    }
    enter_once(app, entry, attempt).await.map_err(Refusal::from)
}

/// An attempt with its messages, where they are kept.
type Noted = (Attempt, Option<AttemptMessages>);

async fn enter_once(app: &App, entry: &Entry, attempt: &Noted) -> Result<MemberId, Undone> {
    let (entry, attempt) = (entry.clone(), attempt.clone());
    app.store
        .write(async move |tx| enter(tx, &entry, attempt).await)
        .await
}

async fn enter(tx: &mut Tx, entry: &Entry, (attempt, messages): Noted) -> Result<MemberId, Undone> {
    let now = entry.session.created_at;
    let spent: ConsumedAssertion = match &entry.pending {
        Some(pending) => {
            tx.consume_solicited(pending, &entry.assertion, now)
                .await??
        }
        None => tx.consume_unsolicited(&entry.assertion, now).await??,
    };
    let settled = settle(&mut tx.organization(&entry.organization), entry).await?;
    if let Some(event) = settled.event(entry) {
        tx.add_audit_entry(&event).await?;
    }
    let member = settled.member;
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
    let mut place = tx.organization(&entry.organization);
    place.add_attempt(&attempt).await?;
    if let Some(messages) = &messages {
        place.insert_messages(&attempt.id, messages).await?;
    }
    Ok(member)
}

/// Finds or makes the member, and writes down what is now known of them.
async fn settle(organization: &mut OrganizationTx<'_>, entry: &Entry) -> Result<Settled, Undone> {
    let now = entry.session.created_at;
    let finding = entry.newcomer.find_out(organization, now).await?;
    let member = match &finding.decision {
        Decision::Welcome(member) => member.clone(),
        Decision::Join(member) => {
            add_identity(organization, entry, member).await?;
            member.clone()
        }
        Decision::Create => {
            let member = create(organization, entry, finding).await?;
            return Ok(Settled { member, role: None });
        }
    };
    organization
        .update_profile(&member, &finding.profile)
        .await?;
    let was = finding.before.map(|before| before.role);
    let changed = was.filter(|was| *was != finding.role);
    if changed.is_some() {
        organization.set_role(&member, &finding.role).await?;
    }
    Ok(Settled {
        member,
        role: changed.map(|was| (was, finding.role)),
    })
}

/// Who has come in.
struct Settled {
    member: MemberId,
    /// The role that they had and the one that they have now, where the rules gave them another.
    role: Option<(String, String)>,
}

impl Settled {
    fn event(&self, entry: &Entry) -> Option<AuditEntry> {
        let (before, after) = self.role.as_ref()?;
        let role = |role: &str| Some(json!({ "role": role }).to_string());
        Some(AuditEntry {
            id: entry.event.clone(),
            organization: Some(entry.organization.clone()),
            actor: entry.assertion.connection.to_string(),
            action: "member.role".to_owned(),
            subject: self.member.to_string(),
            before: role(before),
            after: role(after),
            at: entry.session.created_at,
        })
    }
}

async fn create(
    organization: &mut OrganizationTx<'_>,
    entry: &Entry,
    finding: Finding,
) -> Result<MemberId, Undone> {
    let now = entry.session.created_at;
    let Finding { profile, role, .. } = finding;
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
        role,
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
    organization: &mut OrganizationTx<'_>,
    entry: &Entry,
    member: &MemberId,
) -> Result<(), Undone> {
    let (account, member) = (entry.newcomer.account.clone(), member.clone());
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

impl From<Refusal> for Undone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<ConsumeError> for Undone {
    fn from(error: ConsumeError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<InactiveSession> for Undone {
    fn from(error: InactiveSession) -> Self {
        Self::Refused(error.into())
    }
}

impl From<Conflict> for Undone {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::AccountInUse => Self::InTheWay,
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
