-- The console.

-- The email address by which a person signs in to the console, in lower case. People who only sign in through an
-- identity provider have none.
CREATE TABLE console_account (
    email TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL
);
CREATE INDEX console_account_person ON console_account (person_id);

CREATE TABLE operator (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL
);

-- An organization_id limits the session to that organization: the sign-in was by its identity provider or by a recovery
-- code.
CREATE TABLE console_session (
    id TEXT NOT NULL PRIMARY KEY,
    cookie_hash TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    organization_id TEXT REFERENCES organization (id) ON DELETE CASCADE,
    connection_id TEXT REFERENCES connection (id) ON DELETE CASCADE,
    method TEXT NOT NULL,
    browser TEXT,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX console_session_person ON console_session (person_id);
CREATE INDEX console_session_organization ON console_session (organization_id);
CREATE INDEX console_session_connection ON console_session (connection_id);
CREATE INDEX console_session_expires ON console_session (expires_at);

-- A one-time code that was sent by email; only the browser that requested it can use it.
CREATE TABLE email_code (
    id TEXT NOT NULL PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    email TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    guesses BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    consumed_at BIGINT
);
CREATE INDEX email_code_email ON email_code (email, created_at);
CREATE INDEX email_code_expires ON email_code (expires_at);

-- A link that signs a person in once. The link of the first operator has no person_id.
CREATE TABLE sign_in_link (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    person_id TEXT REFERENCES person (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX sign_in_link_person ON sign_in_link (person_id);
CREATE INDEX sign_in_link_expires ON sign_in_link (expires_at);

CREATE TABLE passkey (
    id TEXT NOT NULL PRIMARY KEY,
    credential_id TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    public_key TEXT NOT NULL,
    sign_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkey_person ON passkey (person_id);

CREATE TABLE passkey_challenge (
    challenge_hash TEXT NOT NULL PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    person_id TEXT REFERENCES person (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_challenge_person ON passkey_challenge (person_id);
CREATE INDEX passkey_challenge_expires ON passkey_challenge (expires_at);

-- A link by which a person without an account sets up one connection.
CREATE TABLE setup_link (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    email TEXT,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    opened_at BIGINT,
    revoked_at BIGINT,
    FOREIGN KEY (organization_id, connection_id) REFERENCES connection (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX setup_link_connection ON setup_link (organization_id, connection_id);
CREATE INDEX setup_link_expires ON setup_link (expires_at);

CREATE TABLE setup_session (
    cookie_hash TEXT NOT NULL PRIMARY KEY,
    setup_link_id TEXT NOT NULL REFERENCES setup_link (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX setup_session_link ON setup_session (setup_link_id);
CREATE INDEX setup_session_expires ON setup_session (expires_at);

-- Unpublished changes of an active connection.
CREATE TABLE connection_draft (
    connection_id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL,
    settings TEXT NOT NULL,
    certificates TEXT NOT NULL,
    tested_at BIGINT,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    FOREIGN KEY (organization_id, connection_id) REFERENCES connection (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX connection_draft_organization ON connection_draft (organization_id, connection_id);

-- The published settings of a connection.
CREATE TABLE connection_version (
    connection_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    organization_id TEXT NOT NULL,
    settings TEXT NOT NULL,
    certificates TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    published_by TEXT NOT NULL,
    PRIMARY KEY (connection_id, number),
    FOREIGN KEY (organization_id, connection_id) REFERENCES connection (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX connection_version_organization ON connection_version (organization_id, connection_id);

-- A rule gives a role to the members of a group. The first rule that matches wins; else the default role applies.
ALTER TABLE connection ADD COLUMN default_role TEXT NOT NULL DEFAULT 'member';
ALTER TABLE connection ADD COLUMN role_rules TEXT NOT NULL DEFAULT '[]';
ALTER TABLE connection ADD COLUMN metadata_url TEXT;
ALTER TABLE connection ADD COLUMN metadata_fetched_at BIGINT;
-- The completed steps of the guide, and who made the last test sign-in.
ALTER TABLE connection ADD COLUMN completed_steps TEXT NOT NULL DEFAULT '[]';
ALTER TABLE connection ADD COLUMN tested_by TEXT;

ALTER TABLE organization ADD COLUMN sso_enforced_since BIGINT;
ALTER TABLE organization ADD COLUMN sso_enforced_by TEXT;
ALTER TABLE member ADD COLUMN sso_exempt_since BIGINT;

CREATE TABLE recovery_code (
    code_hash TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    FOREIGN KEY (organization_id, member_id) REFERENCES member (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX recovery_code_member ON recovery_code (organization_id, member_id);

-- DNS verification: the text of the TXT record, and the result of the last look-up. Without txt_record, the domain is
-- verified manually.
ALTER TABLE domain ADD COLUMN txt_record TEXT;
ALTER TABLE domain ADD COLUMN checked_at BIGINT;
ALTER TABLE domain ADD COLUMN answer TEXT;
ALTER TABLE domain ADD COLUMN missing_since BIGINT;
CREATE INDEX domain_checked ON domain (checked_at);

-- The person in the response, which may be unverified, and the encrypted messages.
ALTER TABLE attempt ADD COLUMN kind TEXT NOT NULL DEFAULT 'sign_in';
ALTER TABLE attempt ADD COLUMN person TEXT;
ALTER TABLE attempt ADD COLUMN messages TEXT;
ALTER TABLE attempt ADD COLUMN messages_until BIGINT;
CREATE INDEX attempt_messages ON attempt (messages_until);
