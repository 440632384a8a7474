//! Mail to people: plain text, sent beside the request that caused it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many mails an outbox keeps.
const KEPT: usize = 100;

/// A mail to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// How mail leaves.
#[derive(Clone, Debug, Default)]
pub enum Mailer {
    /// Not at all: the operator has not said how.
    #[default]
    None,
    /// Into a list in memory, for the demo and for tests.
    Outbox(Outbox),
}

/// The latest mails, the oldest first. Clones share the list.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Arc<Mutex<VecDeque<Mail>>>);

impl Mailer {
    /// Whether mail can be sent at all.
    pub fn is_offered(&self) -> bool {
        match self {
            Self::None => false,
            Self::Outbox(_) => true,
        }
    }

    /// Sends a mail. What becomes of it is not known here.
    pub fn send(&self, mail: Mail) {
        match self {
            Self::None => tracing::warn!("a mail cannot be sent: smtp_url is not set"),
            Self::Outbox(outbox) => outbox.take_in(mail),
        }
    }
}

impl Outbox {
    /// What was sent, the oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        let mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mails.iter().cloned().collect()
    }

    fn take_in(&self, mail: Mail) {
        let mut mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if mails.len() == KEPT {
            mails.pop_front();
        }
        mails.push_back(mail);
    }
}
