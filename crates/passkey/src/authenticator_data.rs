//! Authenticator data (section 6.1).

use aws_lc_rs::digest;

use crate::cbor;
use crate::client_data::RelyingParty;
use crate::credential::CredentialId;
use crate::error::{PasskeyError, ResponsePart};
use crate::public_key::PublicKey;

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const BACKUP_ELIGIBLE: u8 = 0x08;
const BACKED_UP: u8 = 0x10;
const ATTESTED_CREDENTIAL: u8 = 0x40;
const EXTENSIONS: u8 = 0x80;

const RP_ID_HASH_BYTES: usize = 32;
const AAGUID_BYTES: usize = 16;

/// Authenticator data that was parsed and not yet checked.
pub(crate) struct AuthenticatorData<'d> {
    rp_id_hash: &'d [u8],
    flags: u8,
    pub(crate) sign_count: u32,
    /// The attested credential data and the extensions.
    rest: &'d [u8],
}

impl<'d> AuthenticatorData<'d> {
    pub(crate) fn parse(data: &'d [u8]) -> Result<Self, PasskeyError> {
        let truncated = || PasskeyError::TruncatedAuthenticatorData;
        let (rp_id_hash, data) = data
            .split_at_checked(RP_ID_HASH_BYTES)
            .ok_or_else(truncated)?;
        let (&[flags], data) = data.split_first_chunk().ok_or_else(truncated)?;
        let (sign_count, rest) = data.split_first_chunk().ok_or_else(truncated)?;
        Ok(Self {
            rp_id_hash,
            flags,
            sign_count: u32::from_be_bytes(*sign_count),
            rest,
        })
    }

    pub(crate) fn check(&self, relying_party: &RelyingParty) -> Result<(), PasskeyError> {
        let expected = digest::digest(&digest::SHA256, relying_party.id.as_bytes());
        if self.rp_id_hash != expected.as_ref() {
            return Err(PasskeyError::RpIdMismatch);
        }
        if !self.has_flag(USER_PRESENT) {
            return Err(PasskeyError::UserNotPresent);
        }
        if !self.has_flag(USER_VERIFIED) {
            return Err(PasskeyError::UserNotVerified);
        }
        if self.has_flag(BACKED_UP) && !self.has_flag(BACKUP_ELIGIBLE) {
            return Err(PasskeyError::InvalidBackupState);
        }
        Ok(())
    }

    /// Parses the attested credential data (section 6.5.1).
    pub(crate) fn credential(&self) -> Result<(CredentialId, PublicKey), PasskeyError> {
        if !self.has_flag(ATTESTED_CREDENTIAL) {
            return Err(PasskeyError::AttestedCredentialMismatch);
        }
        let truncated = || PasskeyError::TruncatedAuthenticatorData;
        let (_aaguid, rest) = self
            .rest
            .split_at_checked(AAGUID_BYTES)
            .ok_or_else(truncated)?;
        let (length, rest) = rest.split_first_chunk().ok_or_else(truncated)?;
        let (id, rest) = rest
            .split_at_checked(u16::from_be_bytes(*length).into())
            .ok_or_else(truncated)?;
        let id = CredentialId::from_bytes(id.to_vec())?;
        let (public_key, rest) = PublicKey::parse_prefix(rest)?;
        self.check_extensions(ResponsePart::PublicKey, rest)?;
        Ok((id, public_key))
    }

    pub(crate) fn check_no_credential(&self) -> Result<(), PasskeyError> {
        if self.has_flag(ATTESTED_CREDENTIAL) {
            return Err(PasskeyError::AttestedCredentialMismatch);
        }
        self.check_extensions(ResponsePart::AuthenticatorData, self.rest)
    }

    /// Checks that what follows `preceding` is one map of extensions, or nothing when the flag is not set.
    ///
    /// The options request no extension, but an authenticator may add some.
    fn check_extensions(&self, preceding: ResponsePart, rest: &[u8]) -> Result<(), PasskeyError> {
        if self.has_flag(EXTENSIONS) {
            return cbor::parse(ResponsePart::Extensions, rest).map(drop);
        }
        if rest.is_empty() {
            Ok(())
        } else {
            Err(cbor::trailing_bytes(preceding, rest))
        }
    }

    fn has_flag(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}
