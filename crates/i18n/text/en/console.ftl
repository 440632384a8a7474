# Coming into the console.
console-sign-in = Sign in
console-sign-in-lead = For administrators: we send you a code, or you come through your organization’s single sign-on.
console-email = E-mail address
console-send-code = Send me a code
console-by-sso = Use single sign-on
console-no-mail = Codes by e-mail are not available here. Use single sign-on, or ask the operator of this service for a link.
console-no-sso = No single sign-on is set up for this address.
console-code-title = Enter the code
console-code-lead = If there is an account for your address, a code of eight digits is on its way. It works for ten minutes, in this browser.
console-code = Code
console-code-again = Ask for another code
console-outbox = In the demo, no mail leaves this machine.
console-outbox-link = Look into the outbox
console-link-lead = This link signs you in once, in this browser.
console-invited-title = You are invited to { $product }
console-mail-code-subject = Your code for { $product }
console-mail-code-text =
    Your code for { $product } is { $code }

    It works for ten minutes, in the browser in which you asked for it, at { $host }.
    If you did not ask for it, ignore this mail: nobody comes in without the code.
console-fault-invalid-fields = Enter a whole e-mail address, such as ada@acme.example.
console-fault-code-expired = This code has been used, is too old, or was guessed too often. Ask for another one.
console-fault-too-many-requests = Too many codes were asked for. Wait a few minutes, or use single sign-on.
console-fault-no-mail = This service sends no mail. Ask its operator for a link.
console-fault-wrong-code = This is not the code of the newest mail.

# Finding one’s way.
console-places = Places
console-switch = Switch organization
console-home = Your organizations
console-home-empty = You are signed in, and there is nothing for you to administer here. If you expected something, ask an administrator of your organization.
console-tab-team = Team
console-tab-sso = Single sign-on
console-tab-history = History
console-problem = This did not work
console-problem-403 = This is not possible
console-problem-404 = There is nothing here
console-problem-409 = This is not possible now
console-problem-410 = This link does not work any more
console-problem-429 = Too many requests
console-problem-500 = Something does not work on our side

# One’s own account.
console-account = Your account
console-account-emails = You sign in as
console-sessions = Your sessions
console-sessions-lead = Every browser in which you are signed in. End those that you do not know.
console-browser = Browser
console-browser-unknown = Unknown browser
console-method = Signed in by
console-method-email-code = code by e-mail
console-method-link = link
console-method-passkey = passkey
console-method-sso = single sign-on
console-method-recovery = recovery code
console-began = Since
console-seen = Last used
console-actions = Actions
console-this-session = this one
console-end-session = End

# The history.
console-history-lead = Every change, with who made it.
console-history-empty = Nothing has been changed yet.
console-when = When
console-who = Who
console-what = What
console-details = Details
console-before = Before
console-after = After

# What has just been done.
done-session-ended = The session has ended.
done-saved = Saved.
