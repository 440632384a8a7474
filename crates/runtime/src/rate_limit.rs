//! How many requests one client or one organization may send.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use config::Config;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter, clock};
use jiff::{SignedDuration, Timestamp};
use store::OrganizationId;

use crate::clock::Clock;
use crate::email_address::EmailAddress;

/// The time in which a client may send as many sign-in requests as the configuration says.
const SIGN_IN_WINDOW: Duration = Duration::from_secs(300);
/// For the token endpoint. The codes of all members come from the few addresses of the application.
const TOKEN_QUOTA: Quota = per_second(200, 1000);
/// For recovery codes. More tries than this are guesses.
const RECOVERY_CODE_QUOTA: Quota = per_second(1, 10);
/// For sign-in codes by email to one address: enough to request another one, too few to flood a mailbox.
const EMAIL_CODE_QUOTA: Quota = Quota::per_hour(NonZeroU32::MIN.saturating_add(4));
/// For invitations by one organization to one address, which may be withdrawn and made again.
const INVITATION_QUOTA: Quota = Quota::per_hour(NonZeroU32::MIN.saturating_add(4));
/// For DNS lookups of one organization's domains, which reach servers of third parties.
const DOMAIN_LOOKUP_QUOTA: Quota = Quota::per_minute(NonZeroU32::MIN.saturating_add(4));
/// How long a client with too many failed sign-ins is turned away.
const BLOCK_DURATION: SignedDuration = SignedDuration::from_secs(10);
/// Above this number of keys, those without recent requests are dropped.
const MAX_KEYS: usize = 50_000;

const fn per_second(steady: u32, burst: u32) -> Quota {
    let one = NonZeroU32::MIN;
    Quota::per_second(one.saturating_add(steady - 1)).allow_burst(one.saturating_add(burst - 1))
}

/// Counts requests for each key, by the clock of the app.
type Limiter<K> = RateLimiter<K, DefaultKeyedStateStore<K>, Clock, NoOpMiddleware<Duration>>;

impl clock::Clock for Clock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_secs(u64::try_from(Self::now(self).as_second()).unwrap_or_default())
    }
}

/// The recent requests of each client or organization. Each `may_` method counts a request.
#[derive(Debug)]
pub struct RateLimits {
    clock: Clock,
    sign_in: Limiter<IpAddr>,
    failed_sign_in: Limiter<IpAddr>,
    /// Until when clients with too many failed sign-ins are turned away.
    blocked: Mutex<HashMap<IpAddr, Timestamp>>,
    token: Limiter<IpAddr>,
    recovery_code: Limiter<IpAddr>,
    email_code: Limiter<(IpAddr, EmailAddress)>,
    invitation: Limiter<(OrganizationId, EmailAddress)>,
    domain: Limiter<OrganizationId>,
}

impl RateLimits {
    pub fn new(config: &Config, clock: &Clock) -> Self {
        Self {
            clock: clock.clone(),
            sign_in: limiter(sign_in_quota(config.sign_in_limit), clock),
            failed_sign_in: limiter(sign_in_quota(config.failed_sign_in_limit), clock),
            blocked: Mutex::default(),
            token: limiter(TOKEN_QUOTA, clock),
            recovery_code: limiter(RECOVERY_CODE_QUOTA, clock),
            email_code: limiter(EMAIL_CODE_QUOTA, clock),
            invitation: limiter(INVITATION_QUOTA, clock),
            domain: limiter(DOMAIN_LOOKUP_QUOTA, clock),
        }
    }

    /// For a page on which a sign-in starts.
    pub fn may_start_sign_in(&self, client: IpAddr) -> bool {
        self.may_finish_sign_in(client) && is_within(&self.sign_in, client)
    }

    /// For the response of an identity provider, which must not be lost because colleagues sign in at the same time. Only
    /// failed sign-ins count.
    pub fn may_finish_sign_in(&self, client: IpAddr) -> bool {
        let network = client_network(client);
        let mut blocked = self.blocked.lock().unwrap_or_else(PoisonError::into_inner);
        match blocked.get(&network) {
            Some(until) if self.clock.now() < *until => false,
            Some(_) => {
                blocked.remove(&network);
                true
            }
            None => true,
        }
    }

    /// Counts a sign-in request that was rejected. After too many of them the client is turned away for a while.
    pub fn count_failed_sign_in(&self, client: IpAddr) {
        if is_within(&self.failed_sign_in, client) {
            return;
        }
        let now = self.clock.now();
        let mut blocked = self.blocked.lock().unwrap_or_else(PoisonError::into_inner);
        if blocked.len() >= MAX_KEYS {
            blocked.retain(|_, until| now < *until);
        }
        blocked.insert(client_network(client), now + BLOCK_DURATION);
    }

    pub fn may_request_token(&self, client: IpAddr) -> bool {
        is_within(&self.token, client)
    }

    pub fn may_try_recovery_code(&self, client: IpAddr) -> bool {
        is_within(&self.recovery_code, client)
    }

    pub fn may_request_email_code(&self, client: IpAddr, email: &EmailAddress) -> bool {
        if self.email_code.len() > MAX_KEYS {
            self.email_code.retain_recent();
        }
        let key = (client_network(client), email.clone());
        client.is_loopback() || self.email_code.check_key(&key).is_ok()
    }

    pub fn may_mail_invitation(&self, organization: &OrganizationId, email: &EmailAddress) -> bool {
        if self.invitation.len() > MAX_KEYS {
            self.invitation.retain_recent();
        }
        let key = (organization.clone(), email.clone());
        self.invitation.check_key(&key).is_ok()
    }

    pub fn may_look_up_domain(&self, organization: &OrganizationId) -> bool {
        if self.domain.len() > MAX_KEYS {
            self.domain.retain_recent();
        }
        self.domain.check_key(organization).is_ok()
    }
}

/// `limit` requests at once, and as many in each [`SIGN_IN_WINDOW`].
fn sign_in_quota(limit: NonZeroU32) -> Quota {
    Quota::with_period(SIGN_IN_WINDOW / limit.get())
        .expect("the period is not zero")
        .allow_burst(limit)
}

fn limiter<K: Clone + Eq + Hash>(quota: Quota, clock: &Clock) -> Limiter<K> {
    RateLimiter::new(quota, DefaultKeyedStateStore::default(), clock.clone())
}

/// Counts the request. Loopback addresses have no limit: behind a local proxy that is missing in `trusted_proxies`, all
/// clients have the same one, and a busy client would block all others.
fn is_within(limiter: &Limiter<IpAddr>, client: IpAddr) -> bool {
    if limiter.len() > MAX_KEYS {
        limiter.retain_recent();
    }
    client.is_loopback() || limiter.check_key(&client_network(client)).is_ok()
}

/// One client has one IPv4 address, but a whole /64 of IPv6 addresses.
fn client_network(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_limited_after_its_burst_and_other_clients_are_not() {
        let clock = Clock::fixed_at(100);
        let limiter = limiter(per_second(1, 3), &clock);
        let ask = |address: &str| is_within(&limiter, address.parse().unwrap());
        assert_eq!(
            [(); 4].map(|()| ask("203.0.113.9")),
            [true, true, true, false]
        );
        assert!(ask("203.0.113.10"));
        assert_eq!(
            ["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4"].map(ask),
            [true, true, true, false]
        );
        assert!((0..9).all(|_| ask("127.0.0.1")));
        clock.set(101);
        assert_eq!([(); 2].map(|()| ask("203.0.113.9")), [true, false]);
        // Setting the clock back does not make clients wait longer.
        clock.set(50);
        assert!(!ask("203.0.113.9"));
        clock.set(102);
        assert!(ask("203.0.113.9"));
    }
}
