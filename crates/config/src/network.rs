use std::fmt;
use std::net::IpAddr;

/// A range of IP addresses in CIDR notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Parses `10.0.0.7` or `10.0.0.0/8`.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let all = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(all);
        (bits <= all).then_some(Self { address, bits })
    }

    /// An IPv4-mapped IPv6 address counts as its IPv4 address.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => has_prefix(
                u128::from(network.to_bits()),
                u128::from(address.to_bits()),
                32 - u32::from(self.bits),
            ),
            (IpAddr::V6(network), IpAddr::V6(address)) => has_prefix(
                network.to_bits(),
                address.to_bits(),
                128 - u32::from(self.bits),
            ),
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

fn has_prefix(network: u128, address: u128, free_bits: u32) -> bool {
    // A shift by all 128 bits compares nothing: every address is in `::/0`.
    (network ^ address).checked_shr(free_bits).unwrap_or(0) == 0
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.address, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::ipv4("10.0.0.0/8", "10.255.0.1", true)]
    #[case::mapped_ipv4("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    #[case::outside("10.0.0.0/8", "11.0.0.1", false)]
    #[case::one_address("10.0.0.7", "10.0.0.7", true)]
    #[case::next_address("10.0.0.7", "10.0.0.8", false)]
    #[case::every_ipv4("0.0.0.0/0", "203.0.113.9", true)]
    #[case::every_ipv6("::/0", "2001:db8::1", true)]
    #[case::ipv4_in_ipv6("::/0", "203.0.113.9", false)]
    fn a_network_contains_its_addresses(
        #[case] network: &str,
        #[case] address: IpAddr,
        #[case] is_contained: bool,
    ) {
        let network = Network::parse(network).unwrap();
        assert_eq!(network.contains(address), is_contained);
    }

    #[rstest]
    fn an_invalid_network_is_rejected(#[values("10.0.0.0/33", "proxy.example")] text: &str) {
        assert_eq!(Network::parse(text), None);
    }
}
