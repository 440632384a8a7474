//! What ends when access is revoked: each cause with each credential. Nothing that ended comes back when the cause does.

use jiff::SignedDuration;
use rstest::rstest;
use rstest_reuse::apply;
use store::{
    ConsoleSession, ConsoleSessionId, ConsoleSignInMethod, InactiveSession, Redemption,
    SetupSession as SetupSessionRow, Tx,
};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, access_token, application, assertion, authorization_code, connection_id, id_bytes,
    member_id, now_plus, org_id, person, secret_hash, session, set_up_organization, setup_link,
    sign_in,
};
use crate::test_store::{TestStore, UnitError};

/// What revokes access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    DisableConnection,
    DeleteConnection,
    /// The plan no longer includes SSO.
    EndSsoSessions,
    DeactivateMember,
    DeleteMember,
    DeleteOrganization,
    RemoveOperator,
    RevokeSetupLink,
}

/// What gives access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Credential {
    Session,
    /// A code that is not redeemed yet.
    Code,
    AccessToken,
    SsoConsoleSession,
    RecoveryConsoleSession,
    /// A session in the console that is not limited to an organization.
    PersonConsoleSession,
    SetupSession,
}

use Credential::{
    AccessToken, Code, PersonConsoleSession, RecoveryConsoleSession, Session, SetupSession,
    SsoConsoleSession,
};

const CREDENTIALS: [Credential; 7] = [
    Session,
    Code,
    AccessToken,
    SsoConsoleSession,
    RecoveryConsoleSession,
    PersonConsoleSession,
    SetupSession,
];

impl Cause {
    /// The credentials that end. The others stay active.
    const fn ends(self) -> &'static [Credential] {
        match self {
            Self::DisableConnection | Self::EndSsoSessions => {
                &[Session, Code, AccessToken, SsoConsoleSession]
            }
            Self::DeleteConnection => {
                &[Session, Code, AccessToken, SsoConsoleSession, SetupSession]
            }
            Self::DeactivateMember => &[
                Session,
                Code,
                AccessToken,
                SsoConsoleSession,
                RecoveryConsoleSession,
                PersonConsoleSession,
            ],
            Self::DeleteMember => &[
                Session,
                Code,
                AccessToken,
                SsoConsoleSession,
                RecoveryConsoleSession,
            ],
            Self::DeleteOrganization => &[
                Session,
                Code,
                AccessToken,
                SsoConsoleSession,
                RecoveryConsoleSession,
                SetupSession,
            ],
            Self::RemoveOperator => &[
                SsoConsoleSession,
                RecoveryConsoleSession,
                PersonConsoleSession,
            ],
            Self::RevokeSetupLink => &[SetupSession],
        }
    }

    async fn happen(self, tx: &mut Tx) -> Result<(), UnitError> {
        let organization_id = org_id(1);
        let (connection, member) = (connection_id(1, 1), member_id(1, 1));
        let mut organization = tx.organization(&organization_id);
        match self {
            Self::DisableConnection => organization.disable(&connection, NOW).await.map(drop)?,
            Self::DeleteConnection => organization
                .delete_connection(&connection, NOW)
                .await
                .map(drop)?,
            Self::EndSsoSessions => organization.end_sso_sessions().await?,
            Self::DeactivateMember => organization
                .deactivate_member(&member, NOW)
                .await
                .map(drop)?,
            Self::DeleteMember => organization.delete_member(&member).await.map(drop)?,
            Self::DeleteOrganization => organization.delete(NOW).await.map(drop)?,
            Self::RemoveOperator => {
                assert!(tx.remove_operator(&person(1, 1).id).await?);
                tx.end_console_sessions_of(&person(1, 1).id).await?;
            }
            Self::RevokeSetupLink => organization
                .revoke_setup_link(&setup_link(1, 1).id, NOW)
                .await
                .map(drop)?,
        }
        Ok(())
    }

    /// Restores what was disabled. What was deleted stays so.
    async fn undo(self, tx: &mut Tx) -> Result<(), UnitError> {
        let id = org_id(1);
        let mut organization = tx.organization(&id);
        match self {
            Self::DisableConnection => organization
                .activate(&connection_id(1, 1), NOW)
                .await
                .map(drop)?,
            Self::DeactivateMember => {
                organization
                    .reactivate_member(&member_id(1, 1))
                    .await
                    .map(drop)?;
            }
            Self::RemoveOperator => tx.add_operator(&person(1, 1).id, NOW).await.map(drop)?,
            Self::DeleteConnection
            | Self::EndSsoSessions
            | Self::DeleteMember
            | Self::DeleteOrganization
            | Self::RevokeSetupLink => {}
        }
        Ok(())
    }
}

#[apply(each_database)]
async fn a_revocation_ends_what_depends_on_it_for_good(
    #[case] engine: Engine,
    #[values(
        Cause::DisableConnection,
        Cause::DeleteConnection,
        Cause::EndSsoSessions,
        Cause::DeactivateMember,
        Cause::DeleteMember,
        Cause::DeleteOrganization,
        Cause::RemoveOperator,
        Cause::RevokeSetupLink
    )]
    cause: Cause,
) {
    let store = store_with_credentials(engine).await;
    assert_eq!(active_credentials(&store).await, CREDENTIALS);
    store.write(async move |tx| cause.happen(tx).await).await;
    let expected: Vec<_> = CREDENTIALS
        .into_iter()
        .filter(|credential| !cause.ends().contains(credential))
        .collect();
    assert_eq!(active_credentials(&store).await, expected);
    store.write(async move |tx| cause.undo(tx).await).await;
    assert_eq!(active_credentials(&store).await, expected);
}

#[apply(each_database)]
async fn a_sign_in_that_was_validated_before_a_revocation_begins_no_session(
    #[case] engine: Engine,
) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| set_up_organization(tx, 1).await)
        .await;
    let begun = store
        .write(async |tx| {
            let consumed = tx.consume_unsolicited(&assertion(1, "_a"), NOW).await??;
            Cause::DisableConnection.happen(tx).await?;
            Cause::DisableConnection.undo(tx).await?;
            let sso = console_session(SsoConsoleSession);
            let console = tx.begin_console_session(&sso, Some(0)).await?;
            Ok((tx.begin_session(&consumed, &session(1, 1)).await?, console))
        })
        .await;
    assert_eq!(begun, (Err(InactiveSession), Err(InactiveSession)));
}

/// A store in which one person holds every credential. The person is an operator, and not the only one.
async fn store_with_credentials(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            tx.add_application(&application()).await?;
            for n in [1, 2] {
                tx.add_person(&person(2, n)).await?;
            }
            tx.add_operator(&person(1, 1).id, NOW).await?;
            tx.add_operator(&person(2, 1).id, NOW).await?;
            sign_in(tx, 1, 1).await?;
            tx.add_access_token(&access_token(1, 1)).await?;
            for credential in [
                SsoConsoleSession,
                RecoveryConsoleSession,
                PersonConsoleSession,
            ] {
                let session = console_session(credential);
                let epoch = session.connection.as_ref().map(|_| 0);
                tx.begin_console_session(&session, epoch).await??;
            }
            tx.organization(&org_id(1))
                .add_setup_link(&setup_link(1, 1))
                .await?;
            assert!(tx.begin_setup_session(&setup_session()).await?);
            Ok(())
        })
        .await;
    store
}

/// The credentials that a reader of the store accepts.
async fn active_credentials(store: &TestStore) -> Vec<Credential> {
    let mut active = Vec::new();
    for credential in CREDENTIALS {
        if is_active(store, credential).await {
            active.push(credential);
        }
    }
    active
}

async fn is_active(store: &TestStore, credential: Credential) -> bool {
    let mut tx = store.snapshot().await;
    match credential {
        Session => tx
            .session(&session(1, 1).cookie, NOW)
            .await
            .unwrap()
            .is_some(),
        AccessToken => {
            let token = tx.access_token(&access_token(1, 1).hash, NOW).await;
            token.unwrap().is_some()
        }
        SsoConsoleSession | RecoveryConsoleSession | PersonConsoleSession => {
            let cookie = console_session(credential).cookie;
            let session = tx.console_session(&cookie, NOW, SignedDuration::from_hours(1));
            session.await.unwrap().is_some()
        }
        SetupSession => {
            let link = tx.setup_link_by_session(&setup_session().cookie, NOW).await;
            link.unwrap().is_some()
        }
        Code => {
            drop(tx);
            can_redeem_code(store).await
        }
    }
}

/// Redeems the code, and rolls back.
async fn can_redeem_code(store: &TestStore) -> bool {
    let redeemed = store.try_write(async |tx| {
        let hash = authorization_code(1, 1).hash;
        let redemption = tx.redeem_code(&hash, &application().id, NOW).await?;
        Err::<(), UnitError>(Box::new(Redeemed(redemption)))
    });
    let error = redeemed.await.unwrap_err();
    let Redeemed(redemption) = error.downcast_ref().unwrap();
    matches!(redemption, Redemption::Redeemed(_))
}

#[derive(Debug, thiserror::Error)]
#[error("{0:?}")]
struct Redeemed(Redemption);

fn console_session(credential: Credential) -> ConsoleSession {
    let (n, organization, connection, method) = match credential {
        SsoConsoleSession => (
            1,
            Some(org_id(1)),
            Some(connection_id(1, 1)),
            ConsoleSignInMethod::Sso,
        ),
        RecoveryConsoleSession => (2, Some(org_id(1)), None, ConsoleSignInMethod::Recovery),
        _ => (3, None, None, ConsoleSignInMethod::Passkey),
    };
    ConsoleSession {
        id: ConsoleSessionId::from_random(id_bytes(1, n)),
        cookie: secret_hash(20, 1, n),
        person: person(1, 1).id,
        organization,
        connection,
        method,
        browser: None,
        created_at: NOW,
        last_seen_at: NOW,
        expires_at: now_plus(3600),
    }
}

fn setup_session() -> SetupSessionRow {
    SetupSessionRow {
        cookie: secret_hash(b'v', 1, 1),
        link: setup_link(1, 1).id,
        created_at: NOW,
        expires_at: now_plus(50),
    }
}
