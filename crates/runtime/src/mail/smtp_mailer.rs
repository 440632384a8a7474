//! Mail that leaves through a mail server.
//!
//! A mail is handed over beside the request that caused it. When the server does not take it, it is offered again, each
//! time after a longer wait, until it is too old to be of use; nothing is kept on disk.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use config::{MailServer, MailSettings, PublicUrl, Security};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, timeout};

use super::Mail;
use crate::clock::Clock;
use crate::{problem, random};

/// How many mails may wait to be taken; more are given up at once.
const ROOM: u32 = 1000;
/// How many connections there are at a time.
const LINES: usize = 4;
/// The longest that one step of the conversation may take, and that all of it may.
const STEP: Duration = Duration::from_secs(10);
const CONVERSATION: Duration = Duration::from_secs(60);
/// A code is of use for ten minutes, so after that nobody waits for its mail.
const PATIENCE: Patience = Patience {
    first: Duration::from_secs(2),
    longest: Duration::from_secs(120),
    until: Duration::from_secs(600),
};

/// How long a mail is offered again.
#[derive(Clone, Copy, Debug)]
struct Patience {
    /// The first wait; each next one is twice as long.
    first: Duration,
    /// No wait is longer.
    longest: Duration,
    /// No offer comes later.
    until: Duration,
}

/// The way to a mail server. Clones share it.
#[derive(Clone)]
pub struct Post(Arc<Way>);

struct Way {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    server: MailServer,
    from: Mailbox,
    host: String,
    clock: Clock,
    patience: Patience,
    room: Arc<Semaphore>,
    lines: Semaphore,
}

impl fmt::Debug for Post {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Post").field(&self.0.server).finish()
    }
}

/// Why mail cannot be sent at all.
#[derive(Debug)]
pub struct PostProblem(smtp::Error);

impl fmt::Display for PostProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("smtp_url: connections cannot be encrypted")
    }
}

impl std::error::Error for PostProblem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl Post {
    /// Makes ready to speak with the server, without speaking yet.
    ///
    /// # Errors
    ///
    /// When the machine has nothing to check the server's certificate with.
    pub fn open(
        settings: &MailSettings,
        home: &PublicUrl,
        clock: Clock,
    ) -> Result<Self, PostProblem> {
        Self::with_patience(settings, home, clock, PATIENCE)
    }

    fn with_patience(
        MailSettings { server, from }: &MailSettings,
        home: &PublicUrl,
        clock: Clock,
        patience: Patience,
    ) -> Result<Self, PostProblem> {
        // An address of numbers is no name to greet with; only this machine is known by one.
        let host = home.host_name().unwrap_or_else(|| "localhost".to_owned());
        Ok(Self(Arc::new(Way {
            transport: transport(server, &host).map_err(PostProblem)?,
            server: server.clone(),
            from: from.clone(),
            host,
            clock,
            patience,
            room: Arc::new(Semaphore::new(ROOM as usize)),
            lines: Semaphore::new(LINES),
        })))
    }

    /// Sends a mail, in its own time.
    pub(super) fn send(&self, mail: Mail) {
        let Ok(place) = Arc::clone(&self.0.room).try_acquire_owned() else {
            tracing::error!("a mail is given up: {ROOM} others wait for the mail server");
            return;
        };
        match self.0.message(mail) {
            Ok(message) => drop(tokio::spawn(deliver(Arc::clone(&self.0), message, place))),
            // The error repeats nothing of the mail.
            Err(error) => tracing::error!(error = problem::chain(&*error), "a mail is given up"),
        }
    }

    /// Waits until everything has left or is given up, but no longer than this.
    pub(super) async fn finish(&self, within: Duration) {
        if timeout(within, self.0.room.acquire_many(ROOM))
            .await
            .is_err()
        {
            tracing::error!("mails are given up: the mail server has not taken them in time");
        }
    }
}

fn transport(
    server: &MailServer,
    host: &str,
) -> Result<AsyncSmtpTransport<Tokio1Executor>, smtp::Error> {
    let encrypted = || TlsParameters::new(server.host.clone());
    let tls = match server.security {
        Security::Tls => Tls::Wrapper(encrypted()?),
        Security::StartTls => Tls::Required(encrypted()?),
        Security::Unencrypted => Tls::None,
    };
    let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
        .port(server.port)
        .tls(tls)
        .hello_name(ClientId::Domain(host.to_owned()))
        .timeout(Some(STEP));
    Ok(match &server.credentials {
        Some((user, password)) => {
            transport.credentials(Credentials::new(user.clone(), password.clone()))
        }
        None => transport,
    }
    .build())
}

impl Way {
    /// The mail as it travels. An address that is none makes no message, and a subject cannot leave its line: both
    /// are written by types that know their form.
    fn message(&self, mail: Mail) -> Result<Message, Box<dyn std::error::Error>> {
        let number = u128::from_be_bytes(random::bytes());
        let seconds = u64::try_from(self.clock.now().as_second()).unwrap_or_default();
        let by_machine = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, mail.to.parse()?))
            .subject(mail.subject)
            .date(UNIX_EPOCH + Duration::from_secs(seconds))
            .message_id(Some(format!("<{number:032x}@{}>", self.host)))
            // Out-of-office answers are for people (RFC 3834).
            .raw_header(HeaderValue::new(by_machine, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text)?;
        Ok(message)
    }

    /// Offers a message once; the error is what to log.
    async fn offer(&self, message: &Message) -> Result<(), Refused> {
        let _line = self.lines.acquire().await;
        let offered = timeout(CONVERSATION, self.transport.send(message.clone())).await;
        match offered {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(Refused::from(&error)),
            Err(_) => Err(Refused {
                is_final: false,
                story: "the mail server is too slow".to_owned(),
            }),
        }
    }
}

/// Why the server did not take a message.
struct Refused {
    is_final: bool,
    story: String,
}

impl From<&smtp::Error> for Refused {
    fn from(error: &smtp::Error) -> Self {
        Self {
            is_final: error.is_permanent() || error.is_client(),
            // What servers say beside the code often repeats the address, which is not for the log.
            story: error.status().map_or_else(
                || problem::chain(error),
                |code| format!("the mail server answered {code}"),
            ),
        }
    }
}

async fn deliver(way: Arc<Way>, message: Message, _place: OwnedSemaphorePermit) {
    let begun = Instant::now();
    let mut wait = way.patience.first;
    while let Err(refused) = way.offer(&message).await {
        let error = refused.story;
        if refused.is_final || begun.elapsed() + wait > way.patience.until {
            tracing::error!(error, "a mail is given up");
            return;
        }
        tracing::warn!(error, "a mail was not taken; it will be offered again");
        sleep(wait).await;
        wait = (wait * 2).min(way.patience.longest);
    }
}

#[cfg(test)]
mod tests;
