-- Since when the email addresses of sub-domains lead to the organization too. They are verified no more than before.
ALTER TABLE domain ADD COLUMN include_subdomains_since BIGINT;

-- Through which of its connections the people of an organization sign in. A rule outlives its connection, so that it is
-- skipped until an administrator changes it.
CREATE TABLE routing_rule (
    organization_id TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    connection_id TEXT NOT NULL,
    patterns TEXT NOT NULL,
    PRIMARY KEY (organization_id, position)
);
