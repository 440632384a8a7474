-- Who started a test sign-in.
ALTER TABLE attempt ADD COLUMN tested_by TEXT;
