//! Recovery codes, with which an administrator can sign in when the identity provider is unavailable.

use std::net::IpAddr;

use i18n::Localizer;
use jiff::Timestamp;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::{LocalizedText, Problem, ProblemCode};
use runtime::{random, seal};
use serde::Serialize;
use serde_json::json;
use store::{AuditEntry, AuditEntryId, Member, MemberId, OrganizationId, PersonId, StoreError, Tx};
use utoipa::ToSchema;

use super::admin_mail::{self, AdminMail};
use super::audit_log::AuditRecord;
use super::member::MemberRef;
use super::{Actor, TxError, organization, role};

const CODES_PER_MEMBER: usize = 10;
/// A code has 80 bits: 16 characters of 32 possible ones.
const CODE_CHARS: usize = 16;
/// Letters and digits that look different on paper.
const CODE_ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// New recovery codes of an administrator.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// The member ID.
    pub member: String,
    /// The codes. Each works once. They cannot be shown again.
    #[schema(example = json!(["abcd-efgh-ijkm-npqr"]))]
    pub codes: Vec<String>,
}

/// The member who has signed in with a recovery code. The session must be limited to the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoverySignIn {
    pub organization: OrganizationId,
    pub member: MemberId,
    pub person: PersonId,
}

/// Generates recovery codes for an administrator. The previous codes stop working.
///
/// # Errors
///
/// [`ProblemCode::NotAnAdmin`] if the member is not an active administrator.
pub async fn issue(
    app: &App,
    actor: &Actor,
    member: MemberRef<'_>,
) -> Result<RecoveryCodes, Problem> {
    let organization = organization::find(app, member.organization).await?;
    let unknown = || Problem::not_found("member", member.member);
    let id = MemberId::parse(member.member).map_err(|_| unknown())?;
    let codes: Vec<String> = std::iter::repeat_with(generate_code)
        .take(CODES_PER_MEMBER)
        .collect();
    let hashes: Vec<_> = codes
        .iter()
        .map(|code| seal::hash(&normalize(code)))
        .collect();
    let record = AuditRecord {
        actor,
        organization: Some(&organization.id),
        action: "recovery_codes.generated",
        subject: id.as_str(),
    };
    let entry = record.entry(app, None, Some(json!({ "codes": CODES_PER_MEMBER })));
    let now = app.clock.now();
    let not_found = unknown();
    let issued = RecoveryCodes {
        member: id.to_string(),
        codes,
    };
    app.store
        .write(async move |tx| {
            let mut organization = tx.organization(&organization.id);
            let member = organization.member(&id).await?.ok_or(not_found)?;
            if member.role != role::ADMIN || member.deactivated_at.is_some() {
                return Err(not_an_admin().into());
            }
            organization
                .replace_recovery_codes(&id, &hashes, now)
                .await?;
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(issued)
}

/// Records that an administrator has saved their unused recovery codes. Only saved codes count as a way to regain access
/// when SSO is enforced.
///
/// # Errors
///
/// [`ProblemCode::NoRecoveryCodes`] if the member has no unused code.
pub async fn confirm_saved(app: &App, actor: &Actor, member: MemberRef<'_>) -> Result<(), Problem> {
    let organization = organization::find(app, member.organization).await?;
    let unknown = || Problem::not_found("member", member.member);
    let id = MemberId::parse(member.member).map_err(|_| unknown())?;
    let record = AuditRecord {
        actor,
        organization: Some(&organization.id),
        action: "recovery_codes.saved",
        subject: id.as_str(),
    };
    let entry = record.entry(app, None, None);
    let now = app.clock.now();
    let not_found = unknown();
    app.store
        .write(async move |tx| {
            let mut organization = tx.organization(&organization.id);
            organization.lock_member(&id).await?.ok_or(not_found)?;
            if organization.count_recovery_codes(&id).await? == 0 {
                return Err(Problem::new(ProblemCode::NoRecoveryCodes).into());
            }
            if organization.confirm_recovery_codes(&id, now).await? > 0 {
                tx.add_audit_entry(&entry).await?;
            }
            Ok::<_, TxError>(())
        })
        .await?;
    Ok(())
}

/// Redeems a recovery code of the member with this email address. A code of another member stays valid.
/// The administrators of the organization learn of it by an email in the language of `text`.
///
/// # Errors
///
/// - [`ProblemCode::TooManyRequests`] if the client has reached its limit,
/// - a problem with the field `code` if the member has no such code, or it is used.
pub async fn redeem(
    app: &App,
    client: IpAddr,
    email: &str,
    code: &str,
    text: Localizer,
) -> Result<RecoverySignIn, Problem> {
    if !app.limits.may_try_recovery_code(client) {
        return Err(Problem::new(ProblemCode::TooManyRequests));
    }
    let email = EmailAddress::parse_field("email", email)?;
    let hash = seal::hash(&normalize(code));
    let now = app.clock.now();
    let entry = AuditEntryId::from_random(random::bytes());
    let (member, codes_left) = app
        .store
        .write(async move |tx| {
            let consumed = tx.consume_recovery_code(&hash, now).await?;
            let consumed = consumed.ok_or_else(unknown_code)?;
            let mut organization = tx.organization(&consumed.organization);
            let member = organization.member(&consumed.member).await?;
            let member = member.ok_or_else(unknown_code)?;
            if !has_email(tx, &member, &email).await? {
                return Err(unknown_code().into());
            }
            tx.add_audit_entry(&use_entry(entry, &member, now)).await?;
            let mut organization = tx.organization(&member.organization);
            let codes_left = organization.count_recovery_codes(&member.id).await?;
            Ok::<_, TxError>((member, codes_left))
        })
        .await?;
    notify_admins(app, text, &member, codes_left).await?;
    Ok(RecoverySignIn {
        organization: member.organization,
        member: member.id,
        person: member.person,
    })
}

async fn notify_admins(
    app: &App,
    text: Localizer,
    member: &Member,
    codes_left: i64,
) -> Result<(), Problem> {
    let profile = &member.profile;
    let name = profile.name.as_ref().or(profile.email.as_ref());
    let mail = AdminMail {
        event: "recovery",
        page: "sso-enforcement",
        variables: vec![
            (
                "member",
                name.cloned().unwrap_or_else(|| member.id.to_string()),
            ),
            ("codes", codes_left.to_string()),
        ],
    };
    let organization = organization::find(app, member.organization.as_str()).await?;
    admin_mail::send(app, text, &organization, mail).await;
    Ok(())
}

/// Whether the address is in the member's profile or is that of the member's account.
async fn has_email(tx: &mut Tx, member: &Member, email: &EmailAddress) -> Result<bool, StoreError> {
    let profile = member
        .profile
        .email
        .as_deref()
        .and_then(EmailAddress::parse);
    if profile.as_ref() == Some(email) {
        return Ok(true);
    }
    let account = tx.console_account(email.as_str()).await?;
    Ok(account.is_some_and(|account| account.person == member.person))
}

/// Builds the audit entry inside the transaction, since the member is known only after the code is consumed.
fn use_entry(id: AuditEntryId, member: &Member, at: Timestamp) -> AuditEntry {
    AuditEntry {
        id,
        organization: Some(member.organization.clone()),
        actor: member.person.to_string(),
        action: "recovery_code.used".to_owned(),
        subject: member.id.to_string(),
        before: None,
        after: None,
        at,
    }
}

fn generate_code() -> String {
    let letters = random::bytes::<CODE_CHARS>().map(|byte| CODE_ALPHABET[usize::from(byte % 32)]);
    let groups = letters
        .chunks(4)
        .map(|group| group.iter().copied().map(char::from).collect());
    groups.collect::<Vec<String>>().join("-")
}

/// The form of a code that is hashed: without separators, in lowercase.
fn normalize(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ignore_case_and_separators() {
        let code = generate_code();
        assert_eq!(code.len(), CODE_CHARS + 3);
        assert_eq!(normalize(&code).len(), CODE_CHARS);
        let typed = format!(" {} ", code.to_ascii_uppercase().replace('-', " "));
        assert_eq!(normalize(&typed), normalize(&code));
        assert_ne!(generate_code(), code);
    }
}
