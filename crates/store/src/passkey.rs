//! People's passkeys, and the questions that are put to authenticators.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{PasskeyId, PersonId, SecretHash, StoreError, Tx};

/// A passkey by which a person comes into the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Our name for it, which may be shown and logged.
    pub id: PasskeyId,
    /// The authenticator's name for it, in base64url.
    pub credential: String,
    /// Whose it is.
    pub person: PersonId,
    /// What its owner calls it.
    pub name: String,
    /// What verifies its signatures, in the server's own form.
    pub public_key: String,
    /// How often it has signed; 0 for one that does not count.
    pub sign_count: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When somebody last came in by it.
    pub used_at: Option<Timestamp>,
}

/// A question that one browser has to answer by a passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyChallenge {
    /// The hash of what has to be signed.
    pub challenge: SecretHash,
    /// The hash of the cookie of the browser that asked: nobody else may answer.
    pub browser: SecretHash,
    /// Who gets the passkey that is made; nobody when somebody comes in by one that they have.
    pub person: Option<PersonId>,
    /// When it was asked.
    pub created_at: Timestamp,
    /// From when an answer is too late.
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
    /// Remembers a question that is about to be asked.
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

    /// Takes the answer to a question, once; `false` when this browser was not asked it, for this person or for nobody,
    /// or when it is too late. Another browser does not spend it.
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

    /// Adds a passkey; `false` when the authenticator's name for it is taken, by whomever.
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

    /// A person's passkeys, the oldest first.
    pub async fn passkeys_of(&mut self, person: &PersonId) -> Result<Vec<Passkey>, StoreError> {
        self.fetch_all(
            "SELECT id, credential_id, person_id, name, public_key, sign_count, created_at, used_at
               FROM passkey WHERE person_id = $1 ORDER BY created_at, id",
            &[person.into()],
            Passkey::from_row,
        )
        .await
    }

    /// Finds a passkey by the authenticator's name for it.
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

    /// Notes that somebody came in by a passkey; `false` when it is gone, or has counted on meanwhile: of two answers
    /// that were held against the same count, one is taken.
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

    /// Gives one of a person's passkeys another name; `false` when they have none of this id.
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

    /// Removes one of a person's passkeys; `false` when they have none of this id.
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
