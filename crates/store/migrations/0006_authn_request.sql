-- The XML of the SAML request, which an attempt shows with the response.
ALTER TABLE pending_sign_in ADD COLUMN authn_request TEXT;
