# Pages for operators only.
operator-organizations = Organizations
operator-organizations-empty = No organizations yet. Create your first one below.
operator-no-sso = No SSO
operator-new-organization = New organization
operator-name = Name
operator-slug = Slug
operator-slug-optional = Slug (optional)
operator-slug-default = If you leave it empty, we make one from the name.
operator-slug-taken = Another organization already uses this slug. Choose another one.
operator-slug-missing = Enter a slug: the name contains no letters from a to z or digits to make one from.
operator-name-taken = An organization with this name or a similar one already exists. Choose another name, or enter a slug.
operator-slug-hint = Used in URLs. Applications send it as the organization parameter.
operator-plan = Plan
operator-plan-hint = Without SAML single sign-on in the plan, the organization’s connections stop working immediately.
operator-added-at = Added
operator-create = Create organization
operator-settings = Settings
operator-deployment = Deployment
operator-operators = Operators
operator-operators-lead = Operators can see and change everything. They can’t sign in through an organization’s identity provider.
operator-invite = Invite operator
operator-remove = Remove
operator-remove-confirm = Remove { $operator }? They’ll be signed out immediately.
operator-link-created = Share this link. It can be used once, expires in 7 days, and won’t be shown again.
operator-audit-log = Audit log
operator-first-title = Become the first operator
operator-first-lead = This deployment has no operators yet. Enter your email address. You can invite other operators later.
operator-invited-title = You’re invited as an operator
done-operator-removed = Operator removed.
done-organization-created = Organization created.
operator-health = Health
operator-health-lead = { $needing_attention } of { $total } organizations need attention.
operator-health-needs-attention = Needs attention
operator-health-connections = Connections
operator-health-last-24-hours = Last 24 hours
operator-health-last-7-days = Last 7 days
operator-health-healthy = Healthy
operator-health-counts = { $accepted } accepted, { $rejected } rejected
operator-health-most-frequent-code = Most frequent: { $code }
operator-health-first-shown = Showing the first { $shown } organizations. The list of organizations shows all of them.
operator-health-sso-not-in-plan = The plan doesn’t include single sign-on, so members can’t sign in
operator-health-all-rejected = No successful sign-in in the last 24 hours
operator-health-mostly-rejected = More sign-ins failed than succeeded
operator-health-certificate-expired = The certificate of { $connection } has expired
operator-health-certificate-expires = The certificate of { $connection } expires { $days ->
    [0] today
    [one] in { $days } day
   *[other] in { $days } days
}
operator-health-domain-lost = { $domain } is no longer verified
operator-health-record-missing = The DNS record of { $domain } is missing
operator-health-unfinished = { $connection } has been unfinished for more than a week
