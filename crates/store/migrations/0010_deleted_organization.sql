-- A deleted organization is gone for every reader at once; its rows are erased in small batches afterwards, since one
-- statement for all of them would stop every other write.
ALTER TABLE organization ADD COLUMN deleted_at BIGINT;
CREATE INDEX organization_deleted ON organization (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE VIEW existing_organization AS SELECT * FROM organization WHERE deleted_at IS NULL;
