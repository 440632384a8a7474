//! Looking up whether a domain still says that it is an organization's.

use i18n::{Language, Localizer};
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::mail::Mail;
use runtime::problem;
use runtime::problem::{Problem, ProblemCode};
use store::{
    DnsCheck, DnsCheckFilter, Domain, DomainVerification, Organization, OrganizationTx, StoreError,
};

use super::name::as_kept;
use super::proof::{Answer, Change, dns};
use super::view::{DomainView, view};
use super::{deed, find, proof};
use crate::{Actor, Undone, organization, role, to_json};

/// A record is looked up so often.
const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// A record that has not come is looked up for so long.
const HOPE: SignedDuration = SignedDuration::from_hours(720);
/// How many records are looked up in one go.
const MANY: u32 = 100;

/// Looks up the record of a domain now, and draws the conclusion.
///
/// # Errors
///
/// When the organization has no such domain, there is no record to look for, or another organization has the domain.
pub async fn check(
    app: &App,
    actor: &Actor,
    named: &str,
    domain: &str,
) -> Result<DomainView, Problem> {
    let organization = organization::find(app, named).await?;
    let name = as_kept(domain);
    let found = find(app, &organization, &name).await?;
    look_up(app, actor, &organization, &found).await
}

/// Looks up the records whose day has come. Several servers share the work: each record is looked up by one of them.
///
/// # Errors
///
/// When the database fails.
pub async fn check_due(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let due = DnsCheckFilter {
        checked_until: now - EVERY,
        unverified_since: now - HOPE,
        limit: MANY,
    };
    let domains = app.store.snapshot().await?.domains_to_check(&due).await?;
    for domain in domains {
        let Some(organization) = claim(app, &domain, now).await? else {
            continue;
        };
        // Another organization having the domain is no failure of the server.
        match look_up(app, &Actor::Server, &organization, &domain).await {
            Err(problem) if problem.status.is_server_error() => {
                tracing::error!(error = problem.detail, "a domain cannot be looked up");
            }
            Ok(_) | Err(_) => {}
        }
    }
    Ok(())
}

/// The organization of a domain, when it is for this server to look up the record.
async fn claim(
    app: &App,
    domain: &Domain,
    now: Timestamp,
) -> Result<Option<Organization>, StoreError> {
    let (id, name) = (domain.organization.clone(), domain.name.clone());
    app.store
        .write(async move |tx| {
            let mut tenant = tx.organization(&id);
            if tenant.claim_domain_check(&name, now - EVERY, now).await? {
                tenant.read().await
            } else {
                Ok(None)
            }
        })
        .await
}

async fn look_up(
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
    let seen = app.dns.txt_records(&proof::record_name(&domain.name)).await;
    if let Err(why) = &seen {
        tracing::warn!(error = problem::chain(why), "a domain was not looked up");
    }
    match settle(app, (actor, organization), domain, Answer::of(seen)).await? {
        Settled::Taken => Err(Problem::with_detail(
            ProblemCode::DomainInUse,
            format!(
                "the record is published, but {} belongs to another organization; remove it there first",
                domain.name
            ),
        )),
        Settled::Lost(domain) => {
            tell_admins(app, organization, &domain.name).await?;
            Ok(view(&domain))
        }
        Settled::Done(domain) => Ok(view(&domain)),
    }
}

/// What came of an answer.
enum Settled {
    Done(Domain),
    Lost(Domain),
    Taken,
}

/// Keeps the answer, and what it means.
async fn settle(
    app: &App,
    (actor, organization): (&Actor, &Organization),
    asked: &Domain,
    answer: Answer,
) -> Result<Settled, Problem> {
    let (asked, now) = (asked.clone(), app.clock.now());
    let event = |action| {
        let seen = Some(to_json(&answer));
        deed(actor, organization, action, &asked.name).event(app, None, seen)
    };
    let (proved, lost) = (event("domain.verify"), event("domain.lose"));
    let settled = app
        .store
        .write(async move |tx| {
            let mut tenant = tx.organization(&asked.organization);
            let change = keep(&mut tenant, &asked, &answer, now).await?;
            let is_taken = match change {
                Change::Stays => false,
                Change::Proved => tenant.verify_domain(&asked.name, now).await?.is_err(),
                Change::Lost => {
                    tenant.unverify_domain(&asked.name).await?;
                    tenant.unverify_emails(&asked.name).await?;
                    false
                }
            };
            let settled = tenant.domain(&asked.name).await?.unwrap_or(asked);
            Ok::<_, Undone>(match change {
                _ if is_taken => Settled::Taken,
                Change::Stays => Settled::Done(settled),
                Change::Proved => {
                    tx.add_audit_entry(&proved).await?;
                    Settled::Done(settled)
                }
                Change::Lost => {
                    tx.add_audit_entry(&lost).await?;
                    Settled::Lost(settled)
                }
            })
        })
        .await?;
    Ok(settled)
}

/// Keeps the answer, and says what becomes of the domain, unless it was removed and claimed again while we asked.
async fn keep(
    tenant: &mut OrganizationTx<'_>,
    asked: &Domain,
    answer: &Answer,
    now: Timestamp,
) -> Result<Change, Undone> {
    let there = tenant.domain(&asked.name).await?;
    let txt_record = |domain: &Domain| dns(domain).map(|dns| dns.txt_record.clone());
    let there = there.filter(|there| txt_record(there) == txt_record(asked));
    let Some((domain, proof)) = there.as_ref().and_then(|one| Some((one, dns(one)?))) else {
        return Err(Problem::not_found("domain", &asked.name).into());
    };
    let judged = proof::judge(domain, proof, answer, now);
    let seen = DnsCheck {
        checked_at: now,
        answer: answer.stored(),
        missing_since: judged.missing_since,
    };
    tenant.record_dns_check(&domain.name, &seen).await?;
    Ok(judged.change)
}

/// Tells everybody who administers the organization that a domain does not count any more.
async fn tell_admins(app: &App, organization: &Organization, domain: &str) -> Result<(), Problem> {
    let id = organization.id.clone();
    let admins = app
        .store
        .snapshot()
        .await?
        .organization(&id)
        .console_accounts_with_role(role::ADMIN)
        .await?;
    // Nobody has asked, so there is no browser that names a language.
    let text = Localizer::new(Language::English);
    let address = format!(
        "{}/console/organizations/{}/domains",
        app.config.public_url, organization.slug
    );
    let variables = [
        ("domain", domain.into()),
        ("organization", organization.name.as_str().into()),
        ("product", app.config.product_name.as_str().into()),
        ("record", proof::record_name(domain).into()),
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
