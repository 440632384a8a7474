# Pages for operators only.
operator-organizations = Organizations
operator-organizations-empty = No organizations yet. Create your first one below.
operator-organizations-none = No organizations match.
operator-search = Find an organization by name or slug
operator-plan-any = All plans
operator-sso = SSO
operator-sso-any = All
operator-sso-enforced = Enforced
operator-sso-active = A connection is active
operator-sso-inactive = No connection is active
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
operator-plan-question = Change { $organization } to the plan { $plan }?
operator-plan-connections = The plan doesn’t include SAML single sign-on. These connections stop working immediately: { $names }.
operator-plan-accounts = { $count ->
    [0] No member has signed in through them yet.
    [one] { $count } member has signed in through them and can no longer sign in.
   *[other] { $count } members have signed in through them and can no longer sign in.
}
operator-plan-sessions = { $count ->
    [0] No session ends.
    [one] { $count } session ends immediately.
   *[other] { $count } sessions end immediately.
}
operator-plan-undo = Settings and members are kept. With a plan that includes SAML single sign-on, the connections work again.
operator-plan-enforced = SSO is enforced, so members can’t sign in until the plan changes or SSO enforcement is turned off.
operator-plan-button = Change plan
operator-added-at = Added
operator-create = Create organization
operator-settings = Settings
operator-deployment = Deployment
operator-operators = Operators
operator-operators-lead = Operators can see and change everything. They can’t sign in through an organization’s identity provider.
operator-invite = Invite operator
operator-remove = Remove
operator-remove-question = Remove { $operator }?
operator-remove-effect = 1 person loses access: { $operator } is signed out immediately and can no longer see or change any organization as an operator.
operator-remove-button = Remove operator
operator-own-row = You can’t remove yourself. Ask another operator.
operator-link-created = Share this link. It can be used once, expires in 7 days, and won’t be shown again.
operator-audit-log = Audit log
operator-first-title = Become the first operator
operator-first-lead = This deployment has no operators yet. Enter your email address. You can invite other operators later.
operator-invited-title = You’re invited as an operator
done-operator-removed = Operator removed.
done-organization-created = Organization created.
operator-health = Health
operator-health-lead = Organizations that need attention, the most urgent first.
operator-health-none = No organization needs attention.
operator-health-none-yet = No organization on this page. Show more to continue.
operator-health-issue = Issue
operator-health-any = Any issue
operator-health-everything = All organizations, including healthy ones
operator-health-kind-plan-mismatch = Plan without SSO
operator-health-kind-all-sign-ins-rejected = No successful sign-ins
operator-health-kind-certificate-expired = Certificate expired
operator-health-kind-domain-lost = Domain no longer verified
operator-health-kind-certificate-expiring = Certificate expires soon
operator-health-kind-most-sign-ins-rejected = Most sign-ins failed
operator-health-kind-domain-record-missing = DNS record missing
operator-health-kind-stale-draft = Unfinished setup
operator-health-needs-attention = Needs attention
operator-health-connections = Connections
operator-health-last-24-hours = Last 24 hours
operator-health-last-7-days = Last 7 days
operator-health-healthy = Healthy
operator-health-counts = { $accepted } accepted, { $rejected } rejected
operator-health-most-frequent-code = Most frequent: { $code }
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
