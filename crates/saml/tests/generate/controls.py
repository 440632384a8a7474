"""The documents that are accepted: what every hostile case is the twin of."""

from case import good
from document import assertion, assertion_signed, both_signed, issuer, mark, name_id, response, response_signed, subject
from names import DS, EXC, RSA_SHA256, SAML
from signer import INCLUSIVE, PLAIN, sign, with_prefixes, without_marks


def cases():
    good("control-assertion-signed", assertion_signed())
    good("control-response-signed", response_signed())
    good("control-both-signed", both_signed(), sound=2)
    good("control-inclusive-canonicalization", assertion_signed(INCLUSIVE))
    good("control-inclusive-signed-info", assertion_signed(INCLUSIVE.but(canonicalization=INCLUSIVE.covered_by)))
    good("control-prefix-list", assertion_signed(with_prefixes("xs xsi")))
    good("control-without-key-info", assertion_signed(PLAIN.but(key_info="")))
    good("control-two-keys", assertion_signed(by="idp-next"), certificates=["idp.crt", "idp-next.crt"])
    good("control-default-namespace", default_namespace())
    good("control-without-name-id", assertion_signed(subject=subject(name="")), subject="-")


def default_namespace():
    """As Entra ID and ADFS write it: the assertion in the default namespace, the signature too."""
    inner = assertion(issuer=issuer()).replace("saml:", "").replace("xmlns:saml=", "xmlns=")
    return sign(response(inner), "_assertion", profile=PLAIN.but(prefix=""))
