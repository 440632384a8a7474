//! Checks the DNS records of domains.

use i18n::{Language, Localizer};
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::mail::Mail;
use runtime::problem::{self, Problem, ProblemCode};
use store::{
    DnsCheck, DnsCheckFilter, Domain, DomainVerification, Organization, OrganizationTx, StoreError,
    Tx,
};

use super::dns_verification::{DnsAnswer, StateChange, find_dns};
use super::name::normalize_domain;
use super::view::{DomainView, view};
use super::{audit, dns_verification, find};
use crate::{Actor, TxError, organization, role, to_json};

/// The interval between checks of a domain.
const CHECK_INTERVAL: SignedDuration = SignedDuration::from_hours(24);
/// How long a record that is not found is looked up: since the domain was added, or since the record went missing.
const MAX_PENDING_AGE: SignedDuration = SignedDuration::from_hours(720);
/// The maximum number of domains that one run checks.
const CHECK_BATCH_SIZE: u32 = 100;

/// Checks the DNS record of a domain now.
///
/// # Errors
///
/// When the organization does not have the domain, it was verified manually, or another organization has verified it.
pub async fn check(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    domain: &str,
) -> Result<DomainView, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let name = normalize_domain(domain);
    let found = find(app, &organization, &name).await?;
    check_record(app, actor, &organization, &found).await
}

/// Checks the records that are due, up to a maximum per run. Several servers share the work: only one of them checks each record.
pub async fn check_due(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let due = DnsCheckFilter {
        checked_until: now - CHECK_INTERVAL,
        unverified_since: now - MAX_PENDING_AGE,
        limit: CHECK_BATCH_SIZE,
    };
    let domains = app.store.snapshot().await?.domains_to_check(&due).await?;
    for domain in domains {
        let Some(organization) = claim_check(app, &domain, now).await? else {
            continue;
        };
        // A domain that another organization has is not a failure of the server.
        match check_record(app, &Actor::Server, &organization, &domain).await {
            Err(problem) if problem.status.is_server_error() => {
                tracing::error!(error = problem.detail, "a domain cannot be looked up");
            }
            Ok(_) | Err(_) => {}
        }
    }
    Ok(())
}

/// Claims the check of a domain for this server. None when another server has claimed it.
async fn claim_check(
    app: &App,
    domain: &Domain,
    now: Timestamp,
) -> Result<Option<Organization>, StoreError> {
    let id = domain.organization.clone();
    let name = domain.name.clone();
    app.store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&id);
            if org_tx
                .claim_domain_check(&name, now - CHECK_INTERVAL, now)
                .await?
            {
                org_tx.read().await
            } else {
                Ok(None)
            }
        })
        .await
}

async fn check_record(
    app: &App,
    actor: &Actor,
    organization: &Organization,
    domain: &Domain,
) -> Result<DomainView, Problem> {
    if domain.verification == DomainVerification::Manual {
        return Err(Problem::with_detail(
            ProblemCode::NoDnsVerification,
            format!(
                "{} was verified manually; there is no DNS record to check",
                domain.name
            ),
        ));
    }
    let records = app
        .dns
        .txt_records(&dns_verification::record_name(&domain.name))
        .await;
    app.metrics.count_dns_check(records.is_ok());
    if let Err(error) = &records {
        tracing::warn!(error = problem::chain(error), "a domain was not looked up");
    }
    let answer = DnsAnswer::from_lookup(records);
    match apply_answer(app, actor, organization, domain, answer).await? {
        CheckOutcome::InUse => Err(Problem::with_detail(
            ProblemCode::DomainInUse,
            format!(
                "the record is published, but {} belongs to another organization; remove it there first",
                domain.name
            ),
        )),
        CheckOutcome::Lost(domain) => {
            let notified = notify_admins_of_lost_domain(app, organization, &domain.name).await;
            if let Err(problem) = notified {
                // The result is stored; the console shows it.
                tracing::error!(error = %problem.detail, "administrators were not told of a lost domain");
            }
            Ok(view(&domain))
        }
        CheckOutcome::Recorded(domain) => Ok(view(&domain)),
        // `apply_answer` goes on until it is finished.
        CheckOutcome::Unfinished => Err(Problem::new(ProblemCode::InternalError)),
    }
}

/// The result of a check.
enum CheckOutcome {
    Recorded(Domain),
    Lost(Domain),
    InUse,
    /// The email addresses of some members are still to be marked as unverified.
    Unfinished,
}

/// Saves the answer and its effect on the domain.
async fn apply_answer(
    app: &App,
    actor: &Actor,
    organization: &Organization,
    domain: &Domain,
    answer: DnsAnswer,
) -> Result<CheckOutcome, Problem> {
    let domain = domain.clone();
    let now = app.clock.now();
    let entry = |action| {
        let answer = Some(to_json(&answer));
        audit(actor, organization, action, &domain.name).entry(app, None, answer)
    };
    let verified = entry("domain.verified");
    let lost = entry("domain.verification_lost");
    let apply = async move |tx: &mut Tx| {
        let mut org_tx = tx.organization(&domain.organization);
        org_tx.lock_domains().await?;
        let change = record_answer(&mut org_tx, &domain, &answer, now).await?;
        let is_in_use = match change {
            StateChange::Unchanged => false,
            StateChange::Verified => org_tx.verify_domain(&domain.name, now).await?.is_err(),
            StateChange::Lost => {
                if org_tx.unverify_email_batch(&domain.name).await? {
                    return Ok(CheckOutcome::Unfinished);
                }
                org_tx.unverify_domain(&domain.name).await?;
                false
            }
        };
        let updated = org_tx.domain(&domain.name).await?.unwrap_or(domain);
        Ok::<_, TxError>(match change {
            _ if is_in_use => CheckOutcome::InUse,
            StateChange::Unchanged => CheckOutcome::Recorded(updated),
            StateChange::Verified => {
                tx.add_audit_entry(&verified).await?;
                CheckOutcome::Recorded(updated)
            }
            StateChange::Lost => {
                tx.add_audit_entry(&lost).await?;
                CheckOutcome::Lost(updated)
            }
        })
    };
    loop {
        match app.store.write(apply.clone()).await? {
            CheckOutcome::Unfinished => {}
            outcome => return Ok(outcome),
        }
    }
}

/// Saves the answer. Fails when the domain was removed and added again during the lookup.
async fn record_answer(
    org_tx: &mut OrganizationTx<'_>,
    domain: &Domain,
    answer: &DnsAnswer,
    now: Timestamp,
) -> Result<StateChange, TxError> {
    let txt_record = |domain: &Domain| find_dns(domain).map(|dns| dns.txt_record.clone());
    let current = org_tx
        .domain(&domain.name)
        .await?
        .filter(|current| txt_record(current) == txt_record(domain));
    let Some((current, verification)) = current
        .as_ref()
        .and_then(|current| Some((current, find_dns(current)?)))
    else {
        return Err(Problem::not_found("domain", &domain.name).into());
    };
    let assessment = dns_verification::assess(current, verification, answer, now);
    let check = DnsCheck {
        checked_at: now,
        answer: answer.to_stored(),
        missing_since: assessment.missing_since,
    };
    org_tx.record_dns_check(&current.name, &check).await?;
    Ok(assessment.change)
}

/// Sends mail to the organization's administrators about a domain that is no longer verified.
async fn notify_admins_of_lost_domain(
    app: &App,
    organization: &Organization,
    domain: &str,
) -> Result<(), Problem> {
    let admins = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .console_accounts_with_role(role::ADMIN)
        .await?;
    // Without a request there is no preferred language.
    let text = Localizer::new(Language::English);
    let address = format!(
        "{}/console/organizations/{}/domains",
        app.config.public_url, organization.slug
    );
    let variables = [
        ("domain", domain.into()),
        ("organization", organization.name.as_str().into()),
        ("product", app.config.product_name.as_str().into()),
        ("record", dns_verification::record_name(domain).into()),
        ("address", address.into()),
    ];
    for admin in admins {
        app.mailer.send(Mail {
            to: admin.email,
            subject: text.format("mail-domain-lost-subject", &variables[..1]),
            text: text.format("mail-domain-lost-text", &variables),
        });
    }
    Ok(())
}
