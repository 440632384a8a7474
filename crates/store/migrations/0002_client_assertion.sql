-- Replay protection: a client assertion is stored until it expires.
CREATE TABLE client_assertion (
    application_id TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    jti TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (application_id, jti)
);
CREATE INDEX client_assertion_expires ON client_assertion (expires_at);
