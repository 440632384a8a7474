//! Passkeys and WebAuthn challenges.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{PasskeyId, PersonId, SecretHash, StoreError, Tx};

/// A passkey by which a person signs in to the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    pub id: PasskeyId,
    /// The credential ID, in base64url.
    pub credential: String,
    pub person: PersonId,
    pub name: String,
    /// In the server's own format.
    pub public_key: String,
    /// 0 for an authenticator without a signature counter.
    pub sign_count: i64,
    pub created_at: Timestamp,
    /// The last sign-in.
    pub used_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyChallenge {
    pub challenge: SecretHash,
    /// The hash of the cookie of the browser that requested the challenge; no other browser can use it.
    pub browser: SecretHash,
    /// The owner of a passkey that is being created; `None` for a sign-in.
    pub person: Option<PersonId>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

impl Passkey {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            credential: row.text("credential_id")?,
            person: row.parsed("person_id")?,
            name: row.text("name")?,
            public_key: row.text("public_key")?,
            sign_count: row.number("sign_count")?,
            created_at: row.time("created_at")?,
            used_at: row.maybe_time("used_at")?,
        })
    }
}

impl Tx {
    pub async fn add_passkey_challenge(
        &mut self,
        challenge: &PasskeyChallenge,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO passkey_challenge (challenge_hash, browser_hash, person_id, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5)",
            &[
                (&challenge.challenge).into(),
                (&challenge.browser).into(),
                challenge.person.as_ref().into(),
                challenge.created_at.into(),
                challenge.expires_at.into(),
            ],
        )
        .await
        .map(drop)
    }

    /// Uses a challenge once; `false` when it has expired, or was issued to another browser or for another `person`. A
    /// call from another browser does not use it.
    pub async fn consume_passkey_challenge(
        &mut self,
        challenge: &SecretHash,
        browser: &SecretHash,
        person: Option<&PersonId>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.update_one(
            "DELETE FROM passkey_challenge
              WHERE challenge_hash = $1 AND browser_hash = $2 AND COALESCE(person_id, '') = $3 AND expires_at > $4",
            &[
                challenge.into(),
                browser.into(),
                person.map_or("", PersonId::as_str).into(),
                now.into(),
            ],
        )
        .await
    }

    /// `false` when the credential ID exists already, for any person.
    pub async fn add_passkey(&mut self, passkey: &Passkey) -> Result<bool, StoreError> {
        self.update_one(
            "INSERT INTO passkey (id, credential_id, person_id, name, public_key, sign_count, created_at, used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (credential_id) DO NOTHING",
            &[
                (&passkey.id).into(),
                (&passkey.credential).into(),
                (&passkey.person).into(),
                (&passkey.name).into(),
                (&passkey.public_key).into(),
                passkey.sign_count.into(),
                passkey.created_at.into(),
                passkey.used_at.into(),
            ],
        )
        .await
    }

    /// Oldest first.
    pub async fn passkeys_of(&mut self, person: &PersonId) -> Result<Vec<Passkey>, StoreError> {
        self.fetch_all(
            "SELECT id, credential_id, person_id, name, public_key, sign_count, created_at, used_at
               FROM passkey WHERE person_id = $1 ORDER BY created_at, id",
            &[person.into()],
            Passkey::from_row,
        )
        .await
    }

    pub async fn passkey_by_credential(
        &mut self,
        credential: &str,
    ) -> Result<Option<Passkey>, StoreError> {
        self.fetch_optional(
            "SELECT id, credential_id, person_id, name, public_key, sign_count, created_at, used_at
               FROM passkey WHERE credential_id = $1",
            &[credential.into()],
            Passkey::from_row,
        )
        .await
    }

    /// Records a sign-in; `false` when the passkey was deleted or its `sign_count` has changed since it was read, so
    /// that of two parallel sign-ins with the same count one is accepted.
    pub async fn record_passkey_use(
        &mut self,
        passkey: &Passkey,
        sign_count: i64,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.update_one(
            "UPDATE passkey SET sign_count = $3, used_at = $4 WHERE id = $1 AND sign_count = $2",
            &[
                (&passkey.id).into(),
                passkey.sign_count.into(),
                sign_count.into(),
                now.into(),
            ],
        )
        .await
    }

    /// `false` when the person has no such passkey.
    pub async fn rename_passkey(
        &mut self,
        person: &PersonId,
        id: &PasskeyId,
        name: &str,
    ) -> Result<bool, StoreError> {
        self.update_one(
            "UPDATE passkey SET name = $3 WHERE person_id = $1 AND id = $2",
            &[person.into(), id.into(), name.into()],
        )
        .await
    }

    /// `false` when the person has no such passkey.
    pub async fn remove_passkey(
        &mut self,
        person: &PersonId,
        id: &PasskeyId,
    ) -> Result<bool, StoreError> {
        self.update_one(
            "DELETE FROM passkey WHERE person_id = $1 AND id = $2",
            &[person.into(), id.into()],
        )
        .await
    }
}
