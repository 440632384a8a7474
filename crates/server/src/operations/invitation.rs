//! Invitations: a membership, and for whoever administers a link into the console.

use store::{LinkPurpose, PersonId};

use super::member::{self, ADMIN, MemberView, NewMember};
use super::sign_in_link::{self, NewLink};
use super::{Actor, organization};
use crate::app::App;
use crate::mail::Mail;
use crate::problem::Problem;
use crate::text::Text;

/// What has become of an invitation.
#[derive(Clone, Debug)]
pub(crate) struct Invitation {
    /// The member.
    pub member: MemberView,
    /// The link by which they come into the console, where no mail brings it to them.
    pub link: Option<NewLink>,
}

/// Invites somebody: members come in through the identity provider, administrators by a link too.
///
/// # Errors
///
/// When they are a member already, or something is not as it must be.
pub(crate) async fn invite(
    app: &App,
    actor: &Actor,
    named: &str,
    new: NewMember,
    text: Text,
) -> Result<Invitation, Problem> {
    let member = member::add(app, actor, named, new).await?;
    if member.role != ADMIN {
        return Ok(Invitation { member, link: None });
    }
    let person = PersonId::parse(&member.person)
        .map_err(|error| Problem::broken("reading an id of our own", &error))?;
    let link = sign_in_link::hand_out(app, LinkPurpose::Invitation, person).await?;
    if !app.mailer.is_offered() {
        return Ok(Invitation {
            member,
            link: Some(link),
        });
    }
    let organization = organization::find(app, named).await?;
    app.mailer
        .send(mail(app, text, (&member, &organization.name, &link)));
    Ok(Invitation { member, link: None })
}

fn mail(
    app: &App,
    text: Text,
    (member, organization, link): (&MemberView, &str, &NewLink),
) -> Mail {
    let product = app.config.product_name.as_str();
    Mail {
        to: member.email.clone().unwrap_or_default(),
        subject: text.with("team-mail-subject", &[("product", product.into())]),
        text: text.with(
            "team-mail-text",
            &[
                ("product", product.into()),
                ("organization", organization.into()),
                ("link", link.address.as_str().into()),
            ],
        ),
    }
}
