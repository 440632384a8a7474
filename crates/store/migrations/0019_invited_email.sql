-- The address to which an administrator has invited a member. A member whom a sign-in made has none: what an identity
-- provider claims must not lead to them once their account is gone.
ALTER TABLE member ADD COLUMN invited_email TEXT;

-- Only what is known for sure: the invitation named the present address,
UPDATE member SET invited_email = member.email
  FROM audit_entry
 WHERE audit_entry.organization_id = member.organization_id AND audit_entry.subject = member.id
   AND audit_entry.action = 'member.added'
   AND replace(audit_entry.state_after, '"email":"' || member.email || '"', '') <> audit_entry.state_after;
-- or the person signs in to the console with it, which no unverified claim makes possible,
UPDATE member SET invited_email = email
 WHERE EXISTS (SELECT 1 FROM console_account
                WHERE console_account.email = member.email AND console_account.person_id = member.person_id);
-- or the invitation was mailed to it, and no sign-in has changed the address since.
UPDATE member SET invited_email = email WHERE invitation_sent_at IS NOT NULL AND joined_at IS NULL;
