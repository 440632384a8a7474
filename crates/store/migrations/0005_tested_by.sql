-- Who made a test sign-in, however it ended.
ALTER TABLE attempt ADD COLUMN tested_by TEXT;
