//! Invitations of members. An invited administrator also receives a link into the console.

use i18n::Localizer;
use runtime::app::App;
use runtime::mail::Mail;
use runtime::problem::Problem;
use store::{PersonId, SignInLinkPurpose};

use super::member::{MemberView, NewMember};
use super::sign_in_link::NewLink;
use super::{Actor, member, organization, role, sign_in_link};

/// The result of an invitation.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub member: MemberView,
    delivery: LinkDelivery,
}

/// How the invited person receives the link into the console.
#[derive(Clone, Debug)]
enum LinkDelivery {
    /// The person signs in through the identity provider only.
    NotNeeded,
    /// The person has received the link by email.
    ByEmail,
    /// The inviter must pass on this link.
    ByInviter(NewLink),
    /// An operator must create a link and pass it on.
    ByOperator,
}

impl Invitation {
    /// The link that the inviter must pass on, because the server cannot send email.
    pub const fn link(&self) -> Option<&NewLink> {
        match &self.delivery {
            LinkDelivery::ByInviter(link) => Some(link),
            LinkDelivery::NotNeeded | LinkDelivery::ByEmail | LinkDelivery::ByOperator => None,
        }
    }

    /// Whether the person signs in through the identity provider only, so that no link is sent.
    pub const fn is_sso_only(&self) -> bool {
        matches!(self.delivery, LinkDelivery::NotNeeded)
    }

    /// Whether the person has received the link by email.
    pub const fn is_by_email(&self) -> bool {
        matches!(self.delivery, LinkDelivery::ByEmail)
    }

    /// Whether an operator must create a link and pass it on.
    pub const fn needs_operator(&self) -> bool {
        matches!(self.delivery, LinkDelivery::ByOperator)
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
    /// An administrator of one organization.
    OrgAdmin,
}

/// Adds a member who has not signed in yet. Members sign in through the identity provider, administrators also with a
/// link.
pub async fn invite(
    app: &App,
    inviter: &Inviter,
    org_id_or_slug: &str,
    new: NewMember,
) -> Result<Invitation, Problem> {
    let member = member::add(app, &inviter.actor, org_id_or_slug, new).await?;
    let invitation = |member, delivery| Ok(Invitation { member, delivery });
    if member.role != role::ADMIN {
        return invitation(member, LinkDelivery::NotNeeded);
    }
    if !app.mailer.is_available() && inviter.kind == InviterKind::OrgAdmin {
        return invitation(member, LinkDelivery::ByOperator);
    }
    let person = PersonId::parse(&member.person)
        .map_err(|error| Problem::internal_error("parsing the person ID of a member", &error))?;
    let link = sign_in_link::issue(app, SignInLinkPurpose::Invitation, person).await?;
    if !app.mailer.is_available() {
        return invitation(member, LinkDelivery::ByInviter(link));
    }
    let organization = organization::find(app, org_id_or_slug).await?;
    app.mailer
        .send(mail(app, inviter.text, &member, &organization.name, &link));
    invitation(member, LinkDelivery::ByEmail)
}

fn mail(
    app: &App,
    text: Localizer,
    member: &MemberView,
    organization: &str,
    link: &NewLink,
) -> Mail {
    let product = app.config.product_name.as_str();
    Mail {
        to: member.email.clone().unwrap_or_default(),
        subject: text.format("team-mail-subject", &[("product", product.into())]),
        text: text.format(
            "team-mail-text",
            &[
                ("product", product.into()),
                ("organization", organization.into()),
                ("link", link.address.as_str().into()),
            ],
        ),
    }
}
