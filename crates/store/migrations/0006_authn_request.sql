-- What we asked, so that an attempt can show it beside the answer.
ALTER TABLE pending_sign_in ADD COLUMN authn_request TEXT;
