//! A range of addresses, to say which proxies are ours.

use std::fmt;
use std::net::IpAddr;

/// All addresses that share their first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Reads `10.0.0.7` or `10.0.0.0/8`; nothing when it is neither.
    pub fn read(written: &str) -> Option<Self> {
        let (address, bits) = match written.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().ok()?)),
            None => (written, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let all = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(all);
        (bits <= all).then_some(Self { address, bits })
    }

    /// Whether the address is in the range. An IPv4 address that arrives in IPv6 clothes is what it is.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => same_start(
                u128::from(ours.to_bits()),
                u128::from(theirs.to_bits()),
                32 - u32::from(self.bits),
            ),
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => {
                same_start(ours.to_bits(), theirs.to_bits(), 128 - u32::from(self.bits))
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

fn same_start(ours: u128, theirs: u128, free_bits: u32) -> bool {
    // Shifting by all 128 bits leaves nothing to compare: everything is in `::/0`.
    (ours ^ theirs).checked_shr(free_bits).unwrap_or(0) == 0
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.address, self.bits)
    }
}

#[test]
fn a_network_knows_its_own_addresses() {
    let contains = |network: &str, address: &str| {
        Network::read(network)
            .unwrap()
            .contains(address.parse().unwrap())
    };
    assert!(contains("10.0.0.0/8", "10.255.0.1"));
    assert!(contains("10.0.0.0/8", "::ffff:10.1.2.3"));
    assert!(!contains("10.0.0.0/8", "11.0.0.1"));
    assert!(contains("10.0.0.7", "10.0.0.7"));
    assert!(!contains("10.0.0.7", "10.0.0.8"));
    assert!(contains("0.0.0.0/0", "203.0.113.9"));
    assert!(contains("::/0", "2001:db8::1"));
    assert!(!contains("::/0", "203.0.113.9"));
    assert_eq!(Network::read("10.0.0.0/33"), None);
    assert_eq!(Network::read("proxy.example"), None);
}
