# SSO enforcement.
sso-enforcement-title = Require SAML SSO authentication for all members
sso-enforcement-page-title = SSO enforcement
sso-enforcement-lead = All members will have to sign in through your identity provider, including to this console. No one is removed, and you can turn it off at any time.
sso-enforcement-lead-enforced = All members have to sign in through your identity provider, including to this console. You can turn this off at any time.
sso-enforcement-button = Enforce SSO
sso-enforcement-not-active = Activate the connection first.
sso-enforcement-not-tested = Run a successful test with the current settings first.
sso-enforcement-dry-run = Preview impact
sso-enforcement-impact-preview = Impact preview
sso-enforcement-on = Enforced
sso-enforcement-status = Status
sso-enforcement-since = Enforced by { $who } since { $when }.
sso-enforcement-view-members = View affected members
sso-enforcement-turn-off = Turn off SSO enforcement
sso-enforcement-turn-off-lead = Members with another sign-in method can use it again immediately.
sso-enforcement-turn-off-question = Turn off SSO enforcement for { $organization }?
sso-enforcement-turn-off-members = { $count ->
    [one] { $count } member no longer has to sign in through your identity provider.
   *[other] { $count } members no longer have to sign in through your identity provider.
}
sso-enforcement-turn-off-mail = Admins with an account for this console are told by email.
sso-enforcement-turn-off-undo = You can enforce SSO again later.
sso-enforcement-locked-out = { $count ->
    [one] { $count } member would be locked out.
   *[other] { $count } members would be locked out.
}
sso-enforcement-none-locked-out = No members would be locked out.
sso-enforcement-affected-members = Affected members
sso-enforcement-locked-out-now = { $count ->
    [one] { $count } member is locked out.
   *[other] { $count } members are locked out.
}
sso-enforcement-none-locked-out-now = No members are locked out.
sso-enforcement-access-counts = Unaffected: { $unaffected }. Recognized at first sign-in: { $first_sign_in }. Exempt: { $exempt }.
sso-enforcement-can-recover = If your identity provider stops working, an admin can regain access with a saved recovery code, or by an exemption and another sign-in method.
sso-enforcement-cannot-recover = If your identity provider stops working, no admin can regain access. Save recovery codes and confirm that, or exempt an admin who has signed in without SSO.
sso-enforcement-access = Access
sso-enforcement-reason = Reason
sso-enforcement-codes = Recovery codes
sso-enforcement-access-locked-out = Locked out
sso-enforcement-access-first-sign-in = At first sign-in
sso-enforcement-access-exempt = Exempt
sso-enforcement-access-unaffected = Unaffected
sso-enforcement-reason-has-account = Has signed in through your identity provider before.
sso-enforcement-reason-exempt = Is exempt and can sign in to this console as before.
sso-enforcement-reason-exempt-untried = Is exempt, but has never signed in to this console with an emailed code, a link or a passkey.
sso-enforcement-reason-pending-first-sign-in = Hasn’t signed in through a present connection. Will be recognized by email address at the first sign-in.
sso-enforcement-reason-email-missing = Hasn’t signed in through a present connection, and has no email address to be recognized by.
sso-enforcement-reason-email-domain-not-verified = Hasn’t signed in through a present connection, and the email address isn’t in a verified domain.
sso-enforcement-reason-email-not-confirmed = Has only signed in through a deleted connection, with an email address that wasn’t in a verified domain then. Another person may have it, so no sign-in leads to this member.
sso-enforcement-reason-inactive-connection = Has only signed in through a connection or an identity provider that is no longer in use.
sso-enforcement-reason-other-connection = Has only signed in through another connection than the one to which the sign-in routing leads.
sso-enforcement-reason-no-active-connection = There is no active connection to sign in through.
sso-enforcement-exempt = Exempt
sso-enforcement-remove-exemption = Remove exemption
sso-enforcement-remove-exemption-question = Remove the exemption of { $member }?
sso-enforcement-remove-exemption-effect = 1 member is affected: { $member } will have to sign in through your identity provider, including to this console.
sso-enforcement-exempt-lead = Exempt members can still sign in to this console without SSO, for example to fix the connection.
sso-enforcement-turn-on = Activation
sso-enforcement-turn-on-lead = To avoid locking yourself out, sign in with SSO within the last 15 minutes before enforcing it.
sso-enforcement-sign-in-first = Sign in through the connection with your own account. You’ll return to this page.
sso-enforcement-sign-in-now = Sign in with SSO
sso-enforcement-not-a-member = You aren’t a member of this organization. One of its admins has to sign in through the connection and enforce SSO.
sso-enforcement-has-draft = The connection has unpublished changes. Publish or discard them first, then sign in through the connection.
sso-enforcement-confirm-impact = I understand who will be locked out and how to regain access.
sso-enforcement-recovery-needed = If your identity provider stops working, no admin of this organization can sign in. Do one of these first:
sso-enforcement-recovery-by-codes = Generate recovery codes for an admin in the table above, save them, and confirm that.
sso-enforcement-recovery-by-exemption = Exempt an admin in the table above who has signed in to this console with an emailed code, a link or a passkey.
sso-enforcement-override = Enforce SSO without a way to regain access
sso-enforcement-override-words = enforce without recovery
sso-enforcement-override-label = To confirm, type: { $words }
sso-enforcement-error-override-mistyped = The words don’t match. Type them exactly as shown.
sso-enforcement-error-no-recovery = No admin can sign in without your identity provider. Save recovery codes and confirm that, exempt an admin who has signed in without SSO, or type the words to enforce SSO without a way to regain access.
sso-enforcement-error-impact-not-confirmed = Confirm that you understand who will be locked out.
sso-enforcement-error-no-active-connection = There is no active connection yet. Activate one first.
sso-enforcement-error-no-recent-sign-in = You haven’t signed in through the connection within the last 15 minutes. Sign in with SSO, then enforce it.
sso-enforcement-error-sso-not-in-plan = Your plan doesn’t include SAML single sign-on.
sso-enforcement-error-other-account = The sign-in worked, but with another account. Sign in with your own account.

# After enforcement has ended the admin's own session.
sso-enforcement-done-title = SSO is now enforced
sso-enforcement-done = All members of { $organization } now have to sign in through your identity provider.
sso-enforcement-done-you-title = Your access
sso-enforcement-done-you = You signed in to this console in a way that no longer gives access to { $organization }. Sign in through your identity provider, as you did a moment ago.
sso-enforcement-done-codes = { $count ->
    [0] You have no recovery codes. If you can no longer sign in through your identity provider, another admin or the operator of this service has to turn off SSO enforcement.
    [one] If your identity provider stops working, use your recovery code. You have { $count } left.
   *[other] If your identity provider stops working, use one of your recovery codes. You have { $count } left.
}
sso-enforcement-done-undo = To turn it off, sign in, open “{ $tab }”, and select “{ $button }”.

# Recovery codes.
sso-enforcement-codes-left = { $count ->
    [one] { $count } left
   *[other] { $count } left
}
sso-enforcement-codes-generate = Generate new codes
sso-enforcement-codes-not-saved = Not confirmed as saved
sso-enforcement-codes-question = Generate new codes for { $member }?
sso-enforcement-codes-effect = { $count ->
    [one] The remaining code of this admin will stop working.
   *[other] The { $count } remaining codes of this admin will stop working.
}
sso-enforcement-codes-title = Your recovery codes
sso-enforcement-codes-once = Save these codes now: they won’t be shown again. Store them somewhere you can reach without your identity provider.
sso-enforcement-codes-how = Each code works once, with your email address, for this organization only. Enter it on the sign-in page.
sso-enforcement-codes-download = Download codes
sso-enforcement-codes-print = Print codes
sso-enforcement-codes-saved = I’ve saved my codes
sso-enforcement-codes-saved-hint = Only codes that you confirm as saved count as a way to regain access.
problem-not-your-codes = You can only generate recovery codes for yourself, because a code gives access to its owner’s account.
sso-enforcement-sso-only = This organization enforces SSO. Sign in with SSO, or use one of your recovery codes.
sso-enforcement-recovery-use = Use a recovery code
sso-enforcement-recovery-title = Sign in with a recovery code
sso-enforcement-recovery-lead = For admins who can’t sign in through their identity provider. Each code works once, for your organization only.
sso-enforcement-recovery-code = Recovery code
sso-enforcement-recovery-code-hint = 16 letters and digits. Dashes and capitalization don’t matter.
sso-enforcement-recovery-other = Use another method
sso-enforcement-recovery-wrong = This recovery code isn’t valid for this email address. Each code works once, and new codes replace the old ones.
sso-enforcement-recovery-too-many-attempts = Too many attempts. Wait a minute, then try again.

# Confirmations.
done-sso-enforced = SSO is now enforced for all members.
done-sso-not-enforced = SSO is no longer enforced.
done-exemption-granted = The member is now exempt from SSO enforcement.
done-exemption-removed = The member is no longer exempt from SSO enforcement.
done-recovery-codes-saved = Recovery codes confirmed as saved.
done-signed-in-with-sso = You signed in through the connection. You can now enforce SSO.
