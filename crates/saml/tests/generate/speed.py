"""The documents of benches/accept.rs, in the shape of two products' real ones."""

from pathlib import Path

from document import mark
from names import ACS, BEARER, EXC, IDP, ISSUED, PASSWORD, REQUEST, SAML, SAMLP, SP, SUBJECT, SUCCESS, XS, XSI
from signer import ENVELOPED, PLAIN, sign, transform, inclusive

FOLDER = Path(__file__).resolve().parents[2] / "benches" / "documents"
CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
MICROSOFT = "http://schemas.microsoft.com/identity/claims/"
GUID = "b4c1{:04x}-6a2e-4b6f-9d43-0c8a5b1e{:04x}"
GROUPS = [f"CN=Project {i:04} Contributors,OU=Security Groups,OU=Accounts,DC=corp,DC=example,DC=com" for i in range(500)]


def write_all():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in {"entra": entra(), "okta": okta(), "groups": entra(groups=GROUPS)}.items():
        (FOLDER / f"{name}.xml").write_text(text)


def entra(groups=tuple(GUID.format(i, i * 7) for i in range(24))):
    """Entra ID: the assertion in the default namespace and alone signed; about 7 kB, with `GROUPS` about 62 kB."""
    identifier = "_" + GUID.format(1, 2)
    rows = [
        (MICROSOFT + "tenantid", [GUID.format(3, 4)]), (MICROSOFT + "objectidentifier", [GUID.format(5, 6)]), (MICROSOFT + "displayname", ["Ada Lovelace"]),
        ("http://schemas.microsoft.com/ws/2008/06/identity/claims/groups", groups), (MICROSOFT + "identityprovider", [IDP]),
        ("http://schemas.microsoft.com/claims/authnmethodsreferences", ["http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password",
                                                                       "http://schemas.microsoft.com/claims/multipleauthn"]),
        (CLAIMS + "givenname", ["Ada"]), (CLAIMS + "surname", ["Lovelace"]), (CLAIMS + "emailaddress", [SUBJECT]), (CLAIMS + "name", [SUBJECT]),
    ]
    claims = "".join(f'<Attribute Name="{name}">' + "".join(f"<AttributeValue>{v}</AttributeValue>" for v in values) + "</Attribute>" for name, values in rows)
    text = (
        f'<samlp:Response ID="_{GUID.format(8, 9)}" Version="2.0" IssueInstant="{ISSUED[:-1]}.123Z" Destination="{ACS}" InResponseTo="{REQUEST}" '
        f'xmlns:samlp="{SAMLP}"><Issuer xmlns="{SAML}">{IDP}</Issuer><samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>'
        f'<Assertion ID="{identifier}" IssueInstant="{ISSUED[:-1]}.108Z" Version="2.0" xmlns="{SAML}"><Issuer>{IDP}</Issuer>{mark(identifier)}'
        f'<Subject><NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">{SUBJECT}</NameID><SubjectConfirmation Method="{BEARER}">'
        f'<SubjectConfirmationData InResponseTo="{REQUEST}" NotOnOrAfter="2026-11-24T13:00:00.108Z" Recipient="{ACS}"/></SubjectConfirmation></Subject>'
        f'<Conditions NotBefore="2026-11-24T11:55:00.108Z" NotOnOrAfter="2026-11-24T13:00:00.108Z"><AudienceRestriction><Audience>{SP}</Audience>'
        f"</AudienceRestriction></Conditions><AttributeStatement>{claims}</AttributeStatement>"
        f'<AuthnStatement AuthnInstant="2026-11-24T09:12:44.512Z" SessionIndex="{identifier}"><AuthnContext><AuthnContextClassRef>'
        "urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion></samlp:Response>"
    )
    return sign(text, identifier, profile=PLAIN.but(prefix=""))


def okta():
    """Okta: response and assertion signed, a PrefixList, typed values; about 10 kB."""
    outer, inner = "id31415926535897932384626433", "id27182818284590452353602874"
    typed = f'xmlns:xs="{XS}" xmlns:xsi="{XSI}" xsi:type="xs:string"'

    def claim(name, *values):
        form = "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified"
        held = "".join(f"<saml2:AttributeValue {typed}>{value}</saml2:AttributeValue>" for value in values)
        return f'<saml2:Attribute Name="{name}" NameFormat="{form}">{held}</saml2:Attribute>'

    claims = claim("email", SUBJECT) + claim("firstName", "Ada") + claim("lastName", "Lovelace") + claim("groups", *(f"team-{i:02}" for i in range(16)))
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><saml2p:Response Destination="{ACS}" ID="{outer}" InResponseTo="{REQUEST}" IssueInstant="{ISSUED[:-1]}.350Z" '
        f'Version="2.0" xmlns:saml2p="{SAMLP}" xmlns:xs="{XS}"><saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity" xmlns:saml2="{SAML}">{IDP}'
        f'</saml2:Issuer>{mark(outer)}<saml2p:Status xmlns:saml2p="{SAMLP}"><saml2p:StatusCode Value="{SUCCESS}"/></saml2p:Status>'
        f'<saml2:Assertion ID="{inner}" IssueInstant="{ISSUED[:-1]}.350Z" Version="2.0" xmlns:saml2="{SAML}" xmlns:xs="{XS}">'
        f'<saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity" xmlns:saml2="{SAML}">{IDP}</saml2:Issuer>{mark(inner)}'
        f'<saml2:Subject xmlns:saml2="{SAML}"><saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">{SUBJECT}</saml2:NameID>'
        f'<saml2:SubjectConfirmation Method="{BEARER}"><saml2:SubjectConfirmationData InResponseTo="{REQUEST}" NotOnOrAfter="2026-11-24T12:05:00.351Z" '
        f'Recipient="{ACS}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="2026-11-24T11:55:00.351Z" '
        f'NotOnOrAfter="2026-11-24T12:05:00.351Z" xmlns:saml2="{SAML}"><saml2:AudienceRestriction><saml2:Audience>{SP}</saml2:Audience></saml2:AudienceRestriction>'
        f'</saml2:Conditions><saml2:AuthnStatement AuthnInstant="2026-11-24T11:47:11.227Z" SessionIndex="{REQUEST}" xmlns:saml2="{SAML}"><saml2:AuthnContext>'
        f"<saml2:AuthnContextClassRef>{PASSWORD}</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>"
        f'<saml2:AttributeStatement xmlns:saml2="{SAML}">{claims}</saml2:AttributeStatement></saml2:Assertion></saml2p:Response>'
    )
    with_list = PLAIN.but(transforms=(transform(ENVELOPED), transform(EXC, inclusive("xs"))), prefixes=("xs",))
    return sign(sign(text, inner, profile=with_list), outer, profile=with_list)
