use crate::der::{INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};

/// The beginning of a private key in DER. It is enough: a key that was not copied whole is a secret too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyBeginning {
    /// `PrivateKeyInfo`, `OneAsymmetricKey`, `RSAPrivateKey` or `ECPrivateKey` (RFC 5208, 5958, 8017, 5915).
    Plain,
    /// `EncryptedPrivateKeyInfo` (RFC 5208). A PKCS#12 file has it too, among other content.
    Encrypted,
}

/// The shortest key: `ECPrivateKey` with 16 octets.
const MIN_KEY_LENGTH: usize = 0x15;
const MIN_MODULUS_LENGTH: usize = 0x20;
const MIN_EC_KEY_LENGTH: usize = 0x10;
/// PKCS#7 (1.2.840.113549.1.7): `EncryptedData` of a PKCS#12 file begins with it.
const PKCS7: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];
const PKCS5: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05];
/// The last arc of PBKDF2 in PKCS#5, which derives a key and encrypts nothing.
const PBKDF2: u8 = 12;
/// Password-based encryption of PKCS#12 (1.2.840.113549.1.12.1).
const PKCS12_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01];
/// The fields of elliptic curves (1.2.840.10045.1): `ECParameters`, which are public, begin with one.
const FIELD_TYPES: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x01];

impl KeyBeginning {
    /// Reads a bounded number of octets: about 170, and fewer than ten of nearly everything that is no key.
    pub(super) fn detect(octets: impl Iterator<Item = u8>) -> Option<Self> {
        let mut octets = Octets(octets);
        octets.expect(SEQUENCE)?;
        if octets.length()? < MIN_KEY_LENGTH {
            return None;
        }
        match octets.0.next()? {
            INTEGER => octets.is_plain()?.then_some(Self::Plain),
            SEQUENCE => octets.is_encrypted()?.then_some(Self::Encrypted),
            _ => None,
        }
    }
}

struct Octets<I>(I);

impl<I: Iterator<Item = u8>> Octets<I> {
    fn expect(&mut self, octet: u8) -> Option<()> {
        (self.0.next()? == octet).then_some(())
    }

    /// A length of BER, also the indefinite one.
    fn length(&mut self) -> Option<usize> {
        let first = self.0.next()?;
        let digits = match first {
            0..0x80 => return Some(usize::from(first)),
            0x80 => return Some(usize::MAX),
            0x81..=0x84 => first & 0x07,
            _ => return None,
        };
        let mut length = 0_usize;
        for _ in 0..digits {
            length = length << 8 | usize::from(self.0.next()?);
        }
        Some(length)
    }

    /// After the tag of the version. It is 0 or 1, and no public structure continues as these do.
    fn is_plain(&mut self) -> Option<bool> {
        self.expect(1)?;
        let version = self.0.next()?;
        let tag = self.0.next()?;
        let length = self.length()?;
        Some(match (version, tag) {
            (0 | 1, INTEGER) => length >= MIN_MODULUS_LENGTH,
            (1, OCTET_STRING) => length >= MIN_EC_KEY_LENGTH,
            (0, SEQUENCE) => !self.object_identifier()?.starts_with(PKCS7),
            (1, SEQUENCE) => self.is_algorithm_before_key(length)?,
            _ => false,
        })
    }

    /// A list of revoked certificates has a version 1 and an algorithm too, and a name after them.
    fn is_algorithm_before_key(&mut self, length: usize) -> Option<bool> {
        let identifier = self.object_identifier()?;
        if identifier.starts_with(FIELD_TYPES) {
            return Some(false);
        }
        // No algorithm of a signature is so long.
        if length >= 0x80 {
            return Some(true);
        }
        let parameters = length.checked_sub(identifier.len())?.checked_sub(2)?;
        for _ in 0..parameters {
            self.0.next()?;
        }
        Some(self.0.next()? == OCTET_STRING)
    }

    /// After the tag of the algorithm.
    fn is_encrypted(&mut self) -> Option<bool> {
        self.length()?;
        let identifier = self.object_identifier()?;
        let of_pkcs5 = identifier.strip_prefix(PKCS5);
        Some(match of_pkcs5 {
            Some(arcs) => arcs.first() != Some(&PBKDF2),
            None => identifier.starts_with(PKCS12_ENCRYPTION),
        })
    }

    fn object_identifier(&mut self) -> Option<Vec<u8>> {
        const MAX_LENGTH: u8 = 32;
        self.expect(OBJECT_IDENTIFIER)?;
        let length = self.0.next()?;
        if length > MAX_LENGTH {
            return None;
        }
        (0..length).map(|_| self.0.next()).collect()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::curve_parameters(&[0x30, 0x81, 0xf7, 2, 1, 1, 0x30, 0x2c, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 1, 1, 2, 0x21])]
    #[case::revoked_certificates(&[0x30, 0x82, 1, 0, 2, 1, 1, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 0x30, 0x20])]
    #[case::request(&[0x30, 0x81, 0x90, 2, 1, 0, 0x30, 0x20, 0x31, 0x1e])]
    #[case::key_derivation(&[0x30, 0x40, 0x30, 0x29, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 12, 0x30])]
    #[case::signature(&[0x30, 0x44, 2, 0x20, 1, 2])]
    #[case::length_of_eight_octets(&[0x30, 0x88, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 0])]
    #[case::empty(&[])]
    fn a_public_structure_is_no_key(#[case] octets: &[u8]) {
        assert_eq!(KeyBeginning::detect(octets.iter().copied()), None);
    }

    #[rstest]
    #[case::one_asymmetric_key(&[0x30, 0x51, 2, 1, 1, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22], KeyBeginning::Plain)]
    #[case::ec_private_key(&[0x30, 0x77, 2, 1, 1, 4, 0x20], KeyBeginning::Plain)]
    #[case::indefinite_length(&[0x30, 0x80, 2, 1, 0, 2, 0x82, 1, 1], KeyBeginning::Plain)]
    #[case::pbes2(&[0x30, 0x82, 5, 0x12, 0x30, 0x1c, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 13], KeyBeginning::Encrypted)]
    fn the_beginning_of_a_key_is_enough(#[case] octets: &[u8], #[case] expected: KeyBeginning) {
        assert_eq!(KeyBeginning::detect(octets.iter().copied()), Some(expected));
    }
}
