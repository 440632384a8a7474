# The page of advanced settings.
sso-advanced = Advanced settings
sso-advanced-lead = These settings of { $connection } have defaults that fit most identity providers. Change one only if your identity provider or your security policy needs it.
sso-advanced-invalid = Nothing was saved. Correct the marked fields.
sso-advanced-not-allowed-with-setup-link = A setup link can’t make this change. Nothing was saved. Ask an admin to make it.
sso-advanced-open = Open advanced settings
sso-advanced-panel-lead = Signing, encryption, sign-in behavior, custom claims and provisioning.
sso-advanced-signing = Signing and encryption
sso-advanced-sign-in = Sign-in behavior
sso-advanced-identity = Identity and attributes
sso-advanced-provisioning = Provisioning
sso-locked-administrators = Only an admin can change this setting.
sso-locked-not-set = Not set
sso-locked-was-active = This connection has been active, so only an admin can change this setting.

# What each setting does.
sso-help-sign-requests = Sign requests even if your identity provider’s metadata doesn’t ask for it. Upload our certificate at your identity provider first.
sso-help-sign-on-binding = How the browser takes requests to your identity provider. The Sign on URL must belong to this binding.
sso-help-require-signed-response = Reject responses that are not signed themselves. By default, either the response or the assertion must be signed.
sso-help-require-signed-assertion = Reject assertions that are not signed themselves.
sso-help-require-encryption = Reject assertions that are not encrypted. Our metadata then always has an encryption key.
sso-help-publish-encryption-key = Whether our metadata has an encryption key. Many products encrypt as soon as they find one. By default we publish one, except for AD FS while AES-CBC is not accepted.
sso-help-accept-cbc = Accept encryption with AES-CBC in addition to AES-GCM. Needed for products that know only AES-CBC, such as AD FS. AES-CBC doesn’t detect tampering, so select AES-GCM at your identity provider if it offers it.
sso-help-reject-expired-signing-certificate = Reject signatures when the certificate has expired. Without this, the key stays trusted until you remove its certificate.
sso-help-danger-accept-sha1 = Accept signatures with SHA-1. Select SHA-256 at your identity provider instead.
sso-help-force-authn = Ask the identity provider for a new authentication at every sign-in, even if the user has a session there.
sso-help-passive-requests = When an application asks for a sign-in without any page (prompt=none), ask the identity provider too. Otherwise we answer from the session alone.
sso-help-authn-contexts = How users must sign in at the identity provider, for example https://refeds.org/profile/mfa. Enter one URI on each line. A sign-in with another context is rejected.
sso-help-authn-context-comparison = How the identity provider compares its sign-in with the required contexts. Most products support only “exact”.
sso-help-accepted-authn-contexts = Contexts that a sign-in may have instead, one URI on each line. Needed for “at least”, “at most” and “better”, because contexts have no general order.
sso-help-accept-missing-authn-statement = Accept assertions that don’t say when and how the user signed in. Applications then don’t learn the time, and can’t ask for a new authentication.
sso-help-clock-tolerance-seconds = How far your identity provider’s clock may differ from ours, from 0 to 300 seconds.
sso-help-idp-initiated = What happens to a sign-in that starts at the identity provider, for example from a tile in its portal. “Restart” starts it again with one of our requests, which is safe.
sso-help-entity-id = The name of the service provider, which your identity provider uses as the audience. Leave blank for the one that all connections share. Changing it here means changing it at your identity provider too.
sso-help-name-id-format = The NameID format to request. Leave blank to request none, or a persistent one from SimpleSAMLphp. Entra ID and AD FS reject some formats.
sso-help-allow-create = Allow the identity provider to create an identifier for a user who has none yet (AllowCreate). Some products refuse a first sign-in without it.
sso-help-subject-attribute = The attribute that identifies the account, if the NameID isn’t stable. Leave blank to use the NameID. Changing it gives existing members new accounts.
sso-help-group-separator = The character between groups, if your identity provider sends all groups in one value. A distinguished name (CN=…,OU=…) is never split.
sso-help-custom-claims = Attributes that applications receive in addition to the profile. Run a test to see the real values.
sso-help-provisioning = Who can sign in: everyone whom the identity provider signs in, or only members whom you have invited.
sso-help-unverified-email = What happens to a new member whose email address isn’t in one of your verified domains. By default, the sign-in is refused as soon as you have a verified domain.

# Why a setting is dangerous.
sso-danger-danger-accept-sha1 = Dangerous: SHA-1 signatures can be forged, so an attacker may sign in as any member.
sso-danger-idp-initiated = Accepting such sign-ins directly is dangerous: any website can sign a visitor in to another person’s account.

# Values.
sso-binding-redirect = HTTP-Redirect
sso-binding-post = HTTP-POST
sso-comparison-exact = Exact
sso-comparison-minimum = At least (minimum)
sso-comparison-maximum = At most (maximum)
sso-comparison-better = Better
sso-idp-initiated-reject = Reject
sso-idp-initiated-restart = Restart with a request
sso-idp-initiated-danger-accept = Accept (dangerous)
sso-provisioning-just-in-time = Everyone (just-in-time provisioning)
sso-provisioning-invitation-only = Invited members only
sso-unverified-email-default = Default (refuse with a verified domain, otherwise admit)
sso-unverified-email-admit = Admit, with the address as unverified
sso-unverified-email-admit-without-email = Admit without email address
sso-unverified-email-refuse = Refuse
sso-claim-name = Claim { $number }
sso-claim-attribute = Attribute { $number }
sso-claim-values = Values { $number }
sso-claim-first = First value
sso-claim-list = List of all values
sso-claim-add = Add claim
sso-claim-remove = Remove claim
sso-own-entity-id = Use an entity ID of its own
sso-own-entity-id-lead = Your identity provider knows an application by its entity ID alone. If another application or connection there already has this entity ID, give this connection one of its own before you continue.

# Rename, duplicate, delete.
sso-manage = Manage connection
sso-connection-name = Name
sso-connection-name-hint = Shown to admins, and to members who choose between several connections.
sso-rename = Rename connection
sso-rename-title = Rename { $connection }
sso-duplicate = Duplicate connection
sso-duplicate-title = Duplicate { $connection }
sso-duplicate-lead = The copy is a draft with the same settings. It has its own ACS URL, keys and metadata, which you enter at the identity provider. Members aren’t affected.
sso-copy-name = { $connection } (copy)
sso-delete = Delete connection
sso-delete-question = Delete { $connection }?
sso-delete-members = { $count ->
    [0] No active member has an account at this connection.
    [one] { $count } member has an account at this connection and can’t use it any more. The member stays in your team.
   *[other] { $count } members have an account at this connection and can’t use it any more. They stay in your team.
}
sso-delete-settings = Its settings, versions, keys and setup links are deleted. You can’t undo this. Its sign-in attempts are kept.
done-connection-renamed = Connection renamed.
done-connection-duplicated = Connection duplicated. This is the copy.
done-connection-deleted = Connection deleted.
