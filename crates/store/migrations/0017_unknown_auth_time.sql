-- The identity provider may leave out when it authenticated the member, where the connection accepts that.
DROP VIEW IF EXISTS active_session;
ALTER TABLE session ADD COLUMN authenticated_at BIGINT;
UPDATE session SET authenticated_at = auth_time;
ALTER TABLE session DROP COLUMN auth_time;
ALTER TABLE session RENAME COLUMN authenticated_at TO auth_time;
CREATE VIEW active_session AS
SELECT session.*
  FROM session
  JOIN member ON member.organization_id = session.organization_id AND member.id = session.member_id
  JOIN connection ON connection.organization_id = session.organization_id AND connection.id = session.connection_id
 WHERE session.ended_at IS NULL
   AND session.epoch = member.session_epoch + connection.session_epoch
   AND member.deactivated_at IS NULL
   AND connection.disabled_at IS NULL;

ALTER TABLE authorization_code ADD COLUMN authenticated_at BIGINT;
UPDATE authorization_code SET authenticated_at = auth_time;
ALTER TABLE authorization_code DROP COLUMN auth_time;
ALTER TABLE authorization_code RENAME COLUMN authenticated_at TO auth_time;
