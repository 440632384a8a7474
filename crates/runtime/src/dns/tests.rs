//! Lookups at a name server in the test.

use tokio::net::UdpSocket;
use tokio::sync::mpsc;

use rstest::rstest;

use super::*;

/// The answer of the server: a response code (RFC 1035 4.1.1) and records, each of several strings.
struct Answer {
    code: u8,
    records: &'static [&'static [&'static str]],
}

/// Gives every question the same answer, or none; the receiver gets the names in lower case.
async fn server(answer: Option<Answer>) -> (SocketAddr, mpsc::UnboundedReceiver<String>) {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut question = [0; 512];
        loop {
            let (length, asker) = socket.recv_from(&mut question).await.unwrap();
            if let Some(answer) = &answer {
                let (name, reply) = reply(&question[..length], answer);
                socket.send_to(&reply, asker).await.unwrap();
                // Some tests drop the receiver.
                drop(sender.send(name));
            }
        }
    });
    (address, receiver)
}

/// A reply in the format of RFC 1035 4.1.
fn reply(question: &[u8], answer: &Answer) -> (String, Vec<u8>) {
    let mut name = String::new();
    let mut place = 12;
    while question[place] > 0 {
        let label = &question[place + 1..][..usize::from(question[place])];
        name.push_str(std::str::from_utf8(label).unwrap());
        name.push('.');
        place += label.len() + 1;
    }
    let end = place + 5;
    let count = u8::try_from(answer.records.len()).unwrap();
    let mut reply = question[..2].to_vec();
    reply.extend([0x81, 0x80 | answer.code, 0, 1, 0, count, 0, 0, 0, 0]);
    reply.extend(&question[12..end]);
    for record in answer.records {
        let data: Vec<u8> = record
            .iter()
            .flat_map(|text| {
                let length = u8::try_from(text.len()).unwrap();
                std::iter::once(length).chain(text.bytes())
            })
            .collect();
        let length = u8::try_from(data.len()).unwrap();
        reply.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, length]);
        reply.extend(data);
    }
    (name.to_lowercase(), reply)
}

async fn look_up(server: SocketAddr) -> Result<Vec<String>, DnsError> {
    Dns::new(Some(server))
        .txt_records("_vestibule-challenge.acme.example")
        .await
}

#[tokio::test]
async fn every_txt_record_of_a_name_is_found() {
    let (address, mut asked) = server(Some(Answer {
        code: 0,
        records: &[
            &["v=spf1 -all"],
            &["vestibule-verification=", "4f2a"],
            &["strange\u{7}\u{e9}"],
        ],
    }))
    .await;
    assert_eq!(
        look_up(address).await.unwrap(),
        [
            "v=spf1 -all",
            "vestibule-verification=4f2a",
            "strange\u{e9}"
        ]
    );
    assert_eq!(
        asked.recv().await.unwrap(),
        "_vestibule-challenge.acme.example."
    );
}

#[rstest]
#[case::no_error(0)]
#[case::no_such_name(3)]
#[tokio::test]
async fn a_name_that_does_not_exist_has_no_records(#[case] code: u8) {
    let (address, _asked) = server(Some(Answer { code, records: &[] })).await;
    assert_eq!(look_up(address).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_failure_is_an_error() {
    const REFUSED: u8 = 5;
    let (address, _asked) = server(Some(Answer {
        code: REFUSED,
        records: &[],
    }))
    .await;
    assert!(matches!(look_up(address).await, Err(DnsError::Failed(_))));
}

#[tokio::test]
async fn a_silent_server_times_out() {
    let (address, _asked) = server(None).await;
    let begun = tokio::time::Instant::now();
    look_up(address).await.expect_err("the server is silent");
    assert!(begun.elapsed() <= LOOKUP_TIMEOUT + SERVER_TIMEOUT);
}

#[tokio::test]
async fn records_in_memory_are_found_by_name() {
    let records = Records::default();
    let dns = Dns::Fixed(records.clone());
    records.publish("_Challenge.ACME.example", "one");
    records.publish("_challenge.acme.example", "two");
    assert_eq!(
        dns.txt_records("_challenge.acme.example").await.unwrap(),
        ["one", "two"]
    );
    records.remove("_challenge.acme.example");
    assert_eq!(
        dns.txt_records("_challenge.acme.example").await,
        Ok(Vec::new())
    );
}
