//! Conversions between columns and types.

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::engine::{Row, Value};
use crate::{
    AccountMoveId, ApiKeyId, ApplicationId, AttemptId, AuditEntryId, ConnectionId, ConnectionKeyId,
    ConsoleSessionId, EmailCodeId, MemberId, OrganizationId, PasskeyId, PendingSignInId, PersonId,
    SealedText, SecretHash, SessionId, SetupLinkId, SignInLinkId, StoreError,
};

impl Row {
    pub(crate) fn text(&self, column: &'static str) -> Result<String, StoreError> {
        self.maybe_text(column)?
            .ok_or(StoreError::InvalidValue { column })
    }

    pub(crate) fn number(&self, column: &'static str) -> Result<i64, StoreError> {
        self.maybe_number(column)?
            .ok_or(StoreError::InvalidValue { column })
    }

    pub(crate) fn count(&self, column: &'static str) -> Result<u64, StoreError> {
        u64::try_from(self.number(column)?).map_err(|_| StoreError::InvalidValue { column })
    }

    /// A time in whole seconds since 1970.
    pub(crate) fn time(&self, column: &'static str) -> Result<Timestamp, StoreError> {
        self.maybe_time(column)?
            .ok_or(StoreError::InvalidValue { column })
    }

    pub(crate) fn maybe_time(&self, column: &'static str) -> Result<Option<Timestamp>, StoreError> {
        self.maybe_number(column)?
            .map(Timestamp::from_second)
            .transpose()
            .map_err(|_| StoreError::InvalidValue { column })
    }

    /// A duration in whole seconds.
    pub(crate) fn duration(&self, column: &'static str) -> Result<SignedDuration, StoreError> {
        self.number(column).map(SignedDuration::from_secs)
    }

    /// An ID, or an enum that is stored as text.
    pub(crate) fn parsed<T: FromStr>(&self, column: &'static str) -> Result<T, StoreError> {
        self.maybe_parsed(column)?
            .ok_or(StoreError::InvalidValue { column })
    }

    pub(crate) fn maybe_parsed<T: FromStr>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        let text = self.maybe_text(column)?;
        text.map(|text| {
            text.parse()
                .map_err(|_| StoreError::InvalidValue { column })
        })
        .transpose()
    }

    pub(crate) fn hash(&self, column: &'static str) -> Result<SecretHash, StoreError> {
        self.text(column).map(SecretHash::from_stored)
    }

    pub(crate) fn sealed(&self, column: &'static str) -> Result<SealedText, StoreError> {
        self.text(column).map(SealedText::new)
    }

    pub(crate) fn maybe_sealed(
        &self,
        column: &'static str,
    ) -> Result<Option<SealedText>, StoreError> {
        Ok(self.maybe_text(column)?.map(SealedText::new))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        serde_json::from_str(&self.text(column)?).map_err(|_| StoreError::InvalidValue { column })
    }
}

pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("strings, numbers and lists of them always serialize")
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(Some(text))
    }
}

impl<'v> From<&'v String> for Value<'v> {
    fn from(text: &'v String) -> Self {
        Self::Text(Some(text))
    }
}

impl<'v> From<&'v Option<String>> for Value<'v> {
    fn from(text: &'v Option<String>) -> Self {
        Self::Text(text.as_deref())
    }
}

impl<'v> From<Option<&'v str>> for Value<'v> {
    fn from(text: Option<&'v str>) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(time: Timestamp) -> Self {
        Self::Number(Some(time.as_second()))
    }
}

impl From<Option<Timestamp>> for Value<'_> {
    fn from(time: Option<Timestamp>) -> Self {
        Self::Number(time.map(Timestamp::as_second))
    }
}

impl From<SignedDuration> for Value<'_> {
    fn from(duration: SignedDuration) -> Self {
        Self::Number(Some(duration.as_secs()))
    }
}

macro_rules! text_values {
    ($($name:ident),*) => { $(
        impl<'v> From<&'v $name> for Value<'v> {
            fn from(text: &'v $name) -> Self {
                Self::Text(Some(text.as_str()))
            }
        }

        impl<'v> From<Option<&'v $name>> for Value<'v> {
            fn from(text: Option<&'v $name>) -> Self {
                Self::Text(text.map($name::as_str))
            }
        }
    )* };
}

text_values! {
    AccountMoveId, ApiKeyId, ApplicationId, AttemptId, ConnectionId, ConnectionKeyId, ConsoleSessionId, EmailCodeId,
    AuditEntryId, MemberId, OrganizationId, PasskeyId, PendingSignInId, PersonId, SealedText, SecretHash, SessionId,
    SetupLinkId, SignInLinkId
}
