//! Plain-text mail, sent in the background.

mod outbox;
mod smtp_mailer;

use std::time::Duration;

use config::Config;
pub use outbox::Outbox;
pub use smtp_mailer::{SmtpError, SmtpMailer};

use crate::clock::Clock;
use crate::metrics::MailMetrics;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The recipient. A mail to an invalid address is dropped with a log line.
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// The demo's page with its sent mails.
pub const OUTBOX_PAGE: &str = "/outbox";

/// How mail is sent.
#[derive(Clone, Debug, Default)]
pub enum Mailer {
    /// `smtp_url` is not set.
    #[default]
    None,
    /// A list in memory, for the demo and for tests.
    Outbox(Outbox),
    Smtp(SmtpMailer),
}

impl Mailer {
    /// The demo's page with its sent mails.
    pub const fn outbox_page(&self) -> Option<&'static str> {
        match self {
            Self::Outbox(_) => Some(OUTBOX_PAGE),
            Self::None | Self::Smtp(_) => None,
        }
    }

    pub fn from_config(config: &Config, clock: &Clock) -> Result<Self, SmtpError> {
        config.mail.as_ref().map_or(Ok(Self::None), |settings| {
            SmtpMailer::new(settings, &config.public_url, clock.clone()).map(Self::Smtp)
        })
    }

    pub fn is_available(&self) -> bool {
        match self {
            Self::None => false,
            Self::Outbox(_) | Self::Smtp(_) => true,
        }
    }

    /// Queues a mail and returns immediately. A failure is logged.
    pub fn send(&self, mail: Mail) {
        match self {
            Self::None => tracing::warn!("a mail cannot be sent: smtp_url is not set"),
            Self::Outbox(outbox) => outbox.push(mail),
            Self::Smtp(mailer) => mailer.send(mail),
        }
    }

    pub fn metrics(&self) -> MailMetrics {
        match self {
            Self::None | Self::Outbox(_) => MailMetrics::default(),
            Self::Smtp(mailer) => mailer.metrics(),
        }
    }

    /// Waits until the queue is empty, up to the timeout.
    pub async fn flush(&self, timeout: Duration) {
        match self {
            Self::None | Self::Outbox(_) => {}
            Self::Smtp(mailer) => mailer.flush(timeout).await,
        }
    }
}
