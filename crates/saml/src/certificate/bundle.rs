use super::Certificate;

/// The certificates of one text or element, without the issuers of others among them.
///
/// A chain may come in either order (XML Signature 4.5.4). Messages are signed with the key of its end; trusting the
/// key of a certificate authority would be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateBundle {
    /// Never empty, without duplicates.
    pub end_entities: Vec<Certificate>,
    /// The certificates that issued others, or that belong to a certificate authority.
    pub issuers: Vec<Certificate>,
}

impl CertificateBundle {
    pub(crate) fn new(certificates: Vec<Certificate>) -> Self {
        let mut unique: Vec<Certificate> = Vec::new();
        for certificate in certificates {
            if !unique.contains(&certificate) {
                unique.push(certificate);
            }
        }
        let has_end_entity = unique.iter().any(|one| !one.is_authority());
        let is_issuer = |one: &Certificate| {
            unique.iter().any(|other| one.is_issuer_of(other))
                || (has_end_entity && one.is_authority() && !one.is_self_issued())
        };
        let (issuers, end_entities): (Vec<_>, Vec<_>) =
            unique.iter().cloned().partition(|one| is_issuer(one));
        // Names may name each other in a circle.
        if end_entities.is_empty() {
            return Self {
                end_entities: unique,
                issuers: Vec::new(),
            };
        }
        Self {
            end_entities,
            issuers,
        }
    }
}

impl Certificate {
    /// Whether the names say that this certificate issued the other. Two certificates of the same name, such as an
    /// expired one and its successor, did not issue each other.
    fn is_issuer_of(&self, other: &Self) -> bool {
        !self.subject.is_empty() && self.subject == other.issuer && !other.is_self_issued()
    }

    fn is_self_issued(&self) -> bool {
        self.subject == self.issuer
    }
}
