team-empty = No members yet. Invite your first one.
team-search = Find a member by name or email address
team-search-button = Search
team-search-all = Show all members
team-search-none = No members match “{ $query }”.
team-filter-any = All
team-filter-none = No members match.
team-member = Member
team-role = Role
team-state = Status
team-active = Active
team-state-invited = Invited
team-deactivated = Deactivated
team-deactivate = Deactivate
team-reactivate = Reactivate
team-remove = Remove
team-remove-confirm = Remove { $member }? They’ll be signed out immediately.
team-invite = Invite member
team-invite-lead = Members sign in with SSO. Admins can also sign in to this console with a link or an emailed code.
team-name = Name (optional)
team-invited = { $email } has been invited.
team-added = { $email } can sign in with SSO. We don’t email members, so let them know.
team-invited-link = Share this link. It can be used once, expires in 7 days, and won’t be shown again.
team-invited-by-operator = This service doesn’t send email. Ask its operator to create a console link for this person.
team-mail-subject = You’re invited to { $product }
team-mail-text =
    You’ve been invited to administer { $organization } in { $product }.

    Open this link to sign in. It can be used once and expires in 7 days:
    { $link }
done-member-deactivated = Member deactivated and signed out.
done-member-reactivated = Member reactivated. They can sign in again.
done-member-removed = Member removed.
