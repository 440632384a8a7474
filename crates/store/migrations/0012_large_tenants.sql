-- What pages search and filter, so that no page reads all rows of a large organization.
CREATE INDEX organization_created ON organization (created_at, id);
CREATE INDEX organization_plan ON organization (plan, created_at, id);
CREATE INDEX member_created ON member (organization_id, created_at, id);
CREATE INDEX member_role ON member (organization_id, role, created_at, id);
CREATE INDEX member_deactivated ON member (organization_id, created_at, id) WHERE deactivated_at IS NOT NULL;
CREATE INDEX member_lower_email ON member (organization_id, lower(email));
CREATE INDEX attempt_outcome ON attempt (organization_id, outcome, started_at, id);
CREATE INDEX attempt_code ON attempt (organization_id, code, started_at, id) WHERE code IS NOT NULL;
CREATE INDEX attempt_connection ON attempt (organization_id, connection_id, started_at, id);
CREATE INDEX attempt_member ON attempt (organization_id, member_id, started_at, id) WHERE member_id IS NOT NULL;
CREATE INDEX attempt_user ON attempt (organization_id, lower(user_name), started_at, id) WHERE user_name IS NOT NULL;
CREATE INDEX audit_entry_actor ON audit_entry (actor, happened_at, id);
CREATE INDEX audit_entry_action ON audit_entry (action, happened_at, id);
CREATE INDEX audit_entry_organization_action ON audit_entry (organization_id, action, happened_at, id);

-- The members whose email address in a domain is verified; the expression is the part after the last @.
CREATE INDEX member_verified_domain ON member
    (organization_id, lower(replace(email, rtrim(email, replace(email, '@', '')), ''))) WHERE email_verified_at IS NOT NULL;

-- A deleted connection is gone for every reader at once; its sessions and accounts are erased in small batches.
ALTER TABLE connection ADD COLUMN deleted_at BIGINT;
CREATE INDEX connection_deleted ON connection (deleted_at) WHERE deleted_at IS NOT NULL;

-- The health page finds the connections and domains that need attention by these indexes. The plan is that of the
-- organization. When the last certificate expires is NULL until a background job has read the certificates.
ALTER TABLE connection ADD COLUMN organization_plan TEXT NOT NULL DEFAULT '';
ALTER TABLE connection ADD COLUMN certificates_expire_at BIGINT;
UPDATE connection SET organization_plan =
    (SELECT plan FROM organization WHERE organization.id = connection.organization_id);
CREATE INDEX connection_plan ON connection (organization_plan, organization_id, id)
    WHERE activated_at IS NOT NULL AND disabled_at IS NULL;
CREATE INDEX connection_certificates_expire ON connection (certificates_expire_at, organization_id, id)
    WHERE activated_at IS NOT NULL AND disabled_at IS NULL;
CREATE INDEX connection_unfinished ON connection (created_at, organization_id, id)
    WHERE activated_at IS NULL AND disabled_at IS NULL;
CREATE INDEX connection_draft_updated ON connection_draft (updated_at, organization_id, connection_id);
CREATE INDEX domain_missing ON domain (missing_since, organization_id, name) WHERE missing_since IS NOT NULL;

-- The organizations with rejected sign-ins, and whether these are an issue. `hour` is the last one with a rejection.
CREATE TABLE rejected_sign_in (
    organization_id TEXT NOT NULL PRIMARY KEY REFERENCES organization (id) ON DELETE CASCADE,
    hour BIGINT NOT NULL,
    issue TEXT
);
CREATE INDEX rejected_sign_in_issue ON rejected_sign_in (issue, hour, organization_id) WHERE issue IS NOT NULL;
CREATE INDEX attempt_count_organization ON attempt_count (organization_id, hour);
INSERT INTO rejected_sign_in (organization_id, hour)
SELECT organization_id, MAX(hour)
  FROM attempt_count
 WHERE outcome = 'rejected' AND origin IN ('verified', 'solicited')
 GROUP BY organization_id;
