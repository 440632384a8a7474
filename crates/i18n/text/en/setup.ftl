# Guided set-up: where one is.
setup-title = Connect your identity provider
setup-lead = Step by step, in your identity provider’s own words. You can stop at any time: what is done stays done, and colleagues can go on.
setup-entry = Set up step by step
setup-entry-lead = Your identity provider’s own words, its metadata by address or as a file, a test, and your domain.
setup-steps = Steps
setup-step-of = Step { $number } of { $count }
setup-step-provider = Identity provider
setup-step-cards = At your provider
setup-step-other-side = Your provider’s data
setup-step-attributes = Attributes and roles
setup-step-test = Test
setup-step-domain = Domain
setup-step-activate = Activate
setup-done = done
setup-next = Continue
setup-keep = Save and continue
setup-incomplete = Still missing:
setup-without-plan = The organization’s plan does not include single sign-on. Ask the operator of this service.

# Where it begins.
setup-there = Connections that are there
setup-go-on = Go on
setup-state-active = active
setup-state-disabled = switched off
setup-state-tested = tested
setup-state-draft = being set up
setup-choose = Connect another one
setup-choose-lead = Which product do your people sign in with?
setup-takes-metadata = imports our metadata: less to copy
setup-somebody-else = Somebody else looks after it?
setup-somebody-else-lead = Send them a link. It leads to this set-up and to nothing else, needs no account, and can be withdrawn.
setup-make-link = Make a link

# At the other product.
setup-cards = The steps there
setup-card-of = Card { $number } of { $count }
setup-in-console = Begin at { $path }
setup-card-done = Done, continue
setup-card-open = Do this again
setup-traps = What goes wrong easily
setup-bring-back = Keep this page of your provider open. What it shows is entered under

# The box for the other side.
setup-box-lead = Now tell us about your identity provider. Metadata is best: it says everything at once.
setup-box = Give it here
setup-box-again = Give something else
setup-ways = { $product } shows one of these:
setup-pasted = Metadata URL, metadata XML or certificate
setup-pasted-hint = Paste whichever you have. You see what was understood before anything is saved. Never paste a private key.
setup-file = Or choose a file
setup-by-hand = Enter it by hand
setup-by-hand-lead = These three, if you have no metadata.
setup-certificate-hint = As text from BEGIN to END, or base64; several at once are fine.
setup-certificate-life = How long the certificate lives
setup-look = Show what is understood
setup-understood = This is what we understood
setup-kept = What we know
setup-source = Read from
setup-entity = Identity provider
setup-entity-lead = This metadata describes several identity providers. Choose yours.
setup-entity-choose = Choose one
setup-name = Name
setup-entity-id = Issuer (entity ID)
setup-sign-on-address = Sign on URL
setup-sign-out-address = Sign out URL
setup-certificate = Certificate
setup-days-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
setup-ended = ended { $when }

# What should be known about it.
setup-note-certificate-ended = A certificate has ended. Ask your provider for the one in use.
setup-note-certificate-ends-soon = A certificate ends within thirty days. Put the next one here before that.
setup-note-certificate-not-yet-valid = A certificate is not valid yet.
setup-note-certificate-left-out = A certificate in the metadata cannot be used and was left out: its key is too short, or of a kind that is not safe.
setup-note-key-left-out = A key in the metadata is not given as a certificate and was left out.
setup-note-metadata-signature-not-checked = The metadata is signed. We take it as you gave it, without checking that signature.
setup-note-metadata-ended = The metadata is no longer valid; fetch it afresh.
setup-note-plain-http = The sign-on address begins with http: what people enter there can be read on the way. Use https.
setup-note-danger-published-key = Everybody can have the private key of this certificate, so anybody could sign in as anybody. Use it for trying things out alone.
setup-note-danger-sha1 = SHA-1 signatures are accepted, which others may forge.
setup-note-sso-not-in-plan = Nobody signs in through it: the plan does not include SAML single sign-on.
setup-note-sha1 = SHA-1 is used there. If your provider signs with SHA-1, sign-ins are refused: choose SHA-256 there.
setup-note-issuer-unusual = The issuer does not look like one of the product that you have chosen. Check that it is the right value.
setup-note-other-product = This looks like { $recognised }, and you have chosen { $chosen }. If that is wrong, go back to the first step.

# What is wrong with it.
setup-fault-missing = This is needed.
setup-fault-paste-empty = Paste something here, or enter the three values by hand.
setup-fault-paste-too-large = This is larger than a megabyte, which no certificate and no provider’s metadata is.
setup-fault-paste-private-key = This is a private key. It must never leave your identity provider: we have not kept it, and you should replace it. Give the certificate instead.
setup-fault-paste-certificate-request = This is a request for a certificate, not a certificate.
setup-fault-paste-public-key = This is a public key alone. Give the certificate that holds it.
setup-fault-paste-pkcs7 = This is a PKCS#7 bundle. Export the certificate alone, as Base-64 encoded X.509 (.cer).
setup-fault-paste-pkcs12 = This is a PKCS#12 file (.pfx, .p12), which usually holds a private key. We have not kept it. Export the certificate alone.
setup-fault-paste-fingerprint = This is a certificate’s fingerprint. Give the certificate itself.
setup-fault-paste-damaged = A part of the certificate is missing. Copy it whole, from BEGIN to END.
setup-fault-paste-unrecognised = This is neither an address, nor metadata, nor a certificate.
setup-fault-own-metadata = This is our own metadata, which your identity provider needs. Here we need your identity provider’s metadata.
setup-fault-metadata-of-a-service-provider = This is the metadata of a service provider. What is needed is the identity provider’s.
setup-fault-metadata-without-identity-provider = This metadata describes no SAML 2.0 identity provider.
setup-fault-metadata-expired = This metadata is no longer valid. Fetch it afresh from your identity provider.
setup-fault-not-metadata = This is XML, but not metadata. Open the metadata’s address in a browser and compare.
setup-fault-paste-web-page = This is a web page, not metadata. If the page leads to the metadata (XML), give that address, or the file that it downloads.
setup-fault-metadata-without-sign-on-endpoint = The metadata names no sign-on address for HTTP-Redirect or HTTP-POST.
setup-fault-metadata-entity-id = The metadata’s entityID is missing, empty or too long.
setup-fault-xml-syntax = This is not well-formed XML.
setup-fault-key-too-short = The certificate’s RSA key has fewer than 2048 bits, which is not safe. Let your identity provider make a new certificate.
setup-fault-address-of-a-certificate = This is the address of a certificate, not of metadata. Paste the certificate itself, and enter the other two values by hand.
setup-fault-address-without-scheme = An address begins with https:// (or http://). Put that in front of it.
setup-fault-fetch-no-connection = Nobody answers at { $url }. Check the address. If it is right, this server cannot reach it: then paste the metadata itself.
setup-fault-fetch-no-answer = { $url } gave no answer. Try again, or paste the metadata itself.
setup-fault-fetch-status = There is no metadata at { $url }: the server answered “{ $status }”. Open the address in a browser and compare, or paste the metadata itself.

# Attributes and roles.
setup-attributes-lead = Usually there is nothing to do here.
setup-attributes-needed = What we need
setup-attribute-part = What
setup-attribute-came = Came in the last test
setup-attribute-name = Attribute name, if it is another
setup-attribute-also = also understood: { $names }
setup-attribute-absent = nothing
setup-sent = Everything that was sent in the last test
setup-sent-later = After the test you see what really came.
setup-roles = Roles
setup-roles-lead = A group gives a role. The first rule that fits counts, and it is looked at anew at each sign-in. Without rules nobody’s role changes.
setup-group = Group, exactly as it is sent
setup-role = Role
setup-default-role = Role of everybody else
setup-default-role-hint = Nobody becomes an administrator by default.

# The test.
setup-test-lead = Sign in once as a test, in this browser, as one of your people would.
setup-test-title = Test sign-in
setup-test-harmless = It touches nobody: no member is made or changed, and you are signed in nowhere by it. It can be repeated.
setup-test-begin = Test the connection
setup-test-again = Test again
setup-test-done = The test passed on { $when }.
setup-test-errors = { $product }: what it may say when something is not right yet

# The domain.
setup-domain-lead = Proving a domain takes one record in DNS.

# Activating.
setup-notice-draft = The settings with which members sign in now are replaced by these.
setup-notice-undo = You can switch it off again at once, and go back to older settings.
setup-untested = It has not been tested with these settings:
setup-activate = Activate
setup-activate-untested = Activate without a test
setup-active-title = It is active
setup-active = Members sign in through your identity provider.
setup-active-try = Try it: begin in the application, with an e-mail address of yours.
setup-active-no-domain = Until a domain is proved, nobody is found by their e-mail address. Prove yours:
setup-active-open = Open the application
setup-to-panel = To single sign-on
setup-not-by-link = Everything is prepared. An administrator of your organization, or whoever sent you the link, activates it: a link may do so only for an organization whose domain has been proved, and the first time alone.

# Setup links.
setup-links = Setup links
setup-links-lead = Whoever has such a link sets this connection up, and can do nothing else.
setup-links-there = Links
setup-link-new = A new link
setup-link-made = The link
setup-link-made-lead = Send it to whoever is to use it. It is not shown again. Several people may open it until it ends.
setup-link-purpose = For
setup-purpose-connection = the whole set-up
setup-purpose-test = a test sign-in
setup-purpose-domain = proving a domain
setup-link-good-for = Good for
setup-link-email = For whom (optional)
setup-link-email-hint = An e-mail address, for this list alone: nothing is sent.
setup-link-email-fault = Enter a whole e-mail address, such as ada@acme.example.
setup-link-state = State
setup-link-until = Ends
setup-link-waiting = not opened yet
setup-link-opened = opened
setup-link-expired = ended
setup-link-revoked = withdrawn
setup-link-revoke = Withdraw
setup-door-connection = You have been asked to connect your organization’s identity provider. It takes about ten minutes, and you can stop in between.
setup-door-test = You have been asked to sign in once as a test, to see whether single sign-on works. Nothing changes by it.
setup-door-domain = You have been asked to prove that a domain is your organization’s, by a record in DNS.
setup-door-until = The link works until { $when }.
setup-door-open = Begin
setup-over-title = This link does not work any more
setup-over-expired = Its time is over. Ask whoever sent it for another one.
setup-over-revoked = It has been withdrawn. Ask whoever sent it for another one.
setup-over-unknown = There is no such link. Copy the whole address, or ask whoever sent it for another one.
setup-closed-title = Open your link again
setup-closed = Nothing is being set up in this browser, or the link that you opened is over. Open the link that you were sent; what was done is kept.
setup-finished-title = Everything is done
setup-finished = The connection is active, so this link has done its work. Whoever administers your organization can make another one.
