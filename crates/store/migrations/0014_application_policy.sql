-- What an application may leave out of its requests, and the redirect URI of its last rejected request.
ALTER TABLE application ADD COLUMN auth_method_pinned_since BIGINT;
ALTER TABLE application ADD COLUMN pkce_required_since BIGINT;
ALTER TABLE application ADD COLUMN rejected_redirect_uri TEXT;
ALTER TABLE application ADD COLUMN rejected_redirect_uri_at BIGINT;
-- Applications keep what they had: one method, and PKCE for public ones alone.
UPDATE application SET auth_method_pinned_since = created_at;
UPDATE application SET pkce_required_since = created_at WHERE client_type = 'public';

-- The parameter `claims` of the authorization request.
ALTER TABLE authorization_code ADD COLUMN claims TEXT NOT NULL DEFAULT '{}';
ALTER TABLE access_token ADD COLUMN claims TEXT NOT NULL DEFAULT '{}';

-- What an identity provider says about a member beyond the profile of the console.
ALTER TABLE member ADD COLUMN standard_claims TEXT NOT NULL DEFAULT '{}';

-- A response without its RelayState is found by the request that it names.
CREATE INDEX pending_sign_in_authn_request ON pending_sign_in (authn_request_id);
