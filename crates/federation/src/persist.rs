//! The one transaction that signs a user in.

use jiff::{SignedDuration, Timestamp};
use oidc::AuthorizationCode;
use oidc::authorization::AuthorizationRequest;
use oidc::token::CodeGrant;
use runtime::app::App;
use runtime::secret_token::SecretToken;
use runtime::{random, seal};
use saml::Claims;
use serde_json::json;
use service::sign_in::attempt_log::AttemptRows;
use service::sign_in::attempt_warning::AttemptWarning;
use service::sign_in::error::SignInError;
use service::sign_in::federated_user::{FederatedUser, MemberMatch};
use service::sign_in::member_match::Decision;
use store::{
    ApplicationId, AuditEntry, AuditEntryId, AuthorizationCode as CodeRow, Conflict, ConsumeError,
    ConsumedAssertion, Identity, InactiveSession, Member, MemberId, OrganizationTx,
    PendingSignInId, Person, PersonId, Session, SessionId, StoreError, Tx, VerifiedAssertion,
};

/// How long a session lasts, unless the identity provider limits it.
const SESSION_LIFETIME: SignedDuration = SignedDuration::from_hours(8);
/// A session lasts at least until its code expires.
const MIN_SESSION_LIFETIME: SignedDuration = oidc::token::CODE_LIFETIME;
/// The maximum number of attempts when concurrent sign-ins with one account conflict.
const MAX_ATTEMPTS: usize = 3;

/// A sign-in whose assertion was accepted: everything that is written, except which member the user is.
#[derive(Clone, Debug)]
pub(crate) struct SignIn {
    /// The code for the application, when one asked for it.
    pub code: Option<IssuedCode>,
    consumption: Consumption,
    assertion: VerifiedAssertion,
    user: FederatedUser,
    /// The only member whom the application accepts.
    subject: Option<String>,
    person: PersonId,
    audit_entry: AuditEntryId,
    session: Session,
}

/// What the sign-in completes, and what it consumes with that.
#[derive(Clone, Debug)]
pub(crate) enum Consumption {
    /// The request, and the assertion that answers it.
    Solicited(PendingSignInId),
    /// The user's confirmation of an unsolicited response, whose assertion was consumed when it was received.
    Confirmed(PendingSignInId),
}

impl SignIn {
    /// Generates the IDs.
    pub(crate) fn prepare(
        user: FederatedUser,
        consumption: Consumption,
        claims: &Claims,
        cookie: &SecretToken,
        now: Timestamp,
    ) -> Self {
        Self {
            code: None,
            consumption,
            assertion: VerifiedAssertion {
                connection: user.account.connection.clone(),
                assertion_id: claims.assertion_id.clone(),
                remember_until: claims.remember_until,
                session_epoch: user.session_epoch,
            },
            person: PersonId::from_random(random::bytes()),
            audit_entry: AuditEntryId::from_random(random::bytes()),
            session: new_session(&user, claims, cookie, now),
            user,
            subject: None,
        }
    }

    /// Adds a code for the application that asked for one.
    #[must_use]
    pub(crate) fn with_code(self, request: Option<&AuthorizationRequest>) -> Self {
        let code = request.map(|request| IssuedCode::generate(request, self.now()));
        let subject = request.and_then(|request| request.subject.clone());
        Self {
            code,
            subject,
            ..self
        }
    }

    fn now(&self) -> Timestamp {
        self.session.created_at
    }

    async fn insert(&self, tx: &mut Tx, mut rows: AttemptRows) -> Result<MemberId, PersistError> {
        let consumed: ConsumedAssertion = match &self.consumption {
            Consumption::Solicited(pending) => {
                tx.consume_solicited(pending, &self.assertion, self.now())
                    .await??
            }
            Consumption::Confirmed(pending) => {
                tx.consume_confirmed(pending, &self.assertion, self.now())
                    .await??
            }
        };
        let upserted = self
            .upsert_member(&mut tx.organization(&self.user.organization))
            .await?;
        let is_accepted = |subject: &str| subject == upserted.member.as_str();
        if !self.subject.as_deref().is_none_or(is_accepted) {
            return Err(SignInError::OtherMember.into());
        }
        if let Some(entry) = self.role_audit_entry(&upserted) {
            tx.add_audit_entry(&entry).await?;
        }
        let session = Session {
            member: upserted.member.clone(),
            ..self.session.clone()
        };
        tx.begin_session(&consumed, &session).await??;
        if let Some(code) = &self.code {
            tx.grant_code(&code.row(&session)).await??;
        }
        rows.attempt.member = Some(upserted.member.clone());
        rows.warn(&upserted.warnings);
        rows.insert(&mut tx.organization(&self.user.organization))
            .await?;
        Ok(upserted.member)
    }

    /// Finds or provisions the member, and updates profile and role.
    async fn upsert_member(
        &self,
        organization: &mut OrganizationTx<'_>,
    ) -> Result<UpsertedMember, PersistError> {
        let matched = self
            .user
            .match_and_lock_member(organization, self.now())
            .await?;
        let warnings = self.user.warnings(Some(&matched));
        let member = match &matched.decision {
            Decision::Existing(member) if matched.changes_nothing() => {
                return Ok(UpsertedMember {
                    member: member.clone(),
                    role_change: None,
                    warnings,
                });
            }
            Decision::Existing(member) => member.clone(),
            Decision::AcceptInvitation(member) => {
                self.add_identity(organization, member).await?;
                member.clone()
            }
            Decision::MoveAccount { member, by } => {
                self.add_identity(organization, member).await?;
                organization
                    .set_account_move(&self.user.account, by)
                    .await?;
                member.clone()
            }
            Decision::Provision => {
                let member = self.provision(organization, matched).await?;
                return Ok(UpsertedMember {
                    member,
                    role_change: None,
                    warnings,
                });
            }
        };
        organization
            .update_profile(&member, &matched.profile)
            .await?;
        let before = matched.before.map(|before| before.role);
        let role_change = before
            .filter(|before| *before != matched.role)
            .map(|before| RoleChange {
                before,
                after: matched.role,
            });
        if let Some(change) = &role_change {
            organization.set_role(&member, &change.after).await?;
        }
        Ok(UpsertedMember {
            member,
            role_change,
            warnings,
        })
    }

    async fn provision(
        &self,
        organization: &mut OrganizationTx<'_>,
        matched: MemberMatch,
    ) -> Result<MemberId, PersistError> {
        let MemberMatch { profile, role, .. } = matched;
        let person = Person {
            id: self.person.clone(),
            email: profile.email.clone(),
            name: profile.name.clone(),
            created_at: self.now(),
        };
        let member = Member {
            id: self.session.member.clone(),
            organization: self.user.organization.clone(),
            person: person.id.clone(),
            role,
            profile,
            created_at: self.now(),
            joined_at: None,
            invited_email: None,
            invitation_sent_at: None,
            deactivated_at: None,
        };
        organization.add_person(&person).await?;
        organization.add_member(&member).await??;
        self.add_identity(organization, &member.id).await?;
        Ok(member.id)
    }

    async fn add_identity(
        &self,
        organization: &mut OrganizationTx<'_>,
        member: &MemberId,
    ) -> Result<(), PersistError> {
        let identity = Identity {
            account: self.user.account.clone(),
            member: member.clone(),
            created_at: self.now(),
        };
        Ok(organization.add_identity(&identity).await??)
    }

    fn role_audit_entry(&self, upserted: &UpsertedMember) -> Option<AuditEntry> {
        let change = upserted.role_change.as_ref()?;
        let role = |role: &str| Some(json!({ "role": role }).to_string());
        Some(AuditEntry {
            id: self.audit_entry.clone(),
            organization: Some(self.user.organization.clone()),
            actor: self.assertion.connection.to_string(),
            action: "member.role_changed".to_owned(),
            subject: upserted.member.to_string(),
            before: role(&change.before),
            after: role(&change.after),
            at: self.now(),
        })
    }
}

struct UpsertedMember {
    member: MemberId,
    /// The change of an existing member's role, if there was one.
    role_change: Option<RoleChange>,
    warnings: Vec<AttemptWarning>,
}

struct RoleChange {
    before: String,
    after: String,
}

/// The session to start. Its member is the new one; it is replaced if the user is a member already.
fn new_session(
    user: &FederatedUser,
    claims: &Claims,
    cookie: &SecretToken,
    now: Timestamp,
) -> Session {
    let latest = now + SESSION_LIFETIME;
    let expires_at = claims
        .session_not_on_or_after
        .map_or(latest, |until| latest.min(until));
    let authentication = claims.authentication();
    Session {
        id: SessionId::from_random(random::bytes()),
        cookie: cookie.hash.clone(),
        organization: user.organization.clone(),
        member: MemberId::from_random(random::bytes()),
        connection: user.account.connection.clone(),
        // The clock of the identity provider may be ahead; no one has signed in in the future.
        auth_time: authentication.map(|one| now.min(one.at)),
        acr: authentication.and_then(|one| one.context.clone()),
        created_at: now,
        expires_at: expires_at.max(now + MIN_SESSION_LIFETIME),
        ended_at: None,
    }
}

/// Consumes the request and the assertion, finds or provisions the member, starts the session, issues the code and
/// stores the attempt: all of it, or nothing.
pub(crate) async fn persist(
    app: &App,
    sign_in: &SignIn,
    rows: &AttemptRows,
) -> Result<MemberId, SignInError> {
    for _ in 1..MAX_ATTEMPTS {
        match persist_once(app, sign_in, rows).await {
            Err(PersistError::Conflict) => {}
            Err(PersistError::SignIn(error)) => return Err(error),
            Ok(member) => return Ok(member),
        }
    }
    match persist_once(app, sign_in, rows).await {
        Err(PersistError::Conflict) => Err(SignInError::Overloaded),
        Err(PersistError::SignIn(error)) => Err(error),
        Ok(member) => Ok(member),
    }
}

async fn persist_once(
    app: &App,
    sign_in: &SignIn,
    rows: &AttemptRows,
) -> Result<MemberId, PersistError> {
    let (sign_in, rows) = (sign_in.clone(), rows.clone());
    app.store
        .write(async move |tx| sign_in.insert(tx, rows).await)
        .await
}

/// Why nothing was written.
#[derive(Debug)]
enum PersistError {
    /// Another sign-in has just added the same account. The next attempt will find its member.
    Conflict,
    SignIn(SignInError),
}

impl From<SignInError> for PersistError {
    fn from(error: SignInError) -> Self {
        Self::SignIn(error)
    }
}

impl From<StoreError> for PersistError {
    fn from(error: StoreError) -> Self {
        Self::SignIn(error.into())
    }
}

impl From<ConsumeError> for PersistError {
    fn from(error: ConsumeError) -> Self {
        Self::SignIn(error.into())
    }
}

impl From<InactiveSession> for PersistError {
    fn from(error: InactiveSession) -> Self {
        Self::SignIn(error.into())
    }
}

impl From<Conflict> for PersistError {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::AccountInUse => Self::Conflict,
            conflict => Self::SignIn(conflict.into()),
        }
    }
}

/// A code for the application that asked for it.
#[derive(Clone, Debug)]
pub(crate) struct IssuedCode {
    pub secret: AuthorizationCode,
    grant: CodeGrant,
    now: Timestamp,
}

impl IssuedCode {
    pub(crate) fn generate(request: &AuthorizationRequest, now: Timestamp) -> Self {
        Self {
            secret: AuthorizationCode::from_random(&random::bytes()),
            grant: CodeGrant::new(request, now),
            now,
        }
    }

    pub(crate) fn row(&self, session: &Session) -> CodeRow {
        let CodeGrant {
            client_id,
            redirect_uri,
            code_challenge,
            nonce,
            scopes,
            claims,
            expires_at,
        } = self.grant.clone();
        CodeRow {
            hash: seal::hash(self.secret.as_str()),
            application: ApplicationId::parse(&client_id)
                .expect("an accepted request names a stored application"),
            organization: session.organization.clone(),
            member: session.member.clone(),
            connection: session.connection.clone(),
            session: session.id.clone(),
            redirect_uri,
            code_challenge: code_challenge.map(|challenge| challenge.as_str().to_owned()),
            nonce,
            scope: scopes.to_string(),
            claims: serde_json::to_string(&claims).expect("the names of claims are JSON"),
            auth_time: session.auth_time,
            acr: session.acr.clone(),
            created_at: self.now,
            expires_at,
        }
    }
}
