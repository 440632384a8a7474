# Requiring single sign-on of everybody.
require-title = Require SAML SSO authentication for all members
require-lead = Everybody in your organization then comes in through your identity provider, into the application and into this console. Nobody is removed, and you can undo it at once.
require-button = Require it for all members
require-not-active = The connection has to be active first.
require-not-tested = A test sign-in with the present settings has to work first.
require-dry-run = Who would be locked out
require-on = Required
require-since = Required by { $who } since { $when }.
require-look = See whom it concerns
require-undo = Undo at once
require-undo-lead = Members who have another way in can use it again from that moment.
require-locked-out = { $count ->
    [one] One member would be locked out.
   *[other] { $count } members would be locked out.
}
require-nobody-locked-out = Nobody would be locked out.
require-standing = Who is locked out
require-are-locked-out = { $count ->
    [one] One member is locked out.
   *[other] { $count } members are locked out.
}
require-nobody-is-locked-out = Nobody is locked out.
require-others = Known already: { $fine }. Recognised at their first sign-in: { $first }. Exempted: { $exempt }.
require-way-back = An administrator has a way back in case your identity provider lets nobody in: a recovery code or an exemption.
require-no-way-back = No administrator has a way back in case your identity provider lets nobody in. Make recovery codes first, or exempt an administrator.
require-fate = What happens
require-why = Why
require-codes = Recovery codes
require-fate-locked-out = locked out
require-fate-first-sign-in = at first sign-in
require-fate-exempt = exempted
require-fate-fine = comes in
require-reason-has-account = Has signed in through your identity provider before.
require-reason-exempt = Is exempted, and comes in as before.
require-reason-invited-not-come = Has not signed in through your identity provider yet; the first sign-in with this address finds them.
require-reason-no-email = Has never come through your identity provider, and has no e-mail address by which a first sign-in could find them.
require-reason-outside-domains = Has never come through your identity provider, and the e-mail address is in none of your verified domains.
require-reason-other-connection = Has only come through a connection or an identity provider that is no longer in use.
require-reason-no-active-connection = There is no active connection through which anybody could come.
require-exempt = Exempt
require-exempt-no-longer = Exempt no longer
require-exempt-lead = Whoever is exempted comes into this console as before, for example to repair the connection.
require-turn-on = Turn it on
require-turn-on-lead = Whoever turns it on has to have come through the connection within the last 15 minutes, so that nobody shuts a door behind which they stand themselves.
require-sign-in-first = Sign in through the connection with your own account, then come back here.
require-sign-in-now = Sign in now and come back
require-not-a-member = You are not a member of this organization. One of its administrators has to turn it on, after coming through the connection.
require-has-draft = There are changes to the connection that are not published. Publish or discard them first, then sign in through it.
require-understood = I have read whom this locks out and which ways back there are.
require-fault-understood = Tick that you have read whom this locks out.
require-fault-no-active-connection = There is no active connection yet. Activate one first.
require-fault-no-recent-sign-in = You have not come through the connection within the last 15 minutes. Do so now, then turn it on.
require-fault-sso-not-in-plan = Your plan does not include SAML single sign-on.
require-fault-other-person = That sign-in worked, but it was not your own account here. Sign in with the account that belongs to you.

# Where it ends the visit of whoever turned it on.
require-done-title = Single sign-on is required now
require-done = It has worked: everybody in { $organization } comes in through your identity provider from now on.
require-done-you-title = What this means for you
require-done-you = You came into this console in another way, which no longer opens { $organization }. Sign in through your identity provider, as you did a moment ago.
require-done-codes = { $count ->
    [0] You have no recovery code. If your identity provider lets you in no longer, another administrator or the operator of this service has to undo it.
    [one] If your identity provider lets nobody in, use your recovery code: you have one left.
   *[other] If your identity provider lets nobody in, use one of your recovery codes: you have { $count } left.
}
require-done-undo = You can undo it at once: sign in, open “{ $tab }” and press “{ $button }”.

# Recovery codes.
require-codes-left = { $count ->
    [one] One left
   *[other] { $count } left
}
require-codes-make = Make new codes
require-codes-sure = The codes from before are then worth nothing. Go on?
require-codes-title = Your recovery codes
require-codes-once = These codes are shown this once. Keep them where you find them without your identity provider.
require-codes-how = Each is good once. Enter one on the sign-in page, together with the e-mail address; it opens this organization alone.
require-codes-download = Download
require-codes-print = Print
require-codes-kept = I have kept them
problem-not-your-codes = Every administrator makes their own recovery codes: a code makes its owner of whoever has it.
require-barred = This organization wants everybody to come through its identity provider. Use single sign-on, or one of your recovery codes.
require-recovery-use = Use a recovery code
require-recovery-title = Sign in with a recovery code
require-recovery-lead = For administrators whose identity provider lets nobody in. A code works once, and opens your organization alone.
require-recovery-code = Recovery code
require-recovery-code-hint = Sixteen letters and digits; dashes and capitals do not matter.
require-recovery-other = Another way
require-recovery-wrong = This is not a recovery code of this address that is still good. Each works once, and new codes replace those from before.
require-recovery-slowed = Too many tries. Wait a minute.

# What has just been done.
done-sso-required = Everybody has to come through your identity provider from now on.
done-sso-not-required = It is required no longer.
done-exempt = The member is exempted.
done-no-longer-exempt = The member is exempted no longer.
done-came-through = You have come through the connection. Now you can turn it on.
