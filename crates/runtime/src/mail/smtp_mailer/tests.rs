//! Delivery to a mail server in the test.

use insta::assert_snapshot;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::*;

const FLUSH_TIMEOUT: Duration = Duration::from_secs(20);

/// The commands and message lines that the server received in one connection.
type Conversation = Vec<String>;

/// The answers to `RCPT`, one for each connection; after them every recipient is accepted.
type Answers = &'static [&'static str];

async fn server(answers: Answers) -> (u16, mpsc::UnboundedReceiver<Conversation>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut answers = answers.iter();
        while let Ok((stream, _)) = listener.accept().await {
            let answer = answers.next().unwrap_or(&"250 fine");
            let conversation = receive_mail(stream, answer).await.unwrap();
            sender.send(conversation).unwrap();
        }
    });
    (port, receiver)
}

async fn receive_mail(stream: TcpStream, recipient: &str) -> std::io::Result<Conversation> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.example\r\n").await?;
    let mut conversation = Vec::new();
    let mut is_message = false;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let command = line.trim_end_matches("\r\n").to_owned();
        line.clear();
        let answer = match command.split(' ').next().unwrap_or_default() {
            "." if is_message => {
                is_message = false;
                "250 taken"
            }
            _ if is_message => {
                conversation.push(command);
                continue;
            }
            "EHLO" => "250-mail.example\r\n250 AUTH PLAIN",
            "AUTH" => "235 welcome",
            "RCPT" => recipient,
            "DATA" => {
                is_message = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        conversation.push(command);
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(conversation)
}

fn mailer(port: u16, security: Security) -> SmtpMailer {
    let settings = MailSettings {
        server: MailServer {
            security,
            ..MailServer::parse(&format!("smtp://vestibule:hunter2@127.0.0.1:{port}")).unwrap()
        },
        from: "Example <sso@example.com>".parse().unwrap(),
    };
    let public_url = PublicUrl::parse("https://auth.example.com").unwrap();
    let retry_policy = RetryPolicy {
        first_delay: Duration::from_millis(1),
        max_delay: Duration::from_millis(4),
        give_up_after: Duration::from_millis(200),
    };
    SmtpMailer::with_retry_policy(
        &settings,
        &public_url,
        Clock::fixed_at(1_795_510_800),
        retry_policy,
    )
    .unwrap()
}

fn mail(to: &str, subject: &str) -> Mail {
    Mail {
        to: to.to_owned(),
        subject: subject.to_owned(),
        text: "Guten Tag,\n\nschöne Grüße.\n".to_owned(),
    }
}

#[tokio::test]
async fn a_mail_is_delivered() {
    let (port, mut conversations) = server(&[]).await;
    let mailer = mailer(port, Security::Unencrypted);
    mailer.send(mail("ada@acme.example", "Your code"));
    let conversation = conversations.recv().await.unwrap();
    mailer.flush(FLUSH_TIMEOUT).await;
    let lines: Vec<&str> = conversation
        .iter()
        .map(|line| {
            let is_random = line.starts_with("Message-ID: <") && line.ends_with('>');
            if is_random {
                "Message-ID: <random>"
            } else {
                line
            }
        })
        .collect();
    assert_snapshot!(lines.join("\n"), @"
    EHLO auth.example.com
    AUTH PLAIN AHZlc3RpYnVsZQBodW50ZXIy
    MAIL FROM:<sso@example.com>
    RCPT TO:<ada@acme.example>
    DATA
    From: Example <sso@example.com>
    To: ada@acme.example
    Subject: Your code
    Date: Tue, 24 Nov 2026 09:00:00 +0000
    Message-ID: <random>
    Auto-Submitted: auto-generated
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: quoted-printable

    Guten Tag,

    sch=C3=B6ne Gr=C3=BC=C3=9Fe.

    .
    QUIT
    ");
}

#[tokio::test]
async fn a_mail_that_is_not_accepted_is_sent_again() {
    let (port, mut conversations) = server(&["451 later", "421 busy"]).await;
    let mailer = mailer(port, Security::Unencrypted);
    mailer.send(mail("ada@acme.example", "Your code"));
    mailer.flush(FLUSH_TIMEOUT).await;
    let mut received = Vec::new();
    while received.len() < 3 {
        received.push(conversations.recv().await.unwrap());
    }
    let is_message = |conversation: &Conversation| conversation.iter().any(|one| one == "DATA");
    assert_eq!(
        received.iter().map(is_message).collect::<Vec<_>>(),
        [false, false, true]
    );
}

#[tokio::test]
async fn a_mail_with_a_permanent_failure_is_sent_once() {
    let (port, mut conversations) = server(&["550 no such person"]).await;
    let mailer = mailer(port, Security::Unencrypted);
    mailer.send(mail("unknown@acme.example", "Your code"));
    mailer.flush(FLUSH_TIMEOUT).await;
    mailer.send(mail("ada@acme.example", "Your code"));
    mailer.flush(FLUSH_TIMEOUT).await;
    let [first, second] = [
        conversations.recv().await.unwrap(),
        conversations.recv().await.unwrap(),
    ];
    assert!(first.iter().any(|one| one.contains("unknown@")));
    assert!(second.iter().any(|one| one.contains("ada@")));
    let metrics = MailMetrics {
        sent: 1,
        dropped: 1,
        queued: 0,
    };
    assert_eq!(mailer.metrics(), metrics);
}

#[tokio::test]
async fn an_unreachable_server_is_given_up() {
    // A port that was just released is closed.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mailer = mailer(port, Security::Unencrypted);
    mailer.send(mail("ada@acme.example", "Your code"));
    assert_eq!(mailer.metrics().queued, 1);
    let started = Instant::now();
    mailer.flush(FLUSH_TIMEOUT).await;
    assert!(started.elapsed() < FLUSH_TIMEOUT);
    assert_eq!(mailer.0.queue.available_permits(), MAX_QUEUED as usize);
}

#[tokio::test]
async fn a_server_without_tls_gets_no_password_and_no_mail() {
    let (port, mut conversations) = server(&[]).await;
    let mailer = mailer(port, Security::StartTls);
    mailer.send(mail("ada@acme.example", "Your code"));
    mailer.flush(FLUSH_TIMEOUT).await;
    let conversation = conversations.recv().await.unwrap();
    assert!(
        conversation
            .iter()
            .all(|line| line.starts_with("EHLO") || line == "QUIT"),
        "{conversation:?}"
    );
}

#[tokio::test]
async fn no_part_of_a_mail_becomes_a_header_or_a_command() {
    let (port, mut conversations) = server(&[]).await;
    let mailer = mailer(port, Security::Unencrypted);
    for to in [
        "ada@acme.example\r\nBcc: eve@evil.example",
        "ada@acme.example>\r\nRCPT TO:<eve@evil.example",
        "ada@acme.example, eve@evil.example",
        "\"a\r\nb\"@acme.example",
        "ada",
    ] {
        mailer.send(mail(to, "Your code"));
    }
    let subject = "Hello\r\nBcc: eve@evil.example\r\n\r\nanother text";
    mailer.send(Mail {
        text: "one\r\n.\r\nRCPT TO:<eve@evil.example>\r\n".to_owned(),
        ..mail("ada@acme.example", subject)
    });
    mailer.flush(FLUSH_TIMEOUT).await;
    let conversation = conversations.recv().await.unwrap();
    conversations
        .try_recv()
        .expect_err("an invalid address gets no mail");
    let recipients = conversation
        .iter()
        .filter(|line| line.starts_with("RCPT") || line.starts_with("Bcc"))
        .collect::<Vec<_>>();
    // The second one is a line of the text, whose dot did not end the message.
    assert_eq!(
        recipients,
        ["RCPT TO:<ada@acme.example>", "RCPT TO:<eve@evil.example>"]
    );
    assert!(conversation.contains(&"..".to_owned()), "{conversation:#?}");
}
