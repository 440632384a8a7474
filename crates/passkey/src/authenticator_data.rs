//! What the authenticator says: for which relying party, who was there, and with a new credential its key (section 6.1).

use aws_lc_rs::digest;

use crate::cbor;
use crate::client_data::Site;
use crate::credential::CredentialId;
use crate::public_key::PublicKey;
use crate::refusal::{Part, Refusal};

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const BACKUP_ELIGIBLE: u8 = 0x08;
const BACKED_UP: u8 = 0x10;
const ATTESTED_CREDENTIAL: u8 = 0x40;
const EXTENSIONS: u8 = 0x80;

/// Authenticator data that was split, and not yet held against anything.
pub(crate) struct AuthenticatorData<'d> {
    rp_id_hash: &'d [u8],
    flags: u8,
    pub(crate) sign_count: u32,
    /// The credential and the extensions.
    rest: &'d [u8],
}

impl<'d> AuthenticatorData<'d> {
    pub(crate) fn split(data: &'d [u8]) -> Result<Self, Refusal> {
        let (rp_id_hash, data) = data
            .split_at_checked(32)
            .ok_or(Refusal::AuthenticatorData)?;
        let (&[flags], data) = data.split_first_chunk().ok_or(Refusal::AuthenticatorData)?;
        let (count, rest) = data.split_first_chunk().ok_or(Refusal::AuthenticatorData)?;
        Ok(Self {
            rp_id_hash,
            flags,
            sign_count: u32::from_be_bytes(*count),
            rest,
        })
    }

    pub(crate) fn check(&self, site: &Site) -> Result<(), Refusal> {
        let ours = digest::digest(&digest::SHA256, site.rp_id.as_bytes());
        if self.rp_id_hash != ours.as_ref() {
            return Err(Refusal::RpId);
        }
        if !self.has(USER_PRESENT) {
            return Err(Refusal::UserPresence);
        }
        if !self.has(USER_VERIFIED) {
            return Err(Refusal::UserVerification);
        }
        if self.has(BACKED_UP) && !self.has(BACKUP_ELIGIBLE) {
            return Err(Refusal::BackupState);
        }
        Ok(())
    }

    /// The credential that was made.
    pub(crate) fn credential(&self) -> Result<(CredentialId, PublicKey), Refusal> {
        if !self.has(ATTESTED_CREDENTIAL) {
            return Err(Refusal::AttestedCredential);
        }
        let (_aaguid, rest) = self
            .rest
            .split_at_checked(16)
            .ok_or(Refusal::AuthenticatorData)?;
        let (length, rest) = rest.split_first_chunk().ok_or(Refusal::AuthenticatorData)?;
        let (id, rest) = rest
            .split_at_checked(u16::from_be_bytes(*length).into())
            .ok_or(Refusal::AuthenticatorData)?;
        let id = CredentialId::of_bytes(id.to_vec())?;
        let (key, rest) = PublicKey::read(rest)?;
        self.check_extensions(Part::PublicKey, rest)?;
        Ok((id, key))
    }

    /// There is no new credential, as in an assertion.
    pub(crate) fn check_no_credential(&self) -> Result<(), Refusal> {
        if self.has(ATTESTED_CREDENTIAL) {
            return Err(Refusal::AttestedCredential);
        }
        self.check_extensions(Part::AuthenticatorData, self.rest)
    }

    /// We ask for no extension, and an authenticator may add some; they are a map, and then nothing follows.
    fn check_extensions(&self, before: Part, rest: &[u8]) -> Result<(), Refusal> {
        if self.has(EXTENSIONS) {
            return cbor::read_whole(Part::Extensions, rest).map(drop);
        }
        if rest.is_empty() {
            Ok(())
        } else {
            Err(cbor::trailing(before, rest))
        }
    }

    fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}
