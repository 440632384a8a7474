-- Columns are TEXT or BIGINT. Times are whole seconds since 1970. A switch is the time since when it is on.

CREATE TABLE organization (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    plan TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE domain (
    organization_id TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    verified_at BIGINT,
    PRIMARY KEY (organization_id, name)
);
-- Every organization may claim a domain; only one can have it verified.
CREATE UNIQUE INDEX domain_verified ON domain (name) WHERE verified_at IS NOT NULL;

CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT,
    name TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE member (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    email TEXT,
    email_verified_at BIGINT,
    name TEXT,
    first_name TEXT,
    last_name TEXT,
    group_names TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    deactivated_at BIGINT,
    UNIQUE (organization_id, person_id),
    -- Tables refer to both columns, so that their rows cannot belong to another organization.
    UNIQUE (organization_id, id)
);
CREATE INDEX member_person ON member (person_id);
CREATE INDEX member_email ON member (organization_id, email);

CREATE TABLE connection (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    provider TEXT NOT NULL,
    issuer TEXT NOT NULL,
    sign_on_url TEXT NOT NULL,
    sign_on_binding TEXT NOT NULL,
    logout_url TEXT,
    sign_requests_since BIGINT,
    metadata_wants_signed_requests_since BIGINT,
    metadata_valid_until BIGINT,
    clock_tolerance BIGINT NOT NULL,
    danger_accept_sha1_since BIGINT,
    accept_cbc_since BIGINT,
    reject_expired_signing_certificate_since BIGINT,
    idp_initiated TEXT NOT NULL,
    provisioning TEXT NOT NULL,
    subject_attribute TEXT,
    email_attribute TEXT,
    first_name_attribute TEXT,
    last_name_attribute TEXT,
    name_attribute TEXT,
    groups_attribute TEXT,
    entity_id TEXT,
    acs_url TEXT UNIQUE,
    force_authn_since BIGINT,
    name_id_format TEXT,
    authn_context TEXT,
    created_at BIGINT NOT NULL,
    tested_at BIGINT,
    activated_at BIGINT,
    disabled_at BIGINT,
    UNIQUE (organization_id, id)
);

CREATE TABLE certificate (
    connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    der_base64 TEXT NOT NULL,
    PRIMARY KEY (connection_id, position)
);

CREATE TABLE connection_key (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    private_key TEXT NOT NULL,
    certificate TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT,
    active_from BIGINT,
    retired_at BIGINT,
    FOREIGN KEY (organization_id, connection_id) REFERENCES connection (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX connection_key_connection ON connection_key (organization_id, connection_id);

CREATE TABLE identity (
    organization_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    member_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, connection_id, issuer, subject),
    FOREIGN KEY (organization_id, connection_id) REFERENCES connection (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, member_id) REFERENCES member (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX identity_member ON identity (organization_id, member_id);

CREATE TABLE application (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    client_type TEXT NOT NULL,
    auth_method TEXT NOT NULL,
    secret_hash TEXT,
    jwks TEXT,
    redirect_uris TEXT NOT NULL,
    id_token_algorithm TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE provider_key (
    kid TEXT NOT NULL PRIMARY KEY,
    algorithm TEXT NOT NULL,
    private_key TEXT NOT NULL,
    public_jwk TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT,
    active_from BIGINT,
    retired_at BIGINT
);

CREATE TABLE pending_sign_in (
    id TEXT NOT NULL PRIMARY KEY,
    relay_state_hash TEXT NOT NULL UNIQUE,
    browser_hash TEXT NOT NULL,
    application_id TEXT REFERENCES application (id) ON DELETE CASCADE,
    application_request TEXT NOT NULL,
    organization_id TEXT,
    connection_id TEXT,
    authn_request_id TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    consumed_at BIGINT,
    FOREIGN KEY (organization_id, connection_id) REFERENCES connection (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX pending_sign_in_application ON pending_sign_in (application_id);
CREATE INDEX pending_sign_in_connection ON pending_sign_in (organization_id, connection_id);
CREATE INDEX pending_sign_in_expires ON pending_sign_in (expires_at);

CREATE TABLE assertion (
    connection_id TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    assertion_id TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (connection_id, assertion_id)
);
CREATE INDEX assertion_expires ON assertion (expires_at);

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    cookie_hash TEXT NOT NULL UNIQUE,
    organization_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    auth_time BIGINT NOT NULL,
    acr TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    FOREIGN KEY (organization_id, member_id) REFERENCES member (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, connection_id) REFERENCES connection (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX session_member ON session (organization_id, member_id);
CREATE INDEX session_connection ON session (organization_id, connection_id);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE authorization_code (
    code_hash TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    organization_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL,
    code_challenge TEXT,
    nonce TEXT,
    scope TEXT NOT NULL,
    auth_time BIGINT NOT NULL,
    acr TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    consumed_at BIGINT
);
CREATE INDEX authorization_code_application ON authorization_code (application_id);
CREATE INDEX authorization_code_session ON authorization_code (session_id);
CREATE INDEX authorization_code_expires ON authorization_code (expires_at);

CREATE TABLE access_token (
    token_hash TEXT NOT NULL PRIMARY KEY,
    code_hash TEXT NOT NULL,
    application_id TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    organization_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    scope TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX access_token_application ON access_token (application_id);
CREATE INDEX access_token_session ON access_token (session_id);
CREATE INDEX access_token_code ON access_token (code_hash);
CREATE INDEX access_token_expires ON access_token (expires_at);

-- An attempt outlives its connection and its member.
CREATE TABLE attempt (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    connection_id TEXT NOT NULL,
    pending_sign_in_id TEXT,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    outcome TEXT,
    code TEXT,
    member_id TEXT,
    checks TEXT NOT NULL
);
CREATE INDEX attempt_organization ON attempt (organization_id, started_at, id);
CREATE INDEX attempt_started ON attempt (started_at);

CREATE TABLE api_key (
    id TEXT NOT NULL PRIMARY KEY,
    key_hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- An audit entry outlives its organization.
CREATE TABLE audit_entry (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    state_before TEXT,
    state_after TEXT,
    happened_at BIGINT NOT NULL
);
CREATE INDEX audit_entry_organization ON audit_entry (organization_id, happened_at, id);
CREATE INDEX audit_entry_happened ON audit_entry (happened_at, id);

-- A session is inactive while its member is deactivated or its connection is disabled.
CREATE VIEW active_session AS
SELECT session.*
  FROM session
  JOIN member ON member.organization_id = session.organization_id AND member.id = session.member_id
  JOIN connection ON connection.organization_id = session.organization_id AND connection.id = session.connection_id
 WHERE session.ended_at IS NULL
   AND member.deactivated_at IS NULL
   AND connection.disabled_at IS NULL;
