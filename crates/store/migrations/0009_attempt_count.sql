-- How many sign-in attempts a connection had in an hour. Pages read the counts instead of the attempts, and the counts
-- limit how many attempts a stranger can cause to be recorded. `hour` is its first second; `code` is empty for an
-- accepted attempt.
CREATE TABLE attempt_count (
    organization_id TEXT NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    connection_id TEXT NOT NULL,
    hour BIGINT NOT NULL,
    origin TEXT NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT NOT NULL,
    recorded BIGINT NOT NULL,
    unrecorded BIGINT NOT NULL,
    PRIMARY KEY (organization_id, connection_id, hour, origin, outcome, code)
);
CREATE INDEX attempt_count_hour ON attempt_count (hour);

INSERT INTO attempt_count (organization_id, connection_id, hour, origin, outcome, code, recorded, unrecorded)
SELECT organization_id, connection_id, started_at - started_at % 3600, 'verified', outcome, COALESCE(code, ''),
       COUNT(*), 0
  FROM attempt
 WHERE kind = 'sign_in' AND outcome IS NOT NULL
 GROUP BY organization_id, connection_id, started_at - started_at % 3600, outcome, COALESCE(code, '');
