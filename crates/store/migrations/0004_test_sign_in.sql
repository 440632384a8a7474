-- The encrypted result of a test sign-in. It contains personal data, so it is kept for a short time only.
ALTER TABLE attempt ADD COLUMN test_result TEXT;
ALTER TABLE attempt ADD COLUMN test_result_until BIGINT;
CREATE INDEX attempt_test_result ON attempt (test_result_until);
