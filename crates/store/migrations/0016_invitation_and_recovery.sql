-- The first sign-in of a member, who is invited until then, and when the invitation was last mailed.
ALTER TABLE member ADD COLUMN joined_at BIGINT;
ALTER TABLE member ADD COLUMN invitation_sent_at BIGINT;
UPDATE member SET joined_at = created_at
 WHERE EXISTS (SELECT 1 FROM identity
                WHERE identity.organization_id = member.organization_id AND identity.member_id = member.id)
    OR EXISTS (SELECT 1 FROM console_session WHERE console_session.person_id = member.person_id)
    OR EXISTS (SELECT 1 FROM audit_entry
                WHERE audit_entry.actor = member.person_id
                  AND audit_entry.organization_id = member.organization_id);

-- The last sign-in of a person to the console that needed neither an identity provider nor a recovery code.
ALTER TABLE person ADD COLUMN local_sign_in_at BIGINT;
UPDATE person SET local_sign_in_at =
    (SELECT MAX(created_at) FROM console_session
      WHERE console_session.person_id = person.id AND method IN ('email_code', 'link', 'passkey'));

-- When the owner of a recovery code confirmed that it is saved.
ALTER TABLE recovery_code ADD COLUMN saved_at BIGINT;
