//! Mail to people: plain text, sent beside the request that caused it.

mod outbox;
mod smtp_mailer;

use std::time::Duration;

use config::Config;
pub use outbox::Outbox;
pub use smtp_mailer::{Post, PostProblem};

use crate::clock::Clock;

/// A mail to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The address. What turns out not to be one gets no mail.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// Where the demo shows the mails that it would have sent.
pub const OUTBOX_PAGE: &str = "/outbox";

/// How mail leaves.
#[derive(Clone, Debug, Default)]
pub enum Mailer {
    /// Not at all: the operator has not said how.
    #[default]
    None,
    /// Into a list in memory, for the demo and for tests.
    Outbox(Outbox),
    /// Through a mail server.
    Post(Post),
}

impl Mailer {
    /// The page that shows what was sent, where nothing leaves the machine.
    pub const fn outbox_page(&self) -> Option<&'static str> {
        match self {
            Self::Outbox(_) => Some(OUTBOX_PAGE),
            Self::None | Self::Post(_) => None,
        }
    }

    /// The way that the operator chose.
    ///
    /// # Errors
    ///
    /// When it cannot be gone.
    pub fn of(config: &Config, clock: &Clock) -> Result<Self, PostProblem> {
        config.mail.as_ref().map_or(Ok(Self::None), |settings| {
            Post::open(settings, &config.public_url, clock.clone()).map(Self::Post)
        })
    }

    /// Whether mail can be sent at all.
    pub fn is_offered(&self) -> bool {
        match self {
            Self::None => false,
            Self::Outbox(_) | Self::Post(_) => true,
        }
    }

    /// Sends a mail. What becomes of it is not known here: the log tells when it fails.
    pub fn send(&self, mail: Mail) {
        match self {
            Self::None => tracing::warn!("a mail cannot be sent: smtp_url is not set"),
            Self::Outbox(outbox) => outbox.take_in(mail),
            Self::Post(post) => post.send(mail),
        }
    }

    /// Waits until everything has left or is given up, but no longer than this.
    pub async fn finish(&self, within: Duration) {
        match self {
            Self::None | Self::Outbox(_) => {}
            Self::Post(post) => post.finish(within).await,
        }
    }
}
