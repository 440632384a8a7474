-- The domain of an email address that identifies an account is compared without case.
CREATE INDEX identity_lower_subject ON identity (organization_id, connection_id, issuer, lower(subject));

-- What the custom claims of the connection made of the attributes at the last sign-in, as JSON.
ALTER TABLE member ADD COLUMN custom_claims TEXT NOT NULL DEFAULT '{}';

-- While a move is open, the members with an account at one connection get an account at another one with their first
-- sign-in through it. The accounts that it made are known by its ID, so that it can be undone.
CREATE TABLE account_move (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    from_connection_id TEXT NOT NULL,
    to_connection_id TEXT NOT NULL,
    started_by TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    undone_at BIGINT,
    FOREIGN KEY (organization_id, from_connection_id) REFERENCES connection (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, to_connection_id) REFERENCES connection (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX account_move_organization ON account_move (organization_id, started_at, id);
CREATE INDEX account_move_to ON account_move (organization_id, to_connection_id);
CREATE INDEX account_move_from ON account_move (organization_id, from_connection_id);
ALTER TABLE identity ADD COLUMN account_move_id TEXT;
CREATE INDEX identity_account_move ON identity (account_move_id) WHERE account_move_id IS NOT NULL;
