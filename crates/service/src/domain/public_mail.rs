/// Domains whose mailboxes anyone can get, sorted.
const PUBLIC_MAIL_DOMAINS: [&str; 61] = [
    "126.com",
    "163.com",
    "aol.com",
    "att.net",
    "bluewin.ch",
    "btinternet.com",
    "comcast.net",
    "duck.com",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.fr",
    "hotmail.it",
    "icloud.com",
    "inbox.lv",
    "kpnmail.nl",
    "laposte.net",
    "libero.it",
    "live.co.uk",
    "live.com",
    "live.nl",
    "mac.com",
    "mail.com",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "naver.com",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "outlook.fr",
    "pm.me",
    "posteo.de",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "seznam.cz",
    "sfr.fr",
    "sina.com",
    "t-online.de",
    "telenet.be",
    "tutanota.com",
    "verizon.net",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "yahoo.com",
    "yandex.ru",
    "ziggo.nl",
];

/// Whether anyone can get a mailbox in the domain (in its normal form), so that it is not one organization's.
pub(super) fn is_public_mail_domain(domain: &str) -> bool {
    PUBLIC_MAIL_DOMAINS.binary_search(&domain).is_ok() || domain.split('.').next() == Some("yahoo")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(PUBLIC_MAIL_DOMAINS.is_sorted());
    }

    #[rstest]
    #[case::gmail("gmail.com", true)]
    #[case::yahoo("yahoo.co.jp", true)]
    #[case::below("acme.gmail.com", false)]
    #[case::organization("acme.example", false)]
    fn a_public_mail_domain_is_recognized(#[case] domain: &str, #[case] is_public: bool) {
        assert_eq!(is_public_mail_domain(domain), is_public);
    }
}
