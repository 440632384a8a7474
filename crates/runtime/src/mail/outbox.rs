//! Mail that stays in memory.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::Mail;

/// How many mails an outbox keeps.
const KEPT: usize = 100;

/// The latest mails, the oldest first. Clones share the list.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Arc<Mutex<VecDeque<Mail>>>);

impl Outbox {
    /// What was sent, the oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        let mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mails.iter().cloned().collect()
    }

    pub(super) fn take_in(&self, mail: Mail) {
        let mut mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if mails.len() == KEPT {
            mails.pop_front();
        }
        mails.push_back(mail);
    }
}

#[test]
fn an_outbox_keeps_the_newest_mails() {
    let outbox = Outbox::default();
    for number in 0..KEPT + 2 {
        outbox.take_in(Mail {
            to: "ada@acme.example".to_owned(),
            subject: number.to_string(),
            text: String::new(),
        });
    }
    let kept = outbox.mails();
    assert_eq!(kept.len(), KEPT);
    assert_eq!((&*kept[0].subject, &*kept[KEPT - 1].subject), ("2", "101"));
}
