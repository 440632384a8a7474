-- Several authentication contexts can be requested: a JSON list in place of one.
ALTER TABLE connection ADD COLUMN authn_contexts TEXT NOT NULL DEFAULT '[]';
UPDATE connection SET authn_contexts = '["' || authn_context || '"]' WHERE authn_context IS NOT NULL;
ALTER TABLE connection DROP COLUMN authn_context;

-- What a connection demands of responses, adds to requests, and does with what it receives, as JSON. The connections
-- that exist keep admitting users whose email address is outside the verified domains.
ALTER TABLE connection ADD COLUMN policy TEXT NOT NULL DEFAULT '{}';
UPDATE connection SET policy = '{"unverified_email":"admit"}';
