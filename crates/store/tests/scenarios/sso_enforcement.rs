//! SSO enforcement, exemptions and recovery codes.

use jiff::Timestamp;
use rstest::rstest;
use rstest_reuse::apply;
use store::{
    ConnectionUsage, Domain, RecoveryCodeOwner, SecretHash, SignInOptions, SsoEnforcement,
    StoreError, Tx,
};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, connection_id, dns_domain, domain, identity, member, member_id, now_plus, org_id, person,
    secret_hash, set_up_organization,
};
use crate::test_store::TestStore;

fn enforcement() -> SsoEnforcement {
    SsoEnforcement {
        since: now_plus(1),
        by: Some("per_a".to_owned()),
    }
}

fn sign_in_options(n: u8, accounts: i64, active_accounts: i64) -> SignInOptions {
    SignInOptions {
        member: member_id(1, n),
        role: "member".to_owned(),
        exempt_since: None,
        accounts,
        active_accounts,
        recovery_codes: 0,
        saved_recovery_codes: 0,
        local_sign_in_at: None,
    }
}

#[apply(each_database)]
async fn sso_is_enforced_once_and_can_be_stopped(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(org.sso_enforcement().await?, None);
            assert!(!org.stop_enforcing_sso().await?);
            assert!(org.enforce_sso(&enforcement()).await?);
            let second = SsoEnforcement {
                since: now_plus(9),
                by: None,
            };
            assert!(!org.enforce_sso(&second).await?);
            assert_eq!(org.sso_enforcement().await?, Some(enforcement()));
            assert_eq!(
                org.read().await?.unwrap().sso_enforced_since,
                Some(now_plus(1))
            );
            assert_eq!(tx.organization(&org_id(2)).sso_enforcement().await?, None);
            assert!(tx.organization(&org_id(1)).stop_enforcing_sso().await?);
            assert_eq!(tx.organization(&org_id(1)).sso_enforcement().await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn the_sign_in_options_of_each_member_are_counted(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for n in [2, 3, 4] {
                org.add_person(&person(1, n)).await?;
                org.add_member(&member(1, n)).await??;
            }
            // The second member's account is at the previous identity provider of the connection.
            let mut inactive = identity(1, 2);
            inactive.account.issuer = "https://old.example".to_owned();
            org.add_identity(&inactive).await??;
            org.deactivate_member(&member_id(1, 4), NOW).await?;
            assert_eq!(
                org.sign_in_options().await?,
                [
                    sign_in_options(1, 1, 1),
                    sign_in_options(2, 1, 0),
                    sign_in_options(3, 0, 0)
                ]
            );

            let exempt = member_id(1, 3);
            assert!(org.set_sso_exemption(&exempt, Some(now_plus(2))).await?);
            let codes = [secret_hash(b'r', 1, 1), secret_hash(b'r', 1, 2)];
            org.replace_recovery_codes(&member_id(1, 2), &codes, NOW)
                .await?;
            org.disable(&connection_id(1, 1), NOW).await?;
            let changed = org.sign_in_options().await?;
            assert_eq!(changed[0], sign_in_options(1, 1, 0));
            assert_eq!(changed[1].recovery_codes, 2);
            assert_eq!(changed[1].saved_recovery_codes, 0);
            let saved = org
                .confirm_recovery_codes(&member_id(1, 2), now_plus(3))
                .await?;
            assert_eq!(saved, 2);
            assert_eq!(org.sign_in_options().await?[1].saved_recovery_codes, 2);
            let saved = org
                .confirm_recovery_codes(&member_id(1, 2), now_plus(4))
                .await?;
            assert_eq!(saved, 0);
            assert_eq!(changed[2].exempt_since, Some(now_plus(2)));
            assert!(org.set_sso_exemption(&exempt, None).await?);
            assert!(!org.set_sso_exemption(&member_id(2, 1), None).await?);
            assert_eq!(org.sign_in_options().await?[2].exempt_since, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn the_usage_of_a_connection_is_counted(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for n in [2, 3] {
                org.add_person(&person(1, n)).await?;
                org.add_member(&member(1, n)).await??;
                org.add_identity(&identity(1, n)).await??;
            }
            org.deactivate_member(&member_id(1, 3), NOW).await?;
            let usage = |members, accounts| ConnectionUsage {
                members,
                accounts,
                sessions: 0,
            };
            assert_eq!(
                org.connection_usage(&connection_id(1, 1), NOW).await?,
                usage(2, 2)
            );
            assert_eq!(
                org.connection_usage(&connection_id(2, 1), NOW).await?,
                usage(2, 0)
            );
            Ok(())
        })
        .await;
}

fn recovery_code(n: u8) -> SecretHash {
    secret_hash(b'r', 1, n)
}

/// A store with two organizations. The member of the first one has the first and the second recovery code.
async fn store_with_recovery_codes(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let codes = [recovery_code(1), recovery_code(2)];
            assert!(replace_codes(tx, &codes, NOW).await?);
            Ok(())
        })
        .await;
    store
}

/// Replaces the recovery codes of the first organization's member.
async fn replace_codes(
    tx: &mut Tx,
    codes: &[SecretHash],
    now: Timestamp,
) -> Result<bool, StoreError> {
    tx.organization(&org_id(1))
        .replace_recovery_codes(&member_id(1, 1), codes, now)
        .await
}

#[apply(each_database)]
async fn a_recovery_code_is_consumed_once(#[case] engine: Engine) {
    let store = store_with_recovery_codes(engine).await;
    store
        .write(async |tx| {
            let code = recovery_code(1);
            let owner = RecoveryCodeOwner {
                organization: org_id(1),
                member: member_id(1, 1),
            };
            let consumed = tx.consume_recovery_code(&code, now_plus(1)).await?;
            assert_eq!(consumed, Some(owner));
            let consumed = tx.consume_recovery_code(&code, now_plus(2)).await?;
            assert_eq!(consumed, None);
            let unknown = recovery_code(3);
            let consumed = tx.consume_recovery_code(&unknown, now_plus(2)).await?;
            assert_eq!(consumed, None);
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(org.count_recovery_codes(&member_id(1, 1)).await?, 1);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn recovery_codes_belong_to_members_of_the_organization(#[case] engine: Engine) {
    let store = store_with_recovery_codes(engine).await;
    store
        .write(async |tx| {
            let other_member = member_id(2, 1);
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let codes = [recovery_code(3)];
            assert!(
                !org.replace_recovery_codes(&other_member, &codes, NOW)
                    .await?
            );
            assert_eq!(org.count_recovery_codes(&other_member).await?, 0);
            let consumed = tx.consume_recovery_code(&codes[0], now_plus(2)).await?;
            assert_eq!(consumed, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn new_recovery_codes_replace_all_others(#[case] engine: Engine) {
    let store = store_with_recovery_codes(engine).await;
    store
        .write(async |tx| {
            assert!(replace_codes(tx, &[recovery_code(3)], now_plus(3)).await?);
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(org.count_recovery_codes(&member_id(1, 1)).await?, 1);
            let replaced = recovery_code(2);
            let consumed = tx.consume_recovery_code(&replaced, now_plus(4)).await?;
            assert_eq!(consumed, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_deactivated_member_cannot_use_a_recovery_code(#[case] engine: Engine) {
    let store = store_with_recovery_codes(engine).await;
    store
        .write(async |tx| {
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.deactivate_member(&member_id(1, 1), now_plus(5)).await?;
            let code = recovery_code(1);
            let consumed = tx.consume_recovery_code(&code, now_plus(6)).await?;
            assert_eq!(consumed, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_manually_verified_domain_is_not_dns_verified(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_domain(&domain(1, "acme.example", Some(NOW)))
                .await??;
            assert!(!org.has_only_dns_verified_domains().await?);
            let verified = Domain {
                verified_at: Some(NOW),
                ..dns_domain(1, "acme.test")
            };
            org.add_domain(&verified).await??;
            // The first domain is still verified manually.
            assert!(!org.has_only_dns_verified_domains().await?);
            org.remove_domain("acme.example").await?;
            assert!(org.has_only_dns_verified_domains().await?);
            Ok(())
        })
        .await;
}
