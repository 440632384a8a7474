-- The user in the response is not a person of the table `person`. (`user` is a reserved word of PostgreSQL.)
ALTER TABLE attempt RENAME COLUMN person TO user_name;
UPDATE attempt SET outcome = 'rejected' WHERE outcome = 'refused';
