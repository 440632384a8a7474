# Guided setup.
setup-title = Connect your identity provider
setup-lead = Follow the steps for your identity provider. You can stop at any time: your progress is saved, and your colleagues can continue.
setup-guided-title = Guided setup
setup-guided-button = Use guided setup
setup-guided-lead = Instructions for your identity provider, metadata import, a test sign-in, and domain verification.
setup-steps = Steps
setup-step-of = Step { $number } of { $count }
setup-step-provider = Identity provider
setup-step-instructions = Provider configuration
setup-step-idp-details = Provider details
setup-step-attributes = Attributes and roles
setup-step-test = Test
setup-step-domain = Domain
setup-step-activate = Activation
setup-done = done
setup-continue = Continue
setup-save-and-continue = Save and continue
setup-incomplete = To continue, complete this step:
setup-without-plan = Your organization’s plan doesn’t include single sign-on. Contact the operator of this service to upgrade.

# Start page.
setup-existing-connections = Existing connections
setup-continue-setup = Continue setup
setup-new-connection = New connection
setup-new-connection-lead = Which identity provider do you use?
setup-supports-metadata-import = Supports metadata import
setup-delegate = Someone else manages your IdP?
setup-delegate-lead = Send them a setup link. No account needed; it only opens this setup, and you can revoke it.
setup-create-link = Create setup link

# Instructions for the identity provider.
setup-instructions = Instructions
setup-instruction-of = Instruction { $number } of { $count }
setup-start-at = Start at { $path }
setup-instruction-done = Mark as done and continue
setup-instruction-reopen = Mark as not done
setup-common-problems = Common problems
setup-values-to-copy = Keep this page of your identity provider open. You’ll need its values for

# The details of the identity provider.
setup-metadata-lead = Paste your identity provider’s metadata URL or XML. We’ll fill in the rest.
setup-metadata = IdP metadata
setup-new-metadata = New IdP metadata
setup-metadata-sources = { $product } provides one of these:
setup-metadata-field = Metadata URL, metadata XML, or certificate
setup-metadata-field-hint = You can review the details before they’re saved. Never paste a private key.
setup-file = Or choose a file
setup-file-too-large = This file is larger than 8 MB. Choose a file with the metadata of your identity provider alone, or paste its metadata URL.
setup-details-of-other-product = The saved details are those of { $product }, but you chose { $chosen }. Enter the details of { $chosen } here. Until then, nothing changes.
setup-manual-entry = Enter the values manually
setup-manual-entry-lead = If you don’t have metadata, enter these three values.
setup-certificate-hint = Paste the text from BEGIN to END, or base64. You can paste several certificates.
setup-certificate-lifetime = Certificate lifetime
setup-review = Review details
setup-new-details = Details to save
setup-current-details = Current settings
setup-imported-from = Imported from
setup-idp-choice = Identity provider
setup-idp-choice-lead = This metadata describes several identity providers. Choose yours.
setup-idp-choice-missing = Choose an identity provider
setup-name = Name
setup-entity-id = Issuer (entity ID)
setup-sign-on-url = Sign on URL
setup-sign-out-url = Sign out URL
setup-certificate = Certificate
setup-certificate-days-left = { $days ->
    [0] Expires today
    [one] Expires in { $days } day
   *[other] Expires in { $days } days
}
setup-certificate-expired = Expired { $when }

# Warnings.
setup-warning-certificate-expired = A certificate has expired. Get the current certificate from your identity provider.
setup-warning-certificate-expires-soon = A certificate expires within 30 days. Add its replacement here before then.
setup-warning-certificate-not-yet-valid = A certificate isn’t valid yet. Check that your identity provider signs with a certificate that is valid now.
setup-warning-certificate-skipped = A certificate in the metadata was skipped because its key is too short or its key type isn’t secure.
setup-warning-key-skipped = A key in the metadata was skipped because it isn’t included as a certificate.
setup-warning-metadata-signature-not-checked = This metadata is signed, but we don’t check its signature. Make sure that you got it from your identity provider.
setup-warning-metadata-expired = This metadata has expired. Get it again from your identity provider.
setup-warning-plain-http = The Sign on URL uses http://, so others can read what members enter there. Use https://.
setup-warning-danger-published-key = This certificate’s private key is public. Anyone could impersonate your users. Use it for testing only.
setup-warning-danger-sha1 = SHA-1 signatures are accepted, although they can be forged. Use SHA-256.
setup-warning-danger-unsolicited = Unsolicited responses are accepted. Any website can try to sign your members in to someone else’s account; members are only asked first. Set IdP-initiated sign-in to restart instead.
setup-warning-sso-not-in-plan = Members can’t sign in through this connection, because the plan doesn’t include SAML single sign-on.
setup-warning-sha1 = Sign-ins with SHA-1 signatures are rejected. Select SHA-256 at your identity provider.
setup-warning-unusual-issuer = This issuer is unusual for the identity provider you chose. Check that it’s correct.
setup-warning-issuer-certificate-skipped = A certificate issued another one and isn’t trusted itself. Your identity provider must sign with the certificate that it issued.
setup-warning-endpoint-skipped = An unusable address in the metadata was skipped. Sign-ins don’t need it.
setup-warning-several-roles = The metadata describes more than one SAML 2.0 identity provider under one entity ID. The addresses and certificates of one of them are used.
setup-warning-issuer-and-url-swapped = The issuer and the Sign on URL look swapped. Compare them with your identity provider.
setup-warning-sign-on-url-is-metadata = The Sign on URL looks like the URL of metadata. Paste that URL as the metadata URL, or enter the URL of the sign-in page.
setup-warning-own-address = This is one of our own addresses. Enter it at your identity provider, and enter your identity provider’s value here.
setup-warning-entra-issuer-slash = Entra ID’s issuer ends with a slash, and this one doesn’t. Copy the Microsoft Entra Identifier again, with the slash.
setup-warning-entra-open-tenant = This Sign on URL is for the users of any Microsoft tenant. Copy the Login URL of your own tenant.
setup-warning-provider-mismatch = This looks like { $detected }, but you chose { $chosen }. To change your choice, go back to the first step.

# Errors.
setup-error-missing = This field is required.
setup-error-paste-empty = Paste your metadata or certificate here, or enter the three values manually.
setup-certificate-read = Certificate read. Enter the Sign on URL and the issuer too.
setup-error-paste-too-large = This is larger than 1 MB. Paste only the metadata or the certificate.
setup-error-paste-private-key = This is a private key. It must never leave your identity provider. We didn’t save it, but you should replace it. Paste the certificate instead.
setup-error-paste-certificate-request = This is a certificate signing request. Paste the certificate instead.
setup-error-paste-public-key = This is only a public key. Paste the certificate that contains it.
setup-error-paste-pkcs7 = This is a PKCS#7 bundle. Export only the certificate, as Base-64 encoded X.509 (.cer).
setup-error-paste-pkcs12 = This is a PKCS#12 file (.pfx, .p12), which usually contains a private key. We didn’t save it. Export only the certificate.
setup-error-paste-fingerprint = This is the fingerprint of a certificate. Paste the certificate itself.
setup-error-paste-damaged = Part of the certificate is missing. Copy all of it, from BEGIN to END.
setup-error-paste-unrecognized = This isn’t a URL, metadata, or a certificate. Check what you copied and paste it again.
setup-error-own-metadata = This is our own metadata, for import into your identity provider. Paste your identity provider’s metadata here.
setup-error-service-provider-metadata = This is the metadata of a service provider. Paste your identity provider’s metadata.
setup-error-metadata-without-identity-provider = This metadata doesn’t describe a SAML 2.0 identity provider. Paste your identity provider’s metadata.
setup-error-metadata-expired = This metadata has expired. Get it again from your identity provider.
setup-error-not-metadata = This is XML, but not metadata. Open the metadata URL in a browser to check what it returns.
setup-error-metadata-namespace = This looks like metadata, but the declaration of its XML namespace (xmlns) is missing or is for another prefix. Get the metadata again from your identity provider, as a file.
setup-error-metadata-entra-template = This is Microsoft’s template for all tenants. Use the App Federation Metadata Url of your application: https://login.microsoftonline.com/TENANT-ID/federationmetadata/2007-06/federationmetadata.xml?appid=APPLICATION-ID
setup-error-metadata-key-without-certificate = The metadata has a bare signing key (KeyValue) and no certificate. Configure a certificate at your identity provider, then get the metadata again.
setup-error-metadata-too-large = This metadata is too large. Paste the metadata of your identity provider alone.
setup-error-paste-web-page = This is a web page, not metadata. If the page links to the metadata (XML), paste that URL, or upload the downloaded file.
setup-error-metadata-without-sign-on-endpoint = The metadata contains no sign-on URL for HTTP-Redirect or HTTP-POST. Check the SAML settings of your identity provider.
setup-error-metadata-entity-id = The entityID in the metadata is missing, empty, or too long. Get the metadata again from your identity provider.
setup-error-xml-syntax = This isn’t well-formed XML. Copy all of it and paste it again.
setup-error-key-too-short = The certificate’s RSA key is shorter than 2048 bits, which isn’t secure. Create a new certificate in your identity provider.
setup-error-certificate-url = This is the URL of a certificate, not of metadata. Paste the certificate itself, and enter the other two values manually.
setup-error-url-without-scheme = Add https:// (or http://) at the beginning of the URL.
setup-error-fetch-no-connection = We couldn’t connect to { $url }. Check the URL. If it’s correct, our server can’t reach it: paste the metadata XML instead.
setup-error-fetch-no-answer = { $url } didn’t respond. Try again, or paste the metadata XML instead.
setup-error-fetch-status = No metadata found at { $url }: the server responded with “{ $status }”. Open the URL in a browser to check it, or paste the metadata XML instead.

# Attributes and roles.
setup-attributes-lead = The defaults work for most setups.
setup-group-separator = Separator of groups in one value
setup-group-separator-hint = For identity providers that send all groups of a user in one value. A distinguished name (CN=…,OU=…) is one group and is never split.
setup-groups-sent = The last test sent { $sent }, which became { $groups }.
setup-group-separator-default = Default of the product
setup-group-separator-none = None
setup-group-separator-comma = Comma
setup-group-separator-semicolon = Semicolon
setup-group-separator-pipe = Vertical bar
setup-attribute-mapping = Attribute mapping
setup-attribute-profile-field = User detail
setup-attribute-received = Received in the last test
setup-attribute-name = Attribute name, if different
setup-attribute-accepted-names = Also accepted: { $names }
setup-attribute-not-received = Not received
setup-received-attributes = All attributes received in the last test
setup-received-attributes-hint = After a test, you can see what your identity provider sends.
setup-roles = Role mapping
setup-roles-lead = Assign roles based on groups. The first matching rule wins, and roles are updated at each sign-in. Without rules, members keep their role.
setup-group = Group, exactly as it is sent
setup-role = Role
setup-default-role = Default role
setup-default-role-hint = Assigned when no rule matches. Can’t be admin.

# Test sign-in.
setup-test-lead = Run a test: sign in once in this browser, as one of your members would.
setup-test-title = Test sign-in
setup-test-no-effect = A test doesn’t create or change members, and doesn’t sign you in. You can repeat it at any time.
setup-test-start = Test connection
setup-test-again = Test again
setup-test-done = Test passed on { $when }.
setup-test-errors = Error messages of { $product }
setup-test-errors-other = Error messages of your identity provider

# Domain.
setup-domain-lead = To verify a domain, add one record to its DNS.

# Activation.
setup-notice-draft = These settings replace the ones that members use now.
setup-notice-undo = You can disable the connection and restore earlier settings at any time.
setup-untested = These settings haven’t been tested yet:
setup-activate = Activate connection
setup-activate-untested = Activate without testing
setup-active-title = Connection active
setup-active = Members can now sign in through your identity provider.
setup-active-try = Try it: start from your application and sign in with your email address.
setup-active-no-domain = Verify a domain so members can sign in with their email address:
setup-active-unconfirmed = An admin of { $organization } still has to confirm this connection. Until then, no one becomes an admin through it.
setup-active-open = Open application
setup-open-sso-settings = Open SSO settings
setup-activation-not-allowed = An admin of your organization, or the person who sent you the link, has to activate the connection. A setup link can only activate a new connection, and only if the organization’s domains are verified by DNS.
setup-link-test-needed = Before you can activate the connection, run a test sign-in with these settings:
setup-request-lead = This isn’t the first connection of { $organization }. An admin of { $organization } has to confirm its activation.
setup-request = Request activation
setup-requested-title = Waiting for confirmation
setup-requested = The activation was requested on { $when }. An admin of { $organization } has to confirm it before members can sign in.
setup-requested-mailed = We’ve emailed the admins. You don’t need to do anything else.
setup-requested-ask = If it takes too long, ask the person who sent you the setup link. You can close this page; open the link again to see whether the connection is active.

# Setup links.
setup-links = Setup links
setup-links-lead = Anyone with a setup link can set up this connection, and do nothing else.
setup-links-existing = Existing links
setup-link-new = New setup link
setup-link-created = Your setup link
setup-link-created-lead = Send this link to the person who needs it. It won’t be shown again. Several people can use it until it expires.
setup-link-purpose = Purpose
setup-purpose-connection = Complete setup
setup-purpose-test = Test sign-in
setup-purpose-domain = Domain verification
setup-link-lifetime = Valid for
setup-link-email = Recipient’s email address (optional)
setup-link-email-hint = For this list only. We won’t send an email.
setup-link-email-invalid = Enter a valid email address, like ada@acme.example.
setup-link-state = Status
setup-link-expires-at = Expires
setup-link-pending = Pending
setup-link-opened = Opened
setup-link-expired = Expired
setup-link-revoked = Revoked
setup-link-revoke = Revoke link
setup-link-revoke-question = Revoke this setup link of { $connection }?
setup-link-revoke-recipient = 1 person is affected: the link that was sent to { $email } stops working immediately.
setup-link-revoke-effect = The link stops working immediately for the person who received it.
setup-link-revoke-keeps = The settings made with it are kept. You can create another link at any time.
setup-link-page-connection = You’ve been asked to connect your organization’s identity provider. It takes about 10 minutes, and you can pause at any time.
setup-link-page-test = You’ve been asked to test single sign-on by signing in once. The test doesn’t change anything.
setup-link-page-domain = You’ve been asked to verify a domain of your organization with a DNS record.
setup-link-page-expires-at = This link expires { $when }.
setup-link-page-open = Get started
setup-link-invalid-title = This link is no longer valid
setup-link-invalid-expired = The link has expired. Ask the person who sent it for a new one.
setup-link-invalid-revoked = The link has been revoked. Ask the person who sent it for a new one.
setup-link-invalid-unknown = This link doesn’t exist. Copy the full URL, or ask the person who sent it for a new one.
setup-reopen-link-title = Open your setup link again
setup-reopen-link = There is no setup in progress in this browser, or your link has expired. Open the link that you received. Your progress is saved.
setup-complete-title = Setup complete
setup-complete = The connection is active, so this link is no longer needed. An admin of your organization can create a new one.
