//! Invitations: a membership, and for whoever administers a link into the console.

use i18n::Localizer;
use runtime::app::App;
use runtime::mail::Mail;
use runtime::problem::Problem;
use store::{PersonId, SignInLinkPurpose};

use super::member::{ADMIN, MemberView, NewMember};
use super::sign_in_link::NewLink;
use super::{Actor, member, organization, sign_in_link};

/// What has become of an invitation.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The member.
    pub member: MemberView,
    way: Way,
}

/// How somebody who was invited comes into the console.
#[derive(Clone, Debug)]
enum Way {
    /// Not at all, or by the mail that was sent.
    Known,
    /// By a link that the inviter has to give them.
    Link(NewLink),
    /// By a link that an operator has to give them.
    ByOperator,
}

impl Invitation {
    /// The link that the inviter has to give them, where no mail brings it to them.
    pub const fn link(&self) -> Option<&NewLink> {
        match &self.way {
            Way::Link(link) => Some(link),
            Way::Known | Way::ByOperator => None,
        }
    }

    /// Whether an operator has to give them a link.
    pub const fn is_left_to_an_operator(&self) -> bool {
        matches!(self.way, Way::ByOperator)
    }
}

/// Who invites, in whose language, and what they may hand out.
#[derive(Clone, Debug)]
pub struct Inviter {
    /// Their name in the audit trail.
    pub actor: Actor,
    /// The words of the mail.
    pub text: Localizer,
    /// What they are to the deployment.
    pub standing: Standing,
}

/// What an inviter is to the deployment.
///
/// An address is a person for all organizations and for the operators, so whoever holds a link for it is that person:
/// the mail gives it to the owner of the address alone, and without mail nobody but an operator may be shown it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Runs it.
    Operator,
    /// Administers one organization.
    Administrator,
}

/// Invites somebody: members come in through the identity provider, administrators by a link too.
///
/// # Errors
///
/// When they are a member already, or something is not as it must be.
pub async fn invite(
    app: &App,
    inviter: &Inviter,
    named: &str,
    new: NewMember,
) -> Result<Invitation, Problem> {
    let member = member::add(app, &inviter.actor, named, new).await?;
    let ended = |member, way| Ok(Invitation { member, way });
    if member.role != ADMIN {
        return ended(member, Way::Known);
    }
    if !app.mailer.is_available() && inviter.standing == Standing::Administrator {
        return ended(member, Way::ByOperator);
    }
    let person = PersonId::parse(&member.person)
        .map_err(|error| Problem::internal_error("reading an id of our own", &error))?;
    let link = sign_in_link::hand_out(app, SignInLinkPurpose::Invitation, person).await?;
    if !app.mailer.is_available() {
        return ended(member, Way::Link(link));
    }
    let organization = organization::find(app, named).await?;
    app.mailer.send(mail(
        app,
        inviter.text,
        (&member, &organization.name, &link),
    ));
    ended(member, Way::Known)
}

fn mail(
    app: &App,
    text: Localizer,
    (member, organization, link): (&MemberView, &str, &NewLink),
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
