//! Recovery codes: the way in for an administrator when the identity provider lets nobody in.

use std::net::IpAddr;

use jiff::Timestamp;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::{LocalizedText, Problem, ProblemCode};
use runtime::{random, seal};
use serde::Serialize;
use serde_json::json;
use store::{AuditEntry, AuditEntryId, Member, MemberId, OrganizationId, PersonId, StoreError, Tx};
use utoipa::ToSchema;

use super::audit_log::Deed;
use super::{Actor, Undone, organization, role};

/// How many codes somebody gets.
const CODES: usize = 10;
/// How many letters a code has: of 32 kinds each, so 80 bits that nobody guesses.
const LETTERS: usize = 16;
/// Letters and digits that nobody mistakes for one another on paper.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// New recovery codes of an administrator.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// The member ID.
    pub member: String,
    /// The codes. Each works once. They cannot be shown again.
    #[schema(example = json!(["abcd-efgh-ijkm-npqr"]))]
    pub codes: Vec<String>,
}

/// Who has come in by a recovery code, and to which organization alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// The organization.
    pub organization: OrganizationId,
    /// The member.
    pub member: MemberId,
    /// The person.
    pub person: PersonId,
}

/// Gives an administrator fresh recovery codes; those that they had are worth nothing any more.
///
/// # Errors
///
/// When the organization has no such member, or they are no administrator.
pub async fn issue(
    app: &App,
    actor: &Actor,
    (named, member): (&str, &str),
) -> Result<RecoveryCodes, Problem> {
    let organization = organization::find(app, named).await?;
    let unknown = || Problem::not_found("member", member);
    let id = MemberId::parse(member).map_err(|_| unknown())?;
    let codes: Vec<String> = std::iter::repeat_with(draw).take(CODES).collect();
    let hashes: Vec<_> = codes.iter().map(|code| seal::hash(&plain(code))).collect();
    let deed = Deed {
        actor,
        organization: Some(&organization.id),
        action: "recovery_codes.issue",
        subject: id.as_str(),
    };
    let event = deed.event(app, None, Some(json!({ "codes": CODES })));
    let (now, refused, whose) = (app.clock.now(), unknown(), id.to_string());
    app.store
        .write(async move |tx| {
            let mut place = tx.organization(&organization.id);
            let member = place.member(&id).await?.ok_or(refused)?;
            if member.role != role::ADMIN || member.deactivated_at.is_some() {
                return Err(not_an_admin().into());
            }
            place.replace_recovery_codes(&id, &hashes, now).await?;
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(RecoveryCodes {
        member: whose,
        codes,
    })
}

/// Uses a recovery code of whoever has an address up, and says who comes in by it. A code of somebody else stays good.
///
/// # Errors
///
/// When it is none of theirs that is good now, or this client tries too often.
pub async fn spend(
    app: &App,
    client: IpAddr,
    (email, code): (&str, &str),
) -> Result<Recovered, Problem> {
    if !app.limits.may_try_recovery_code(client) {
        return Err(Problem::new(ProblemCode::TooManyRequests));
    }
    let email = EmailAddress::parse_field("email", email)?;
    let (hash, now) = (seal::hash(&plain(code)), app.clock.now());
    let event = AuditEntryId::from_random(random::bytes());
    let member = app
        .store
        .write(async move |tx| {
            let spent = tx.consume_recovery_code(&hash, now).await?;
            let spent = spent.ok_or_else(unknown_code)?;
            let mut place = tx.organization(&spent.organization);
            let member = place.member(&spent.member).await?;
            let member = member.ok_or_else(unknown_code)?;
            if !is_theirs(tx, &email, &member).await? {
                return Err(unknown_code().into());
            }
            tx.add_audit_entry(&used(event, &member, now)).await?;
            Ok::<_, Undone>(member)
        })
        .await?;
    Ok(Recovered {
        organization: member.organization,
        member: member.id,
        person: member.person,
    })
}

/// Whether an address is that of a member, or one by which they come into the console.
async fn is_theirs(tx: &mut Tx, email: &EmailAddress, member: &Member) -> Result<bool, StoreError> {
    let profile = member
        .profile
        .email
        .as_deref()
        .and_then(EmailAddress::parse);
    if profile.as_ref() == Some(email) {
        return Ok(true);
    }
    let holder = tx.console_account(email.as_str()).await?;
    Ok(holder.is_some_and(|holder| holder.person == member.person))
}

/// Whose code it was is known only once it is spent, and what cannot be written down must not happen.
fn used(id: AuditEntryId, member: &Member, at: Timestamp) -> AuditEntry {
    AuditEntry {
        id,
        organization: Some(member.organization.clone()),
        actor: member.person.to_string(),
        action: "recovery_code.use".to_owned(),
        subject: member.id.to_string(),
        before: None,
        after: None,
        at,
    }
}

fn draw() -> String {
    let letters = random::bytes::<LETTERS>().map(|byte| ALPHABET[usize::from(byte % 32)]);
    let groups = letters
        .chunks(4)
        .map(|group| group.iter().copied().map(char::from).collect());
    groups.collect::<Vec<String>>().join("-")
}

/// A code as it is hashed, however somebody has written it.
fn plain(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|one| one.to_ascii_lowercase())
        .collect()
}

fn not_an_admin() -> Problem {
    Problem::new(ProblemCode::NotAnAdmin)
}

fn unknown_code() -> Problem {
    Problem::field(
        "code",
        LocalizedText::key("problem-expected-recovery-code"),
        LocalizedText::key("problem-received-recovery-code"),
    )
}

#[test]
fn a_code_is_the_same_however_it_is_written() {
    let code = draw();
    assert_eq!(code.len(), LETTERS + 3);
    assert_eq!(plain(&code).len(), LETTERS);
    let written = format!(" {} ", code.to_ascii_uppercase().replace('-', " "));
    assert_eq!(plain(&written), plain(&code));
    assert_ne!(draw(), code);
}
