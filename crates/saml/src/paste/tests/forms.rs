//! The forms in which a text arrives, for metadata and for certificates alike.

use rstest::rstest;

use super::*;

const METADATA: &str =
    include_str!("../../../tests/captured/simplesamlphp-1.19.7.idp-metadata.xml");

fn html(text: &str) -> String {
    html_escape::encode_quoted_attribute(text).into_owned()
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn base64(text: &str) -> String {
    base64_simd::STANDARD.encode_to_string(text)
}

fn base64_url(text: &str) -> String {
    base64_simd::URL_SAFE_NO_PAD.encode_to_string(text)
}

fn quoted_printable(text: &str) -> String {
    String::from_utf8(quoted_printable::encode(text)).unwrap()
}

fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn form(text: &str) -> String {
    percent(text).replace("%20", "+")
}

fn fence(text: &str) -> String {
    format!("```xml\n{text}\n```")
}

fn quotation_marks(text: &str) -> String {
    format!("\u{201c}{text}\u{201d},")
}

fn mail(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(|line| format!("> {line}")).collect();
    format!("On Monday, Ada wrote:\n{}\n>\n> Ada", lines.join("\n"))
}

fn forwarded(text: &str) -> String {
    mail(&mail(text))
}

fn invisible(text: &str) -> String {
    format!("\u{feff}\u{200b}\u{a0}\n{text}\u{2060}\n")
}

fn pre(text: &str) -> String {
    format!("<pre class=\"xml\">{}</pre>", html(text))
}

fn source_of_a_mail(text: &str) -> String {
    format!(
        "Content-Type: application/xml\nContent-Transfer-Encoding: base64\n\n{}\n\n--b1\n",
        base64(text)
    )
}

fn data_url(text: &str) -> String {
    format!("data:application/xml;base64,{}", base64(text))
}

type Form = fn(&str) -> String;

const FORMS: [(&str, Form); 20] = [
    ("HTML", html),
    ("HTML twice", |text| html(&html(text))),
    ("JSON", json),
    ("JSON object", |text| {
        format!("{{\"text\": {}}}", json(text))
    }),
    ("JSON without quotation marks", |text| {
        json(text).trim_matches('"').to_owned()
    }),
    ("base64", base64),
    ("base64 twice", |text| base64(&base64(text))),
    ("base64url", base64_url),
    ("quoted-printable", quoted_printable),
    ("percent", percent),
    ("form", form),
    ("fence", fence),
    ("quotation marks", quotation_marks),
    ("mail", mail),
    ("forwarded mail", forwarded),
    ("invisible characters", invisible),
    ("pre", pre),
    ("source of a mail", source_of_a_mail),
    ("data URL", data_url),
    ("HTML in JSON", |text| json(&html(text))),
];

#[test]
fn metadata_is_read_in_every_form() {
    let expected = PastedInput::parse(METADATA.as_bytes(), NOW).unwrap();
    for (name, form) in FORMS {
        let text = form(METADATA);
        assert_eq!(
            PastedInput::parse(text.as_bytes(), NOW).as_ref(),
            Ok(&expected),
            "{name}"
        );
    }
}

#[test]
fn a_certificate_is_read_in_every_form() {
    for (name, form) in FORMS {
        assert_eq!(
            parse_certificates(form(PEM)),
            Ok(vec![PEM.to_owned()]),
            "{name}"
        );
        if !["mail", "forwarded mail", "JSON object"].contains(&name) {
            let bare = form(&strip_pem(PEM));
            assert_eq!(
                parse_certificates(bare),
                Ok(vec![PEM.to_owned()]),
                "{name}, bare"
            );
        }
    }
}

#[test]
fn a_private_key_is_found_in_every_form() {
    for (name, form) in FORMS {
        assert_eq!(
            parse_error(form(PRIVATE_KEY)),
            PasteError::PrivateKey,
            "{name}"
        );
        let beside = format!("{PRIVATE_KEY}\n{METADATA}");
        assert_eq!(
            parse_error(form(&beside)),
            PasteError::PrivateKey,
            "{name}, with metadata"
        );
    }
}

#[rstest]
#[case::sentence("Here is our metadata:\n\n", "\n\nBest regards\nAda")]
#[case::notice(
    "This XML file does not appear to have any style information associated with it. The document tree is shown below.\n",
    ""
)]
#[case::markers("▼", "")]
fn sentences_around_metadata_are_ignored(#[case] before: &str, #[case] after: &str) {
    let text = format!("{before}{METADATA}{after}");
    let expected = PastedInput::parse(METADATA.as_bytes(), NOW);
    assert_eq!(PastedInput::parse(text.as_bytes(), NOW), expected);
}

/// An organization's name with a letter that each encoding writes differently.
#[test]
fn metadata_is_read_in_every_encoding() {
    let name = "<md:Organization><md:OrganizationDisplayName xml:lang=\"de\">Bücher</md:OrganizationDisplayName></md:Organization></md:EntityDescriptor>";
    let with_name = |encoding: &str| {
        METADATA.replace("</md:EntityDescriptor>", name).replace(
            "<?xml version=\"1.0\"?>",
            &format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>"),
        )
    };
    let latin1 = |text: String| -> Vec<u8> {
        text.chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect()
    };
    let little_endian =
        |text: String| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let inputs: [(&str, Vec<u8>); 8] = [
        ("UTF-8", with_name("UTF-8").into_bytes()),
        (
            "UTF-8, declared as Latin-1",
            with_name("ISO-8859-1").into_bytes(),
        ),
        (
            "UTF-8, declared as UTF-16",
            with_name("utf-16").into_bytes(),
        ),
        ("Latin-1", latin1(with_name("ISO-8859-1"))),
        ("Latin-1, declared as UTF-8", latin1(with_name("UTF-8"))),
        ("windows-1252", latin1(with_name("windows-1252"))),
        ("UTF-16 with mark", encode_utf16(&with_name("UTF-16"))),
        ("UTF-16 without mark", little_endian(with_name("UTF-16"))),
    ];
    for (encoding, input) in inputs {
        let Ok(PastedInput::Metadata(provider)) = PastedInput::parse(&input, NOW) else {
            panic!("{encoding}")
        };
        assert_eq!(
            provider.display_name.as_deref(),
            Some("Bücher"),
            "{encoding}"
        );
    }
}

#[rstest]
#[case::trusted(&PEM.replace("CERTIFICATE", "TRUSTED CERTIFICATE"))]
#[case::no_begin(PEM.split_once("-----\n").unwrap().1)]
#[case::no_end(PEM.split_once("-----END").unwrap().0)]
#[case::no_blanks(&PEM.replace("N CERT", "NCERT").replace("D CERT", "DCERT"))]
#[case::no_dashes(&PEM.replace("-----", ""))]
#[case::lower_case_label(&PEM.replace("BEGIN CERTIFICATE", "begin certificate").replace("END CERTIFICATE", "end certificate"))]
#[case::key_descriptor(&format!(
    "<md:KeyDescriptor use=\"signing\"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{PEM}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
))]
fn a_damaged_label_is_understood(#[case] input: &str) {
    assert_eq!(parse_certificates(input), Ok(vec![PEM.to_owned()]));
}

/// Metadata with this text in its `X509Certificate`.
fn metadata_with(certificate: &str) -> Result<IdentityProvider, PasteError> {
    let (before, rest) = METADATA.split_once("<ds:X509Certificate>").unwrap();
    let (_, after) = rest.split_once("</ds:X509Certificate>").unwrap();
    let text = format!("{before}<ds:X509Certificate>{certificate}</ds:X509Certificate>{after}");
    match PastedInput::parse(text.as_bytes(), NOW)? {
        PastedInput::Metadata(provider) => Ok(*provider),
        PastedInput::Certificates(_) => panic!("metadata was read as a certificate"),
    }
}

#[rstest]
#[case::pem(PEM)]
#[case::base64_of_pem(&base64(PEM))]
#[case::zero_width(&format!("\u{200b}{}", strip_pem(PEM)))]
#[case::no_break_spaces(&PEM.replace('\n', "\u{a0}\n"))]
#[case::pkcs7(&strip_pem(PKCS7))]
#[case::base64_url(&strip_pem(PEM).replace('+', "-").replace('/', "_"))]
#[case::trusted(include_str!("../../../tests/field/connecting/c01-trusted.pem"))]
fn a_certificate_in_metadata_is_read_in_every_form(#[case] certificate: &str) {
    let provider = metadata_with(certificate).unwrap();
    assert_eq!(provider.signing_certificates.len(), 1);
}

#[test]
fn several_certificates_in_one_element_are_read() {
    let other = include_str!("../../../tests/fixtures-keys/rsa-3072.crt");
    for both in [
        format!("{PEM}{other}"),
        format!("{}{}", strip_pem(PEM), strip_pem(other)),
        base64_simd::STANDARD.encode_to_string([decode_pem(PEM), decode_pem(other)].concat()),
    ] {
        let provider = metadata_with(&both).unwrap();
        assert_eq!(provider.signing_certificates.len(), 2, "{both}");
    }
}

#[rstest]
#[case::key(&strip_pem(PRIVATE_KEY))]
#[case::pem(PRIVATE_KEY)]
fn a_private_key_in_metadata_is_rejected(#[case] key: &str) {
    assert_eq!(metadata_with(key).unwrap_err(), PasteError::PrivateKey);
}
