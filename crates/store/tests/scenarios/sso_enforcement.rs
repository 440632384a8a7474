//! SSO enforcement, exemptions and recovery codes.

use store::{ConnectionUsage, Domain, RecoveryCodeOwner, SignInOptions, SsoEnforcement};

use crate::database::{on_each_database, writing};
use crate::samples::{
    NOW, claim, con_id, domain, hash, identity, later, mem_id, member, org_id, person,
    set_up_organization,
};

fn enforcement() -> SsoEnforcement {
    SsoEnforcement {
        since: later(1),
        by: Some("per_a".to_owned()),
    }
}

fn options(n: u8, accounts: i64, active_accounts: i64) -> SignInOptions {
    SignInOptions {
        member: mem_id(1, n),
        exempt_since: None,
        accounts,
        active_accounts,
        recovery_codes: 0,
    }
}

on_each_database! {
    async fn sso_is_enforced_once_and_can_be_stopped(store) {
        writing!(store, tx => {
            for org in [1, 2] { set_up_organization(tx, org).await?; }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(org.sso_enforcement().await?, None);
            assert!(!org.stop_enforcing_sso().await?);
            assert!(org.enforce_sso(&enforcement()).await?);
            assert!(!org.enforce_sso(&SsoEnforcement { since: later(9), by: None }).await?);
            assert_eq!(org.sso_enforcement().await?, Some(enforcement()));
            assert_eq!(org.read().await?.unwrap().sso_enforced_since, Some(later(1)));
            assert_eq!(tx.organization(&org_id(2)).sso_enforcement().await?, None);
            assert!(tx.organization(&org_id(1)).stop_enforcing_sso().await?);
            assert_eq!(tx.organization(&org_id(1)).sso_enforcement().await?, None);
        });
    }

    async fn the_sign_in_options_of_each_member_are_counted(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for n in [2, 3, 4] {
                org.add_person(&person(1, n)).await?;
                org.add_member(&member(1, n)).await??;
            }
            // The second member's account is at the previous identity provider of the connection.
            let mut old = identity(1, 2);
            old.account.issuer = "https://old.example".to_owned();
            org.add_identity(&old).await??;
            org.deactivate_member(&mem_id(1, 4), NOW).await?;
            assert_eq!(org.sign_in_options().await?, [options(1, 1, 1), options(2, 1, 0), options(3, 0, 0)]);

            assert!(org.set_sso_exemption(&mem_id(1, 3), Some(later(2))).await?);
            org.replace_recovery_codes(&mem_id(1, 2), &[hash(b'r', 1, 1), hash(b'r', 1, 2)], NOW).await?;
            org.disable(&con_id(1, 1), NOW).await?;
            let now = org.sign_in_options().await?;
            assert_eq!(now[0], options(1, 1, 0));
            assert_eq!(now[1].recovery_codes, 2);
            assert_eq!(now[2].exempt_since, Some(later(2)));
            assert!(org.set_sso_exemption(&mem_id(1, 3), None).await?);
            assert!(!org.set_sso_exemption(&mem_id(2, 1), None).await?);
            assert_eq!(org.sign_in_options().await?[2].exempt_since, None);
        });
    }

    async fn the_usage_of_a_connection_is_counted(store) {
        writing!(store, tx => {
            for org in [1, 2] { set_up_organization(tx, org).await?; }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for n in [2, 3] {
                org.add_person(&person(1, n)).await?;
                org.add_member(&member(1, n)).await??;
                org.add_identity(&identity(1, n)).await??;
            }
            org.deactivate_member(&mem_id(1, 3), NOW).await?;
            let usage = |members, accounts| ConnectionUsage { members, accounts, sessions: 0 };
            assert_eq!(org.connection_usage(&con_id(1, 1), NOW).await?, usage(2, 2));
            assert_eq!(org.connection_usage(&con_id(2, 1), NOW).await?, usage(2, 0));
        });
    }

    async fn a_recovery_code_is_consumed_once(store) {
        writing!(store, tx => {
            for org in [1, 2] { set_up_organization(tx, org).await?; }
            let [first, second, third] = [1, 2, 3].map(|n| hash(b'r', 1, n));
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert!(org.replace_recovery_codes(&mem_id(1, 1), &[first.clone(), second.clone()], NOW).await?);
            assert!(!org.replace_recovery_codes(&mem_id(2, 1), std::slice::from_ref(&third), NOW).await?);
            let whose = RecoveryCodeOwner { organization: org_id(1), member: mem_id(1, 1) };
            assert_eq!(tx.consume_recovery_code(&first, later(1)).await?, Some(whose));
            assert_eq!(tx.consume_recovery_code(&first, later(2)).await?, None);
            assert_eq!(tx.consume_recovery_code(&third, later(2)).await?, None);
            let mut org = tx.organization(&id);
            assert_eq!(org.count_recovery_codes(&mem_id(1, 1)).await?, 1);
            assert_eq!(org.count_recovery_codes(&mem_id(2, 1)).await?, 0);
            // New codes replace all others.
            org.replace_recovery_codes(&mem_id(1, 1), std::slice::from_ref(&third), later(3)).await?;
            assert_eq!(org.count_recovery_codes(&mem_id(1, 1)).await?, 1);
            assert_eq!(tx.consume_recovery_code(&second, later(4)).await?, None);
            tx.organization(&org_id(1)).deactivate_member(&mem_id(1, 1), later(5)).await?;
            assert_eq!(tx.consume_recovery_code(&third, later(6)).await?, None);
        });
    }

    async fn a_manually_verified_domain_is_not_dns_verified(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_domain(&domain(1, "acme.example", Some(NOW))).await??;
            assert!(!org.has_only_dns_verified_domains().await?);
            let verified = Domain { verified_at: Some(NOW), ..claim(1, "acme.test") };
            org.add_domain(&verified).await??;
            assert!(!org.has_only_dns_verified_domains().await?, "one is still verified manually");
            org.remove_domain("acme.example").await?;
            assert!(org.has_only_dns_verified_domains().await?);
        });
    }
}
