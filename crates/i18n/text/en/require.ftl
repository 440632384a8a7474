# SSO enforcement.
require-title = Require SAML SSO authentication for all members
require-lead = All members will have to sign in through your identity provider, including to this console. No one is removed, and you can turn it off at any time.
require-button = Enforce SSO
require-not-active = Activate the connection first.
require-not-tested = Run a successful test with the current settings first.
require-dry-run = Preview impact
require-on = Enforced
require-since = Enforced by { $who } since { $when }.
require-look = View affected members
require-undo = Turn off SSO enforcement
require-undo-lead = Members with another sign-in method can use it again immediately.
require-locked-out = { $count ->
    [one] { $count } member would be locked out.
   *[other] { $count } members would be locked out.
}
require-no-one-locked-out = No members would be locked out.
require-standing = Affected members
require-are-locked-out = { $count ->
    [one] { $count } member is locked out.
   *[other] { $count } members are locked out.
}
require-no-one-is-locked-out = No members are locked out.
require-others = Unaffected: { $fine }. Recognized at first sign-in: { $first }. Exempt: { $exempt }.
require-way-back = If your identity provider stops working, an admin can regain access with a recovery code or an exemption.
require-no-way-back = If your identity provider stops working, no admin can regain access. Create recovery codes or exempt an admin first.
require-fate = Access
require-why = Reason
require-codes = Recovery codes
require-fate-locked-out = Locked out
require-fate-first-sign-in = At first sign-in
require-fate-exempt = Exempt
require-fate-fine = Unaffected
require-reason-has-account = Has signed in through your identity provider before.
require-reason-exempt = Is exempt and can sign in to this console as before.
require-reason-invited-not-come = Hasn’t signed in through your identity provider yet. Will be recognized by email address at the first sign-in.
require-reason-no-email = Has never signed in through your identity provider, and has no email address to be recognized by.
require-reason-outside-domains = Has never signed in through your identity provider, and the email address isn’t in a verified domain.
require-reason-other-connection = Has only signed in through a connection or an identity provider that is no longer in use.
require-reason-no-active-connection = There is no active connection to sign in through.
require-exempt = Exempt
require-exempt-no-longer = Remove exemption
require-exempt-lead = Exempt members can still sign in to this console without SSO, for example to fix the connection.
require-turn-on = Enforcement
require-turn-on-lead = To avoid locking yourself out, sign in with SSO within the last 15 minutes before enforcing it.
require-sign-in-first = Sign in through the connection with your own account. You’ll return to this page.
require-sign-in-now = Sign in with SSO
require-not-a-member = You aren’t a member of this organization. One of its admins has to sign in through the connection and enforce SSO.
require-has-draft = The connection has unpublished changes. Publish or discard them first, then sign in through the connection.
require-understood = I understand who will be locked out and how to regain access.
require-fault-understood = Confirm that you understand who will be locked out.
require-fault-no-active-connection = There is no active connection yet. Activate one first.
require-fault-no-recent-sign-in = You haven’t signed in through the connection within the last 15 minutes. Sign in with SSO, then enforce it.
require-fault-sso-not-in-plan = Your plan doesn’t include SAML single sign-on.
require-fault-other-person = The sign-in worked, but with another account. Sign in with your own account.

# After enforcement has ended the admin's own session.
require-done-title = SSO is now enforced
require-done = All members of { $organization } now have to sign in through your identity provider.
require-done-you-title = What this means for you
require-done-you = You signed in to this console in a way that no longer gives access to { $organization }. Sign in through your identity provider, as you did a moment ago.
require-done-codes = { $count ->
    [0] You have no recovery codes. If you can no longer sign in through your identity provider, another admin or the operator of this service has to turn off SSO enforcement.
    [one] If your identity provider stops working, use your recovery code. You have { $count } left.
   *[other] If your identity provider stops working, use one of your recovery codes. You have { $count } left.
}
require-done-undo = To turn it off, sign in, open “{ $tab }”, and select “{ $button }”.

# Recovery codes.
require-codes-left = { $count ->
    [one] { $count } left
   *[other] { $count } left
}
require-codes-make = Generate new codes
require-codes-sure = Generate new codes? Your old codes will stop working.
require-codes-title = Your recovery codes
require-codes-once = Save these codes now: they won’t be shown again. Store them somewhere you can reach without your identity provider.
require-codes-how = Each code works once, with your email address, for this organization only. Enter it on the sign-in page.
require-codes-download = Download codes
require-codes-print = Print codes
require-codes-kept = I’ve saved my codes
problem-not-your-codes = You can only generate recovery codes for yourself, because a code gives access to its owner’s account.
require-barred = This organization enforces SSO. Sign in with SSO, or use one of your recovery codes.
require-recovery-use = Use a recovery code
require-recovery-title = Sign in with a recovery code
require-recovery-lead = For admins who can’t sign in through their identity provider. Each code works once, for your organization only.
require-recovery-code = Recovery code
require-recovery-code-hint = 16 letters and digits. Dashes and capitalization don’t matter.
require-recovery-other = Use another method
require-recovery-wrong = This recovery code isn’t valid for this email address. Each code works once, and new codes replace the old ones.
require-recovery-slowed = Too many attempts. Wait a minute, then try again.

# Confirmations.
done-sso-required = SSO is now enforced for all members.
done-sso-not-required = SSO is no longer enforced.
done-exempt = The member is now exempt from SSO enforcement.
done-no-longer-exempt = The member is no longer exempt from SSO enforcement.
done-came-through = You signed in through the connection. You can now enforce SSO.
