-- A revocation ends all sessions that depend on a row, at once and for good. It starts a new epoch of the row; each
-- session remembers the sum of the epochs that it depends on. Epochs only grow, so an equal sum means that nothing was
-- revoked since the session began. However many sessions there are, a revocation changes one row.
ALTER TABLE person ADD COLUMN session_epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN session_epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE connection ADD COLUMN session_epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE console_session ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;

-- The following views say what active means. Statements that trust a credential read the view; they compare the times
-- of expiry, which a view cannot.

-- A member's session. Authorization codes and access tokens are active while their session is.
DROP VIEW active_session;
CREATE VIEW active_session AS
SELECT session.*
  FROM session
  JOIN member ON member.organization_id = session.organization_id AND member.id = session.member_id
  JOIN connection ON connection.organization_id = session.organization_id AND connection.id = session.connection_id
 WHERE session.ended_at IS NULL
   AND session.epoch = member.session_epoch + connection.session_epoch
   AND member.deactivated_at IS NULL
   AND connection.disabled_at IS NULL;

-- A session of the console. One that is limited to an organization depends on the membership in it, one that began by
-- single sign-on also on the connection.
CREATE VIEW active_console_session AS
SELECT console_session.*
  FROM console_session
  JOIN person ON person.id = console_session.person_id
  LEFT JOIN member ON member.organization_id = console_session.organization_id AND member.person_id = person.id
  LEFT JOIN connection ON connection.organization_id = console_session.organization_id
                      AND connection.id = console_session.connection_id
 WHERE console_session.ended_at IS NULL
   AND console_session.epoch = person.session_epoch + COALESCE(member.session_epoch, 0)
                               + COALESCE(connection.session_epoch, 0)
   AND (console_session.organization_id IS NULL OR (member.id IS NOT NULL AND member.deactivated_at IS NULL))
   AND (console_session.connection_id IS NULL OR (connection.id IS NOT NULL AND connection.disabled_at IS NULL));
