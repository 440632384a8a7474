use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::c14n::{self, Method, canonicalize};

fn parse_canonical(text: &str, profile: Profile) -> Result<String, XmlFault> {
    let fault = |error: XmlError| error.fault;
    let source = Source::new(text.as_bytes(), &Limits::MESSAGE).map_err(fault)?;
    let document = Document::parse(&source, profile, &Limits::MESSAGE).map_err(fault)?;
    Ok(to_canonical(document.root()))
}

fn to_canonical(element: Element<'_>) -> String {
    let mut octets = Vec::new();
    canonicalize(element, None, &Method::Exclusive(Vec::new()), &mut octets).unwrap();
    String::from_utf8(octets).unwrap()
}

fn result_code(text: &str) -> &'static str {
    parse_canonical(text, Profile::Message).map_or_else(XmlFault::code, |_| "read")
}

#[rstest]
fn documents_that_are_not_well_formed_are_rejected(
    #[values(
        "",
        " ",
        "text",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a/>text",
        "text<a/>",
        "<a",
        "<a b/>",
        "<a b=c/>",
        "<a b='1' b='2'/>",
        "<a b='<'/>",
        "<a b='1'c='2'/>",
        "<a>&unknown;</a>",
        "<a>&amp</a>",
        "<a>&#0;</a>",
        "<a>&#xD800;</a>",
        "<a>&#x110000;</a>",
        "<a>&#000000000000000000;</a>",
        "<a>]]></a>",
        "<a>\u{1}</a>",
        "<a>\u{fffe}</a>",
        "<a b='\u{ffff}'/>",
        "<a></a b='1'>",
        "< a/>",
        "<1/>",
        "<a><!-- -- --></a>",
        "<a><!-- --->",
        "<?xml version='1.1'?><a/>",
        "<?xml encoding='UTF-8'?><a/>",
        "<?xml version='1.0' x='y'?><a/>"
    )]
    text: &str,
) {
    assert_eq!(result_code(text), "xml-syntax");
}

#[rstest]
fn documents_that_are_not_namespace_well_formed_are_rejected(
    #[values(
        "<p:a/>",
        "<a p:b='1'/>",
        "<a xmlns:p=''/>",
        "<a xmlns:xml='urn:x'/>",
        "<a xmlns:xmlns='urn:x'/>",
        "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
        "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
        "<a:b:c xmlns:a='urn:x'/>",
        "<:a/>",
        "<a:/>",
        "<xmlns:a/>"
    )]
    text: &str,
) {
    let code = result_code(text);
    assert!(
        matches!(code, "xml-namespace" | "xml-syntax"),
        "{text}: {code}"
    );
}

#[test]
fn an_attribute_repeated_under_another_prefix_is_rejected() {
    assert_eq!(
        result_code("<a xmlns:p='urn:x' xmlns:q='urn:x' p:b='1' q:b='2'/>"),
        "xml-syntax"
    );
}

fn write_attributes(count: usize) -> String {
    (0..count).map(|n| format!(" a{n}=''")).collect()
}

#[rstest]
#[case::doctype("<!DOCTYPE a><a/>", "xml-doctype")]
#[case::doctype_after_comment("<!-- c --><!DOCTYPE a [<!ENTITY e 'x'>]><a/>", "xml-doctype")]
#[case::processing_instruction("<a><?pi data?></a>", "xml-processing-instruction")]
#[case::cdata("<a><![CDATA[x]]></a>", "xml-cdata")]
#[case::unsupported_encoding("<?xml version='1.0' encoding='UTF-7'?><a/>", "xml-encoding")]
#[case::too_deep(&"<a>".repeat(Limits::MESSAGE.depth + 1), "xml-too-deep")]
#[case::too_many_elements(
    &format!("<a>{}</a>", "<b/>".repeat(Limits::MESSAGE.elements)),
    "xml-too-many-elements"
)]
#[case::too_many_attributes(
    &format!("<a{}/>", write_attributes(Limits::MESSAGE.attributes + 1)),
    "xml-too-many-attributes"
)]
fn forbidden_markup_has_specific_codes(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(result_code(text), expected);
}

#[test]
fn documents_at_each_limit_are_accepted() {
    let depth = Limits::MESSAGE.depth;
    assert_eq!(
        result_code(&("<a>".repeat(depth) + &"</a>".repeat(depth))),
        "read"
    );
    let elements = Limits::MESSAGE.elements - 1;
    assert_eq!(
        result_code(&format!("<a>{}</a>", "<b/>".repeat(elements))),
        "read"
    );
    let attributes = write_attributes(Limits::MESSAGE.attributes);
    assert_eq!(result_code(&format!("<a{attributes}/>")), "read");
}

#[rstest]
#[case::line_ends_in_text("<a>1\r\n2\r3\n4&#13;</a>", "<a>1\n2\n3\n4&#xD;</a>")]
#[case::line_ends_in_attribute(
    "<a b='1\r\n2\t3\n4&#9;&#10;&#13;'/>",
    "<a b=\"1 2 3 4&#x9;&#xA;&#xD;\"></a>"
)]
#[case::references(
    "<a b=\"&lt;&amp;&quot;&apos;>\">&lt;&amp;&gt;&quot;'&#x41;</a>",
    "<a b=\"&lt;&amp;&quot;'>\">&lt;&amp;&gt;\"'A</a>"
)]
#[case::leading_zeros("<a>&#00000000000000000065;&#x0000000000000041;</a>", "<a>AA</a>")]
#[case::byte_order_mark_and_declaration(
    "\u{feff}<?xml version=\"1.0\" encoding='utf-8' standalone = 'no' ?>\n<a />\n",
    "<a></a>"
)]
fn line_ends_and_values_are_normalized(#[case] text: &str, #[case] canonical: &str) {
    assert_eq!(parse_canonical(text, Profile::Message).unwrap(), canonical);
}

#[rstest]
#[case::quote_in_attribute("<a b='\"'/>", "<a b=\"&quot;\"></a>")]
#[case::tab_in_attribute("<a b=\"&#9;\"/>", "<a b=\"&#x9;\"></a>")]
#[case::ampersand_in_attribute("<a b=\"&amp;\"/>", "<a b=\"&amp;\"></a>")]
#[case::greater_than("<a>></a>", "<a>&gt;</a>")]
#[case::less_than("<a>&#60;</a>", "<a>&lt;</a>")]
#[case::cdata("<a><![CDATA[<&]]></a>", "<a>&lt;&amp;</a>")]
#[case::line_break_in_attribute("<a>\n<b c=\"1\n2\"/>]</a>", "<a>\n<b c=\"1 2\"></b>]</a>")]
fn each_non_canonical_form_is_canonicalized(#[case] text: &str, #[case] canonical: &str) {
    assert_eq!(parse_canonical(text, Profile::Document).unwrap(), canonical);
}

#[test]
fn a_value_with_a_comment_is_an_error() {
    let source = Source::new(
        b"<a><b>x<!-- y -->z</b><c>x<d/></c><e/><f>x&amp;y</f></a>",
        &Limits::MESSAGE,
    )
    .unwrap();
    let document = Document::parse(&source, Profile::Message, &Limits::MESSAGE).unwrap();
    let values: Vec<_> = document.root().children().map(Element::value).collect();
    assert_eq!(
        values,
        [
            Err(ValueError::Comment),
            Err(ValueError::Element),
            Ok(""),
            Ok("x&y")
        ]
    );
}

#[test]
fn names_resolve_to_the_innermost_namespace() {
    let text = "<a xmlns='urn:1' xmlns:p='urn:2'><p:b/><c xmlns='' p:d='' e=''/><f xmlns:p='urn:1'><p:g/></f></a>";
    let source = Source::new(text.as_bytes(), &Limits::MESSAGE).unwrap();
    let document = Document::parse(&source, Profile::Message, &Limits::MESSAGE).unwrap();
    let names: Vec<_> = document
        .elements()
        .map(|e| (e.local(), document.namespace_name(e.namespace())))
        .collect();
    assert_eq!(
        names,
        [
            ("a", "urn:1"),
            ("b", "urn:2"),
            ("c", ""),
            ("f", "urn:1"),
            ("g", "urn:1")
        ]
    );
    assert_eq!(document.root().attribute("e"), None);
}

#[test]
fn a_relative_namespace_has_no_canonical_form() {
    let source = Source::new(b"<a xmlns='relative'/>", &Limits::MESSAGE).unwrap();
    let document = Document::parse(&source, Profile::Message, &Limits::MESSAGE).unwrap();
    let outcome = canonicalize(document.root(), None, &Method::Inclusive, &mut Vec::new());
    assert_eq!(outcome, Err(c14n::RelativeNamespace("relative".to_owned())));
}

/// Text that is nearly XML, so that the reader gets past its first octets.
fn nearly_xml() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<a>"),
        Just("</a>"),
        Just("<b c='"),
        Just("'/>"),
        Just("<p:d xmlns:p='urn:p' p:e=\""),
        Just("\">"),
        Just("</p:d>"),
        Just("&amp;"),
        Just("&#x"),
        Just(";"),
        Just("<!--"),
        Just("-->"),
        Just("<![CDATA["),
        Just("]]>"),
        Just("<?x "),
        Just("?>"),
        Just("text"),
        Just("\r\n"),
        Just("é\u{10ffff}"),
        Just("xmlns=''"),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| format!("<a>{}</a>", pieces.concat()))
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,60}") {
        drop(parse_canonical(&text, Profile::Document));
    }

    /// A document without `&`, `]` and the characters that XML may forbid is parsed by a faster path.
    #[test]
    fn the_fast_path_yields_the_same_document(text in nearly_xml()) {
        let with_comment = format!("<!-- & ] -->{text}");
        prop_assert_eq!(parse_canonical(&text, Profile::Document), parse_canonical(&with_comment, Profile::Document));
    }

    #[test]
    fn the_canonical_form_is_read_as_the_same_document(text in nearly_xml()) {
        if let Ok(canonical) = parse_canonical(&text, Profile::Document) {
            prop_assert_eq!(parse_canonical(&canonical, Profile::Document), Ok(canonical.clone()));
        }
    }
}
