use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::Mail;

/// Older mails are dropped.
const MAX_MAILS: usize = 100;

/// The latest mails in memory. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Arc<Mutex<VecDeque<Mail>>>);

impl Outbox {
    /// The sent mails, the oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        let mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mails.iter().cloned().collect()
    }

    pub(super) fn push(&self, mail: Mail) {
        let mut mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if mails.len() == MAX_MAILS {
            mails.pop_front();
        }
        mails.push_back(mail);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outbox_keeps_the_newest_mails() {
        let outbox = Outbox::default();
        for number in 0..MAX_MAILS + 2 {
            outbox.push(Mail {
                to: "ada@acme.example".to_owned(),
                subject: number.to_string(),
                text: String::new(),
            });
        }
        let mails = outbox.mails();
        assert_eq!(mails.len(), MAX_MAILS);
        assert_eq!(mails[0].subject, "2");
        assert_eq!(mails[MAX_MAILS - 1].subject, "101");
    }
}
