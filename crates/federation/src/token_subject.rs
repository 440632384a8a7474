//! A member as applications are told of them.

use jiff::Timestamp;
use oidc::{Email, SignIn};
use runtime::app::App;
use service::sign_in::discovery::check_plan;
use service::sign_in::error::Refusal;
use store::{
    AccessToken, AuthorizationCode, ConnectionId, Member, MemberId, Organization, OrganizationId,
    SessionId,
};

/// Of whom a code or a token speaks, read anew each time: what was true yesterday is not handed out today.
#[derive(Debug)]
pub(super) struct Speaker {
    /// The member.
    pub member: oidc::Member,
    /// How they signed in.
    pub sign_in: SignIn,
}

impl Speaker {
    /// Of whom a code speaks; nobody, when their organization's plan has lost single sign-on.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub(super) async fn of_code(
        app: &App,
        code: &AuthorizationCode,
    ) -> Result<Option<Self>, Refusal> {
        let how = sign_in(
            &code.session,
            &code.connection,
            code.auth_time,
            code.acr.clone(),
        );
        Self::read(app, &code.organization, &code.member, how).await
    }

    /// Of whom an access token speaks.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub(super) async fn of_token(app: &App, token: &AccessToken) -> Result<Option<Self>, Refusal> {
        // When and how they signed in is said by the ID token alone.
        let how = sign_in(&token.session, &token.connection, token.created_at, None);
        Self::read(app, &token.organization, &token.member, how).await
    }

    async fn read(
        app: &App,
        organization: &OrganizationId,
        member: &MemberId,
        sign_in: SignIn,
    ) -> Result<Option<Self>, Refusal> {
        let (organization, member) = (organization.clone(), member.clone());
        let found = {
            let mut tx = app.store.snapshot().await?;
            let mut tenant = tx.organization(&organization);
            let found = (tenant.read().await?, tenant.member(&member).await?);
            found
        };
        Ok(match found {
            (Some(organization), Some(member)) if check_plan(app, &organization).is_ok() => {
                Some(Self {
                    member: told(organization, member),
                    sign_in,
                })
            }
            _ => None,
        })
    }
}

fn sign_in(
    session: &SessionId,
    connection: &ConnectionId,
    at: Timestamp,
    acr: Option<String>,
) -> SignIn {
    SignIn {
        session: session.to_string(),
        connection: connection.to_string(),
        auth_time: at,
        acr,
    }
}

fn told(organization: Organization, member: Member) -> oidc::Member {
    let profile = member.profile;
    let is_verified = profile.email_verified_at.is_some();
    oidc::Member {
        id: member.id.to_string(),
        email: profile.email.map(|address| Email {
            address,
            is_verified,
        }),
        given_name: profile.first_name,
        family_name: profile.last_name,
        name: profile.name,
        groups: profile.groups,
        organization: oidc::Organization {
            id: organization.id.to_string(),
            slug: organization.slug,
            name: organization.name,
        },
        role: member.role,
    }
}
