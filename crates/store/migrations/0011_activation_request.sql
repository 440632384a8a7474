-- When any connection of an organization was activated for the first time, also one that is deleted since. A setup link
-- activates the first connection only; after that, an administrator or operator has to confirm.
ALTER TABLE organization ADD COLUMN sso_activated_at BIGINT;
UPDATE organization SET sso_activated_at =
    (SELECT MIN(activated_at) FROM connection WHERE connection.organization_id = organization.id);
UPDATE organization SET sso_activated_at =
    (SELECT MIN(happened_at) FROM audit_entry
      WHERE audit_entry.organization_id = organization.id AND action = 'connection.activated')
 WHERE sso_activated_at IS NULL;

-- The activation that the recipient of a setup link has requested.
ALTER TABLE connection ADD COLUMN activation_requested_at BIGINT;
ALTER TABLE connection ADD COLUMN activation_requested_by TEXT;

-- Since when a connection is active by a setup link alone.
ALTER TABLE connection ADD COLUMN unconfirmed_since BIGINT;
UPDATE connection SET unconfirmed_since = activated_at
 WHERE activated_at IS NOT NULL
   AND EXISTS (SELECT 1 FROM audit_entry
                WHERE audit_entry.organization_id = connection.organization_id
                  AND action = 'connection.activated' AND subject = connection.id AND actor LIKE 'set!_%' ESCAPE '!')
   AND NOT EXISTS (SELECT 1 FROM audit_entry
                    WHERE audit_entry.organization_id = connection.organization_id
                      AND action IN ('connection.activated', 'connection.published')
                      AND subject = connection.id AND actor NOT LIKE 'set!_%' ESCAPE '!');

-- A hash of the settings with which a test sign-in of the link's recipient has passed.
ALTER TABLE setup_link ADD COLUMN tested_settings TEXT;

-- Who added a domain: a DNS record that a setup link created is a proof of its recipient.
ALTER TABLE domain ADD COLUMN added_by TEXT;
UPDATE domain SET added_by =
    (SELECT actor FROM audit_entry
      WHERE audit_entry.organization_id = domain.organization_id
        AND action = 'domain.added' AND subject = domain.name
      ORDER BY happened_at DESC LIMIT 1);
