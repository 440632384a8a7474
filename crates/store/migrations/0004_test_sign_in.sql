-- What a test sign-in has shown, sealed: it tells of a person, so it does not stay for long.
ALTER TABLE attempt ADD COLUMN result TEXT;
ALTER TABLE attempt ADD COLUMN result_until BIGINT;
CREATE INDEX attempt_result ON attempt (result_until);
