# Domains of an organization.
domain-title = Domains
domain-lead = Email addresses in verified domains are trusted and routed to your SSO.
domain-none = No domains yet. Add the domain of your email addresses.
domain-add-title = New domain
domain-name = Domain
domain-name-hint = The part after the @ in your email addresses, like company.example.
domain-add = Add domain
domain-verify-manually = Mark as verified (skip the DNS check)
domain-state-pending = Pending
domain-state-in-use = In use by another organization
domain-state-verified = Verified
domain-state-missing = Record missing
domain-state-lost = No longer verified
domain-verified-manually = The operator of this service verified this domain manually. No DNS record is needed.
domain-public-mail = Anyone can get a mailbox in this domain. Add only domains that belong to your organization.
domain-add-record = Add this TXT record to your domain’s DNS and keep it there. We check it every day.
domain-keep-record = Keep this TXT record in your DNS. We check it every day.
domain-propagation-hint = New records usually appear within minutes, but can take several hours.
domain-demo-dns = In the demo, a page stands in for your domain’s DNS.
domain-demo-dns-link = Add the record to the demo DNS
domain-record-type = Type
domain-record-name = Name
domain-record-name-hint = Some DNS providers append the domain automatically. In that case, enter only { $short }.
domain-record-value = Value
domain-check = Check record
domain-remove = Remove domain
domain-remove-question = Remove { $domain }?
domain-remove-members = { $count ->
    [0] No member has a verified email address in this domain.
    [one] The email address of { $count } member will no longer be verified.
   *[other] The email addresses of { $count } members will no longer be verified.
}
domain-remove-effect = People who enter an address in this domain are no longer routed to your SSO. To add the domain again, you have to verify it again.
domain-never-checked = Not checked yet.
domain-checked = Checked { $when }
domain-result-none = No TXT record found for this name.
domain-result-records = Found { $count ->
    [one] this TXT record:
   *[other] these { $count } TXT records:
}
domain-result-expected = Correct
domain-result-failure = The DNS lookup failed: { $failure }. This doesn’t mean that the record is wrong. We’ll check again.
domain-missing = The record has been missing since { $when }. If it stays missing for three days, the domain is no longer verified. Add it again.
domain-lost = The record has been missing since { $when }, so the domain is no longer verified. Add the record again to restore it.
domain-in-use = The record is correct, but another organization had already verified this domain, so it isn’t verified for yours. Have it removed there, then check again, or remove it here.
domain-error-domain-in-use = Another organization already uses this domain. It has to be removed there first. Contact the operator of this service.
domain-error-already-added = This domain is already in the list.
domain-error-invalid-fields = Enter a domain that you own, like company.example, without @. Public suffixes like co.uk can’t be added.
domain-error-url = Enter only the domain, without https:// and without a path: { $domain }
done-domain-added = Domain added. Add the record below to your DNS, then check it.
done-domain-verified = Domain verified.
done-domain-checked = Record checked. See the result below.
done-domain-removed = Domain removed.
domain-error-too-many-domains = 20 domains are already pending. Verify those first, or ask an admin of your organization to remove some.
domain-error-too-many-requests = Too many checks. Wait a minute, then check again.
domain-subdomains-on = Email addresses in subdomains lead to your SSO too. They aren’t verified until you add and verify the subdomain.
domain-subdomains-off = Email addresses in subdomains don’t lead to your SSO.
domain-subdomains-include = Include subdomains
domain-subdomains-exclude = Exclude subdomains
routing-title = Sign-in routing
routing-card = With several active connections, rules choose one by email address. People without a rule choose themselves.
routing-edit = Edit rules
routing-lead = Choose which people sign in through which connection. With one active connection, everyone uses it.
routing-rules-lead = The most specific line decides: an address before a domain, a domain before the subdomains of another. People whom no rule names choose the connection when they sign in.
routing-patterns-hint = One per line: acme.example for a domain, *.acme.example for its subdomains, ada@acme.example for one person.
routing-patterns = Domains and addresses of rule { $number }
routing-connection = Connection of rule { $number }
routing-connection-deleted = Deleted connection
routing-skipped-deleted = Rule { $number } is skipped: its connection was deleted. Choose another connection or empty the rule.
routing-skipped-not-active = Rule { $number } is skipped: its connection isn’t active.
routing-more = To remove a rule, empty it. To add more rules, save first.
routing-edit-conflict = Someone else changed the rules while you edited them. Nothing was saved. Your rules are below: compare them with the saved ones, and save again to replace those.
routing-saved-rules = Rules that are saved now
