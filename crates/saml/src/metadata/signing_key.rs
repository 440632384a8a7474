use jiff::Timestamp;

use super::{MetadataError, MetadataWarning};
use crate::certificate::{Certificate, CertificateBundle, CertificateTextError};
use crate::xml::{Element, Namespace};

/// The certificates of the keys for signing, or for any use.
///
/// A certificate that is not accepted yields a warning if at least one other is accepted: some providers publish
/// unusable keys in addition to the one that they sign with.
pub(super) fn signing_certificates(
    role: Element<'_>,
    now: Timestamp,
    warnings: &mut Vec<MetadataWarning>,
) -> Result<Vec<Certificate>, MetadataError> {
    let mut found = SigningKeys::default();
    let is_for_signing = |key: &Element<'_>| {
        matches!(
            key.attribute("use").map(str::trim),
            None | Some("signing" | "")
        )
    };
    for key in role
        .children()
        .filter(|child| child.is(Namespace::MD, "KeyDescriptor"))
        .filter(is_for_signing)
    {
        found.add(key);
    }
    found.finish(now, warnings)
}

#[derive(Default)]
struct SigningKeys {
    accepted: Vec<Certificate>,
    rejected: Vec<CertificateTextError>,
    /// Subjects of certificates that issued others.
    issuers: Vec<String>,
    /// How many keys are not given as a certificate.
    without_certificate: usize,
    /// Whether one of them is given as its numbers (`KeyValue`).
    has_bare_key: bool,
}

impl SigningKeys {
    fn add(&mut self, key: Element<'_>) {
        let named = |name: &'static str| move |child: &Element<'_>| child.is(Namespace::DS, name);
        let chains: Vec<String> = key
            .children()
            .filter(named("KeyInfo"))
            .flat_map(Element::children)
            .filter(named("X509Data"))
            .map(|data| certificate_texts(data).join("\n\n"))
            .filter(|chain| !chain.trim().is_empty())
            .collect();
        if chains.is_empty() {
            self.without_certificate = self.without_certificate.saturating_add(1);
            self.has_bare_key |= key
                .children()
                .flat_map(Element::children)
                .any(|child| child.local() == "KeyValue");
        }
        for chain in chains {
            match CertificateBundle::from_text(&chain) {
                Ok(bundle) => self.accept(bundle),
                Err(error) => self.rejected.push(error),
            }
        }
    }

    fn accept(&mut self, bundle: CertificateBundle) {
        for certificate in bundle.end_entities {
            if !self.accepted.contains(&certificate) {
                self.accepted.push(certificate);
            }
        }
        self.issuers
            .extend(bundle.issuers.iter().map(|one| one.subject().to_owned()));
    }

    fn finish(
        self,
        now: Timestamp,
        warnings: &mut Vec<MetadataWarning>,
    ) -> Result<Vec<Certificate>, MetadataError> {
        let Self {
            accepted,
            rejected,
            issuers,
            without_certificate,
            has_bare_key,
        } = self;
        if accepted.is_empty() || rejected.iter().any(CertificateTextError::is_secret) {
            return Err(if rejected.is_empty() && has_bare_key {
                MetadataError::KeyWithoutCertificate
            } else {
                MetadataError::NoSigningKey { rejected }
            });
        }
        warnings.extend((0..without_certificate).map(|_| MetadataWarning::KeyWithoutCertificate));
        let to_warning = |error| MetadataWarning::CertificateRejected { error };
        warnings.extend(rejected.into_iter().map(to_warning));
        let to_warning = |subject| MetadataWarning::IssuerSkipped { subject };
        warnings.extend(issuers.into_iter().map(to_warning));
        let expired = accepted
            .iter()
            .filter(|certificate| certificate.is_expired_at(now));
        warnings.extend(
            expired.map(|certificate| MetadataWarning::CertificateExpired {
                sha256: certificate.sha256(),
                until: certificate.not_after(),
            }),
        );
        Ok(accepted)
    }
}

fn certificate_texts(data: Element<'_>) -> Vec<&str> {
    data.children()
        .filter(|child| child.is(Namespace::DS, "X509Certificate"))
        .filter_map(|element| element.value().ok())
        .collect()
}
