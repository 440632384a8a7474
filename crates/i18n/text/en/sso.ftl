sso-title = SAML single sign-on
sso-lead = Let your members sign in with your own identity provider.
sso-without-plan = Not part of your plan
sso-without-plan-lead = With SAML single sign-on your members sign in with the account that they have at your company, and whoever leaves it has no access any more.
sso-needed-plan = It is part of the plan { $plan } and of those above.
sso-get-in-touch = Get in touch
sso-ours = For your identity provider
sso-ours-lead = Enter these two values there, or give it the metadata, which says the same.
sso-acs-url = Assertion consumer service URL
sso-entity-id = Entity ID
sso-download-metadata = Download metadata XML
sso-theirs = From your identity provider
sso-enable = Enable SAML authentication
sso-sign-on-url = Sign on URL
sso-sign-on-url-hint = Where your identity provider takes requests to sign in.
sso-issuer = Issuer
sso-issuer-hint = Your identity provider’s own name, which some call its entity ID or identifier.
sso-certificate = Public Certificate
sso-certificate-hint = PEM, base64, several at once, or your identity provider’s metadata. Never a private key.
sso-certificate-stays = Left empty, the certificates above stay.
sso-trusted = Trusted certificate
sso-until = valid until { $when }
sso-algorithms = Signatures with SHA-256 and better are accepted, on the response, on the assertion, or on both.
sso-download-certificate = Download our certificate
sso-enable-hint = Switching it on or off asks you first, and says who will notice.
sso-cancel = Cancel
sso-yes = yes
sso-no = no

# What it gives, to whoever does not have it.
sso-gives-providers = Microsoft Entra ID, Okta, OneLogin, Ping Identity, Google Workspace and every other SAML 2.0 provider, with a guide for each.
sso-gives-leavers = Whoever leaves your company loses access without anybody thinking of it.
sso-gives-roles = Groups of your identity provider give roles here.
sso-gives-require = You can require it of everybody, with a dry run beforehand and a way back.
sso-gives-help = A test that says what to repair, and the reason for every sign-in that fails.
sso-ask-for-plan = Ask { $contact } for it.

# How far the connection has come.
sso-state-active = active
sso-state-disabled = switched off
sso-state-tested = tested
sso-state-draft = being set up

# What is being changed.
sso-draft = Changes that are not published
sso-draft-lead = Members sign in with the settings from before until you publish these.
sso-draft-same = Nothing is different from what members sign in with.
sso-draft-untested = No test has worked with these settings yet.
sso-draft-test = Test these settings
sso-publish = Publish
sso-discard = Discard
sso-discard-sure = The changes are thrown away. Go on?
sso-changes = Changes
sso-connections = Connections
sso-another = Connect another identity provider
sso-setting = Setting
sso-now = Now
sso-then = Then

# Switching it on and off.
sso-activate = Activate single sign-on
sso-activate-button = Activate
sso-who-notices = Who will notice what
sso-activate-members = { $count ->
    [0] The organization has no members yet. Whoever joins can sign in through your identity provider from then on.
    [one] The one member of the organization can sign in through your identity provider from then on.
   *[other] The { $count } members of the organization can sign in through your identity provider from then on.
}
sso-activate-domains = Whoever enters an address at { $domains } on the sign-in page is sent to your identity provider.
sso-activate-no-domains = No domain is verified yet, so the sign-in page does not send anybody to your identity provider by their address.
sso-activate-accounts = { $count ->
    [one] One member has come through this connection before, and is recognised.
   *[other] { $count } members have come through this connection before, and are recognised.
}
sso-activate-others = These connections stay active beside it: { $names }.
sso-activate-sessions = Nobody is signed out, and whoever signs in otherwise today can go on doing so.
sso-activate-untested = No test has worked with these settings yet. Test before you activate, so that nobody meets an error.
sso-activate-publish = Publish the changes as well
sso-disable = Switch single sign-on off
sso-disable-button = Switch off
sso-disable-accounts = { $count ->
    [one] One member has come through this connection, and cannot any more from then on.
   *[other] { $count } members have come through this connection, and cannot any more from then on.
}
sso-disable-sessions = { $count ->
    [one] One browser is signed in through it; its session here ends at once.
   *[other] { $count } browsers are signed in through it; their sessions here end at once.
}
sso-disable-domains = The sign-in page no longer sends addresses at { $domains } to this identity provider.
sso-disable-others = These connections stay active: { $names }.
sso-disable-stays = Settings and members stay. You can activate it again.
sso-disable-required = Single sign-on is required, and no other connection is active: nobody but exempted members could come in. Undo the requirement first.

# The history.
sso-versions = Versions
sso-versions-lead = Every set of settings with which members have signed in. Any of them can be restored.
sso-versions-none = Nothing has been published yet: the first version is that which you activate.
sso-version = Version
sso-version-current = in use
sso-restore = Restore
sso-restore-title = Restore version { $number }
sso-restore-lead = Members sign in with these settings at once. It becomes a new version, so you can go back again.
sso-restore-draft-stays = The changes that are not published stay beside it.
sso-restore-same = Nothing changes: the settings are the same.
sso-changes-back = What changes back

# Roles.
sso-roles = Roles by groups
sso-roles-lead = Which groups of your identity provider give which role. It is found anew at each sign-in.
sso-roles-now = { $rules ->
    [0] No rules: members keep the role that they have, and new ones become { $role }.
    [one] One rule; whoever it does not fit becomes { $role }.
   *[other] { $rules } rules; whoever none of them fits becomes { $role }.
}
sso-roles-change = Change roles
sso-roles-draft = The connection is in use: what you save here becomes a draft, and counts once you publish it.
sso-default-role = Default role
sso-default-role-hint = The role of whoever no rule gives another. It is never admin.
sso-rules = Rules
sso-rules-lead = The first rule that fits counts. Write groups exactly as your identity provider sends them; a test shows them. Emptied rows are removed.
sso-rules-more = Save to get more rows.
sso-rule-group = Group { $number }
sso-rule-role = Role { $number }

# Who has done something.
sso-by-link = somebody with a setup link
sso-by-key = a program with an API key
sso-by-cli = the operator, on the command line
sso-by-server = the server itself

# The settings of a connection.
sso-field-name = Name
sso-field-issuer = Issuer
sso-field-sign-on-url = Sign on URL
sso-field-sign-on-binding = How requests travel
sso-field-certificates = Certificates
sso-field-provider = Product
sso-field-sign-requests = Sign requests
sso-field-clock-tolerance-seconds = Clock tolerance in seconds
sso-field-danger-accept-sha1 = Accept SHA-1
sso-field-accept-cbc = Accept AES-CBC
sso-field-reject-expired-signing-certificate = Refuse expired certificates
sso-field-unsolicited = Responses that nobody asked for
sso-field-joining = How people become members
sso-field-subject-attribute = Attribute that names the account
sso-field-attributes = Attributes
sso-field-entity-id = Our entity ID
sso-field-acs-url = Our assertion consumer service URL
sso-field-force-authn = Always ask for a new authentication
sso-field-name-id-format = NameID format
sso-field-authn-context = Authentication context
sso-field-default-role = Default role
sso-field-role-rules = Roles by groups

# What has just been done.
done-draft-kept = Saved as a draft. Members notice nothing until you publish it.
done-draft-published = Published. Members sign in with these settings from now on.
done-draft-discarded = The changes have been thrown away.
done-activated = Single sign-on is active.
done-disabled = Single sign-on is switched off.
done-version-restored = The version has been restored.
