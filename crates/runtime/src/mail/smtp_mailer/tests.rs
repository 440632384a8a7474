//! Mail on its way to a small mail server of our own.

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::*;

const SOON: Duration = Duration::from_secs(20);

/// What a server got: the commands and the lines of the message, as they came.
type Conversation = Vec<String>;

/// What a server says in answer to `RCPT`, in one conversation after the other; then it takes everything.
type Answers = &'static [&'static str];

async fn server(answers: Answers) -> (u16, mpsc::UnboundedReceiver<Conversation>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (heard, hearer) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut answers = answers.iter();
        while let Ok((stream, _)) = listener.accept().await {
            let answer = answers.next().unwrap_or(&"250 fine");
            let conversation = converse(stream, answer).await.unwrap();
            heard.send(conversation).unwrap();
        }
    });
    (port, hearer)
}

async fn converse(stream: TcpStream, recipient: &str) -> std::io::Result<Conversation> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.example\r\n").await?;
    let (mut heard, mut is_message) = (Vec::new(), false);
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let said = line.trim_end_matches("\r\n").to_owned();
        line.clear();
        let answer = match said.split(' ').next().unwrap_or_default() {
            "." if is_message => {
                is_message = false;
                "250 taken"
            }
            _ if is_message => {
                heard.push(said);
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
        heard.push(said);
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(heard)
}

fn post(port: u16, security: Security) -> Post {
    let settings = MailSettings {
        server: MailServer {
            security,
            ..MailServer::read(&format!("smtp://vestibule:hunter2@127.0.0.1:{port}")).unwrap()
        },
        from: "Example <sso@example.com>".parse().unwrap(),
    };
    let home = PublicUrl::read("https://auth.example.com").unwrap();
    let patience = Patience {
        first: Duration::from_millis(1),
        longest: Duration::from_millis(4),
        until: Duration::from_millis(200),
    };
    Post::with_patience(
        &settings,
        &home,
        Clock::standing_at(1_795_510_800),
        patience,
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
async fn a_mail_is_handed_over() {
    let (port, mut heard) = server(&[]).await;
    let post = post(port, Security::Unencrypted);
    post.send(mail("ada@acme.example", "Your code"));
    let heard = heard.recv().await.unwrap();
    post.finish(SOON).await;
    let said = |line: &str| heard.iter().any(|one| one == line);
    for line in [
        "EHLO auth.example.com",
        "MAIL FROM:<sso@example.com>",
        "RCPT TO:<ada@acme.example>",
        "From: Example <sso@example.com>",
        "To: ada@acme.example",
        "Subject: Your code",
        "Auto-Submitted: auto-generated",
        "Date: Tue, 24 Nov 2026 09:00:00 +0000",
        "Content-Type: text/plain; charset=utf-8",
    ] {
        assert!(said(line), "{line} in {heard:#?}");
    }
    assert!(heard[1].starts_with("AUTH PLAIN"), "{heard:?}");
}

#[tokio::test]
async fn a_mail_that_is_not_taken_is_offered_again() {
    let (port, mut heard) = server(&["451 later", "421 busy"]).await;
    let post = post(port, Security::Unencrypted);
    post.send(mail("ada@acme.example", "Your code"));
    post.finish(SOON).await;
    let mut conversations = Vec::new();
    while conversations.len() < 3 {
        conversations.push(heard.recv().await.unwrap());
    }
    let is_message = |conversation: &Conversation| conversation.iter().any(|one| one == "DATA");
    assert_eq!(
        conversations.iter().map(is_message).collect::<Vec<_>>(),
        [false, false, true]
    );
}

#[tokio::test]
async fn a_mail_to_nobody_is_offered_once() {
    let (port, mut heard) = server(&["550 no such person"]).await;
    let post = post(port, Security::Unencrypted);
    post.send(mail("nobody@acme.example", "Your code"));
    post.finish(SOON).await;
    post.send(mail("ada@acme.example", "Your code"));
    post.finish(SOON).await;
    let [first, second] = [heard.recv().await.unwrap(), heard.recv().await.unwrap()];
    assert!(first.iter().any(|one| one.contains("nobody@")));
    assert!(second.iter().any(|one| one.contains("ada@")));
}

#[tokio::test]
async fn patience_with_a_silent_server_ends() {
    // Nobody listens on a port that was just given back.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let post = post(port, Security::Unencrypted);
    post.send(mail("ada@acme.example", "Your code"));
    let begun = Instant::now();
    post.finish(SOON).await;
    assert!(begun.elapsed() < SOON);
    assert_eq!(post.0.room.available_permits(), ROOM as usize);
}

#[tokio::test]
async fn a_server_without_tls_hears_no_password_and_no_mail() {
    let (port, mut heard) = server(&[]).await;
    let post = post(port, Security::StartTls);
    post.send(mail("ada@acme.example", "Your code"));
    post.finish(SOON).await;
    let heard = heard.recv().await.unwrap();
    assert!(
        heard
            .iter()
            .all(|line| line.starts_with("EHLO") || line == "QUIT"),
        "{heard:?}"
    );
}

#[tokio::test]
async fn nothing_in_a_mail_becomes_a_header_or_a_command() {
    let (port, mut heard) = server(&[]).await;
    let post = post(port, Security::Unencrypted);
    for to in [
        "ada@acme.example\r\nBcc: eve@evil.example",
        "ada@acme.example>\r\nRCPT TO:<eve@evil.example",
        "ada@acme.example, eve@evil.example",
        "\"a\r\nb\"@acme.example",
        "ada",
    ] {
        post.send(mail(to, "Your code"));
    }
    let subject = "Hello\r\nBcc: eve@evil.example\r\n\r\nanother text";
    post.send(Mail {
        text: "one\r\n.\r\nRCPT TO:<eve@evil.example>\r\n".to_owned(),
        ..mail("ada@acme.example", subject)
    });
    post.finish(SOON).await;
    let heard_once = heard.recv().await.unwrap();
    heard
        .try_recv()
        .expect_err("what is no address gets no mail");
    let recipients = heard_once
        .iter()
        .filter(|line| line.starts_with("RCPT") || line.starts_with("Bcc"))
        .collect::<Vec<_>>();
    // The second one is a line of the text, whose dot did not end the message.
    assert_eq!(
        recipients,
        ["RCPT TO:<ada@acme.example>", "RCPT TO:<eve@evil.example>"]
    );
    assert!(heard_once.contains(&"..".to_owned()), "{heard_once:#?}");
}
