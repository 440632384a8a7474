//! Invitations of members: sent by email, sent again, and withdrawn.

use i18n::Localizer;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::mail::Mail;
use runtime::problem::{Problem, ProblemCode};
use store::{MemberState, Organization, PersonId, SignInLinkPurpose};

use super::member::{MemberRef, MemberView, NewMember};
use super::sign_in_link::NewLink;
use super::{Actor, TxError, application, instant, member, organization, role, sign_in_link};
use crate::to_json;

/// An invitation, and how the invited person learns of it.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub member: MemberView,
    delivery: Delivery,
}

#[derive(Clone, Debug)]
enum Delivery {
    /// The person has received an email. That of an administrator has a link into the console.
    ByEmail,
    /// The inviter must pass on this link.
    ByInviter(NewLink),
    /// An operator must create a link and pass it on.
    ByOperator,
    /// The person signs in through the identity provider, and the inviter must tell them.
    NotSent,
}

impl Invitation {
    /// The link that the inviter must pass on, because the server cannot send email.
    pub const fn link(&self) -> Option<&NewLink> {
        match &self.delivery {
            Delivery::ByInviter(link) => Some(link),
            Delivery::ByEmail | Delivery::ByOperator | Delivery::NotSent => None,
        }
    }

    /// Whether the person has received an email.
    pub const fn is_by_email(&self) -> bool {
        matches!(self.delivery, Delivery::ByEmail)
    }

    /// Whether nothing was sent and nothing is needed but that the inviter tells the person.
    pub const fn is_not_sent(&self) -> bool {
        matches!(self.delivery, Delivery::NotSent)
    }

    /// Whether an operator must create a link and pass it on.
    pub const fn needs_operator(&self) -> bool {
        matches!(self.delivery, Delivery::ByOperator)
    }
}

#[derive(Clone, Debug)]
pub struct Inviter {
    pub actor: Actor,
    /// The language of the email.
    pub text: Localizer,
    pub kind: InviterKind,
}

/// Decides whether the inviter may see the link of the invited person.
///
/// An account belongs to a person in all organizations, so a link gives access to all of them. An email shows the link
/// to the owner of the address only. Without email, only an operator may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InviterKind {
    Operator,
    /// An administrator of one organization, or a program.
    OrgAdmin,
}

/// Adds a member who has not signed in yet, and mails the invitation. Members sign in through the identity provider,
/// administrators also with the link in the email.
///
/// # Errors
///
/// [`ProblemCode::TooManyRequests`] if several invitations to the address were requested within the hour.
pub async fn invite(
    app: &App,
    inviter: &Inviter,
    org_id_or_slug: &str,
    new: NewMember,
) -> Result<Invitation, Problem> {
    let is_mailed = new.send_email.unwrap_or(true);
    if is_mailed {
        let organization = organization::find(app, org_id_or_slug).await?;
        check_mail_limit(app, &organization, &new.email)?;
    }
    let member = member::add(app, &inviter.actor, org_id_or_slug, new).await?;
    if !is_mailed {
        return Ok(Invitation {
            member,
            delivery: Delivery::NotSent,
        });
    }
    let organization = organization::find(app, org_id_or_slug).await?;
    deliver(app, inviter, &organization, member).await
}

/// Sends the invitation of a member again. An administrator receives a new link.
///
/// # Errors
///
/// - [`ProblemCode::NotInvited`] if the member has signed in or is deactivated,
/// - [`ProblemCode::TooManyRequests`] if several invitations to the address were requested within the hour.
pub async fn resend(
    app: &App,
    inviter: &Inviter,
    member: MemberRef<'_>,
) -> Result<Invitation, Problem> {
    let organization = organization::find(app, member.organization).await?;
    let view = member::show(app, member).await?;
    check_invited(view.state)?;
    check_mail_limit(
        app,
        &organization,
        view.email.as_deref().unwrap_or_default(),
    )?;
    let key = member::resolve(app, member).await?;
    let actor = inviter.actor.clone();
    let tx_app = app.clone();
    app.store
        .write(async move |tx| {
            let current = member::lock(tx, &key).await?;
            check_invited(current.state())?;
            let record = member::audit(&actor, &current, "invitation.resent");
            let entry = record.entry(&tx_app, None, None);
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    deliver(app, inviter, &organization, view).await
}

/// Withdraws the invitation of a member. The links of an administrator's invitation stop working.
///
/// # Errors
///
/// [`ProblemCode::NotInvited`] if the member has signed in or is deactivated.
pub async fn withdraw(app: &App, actor: &Actor, member: MemberRef<'_>) -> Result<(), Problem> {
    let key = member::resolve(app, member).await?;
    let actor = actor.clone();
    let tx_app = app.clone();
    app.store
        .write(async move |tx| {
            let member = member::lock(tx, &key).await?;
            check_invited(member.state())?;
            tx.organization(&member.organization)
                .delete_member(&member.id)
                .await?;
            tx.revoke_invitation_links(&member.person).await?;
            let before = to_json(&member::view(&member));
            let record = member::audit(&actor, &member, "invitation.withdrawn");
            let entry = record.entry(&tx_app, Some(before), None);
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(())
}

/// Counts a mail to the address. Without mail, and for no address at all, nothing is limited.
fn check_mail_limit(app: &App, organization: &Organization, email: &str) -> Result<(), Problem> {
    let email = EmailAddress::parse(email).filter(|_| app.mailer.is_available());
    match email {
        Some(email) if !app.limits.may_mail_invitation(&organization.id, &email) => {
            Err(Problem::new(ProblemCode::TooManyRequests))
        }
        _ => Ok(()),
    }
}

fn check_invited(state: MemberState) -> Result<(), Problem> {
    match state {
        MemberState::Invited => Ok(()),
        MemberState::Active | MemberState::Deactivated => {
            Err(Problem::new(ProblemCode::NotInvited))
        }
    }
}

async fn deliver(
    app: &App,
    inviter: &Inviter,
    organization: &Organization,
    mut member: MemberView,
) -> Result<Invitation, Problem> {
    let needs_link = member.role == role::ADMIN;
    let can_mail = app.mailer.is_available() && member.email.is_some();
    let delivery = if !can_mail && !needs_link {
        Delivery::NotSent
    } else if !can_mail && inviter.kind == InviterKind::OrgAdmin {
        Delivery::ByOperator
    } else if !can_mail {
        Delivery::ByInviter(issue_link(app, &member).await?)
    } else {
        let mail = if needs_link {
            let link = issue_link(app, &member).await?;
            admin_mail(app, inviter.text, organization, &link)
        } else {
            member_mail(app, inviter.text, organization).await?
        };
        let to = member.email.clone().unwrap_or_default();
        app.mailer.send(Mail { to, ..mail });
        record_mail(app, organization, &mut member).await?;
        Delivery::ByEmail
    };
    Ok(Invitation { member, delivery })
}

async fn issue_link(app: &App, member: &MemberView) -> Result<NewLink, Problem> {
    let person = PersonId::parse(&member.person)
        .map_err(|error| Problem::internal_error("parsing the person ID of a member", &error))?;
    Ok(sign_in_link::issue(app, SignInLinkPurpose::Invitation, person).await?)
}

async fn record_mail(
    app: &App,
    organization: &Organization,
    member: &mut MemberView,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let key = member::resolve(app, MemberRef::new(organization.id.as_str(), &member.id)).await?;
    app.store
        .write(async move |tx| {
            let mut organization = tx.organization(&key.organization);
            organization
                .set_invitation_sent(&key.member, now)
                .await
                .map(drop)
        })
        .await?;
    member.invitation_sent_at = Some(instant(now));
    Ok(())
}

/// The email for an administrator, without its recipient.
fn admin_mail(app: &App, text: Localizer, organization: &Organization, link: &NewLink) -> Mail {
    let product = app.config.product_name.as_str();
    Mail {
        to: String::new(),
        subject: text.format("team-mail-subject", &[("product", product.into())]),
        text: text.format(
            "team-mail-text",
            &[
                ("product", product.into()),
                ("organization", organization.name.as_str().into()),
                ("link", link.address.as_str().into()),
            ],
        ),
    }
}

/// The email for a member who signs in through the identity provider only, without its recipient.
async fn member_mail(
    app: &App,
    text: Localizer,
    organization: &Organization,
) -> Result<Mail, Problem> {
    let product = app.config.product_name.as_str();
    let variables = [
        ("product", product.into()),
        ("organization", organization.name.as_str().into()),
    ];
    let mut body = text.format("team-mail-member-text", &variables);
    if let Some(address) = application::start_page(app).await? {
        let link = text.format("team-mail-member-link", &[("link", address.into())]);
        body = format!("{body}\n\n{link}");
    }
    Ok(Mail {
        to: String::new(),
        subject: text.format("team-mail-subject", &variables[..1]),
        text: body,
    })
}
