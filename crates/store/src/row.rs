//! From columns to the types of the domain, and back.

use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::engine::{Row, Value};
use crate::{
    ApiKeyId, ApplicationId, AttemptId, ConnectionId, ConnectionKeyId, ConsoleSessionId,
    EmailCodeId, EventId, MemberId, OrganizationId, PasskeyId, PendingId, PersonId, Sealed,
    Seconds, SecretHash, SessionId, SetupLinkId, SignInLinkId, StoreError, UnixTime,
};

impl Row {
    pub(crate) fn text(&self, column: &'static str) -> Result<String, StoreError> {
        self.maybe_text(column)?
            .ok_or(StoreError::Unreadable { column })
    }

    pub(crate) fn number(&self, column: &'static str) -> Result<i64, StoreError> {
        self.maybe_number(column)?
            .ok_or(StoreError::Unreadable { column })
    }

    pub(crate) fn time(&self, column: &'static str) -> Result<UnixTime, StoreError> {
        self.number(column).map(UnixTime)
    }

    pub(crate) fn maybe_time(&self, column: &'static str) -> Result<Option<UnixTime>, StoreError> {
        Ok(self.maybe_number(column)?.map(UnixTime))
    }

    /// An id or a word of a vocabulary.
    pub(crate) fn parsed<T: FromStr>(&self, column: &'static str) -> Result<T, StoreError> {
        self.maybe_parsed(column)?
            .ok_or(StoreError::Unreadable { column })
    }

    pub(crate) fn maybe_parsed<T: FromStr>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        let text = self.maybe_text(column)?;
        text.map(|text| text.parse().map_err(|_| StoreError::Unreadable { column }))
            .transpose()
    }

    pub(crate) fn hash(&self, column: &'static str) -> Result<SecretHash, StoreError> {
        self.text(column).map(SecretHash::stored)
    }

    pub(crate) fn sealed(&self, column: &'static str) -> Result<Sealed, StoreError> {
        self.text(column).map(Sealed::new)
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        serde_json::from_str(&self.text(column)?).map_err(|_| StoreError::Unreadable { column })
    }
}

/// Texts, numbers and lists of them as one text.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("texts and numbers can always be written as JSON")
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

impl From<UnixTime> for Value<'_> {
    fn from(time: UnixTime) -> Self {
        Self::Number(Some(time.0))
    }
}

impl From<Option<UnixTime>> for Value<'_> {
    fn from(time: Option<UnixTime>) -> Self {
        Self::Number(time.map(|time| time.0))
    }
}

impl From<Seconds> for Value<'_> {
    fn from(span: Seconds) -> Self {
        Self::Number(Some(span.0))
    }
}

macro_rules! texts {
    ($($name:ident),*) => { $(
        impl<'v> From<&'v $name> for Value<'v> {
            fn from(it: &'v $name) -> Self {
                Self::Text(Some(it.as_str()))
            }
        }

        impl<'v> From<Option<&'v $name>> for Value<'v> {
            fn from(it: Option<&'v $name>) -> Self {
                Self::Text(it.map($name::as_str))
            }
        }
    )* };
}

texts! {
    ApiKeyId, ApplicationId, AttemptId, ConnectionId, ConnectionKeyId, ConsoleSessionId, EmailCodeId,
    EventId, MemberId, OrganizationId, PasskeyId, PendingId, PersonId, Sealed, SecretHash, SessionId,
    SetupLinkId, SignInLinkId
}
