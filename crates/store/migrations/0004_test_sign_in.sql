-- What a test sign-in has shown, sealed: it tells of a person, so it does not stay for long.
ALTER TABLE attempt ADD COLUMN test_result TEXT;
ALTER TABLE attempt ADD COLUMN test_result_until BIGINT;
CREATE INDEX attempt_test_result ON attempt (test_result_until);
