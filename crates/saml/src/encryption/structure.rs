use super::CbcException;
use super::algorithm::{Cipher, KeyTransport};
use crate::key::OaepHashes;
use crate::pem;
use crate::rejection::Rejection;
use crate::xml::{Element, Namespace};

/// An encrypted element with a valid structure and accepted algorithms.
#[derive(Debug)]
pub(super) struct EncryptedData {
    pub(super) cipher: Cipher,
    pub(super) ciphertext: Vec<u8>,
    pub(super) wrapped_keys: Vec<WrappedKey>,
}

/// An encrypted content key; it may be encrypted for another recipient.
#[derive(Debug)]
pub(super) struct WrappedKey {
    pub(super) hashes: OaepHashes,
    pub(super) octets: Vec<u8>,
}

/// Each is tried with each of our keys, so this bounds the work for one message.
const MAX_KEYS: usize = 8;

const ELEMENT: &str = "http://www.w3.org/2001/04/xmlenc#Element";
const ENCRYPTED_KEY: &str = "http://www.w3.org/2001/04/xmlenc#EncryptedKey";

impl EncryptedData {
    /// `encrypted` is an `EncryptedAssertion`, `EncryptedID` or `EncryptedAttribute`.
    pub(super) fn parse(
        encrypted: Element<'_>,
        cbc: Option<CbcException>,
    ) -> Result<Self, Rejection> {
        let mut data = None;
        let mut siblings = Vec::new();
        for child in encrypted.children() {
            if child.is(Namespace::XENC, "EncryptedData") && data.is_none() {
                data = Some(child);
            } else if child.is(Namespace::XENC, "EncryptedKey") {
                siblings.push(child);
            } else {
                return Err(malformed(
                    "it contains more than one EncryptedData and its EncryptedKeys",
                ));
            }
        }
        let data = data.ok_or_else(|| malformed("it contains no EncryptedData"))?;
        // saml-core 2.3.4: the Type is optional, and only this value is allowed.
        if data
            .attribute("Type")
            .is_some_and(|stated| stated != ELEMENT)
        {
            return Err(malformed(
                "the Type of EncryptedData is not that of an element",
            ));
        }
        let parts = EncryptedParts::parse(data)?;
        let cipher = Cipher::from_uri(parts.algorithm()?, cbc)?;
        let keys = encrypted_keys(parts.key_info, &siblings)?;
        Ok(Self {
            cipher,
            ciphertext: parts.octets()?,
            wrapped_keys: wrapped_keys(&keys)?,
        })
    }
}

/// What `EncryptedData` and `EncryptedKey` have in common.
struct EncryptedParts<'d> {
    method: Option<Element<'d>>,
    key_info: Option<Element<'d>>,
    cipher_data: Element<'d>,
}

impl<'d> EncryptedParts<'d> {
    fn parse(element: Element<'d>) -> Result<Self, Rejection> {
        let mut method = None;
        let mut key_info = None;
        let mut cipher_data = None;
        for child in element.children() {
            let slot = match (child.namespace(), child.local()) {
                (Namespace::XENC, "EncryptionMethod") => &mut method,
                (Namespace::DS, "KeyInfo") => &mut key_info,
                (Namespace::XENC, "CipherData") => &mut cipher_data,
                // Irrelevant for decryption.
                (Namespace::XENC, "ReferenceList" | "CarriedKeyName" | "EncryptionProperties") => {
                    continue;
                }
                _ => {
                    return Err(malformed(
                        "it contains an element that XML Encryption does not define",
                    ));
                }
            };
            if slot.replace(child).is_some() {
                return Err(malformed("a part of it is repeated"));
            }
        }
        let cipher_data = cipher_data.ok_or_else(|| malformed("it contains no CipherData"))?;
        Ok(Self {
            method,
            key_info,
            cipher_data,
        })
    }

    fn method(&self) -> Result<Element<'d>, Rejection> {
        self.method
            .ok_or_else(|| malformed("it contains no EncryptionMethod"))
    }

    fn algorithm(&self) -> Result<&'d str, Rejection> {
        self.method()?
            .attribute("Algorithm")
            .ok_or_else(|| malformed("its EncryptionMethod has no Algorithm"))
    }

    /// The octets of the one inline `CipherValue`; a `CipherReference` is never followed.
    fn octets(&self) -> Result<Vec<u8>, Rejection> {
        let mut children = self.cipher_data.children();
        let value = children
            .next()
            .filter(|child| child.is(Namespace::XENC, "CipherValue"));
        let (Some(value), None) = (value, children.next()) else {
            return Err(malformed(
                "its CipherData does not hold exactly one CipherValue",
            ));
        };
        let text = value
            .value()
            .map_err(|_| malformed("its CipherValue contains more than text"))?;
        pem::decode(text).ok_or_else(|| malformed("its CipherValue is not base64"))
    }
}

/// The `EncryptedKey`s of the data: those inside its `KeyInfo` and its siblings.
///
/// If `KeyInfo` refers to siblings, only those count.
fn encrypted_keys<'d>(
    key_info: Option<Element<'d>>,
    siblings: &[Element<'d>],
) -> Result<Vec<Element<'d>>, Rejection> {
    let mut keys = Vec::new();
    let mut references = Vec::new();
    for child in key_info.into_iter().flat_map(Element::children) {
        if child.is(Namespace::XENC, "EncryptedKey") {
            keys.push(child);
        } else if child.is(Namespace::DS, "RetrievalMethod") {
            references.push(referenced_id(child)?);
        }
    }
    let is_referenced = |sibling: &Element<'_>| {
        references.is_empty()
            || sibling
                .attribute("Id")
                .is_some_and(|id| references.contains(&id))
    };
    keys.extend(siblings.iter().copied().filter(is_referenced));
    match keys.len() {
        0 => Err(malformed("it contains no EncryptedKey")),
        1..=MAX_KEYS => Ok(keys),
        _ => Err(malformed("it contains more than eight EncryptedKeys")),
    }
}

/// The ID that a `RetrievalMethod` refers to. External references and transforms are rejected.
fn referenced_id(method: Element<'_>) -> Result<&str, Rejection> {
    let is_plain = method.children().next().is_none()
        && method
            .attribute("Type")
            .is_none_or(|stated| stated == ENCRYPTED_KEY);
    method
        .attribute("URI")
        .and_then(|uri| uri.strip_prefix('#'))
        .filter(|id| is_plain && !id.is_empty())
        .ok_or_else(|| malformed("its RetrievalMethod does not refer to a sibling EncryptedKey"))
}

/// The keys with an accepted algorithm; if there are none, the rejection of the last algorithm.
fn wrapped_keys(keys: &[Element<'_>]) -> Result<Vec<WrappedKey>, Rejection> {
    let mut accepted = Vec::new();
    let mut last_rejection = None;
    for key in keys {
        let parts = EncryptedParts::parse(*key)?;
        match oaep_hashes(&parts) {
            Ok(hashes) => accepted.push(WrappedKey {
                hashes,
                octets: parts.octets()?,
            }),
            Err(rejection) => last_rejection = Some(rejection),
        }
    }
    match last_rejection {
        Some(rejection) if accepted.is_empty() => Err(rejection),
        _ => Ok(accepted),
    }
}

fn oaep_hashes(parts: &EncryptedParts<'_>) -> Result<OaepHashes, Rejection> {
    let mut transport = KeyTransport {
        algorithm: parts.algorithm()?,
        digest: None,
        mask: None,
    };
    for child in parts.method()?.children() {
        let slot = match (child.namespace(), child.local()) {
            (Namespace::DS, "DigestMethod") => &mut transport.digest,
            (Namespace::XENC11, "MGF") => &mut transport.mask,
            (Namespace::XENC, "OAEPparams") if child.value() == Ok("") => continue,
            (Namespace::XENC, "OAEPparams") => {
                let received = format!("{} with OAEPparams", transport.algorithm);
                return Err(Rejection::EncryptionAlgorithmNotAllowed { received });
            }
            (Namespace::XENC, "KeySize") => continue,
            _ => {
                return Err(malformed(
                    "an EncryptionMethod contains an element that XML Encryption does not define",
                ));
            }
        };
        let stated = child
            .attribute("Algorithm")
            .ok_or_else(|| malformed("a method has no Algorithm"))?;
        if slot.replace(stated).is_some() {
            return Err(malformed("a method is repeated"));
        }
    }
    transport.oaep_hashes()
}

const fn malformed(detail: &'static str) -> Rejection {
    Rejection::InvalidEncryptionStructure { detail }
}
