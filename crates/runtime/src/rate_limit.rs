//! How often one client may ask.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter, clock};
use store::OrganizationId;

use crate::clock::Clock;
use crate::email_address::EmailAddress;

/// For the pages of a sign-in. A whole company may sit behind one address at nine in the morning.
const SIGN_IN: Quota = per_second(20, 200);
/// For the token endpoint. All members' codes come from the few addresses of the application.
const TOKEN: Quota = per_second(200, 1000);
/// For recovery codes: nobody has so many of them, and guessing must not even begin.
const RECOVERY_CODE: Quota = per_second(1, 10);
/// For codes by mail to one address: whoever does not get the first may ask again, and nobody's mail is flooded.
const EMAIL_CODE: Quota = Quota::per_hour(NonZeroU32::MIN.saturating_add(4));
/// For looking up the domains of one organization: each time asks other people's servers.
const DOMAIN: Quota = Quota::per_minute(NonZeroU32::MIN.saturating_add(4));
/// From so many addresses on, those that have been quiet are forgotten.
const MANY: usize = 50_000;

const fn per_second(steady: u32, burst: u32) -> Quota {
    let one = NonZeroU32::MIN;
    Quota::per_second(one.saturating_add(steady - 1)).allow_burst(one.saturating_add(burst - 1))
}

/// Counts for each key, by the program's clock.
type Limiter<K> = RateLimiter<K, DefaultKeyedStateStore<K>, Clock, NoOpMiddleware<Duration>>;

impl clock::Clock for Clock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_secs(u64::try_from(Self::now(self).as_second()).unwrap_or_default())
    }
}

/// What each client has asked lately.
#[derive(Debug)]
pub struct RateLimits {
    sign_in: Limiter<IpAddr>,
    token: Limiter<IpAddr>,
    recovery_code: Limiter<IpAddr>,
    email_code: Limiter<(IpAddr, EmailAddress)>,
    domain: Limiter<OrganizationId>,
}

impl RateLimits {
    /// Nobody has asked anything yet.
    pub fn new(clock: &Clock) -> Self {
        Self {
            sign_in: limiter(SIGN_IN, clock),
            token: limiter(TOKEN, clock),
            recovery_code: limiter(RECOVERY_CODE, clock),
            email_code: limiter(EMAIL_CODE, clock),
            domain: limiter(DOMAIN, clock),
        }
    }

    /// Counts a request for a page of the sign-in, and says whether it is within the limit of its client.
    pub fn may_sign_in(&self, client: IpAddr) -> bool {
        is_within(&self.sign_in, client)
    }

    /// Counts a request for a token, and says whether it is within the limit of its client.
    pub fn may_request_token(&self, client: IpAddr) -> bool {
        is_within(&self.token, client)
    }

    /// Counts a try of a recovery code, and says whether it may be made.
    pub fn may_try_recovery_code(&self, client: IpAddr) -> bool {
        is_within(&self.recovery_code, client)
    }

    /// Counts that a client asks for a code to an address, and says whether it may.
    pub fn may_ask_for_code(&self, client: IpAddr, email: &EmailAddress) -> bool {
        if self.email_code.len() > MANY {
            self.email_code.retain_recent();
        }
        let key = (neighbourhood(client), email.clone());
        client.is_loopback() || self.email_code.check_key(&key).is_ok()
    }

    /// Counts a look at a domain of this organization, and says whether it may be made.
    pub fn may_look_up_domain(&self, organization: &OrganizationId) -> bool {
        if self.domain.len() > MANY {
            self.domain.retain_recent();
        }
        self.domain.check_key(organization).is_ok()
    }
}

fn limiter<K: Clone + Eq + Hash>(quota: Quota, clock: &Clock) -> Limiter<K> {
    RateLimiter::new(quota, DefaultKeyedStateStore::default(), clock.clone())
}

/// Counts the request. This machine itself is not limited: behind a proxy that `trusted_proxies` does not name, it is
/// everybody, and one busy customer would shut all others out.
fn is_within(limiter: &Limiter<IpAddr>, client: IpAddr) -> bool {
    if limiter.len() > MANY {
        limiter.retain_recent();
    }
    client.is_loopback() || limiter.check_key(&neighbourhood(client)).is_ok()
}

/// One client has one IPv4 address, but all of a /64 of IPv6.
fn neighbourhood(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_stopped_after_its_burst_and_its_neighbours_are_not() {
        let clock = Clock::standing_at(100);
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
        // A machine whose clock is put back lets nobody wait for longer than before.
        clock.set(50);
        assert!(!ask("203.0.113.9"));
        clock.set(102);
        assert!(ask("203.0.113.9"));
    }
}
