use proptest::prelude::*;

use super::{Comments, Method, canonicalize, canonicalize_whole};
use crate::xml::{Document, Element, Limits, Profile, Source};

/// Pieces that decide whether an element is copied from the source or written.
fn document() -> impl Strategy<Value = String> {
    let attribute = prop::sample::select(vec![
        "",
        "",
        " a='1'",
        " a=\"1\"",
        "  a=\"1\"",
        " b=\"2\" a=\">\"",
        " a=\"1\" p:a=\"2\"",
        " a=\"x\ty\"",
        " p:b=\"1\" p:a=\"2\"",
        " xml:lang=\"de\"",
        " a=\"&lt;\"",
        " xmlns=\"urn:d\"",
        " xmlns:p=\"urn:q\"",
        " xmlns:p=\"urn:q\" p:a=\"1\"",
        " xmlns:n=\"urn:n\"",
        " xmlns=\"\"",
        "   a=\">>>\"",
        " ",
    ]);
    let name = prop::sample::select(vec!["a", "a", "value", "p:a", "p:value"]);
    let text = prop::sample::select(vec![
        "",
        "",
        "text",
        "two words",
        "\n  ",
        "a&amp;b",
        "x>y",
        "<!-- c -->",
        "t<!--c-->t",
        "\u{e9}",
        "&#13;",
    ]);
    let end = prop::sample::select(vec![">", ">", ">", " >", "\n>"]);
    let leaf = (name.clone(), attribute.clone(), text.clone(), end.clone())
        .prop_map(|(name, attribute, text, end)| format!("<{name}{attribute}>{text}</{name}{end}"));
    let empty = (name.clone(), attribute.clone())
        .prop_map(|(name, attribute)| format!("<{name}{attribute}/>"));
    let item = prop_oneof![4 => leaf, 1 => empty, 2 => text.prop_map(str::to_owned)];
    let tree = item.prop_recursive(4, 40, 6, move |inner| {
        let children = prop::collection::vec(inner, 0..6);
        (name.clone(), attribute.clone(), children, end.clone()).prop_map(
            |(name, attribute, children, end)| {
                format!("<{name}{attribute}>{}</{name}{end}", children.concat())
            },
        )
    });
    prop::collection::vec(tree, 1..6)
        .prop_map(|items| format!("<root xmlns:p=\"urn:p\" c=\"3\">{}</root>", items.concat()))
}

/// The canonical form of an element without another one, with every part written and none copied.
fn written(apex: usize, without: Option<usize>, text: &str, method: &Method<'_>) -> Vec<u8> {
    let source = Source::from_text(text, &Limits::METADATA).unwrap();
    let mut document = Document::parse(&source, Profile::Document, &Limits::METADATA).unwrap();
    document.forbid_copies();
    form(&document, apex, without, method)
}

fn form(
    document: &Document<'_>,
    apex: usize,
    without: Option<usize>,
    method: &Method<'_>,
) -> Vec<u8> {
    let elements: Vec<Element<'_>> = document.elements().collect();
    let mut octets = Vec::new();
    let without = without.map(|without| elements[without]);
    canonicalize(elements[apex], without, method, &mut octets).unwrap();
    octets
}

/// All methods, the first element and a chosen one, with and without another element left out.
fn check(text: &str, chosen: usize, left_out: usize) {
    let source = Source::from_text(text, &Limits::METADATA).unwrap();
    let Ok(document) = Document::parse(&source, Profile::Document, &Limits::METADATA) else {
        return;
    };
    let count = document.elements().count();
    let methods = [
        Method::Exclusive(vec![]),
        Method::Exclusive(vec!["p", ""]),
        Method::Inclusive,
        Method::Inclusive11,
    ];
    for method in &methods {
        for apex in [0, chosen % count] {
            for without in [None, Some(left_out % count).filter(|out| *out != apex)] {
                let copied = form(&document, apex, without, method);
                let written = written(apex, without, text, method);
                assert_eq!(
                    String::from_utf8(copied),
                    String::from_utf8(written),
                    "{method:?}, element {apex} of {text}"
                );
            }
        }
        let mut with_comments = Vec::new();
        canonicalize_whole(document.root(), Comments::Kept, method, &mut with_comments).unwrap();
        let mut plain = Document::parse(&source, Profile::Document, &Limits::METADATA).unwrap();
        plain.forbid_copies();
        let mut expected = Vec::new();
        canonicalize_whole(plain.root(), Comments::Kept, method, &mut expected).unwrap();
        assert_eq!(
            String::from_utf8(with_comments),
            String::from_utf8(expected),
            "{text}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_copied_is_what_would_be_written(text in document(), chosen: usize, left_out: usize) {
        check(&text, chosen, left_out);
    }
}

/// The names come from around a decrypted document, where they were written with references.
#[test]
fn namespace_names_from_outside_are_escaped() {
    let around = "<r xmlns:p='urn:p&quot; a=&quot;1&quot;&gt;&lt;b&amp;&#9;&#10;&#13;'/>";
    let around = Source::from_text(around, &Limits::MESSAGE).unwrap();
    let around = Document::parse(&around, Profile::Message, &Limits::MESSAGE).unwrap();
    let inside = Source::from_text("<p:a/>", &Limits::MESSAGE).unwrap();
    let inside =
        Document::parse_in_place(&inside, Profile::Message, &Limits::MESSAGE, around.root())
            .unwrap();
    let name = "urn:p&quot; a=&quot;1&quot;>&lt;b&amp;&#x9;&#xA;&#xD;";
    for method in [
        Method::Exclusive(vec![]),
        Method::Exclusive(vec!["p"]),
        Method::Inclusive,
        Method::Inclusive11,
    ] {
        let octets = form(&inside, 0, None, &method);
        let expected = format!("<p:a xmlns:p=\"{name}\"></p:a>");
        assert_eq!(String::from_utf8(octets), Ok(expected), "{method:?}");
    }
}

#[test]
fn an_element_that_only_looks_canonical_is_not_copied() {
    for text in [
        "<a/>",
        "<r><a/></r>",
        "<r><x   a=\"b>\">t</x></r>",
        "<r><x a=\"1\"\n>t</x></r>",
        "<r><x>t</x ></r>",
        "<r><x a=\"1\ty\">t</x></r>",
        "<r><x b=\"1\" a=\"2\">t</x></r>",
        "<r><x><!--c-->t</x></r>",
        "<r><y xmlns=\"urn:y\"><x>t</x></y><x>t</x></r>",
    ] {
        check(text, 1, 2);
    }
}
