# What operators alone see: English is enough.
operator-organizations = Organizations
operator-organizations-empty = There is no organization yet. Make the first one below.
operator-without-sso = without single sign-on
operator-new-organization = New organization
operator-name = Name
operator-slug = Slug
operator-name-taken = There is an organization of this name already, or one whose address ends alike. Choose another name.
operator-slug-hint = Its name in addresses. Applications send it as the organization parameter.
operator-plan = Plan
operator-plan-hint = A plan without SAML single sign-on stops the organization’s connections at once.
operator-since = Since
operator-create = Create
operator-settings = Settings
operator-deployment = Deployment
operator-operators = Operators
operator-operators-lead = Operators see and change everything. They never come in through an organization’s identity provider.
operator-invite = Invite an operator
operator-remove = Remove
operator-remove-sure = Remove this operator? Their sessions end at once.
operator-link-made = Give this link to the person. It works once, for seven days, and is not shown again.
operator-trail = Audit trail
operator-first-title = Become the first operator
operator-first-lead = Nobody runs this deployment yet. Enter your e-mail address; you can invite others afterwards.
operator-invited-title = You are invited as an operator
done-operator-removed = The operator has been removed.
done-organization-created = The organization has been created.
operator-health = Health
operator-health-lead = { $need } of { $all } organizations need a hand. They come first.
operator-health-needs = What needs a hand
operator-health-connections = Connections
operator-health-day = Last 24 hours
operator-health-week = Last 7 days
operator-health-well = well
operator-health-tally = { $accepted } accepted, { $refused } refused
operator-health-code = mostly { $code }
operator-health-rest = Only the first { $shown } are shown here; all are on the list of organizations.
operator-health-plan = The plan does not include single sign-on, so nobody comes in
operator-health-nobody = Nobody has come in during the last 24 hours
operator-health-most = More sign-ins are refused than accepted
operator-health-over = The certificate of { $connection } has expired
operator-health-ends = The certificate of { $connection } expires { $days ->
    [0] today
    [one] in { $days } day
   *[other] in { $days } days
}
operator-health-lost = { $domain } is no longer verified
operator-health-missing = The record of { $domain } is missing
operator-health-draft = { $connection } has been left unfinished for more than a week
