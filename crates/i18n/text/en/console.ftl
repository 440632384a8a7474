# Signing in to the console.
console-sign-in = Sign in
console-sign-in-lead = Admins: sign in with an emailed code or your company’s SSO.
console-email = Email address
console-send-code = Email me a code
console-sign-in-with-sso = Sign in with SSO
console-no-mail = Email codes aren’t available here. Sign in with SSO, or ask the operator of this service for a link.
console-no-sso = Single sign-on isn’t set up for this address. Check the address, or sign in another way.
console-code-title = Enter your code
console-code-lead = If an account exists for this address, we’ve emailed an 8-digit code. It expires in 10 minutes and works only in this browser.
console-code = Code
console-request-new-code = Request a new code
console-outbox = The demo doesn’t send email.
console-outbox-link = Open the outbox
console-link-lead = This link works once and signs you in to this browser.
console-invited-title = You’re invited to { $product }
console-mail-code-subject = Your code for { $product }
console-mail-code-text =
    Your code for { $product } is { $code }

    It expires in 10 minutes and works only in the browser where you requested it, at { $host }.
    If you didn’t request this code, you can ignore this email. Your account is safe.
console-error-invalid-fields = Enter a valid email address, like ada@acme.example.
console-error-code-expired = This code is no longer valid. Request a new one.
console-error-too-many-requests = Too many codes requested. Wait a few minutes, or sign in with SSO.
console-error-no-mail = This service doesn’t send email. Ask its operator for a link.
console-error-wrong-code = Incorrect code. Use the one from the most recent email.

# Navigation.
console-navigation = Navigation
console-switch-organization = Switch organization
console-home = Your organizations
console-home-empty = You don’t manage any organizations. Ask an admin to give you access.
console-tab-team = Team
console-tab-sso = Single sign-on
console-tab-audit-log = Audit log
console-problem = Something went wrong
console-problem-403 = You can’t do this
console-problem-404 = Page not found
console-problem-409 = You can’t do this right now
console-problem-410 = This link is no longer valid
console-problem-429 = Too many requests
console-problem-500 = Something went wrong on our end

# Account.
console-account = Your account
console-account-emails = You sign in as
console-sessions = Your sessions
console-sessions-lead = All browsers where you’re signed in. End any session you don’t recognize.
console-browser = Browser
console-browser-on = { $browser } on { $system }
console-browser-unknown = Unknown browser
console-method = Sign-in method
console-method-email-code = Emailed code
console-method-link = Link
console-method-passkey = Passkey
console-method-sso = Single sign-on
console-method-recovery = Recovery code
console-signed-in-at = Signed in
console-last-active = Last active
console-actions = Actions
console-this-session = This session
console-end-session = End session

# Audit log.
console-audit-log-lead = All changes, and who made them.
console-audit-log-empty = No changes yet.
console-audit-log-none = No changes match.
console-audit-log-any = All
console-audit-log-actor-hint = Email address, or the complete ID.
console-when = When
console-who = Who
console-what = What
console-details = Details
console-before = Before
console-after = After

# Confirmations.
done-session-ended = Session ended.
done-saved = Saved.
