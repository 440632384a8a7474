-- What we asked, so that an attempt can show it beside the answer.
ALTER TABLE pending ADD COLUMN authn_request TEXT;
