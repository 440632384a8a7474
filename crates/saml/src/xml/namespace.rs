/// A namespace name, as an index into the document's list of names.
///
/// The names that SAML uses have fixed indexes, so a lookup compares numbers, and a misspelled namespace is impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Namespace(pub(super) u16);

impl Namespace {
    /// No namespace.
    pub const NONE: Self = Self(0);
    /// `xml:`, always bound.
    pub const XML: Self = Self(1);
    /// `xmlns:`, never an element's or attribute's own.
    pub const XMLNS: Self = Self(2);
    /// SAML 2.0 assertions.
    pub const SAML: Self = Self(3);
    /// SAML 2.0 protocol.
    pub const SAMLP: Self = Self(4);
    /// SAML 2.0 metadata.
    pub const MD: Self = Self(5);
    /// XML Signature.
    pub const DS: Self = Self(6);
    /// XML Signature 1.1.
    pub const DSIG11: Self = Self(7);
    /// XML Encryption.
    pub const XENC: Self = Self(8);
    /// XML Encryption 1.1.
    pub const XENC11: Self = Self(9);
    /// Exclusive canonicalization, for `InclusiveNamespaces`.
    pub const EXC_C14N: Self = Self(10);
    /// XML Schema instance.
    pub const XSI: Self = Self(11);
    /// XML Schema.
    pub const XS: Self = Self(12);
    /// SAML metadata extension for login and discovery user interfaces.
    pub const MDUI: Self = Self(13);

    /// In the order of the constants above.
    pub(super) const KNOWN: [&'static str; 14] = [
        "",
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2000/xmlns/",
        "urn:oasis:names:tc:SAML:2.0:assertion",
        "urn:oasis:names:tc:SAML:2.0:protocol",
        "urn:oasis:names:tc:SAML:2.0:metadata",
        "http://www.w3.org/2000/09/xmldsig#",
        "http://www.w3.org/2009/xmldsig11#",
        "http://www.w3.org/2001/04/xmlenc#",
        "http://www.w3.org/2009/xmlenc11#",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://www.w3.org/2001/XMLSchema",
        "urn:oasis:names:tc:SAML:metadata:ui",
    ];
}
