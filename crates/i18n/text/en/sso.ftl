sso-title = SAML single sign-on
sso-lead = Let your members sign in with your identity provider.
sso-not-in-plan = Not included in your plan
sso-not-in-plan-lead = Let your team sign in with their company account. When someone leaves, they lose access automatically.
sso-required-plan = Available on the { $plan } plan and above.
sso-contact-sales = Contact sales
sso-sp-details = Service provider details
sso-sp-details-lead = Add these values to your identity provider, or import our metadata.
sso-acs-url = Assertion consumer service URL
sso-entity-id = Entity ID
sso-download-metadata = Download metadata XML
sso-idp-details = Identity provider details
sso-enable = Enable SAML authentication
sso-sign-on-url = Sign on URL
sso-sign-on-url-hint = Your identity provider’s login URL.
sso-issuer = Issuer
sso-issuer-hint = Your identity provider’s entity ID, sometimes called its identifier.
sso-certificate = Public Certificate
sso-certificate-hint = Paste one or more certificates (PEM or base64), or your identity provider’s metadata. Never paste a private key.
sso-certificate-blank-hint = Leave blank to keep the current certificates.
sso-trusted-certificate = Trusted certificate
sso-certificate-valid-until = Valid until { $when }
sso-algorithms = Signatures need SHA-256 or stronger, on the response, the assertion, or both.
sso-download-certificate = Download our certificate
sso-enable-hint = You’ll see who is affected before anything changes.
sso-cancel = Cancel
sso-yes = Yes
sso-no = No

# What the plan offers.
sso-feature-providers = Microsoft Entra ID, Okta, OneLogin, Ping Identity, Google Workspace, and any other SAML 2.0 identity provider, each with a setup guide.
sso-feature-deprovisioning = Automatic removal of access when someone leaves your company.
sso-feature-roles = Roles based on your identity provider’s groups.
sso-feature-enforcement = SSO enforcement for all members, with a preview of who is affected and a way to recover access.
sso-feature-diagnosis = A test that shows what to fix, and the reason for every failed sign-in.
sso-upgrade-contact = To upgrade, contact { $contact }.

# States of a connection.
sso-state-active = Active
sso-state-disabled = Disabled
sso-state-tested = Tested
sso-state-draft = Draft

# The draft.
sso-draft = Unpublished changes
sso-draft-lead = Members use the current settings until you publish.
sso-draft-same = The draft has the same settings as the published version.
sso-draft-untested = These settings haven’t passed a test yet.
sso-draft-test = Test these settings
sso-publish = Publish changes
sso-publish-question = Publish the changes to { $connection }?
sso-publish-accounts = { $count ->
    [0] No member has signed in through this connection yet. The next sign-ins use the new settings.
    [one] { $count } member signs in through this connection and will use the new settings at the next sign-in.
   *[other] { $count } members sign in through this connection and will use the new settings at the next sign-in.
}
sso-publish-undo = The previous version is kept. You can restore it from the connection’s page.
sso-publish-untested = These settings haven’t passed a test. If they’re wrong, members can’t sign in.
sso-publish-without-test = Publish without a test
sso-live-untested = The live settings haven’t passed a test
sso-live-untested-lead = Members sign in with them. Test them now, or go back to the previous version.
sso-restore-previous = Restore previous version
sso-discard = Discard changes
sso-discard-question = Discard the unpublished changes to { $connection }?
sso-discard-effect = No member is affected: they sign in with the published settings. You can’t undo this.
sso-changes = Changes
sso-connections = Connections
sso-new-connection = Connect another identity provider
sso-setting = Setting
sso-current-value = Current
sso-new-value = New

# Activating and disabling.
sso-activate-confirm = Activate { $connection }?
sso-activate-button = Activate connection
sso-impact = Who is affected
sso-activate-members = { $count ->
    [0] Your organization has no members yet. New members will be able to sign in through your identity provider.
    [one] { $count } member will be able to sign in through your identity provider.
   *[other] { $count } members will be able to sign in through your identity provider.
}
sso-activate-domains = Anyone who signs in with an email address at { $domains } will be redirected to your identity provider.
sso-activate-no-domains = No domain is verified yet, so the sign-in page can’t redirect members to your identity provider by email address.
sso-activate-accounts = { $count ->
    [one] { $count } member has signed in through this connection before and will be recognized.
   *[other] { $count } members have signed in through this connection before and will be recognized.
}
sso-activate-others = These connections stay active: { $names }.
sso-activate-sessions = Members stay signed in, and their existing sign-in methods keep working.
sso-activate-untested = These settings haven’t passed a test yet. Test them before you activate the connection, so that members don’t run into errors.
sso-activate-publish = Also publish the unpublished changes
sso-request-title = Activation requested
sso-request-lead = The recipient of a setup link asks you to activate { $connection }. Until you confirm, no member can sign in through it.
sso-request-effect = An active connection can sign people in as members of { $organization }. Confirm only if you expect this request and know the identity provider.
sso-request-at = Requested
sso-request-recipient = Setup link sent to
sso-request-creator = Setup link created by
sso-request-confirm = Confirm activation
sso-request-decline = Decline
sso-request-decline-question = Decline the activation of { $connection }?
sso-request-decline-effect = No member is affected: the connection stays inactive. The setup link is revoked.
sso-request-decline-hint = If you decline, the setup link is revoked.
sso-unconfirmed-title = Connection not confirmed
sso-unconfirmed-lead = This connection was activated with a setup link on { $when }, and no admin has confirmed it. Members can sign in, but no one becomes an admin through it.
sso-unconfirmed-hint = If you don’t know this identity provider, disable the connection.
sso-unconfirmed-confirm = Confirm connection
sso-disable-confirm = Disable { $connection }?
sso-disable-button = Disable connection
sso-disable-accounts = { $count ->
    [one] { $count } member will no longer be able to sign in through this connection.
   *[other] { $count } members will no longer be able to sign in through this connection.
}
sso-disable-sessions = { $count ->
    [one] { $count } session started through this connection will end immediately.
   *[other] { $count } sessions started through this connection will end immediately.
}
sso-disable-domains = The sign-in page will no longer redirect email addresses at { $domains } to this identity provider.
sso-disable-others = These connections stay active: { $names }.
sso-disable-keeps-settings = Settings and members are kept. You can activate the connection again at any time.
sso-disable-enforced = SSO is enforced and no other connection is active, so only exempt members would keep access. Turn off SSO enforcement first.

# Versions.
sso-versions = Versions
sso-versions-lead = All published settings of this connection. You can restore any version.
sso-versions-none = No versions yet. The first version is created when you activate the connection.
sso-version = Version
sso-version-current = Current
sso-restore = Restore version
sso-restore-title = Restore version { $number }
sso-restore-lead = Members will use these settings immediately. Restoring creates a new version, so you can go back at any time.
sso-restore-keeps-draft = Your unpublished changes are kept.
sso-restore-same = This version has the same settings as the current one.
sso-restore-changes = Changes

# Role mapping.
sso-roles = Role mapping
sso-roles-lead = Assign roles based on groups in your identity provider. Roles are updated at each sign-in.
sso-roles-summary = { $rules ->
    [0] No rules. Members keep their role, and new members get { $role }.
    [one] { $rules } rule. Members who don’t match it get { $role }.
   *[other] { $rules } rules. Members who don’t match any of them get { $role }.
}
sso-roles-change = Edit role mapping
sso-roles-draft = This connection is in use. Your changes are saved as a draft and take effect when you publish them.
sso-default-role = Default role
sso-default-role-hint = Assigned when no rule matches. Can’t be admin.
sso-rules = Rules
sso-rules-lead = The first matching rule wins. Enter group names exactly as your identity provider sends them (run a test to see them). Clear a row to delete it.
sso-rules-more = Save to add more rows.
sso-rule-group = Group { $number }
sso-rule-role = Role { $number }

# Who made a change, where it was not a person.
sso-by-link = Setup link
sso-by-key = API key
sso-by-cli = Operator (command line)
sso-by-server = System

# Settings of a connection.
sso-field-name = Name
sso-field-issuer = Issuer
sso-field-sign-on-url = Sign on URL
sso-field-sign-on-binding = Request binding
sso-field-certificates = Certificates
sso-field-provider = Identity provider
sso-field-sign-requests = Sign requests
sso-field-clock-tolerance-seconds = Allowed clock skew (seconds)
sso-field-danger-accept-sha1 = Accept SHA-1
sso-field-accept-cbc = Accept AES-CBC
sso-field-reject-expired-signing-certificate = Reject expired signing certificates
sso-field-idp-initiated = IdP-initiated sign-in
sso-field-provisioning = Provisioning
sso-field-subject-attribute = Account ID attribute
sso-field-attributes = Attribute mapping
sso-field-entity-id = Our entity ID
sso-field-acs-url = Our assertion consumer service URL
sso-field-force-authn = Always require re-authentication
sso-field-name-id-format = NameID format
sso-field-authn-contexts = Required authentication contexts
sso-field-authn-context-comparison = Comparison of authentication contexts
sso-field-accepted-authn-contexts = Other accepted authentication contexts
sso-field-accept-missing-authn-statement = Accept assertions without an authentication statement
sso-field-require-signed-response = Require a signed response
sso-field-require-signed-assertion = Require a signed assertion
sso-field-require-encryption = Require encryption
sso-field-publish-encryption-key = Publish an encryption key
sso-field-allow-create = Allow the identity provider to create identifiers
sso-field-passive-requests = Pass passive requests on
sso-field-group-separator = Group separator
sso-field-unverified-email = Email addresses outside the verified domains
sso-field-custom-claims = Custom claims
sso-field-default-role = Default role
sso-field-role-rules = Role mapping

# Confirmations.
done-draft-saved = Saved as a draft. Nothing changes for members until you publish it.
done-draft-published = Changes published. Members now sign in with these settings.
done-draft-discarded = Changes discarded.
done-activated = Connection activated.
done-activation-confirmed = Connection confirmed. It is active.
done-activation-declined = Activation declined. The setup link is revoked.
done-disabled = Connection disabled.
done-version-restored = Version restored.
