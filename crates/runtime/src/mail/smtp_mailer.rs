//! Mail through an SMTP server.
//!
//! Mails are sent in the background. A mail that the server does not accept is sent again after growing delays until it
//! is too old to be of use. The queue is in memory.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
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
use crate::metrics::MailMetrics;
use crate::{problem, random};

/// Mails beyond this number are dropped.
const MAX_QUEUED: u32 = 1000;
const MAX_CONNECTIONS: usize = 4;
/// The limit for one SMTP command.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(10);
/// The limit for all commands that deliver one mail.
const SESSION_TIMEOUT: Duration = Duration::from_secs(60);
/// A sign-in code expires after ten minutes, so a later mail is of no use.
const RETRY_POLICY: RetryPolicy = RetryPolicy {
    first_delay: Duration::from_secs(2),
    max_delay: Duration::from_secs(120),
    give_up_after: Duration::from_secs(600),
};

/// When a mail that the server has not accepted is sent again.
#[derive(Clone, Copy, Debug)]
struct RetryPolicy {
    /// Each next delay is twice as long.
    first_delay: Duration,
    max_delay: Duration,
    give_up_after: Duration,
}

/// Sends mail through an SMTP server. Clones share the queue.
#[derive(Clone)]
pub struct SmtpMailer(Arc<Inner>);

struct Inner {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    server: MailServer,
    from: Mailbox,
    /// The host name for `EHLO` and message IDs.
    host: String,
    clock: Clock,
    retry_policy: RetryPolicy,
    queue: Arc<Semaphore>,
    connections: Semaphore,
    sent: AtomicU64,
    dropped: AtomicU64,
}

impl fmt::Debug for SmtpMailer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("SmtpMailer")
            .field(&self.0.server)
            .finish()
    }
}

/// Nothing on this machine can verify the certificate of the mail server.
#[derive(Debug, thiserror::Error)]
#[error("smtp_url: connections cannot be encrypted")]
pub struct SmtpError(#[source] smtp::Error);

impl SmtpMailer {
    /// Does not connect yet.
    pub fn new(
        settings: &MailSettings,
        public_url: &PublicUrl,
        clock: Clock,
    ) -> Result<Self, SmtpError> {
        Self::with_retry_policy(settings, public_url, clock, RETRY_POLICY)
    }

    fn with_retry_policy(
        MailSettings { server, from }: &MailSettings,
        public_url: &PublicUrl,
        clock: Clock,
        retry_policy: RetryPolicy,
    ) -> Result<Self, SmtpError> {
        // Only a server for this machine has an IP address as its public URL.
        let host = public_url
            .host_name()
            .unwrap_or_else(|| "localhost".to_owned());
        Ok(Self(Arc::new(Inner {
            transport: transport(server, &host).map_err(SmtpError)?,
            server: server.clone(),
            from: from.clone(),
            host,
            clock,
            retry_policy,
            queue: Arc::new(Semaphore::new(MAX_QUEUED as usize)),
            connections: Semaphore::new(MAX_CONNECTIONS),
            sent: AtomicU64::default(),
            dropped: AtomicU64::default(),
        })))
    }

    pub(super) fn send(&self, mail: Mail) {
        let Ok(place) = Arc::clone(&self.0.queue).try_acquire_owned() else {
            increment(&self.0.dropped);
            tracing::error!("a mail is dropped: {MAX_QUEUED} others wait for the mail server");
            return;
        };
        match self.0.message(mail) {
            Ok(message) => drop(tokio::spawn(deliver(Arc::clone(&self.0), message, place))),
            // The error repeats nothing of the mail.
            Err(error) => {
                increment(&self.0.dropped);
                tracing::error!(error = problem::chain(&*error), "a mail is dropped");
            }
        }
    }

    pub(super) fn metrics(&self) -> MailMetrics {
        let free = self.0.queue.available_permits();
        MailMetrics {
            sent: self.0.sent.load(Ordering::Relaxed),
            dropped: self.0.dropped.load(Ordering::Relaxed),
            queued: (MAX_QUEUED as usize).saturating_sub(free) as u64,
        }
    }

    pub(super) async fn flush(&self, limit: Duration) {
        if timeout(limit, self.0.queue.acquire_many(MAX_QUEUED))
            .await
            .is_err()
        {
            tracing::error!("mails are dropped: the mail server has not accepted them in time");
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
        .timeout(Some(COMMAND_TIMEOUT));
    Ok(match &server.credentials {
        Some((user, password)) => {
            transport.credentials(Credentials::new(user.clone(), password.clone()))
        }
        None => transport,
    }
    .build())
}

impl Inner {
    /// The types of the headers reject an invalid address and keep a subject in its line.
    fn message(&self, mail: Mail) -> Result<Message, Box<dyn std::error::Error>> {
        let id = u128::from_be_bytes(random::bytes());
        let seconds = u64::try_from(self.clock.now().as_second()).unwrap_or_default();
        let auto_submitted = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, mail.to.parse()?))
            .subject(mail.subject)
            .date(UNIX_EPOCH + Duration::from_secs(seconds))
            .message_id(Some(format!("<{id:032x}@{}>", self.host)))
            // Keeps out-of-office replies away (RFC 3834).
            .raw_header(HeaderValue::new(
                auto_submitted,
                "auto-generated".to_owned(),
            ))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text)?;
        Ok(message)
    }

    async fn try_send(&self, message: &Message) -> Result<(), SendError> {
        let _connection = self.connections.acquire().await;
        match timeout(SESSION_TIMEOUT, self.transport.send(message.clone())).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(SendError::from(&error)),
            Err(_) => Err(SendError {
                is_permanent: false,
                reason: "the mail server is too slow".to_owned(),
            }),
        }
    }
}

/// Why the server did not accept a message.
struct SendError {
    is_permanent: bool,
    /// For the log.
    reason: String,
}

impl From<&smtp::Error> for SendError {
    fn from(error: &smtp::Error) -> Self {
        Self {
            is_permanent: error.is_permanent() || error.is_client(),
            // The text of a reply often repeats the address, which must not be logged.
            reason: error.status().map_or_else(
                || problem::chain(error),
                |code| format!("the mail server answered {code}"),
            ),
        }
    }
}

async fn deliver(mailer: Arc<Inner>, message: Message, _place: OwnedSemaphorePermit) {
    let started = Instant::now();
    let policy = mailer.retry_policy;
    let mut delay = policy.first_delay;
    while let Err(error) = mailer.try_send(&message).await {
        let reason = error.reason;
        if error.is_permanent || started.elapsed() + delay > policy.give_up_after {
            increment(&mailer.dropped);
            tracing::error!(error = reason, "a mail is dropped");
            return;
        }
        tracing::warn!(
            error = reason,
            "a mail was not accepted; it will be sent again"
        );
        sleep(delay).await;
        delay = (delay * 2).min(policy.max_delay);
    }
    increment(&mailer.sent);
}

fn increment(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

#[cfg(test)]
mod tests;
