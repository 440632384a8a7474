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
team-loses-access = 1 member loses access: { $member }. They’re signed out of your applications and this console immediately, and can’t sign in to { $organization } any more.
team-deactivate-question = Deactivate { $member }?
team-deactivate-undo = The member and its data are kept. You can reactivate the member at any time.
team-deactivate-button = Deactivate member
team-remove-question = Remove { $member }?
team-remove-undo = You can’t undo this. If the person joins again, applications see a new member.
team-remove-button = Remove member
team-resend = Resend invitation
team-withdraw = Withdraw invitation
team-withdraw-question = Withdraw the invitation of { $member }?
team-withdraw-effect = 1 person is no longer invited: { $member }. The link in the email stops working, and the person is removed from this list. You can invite them again.
team-invitation-sent = Email sent { $when }
team-invitation-not-sent = No email sent
team-invite = Invite member
team-invite-lead = Members sign in with SSO. Admins can also sign in to this console with a link or an emailed code.
team-name = Name (optional)
team-invited = { $email } has been invited.
team-invited-by-email = We’ve emailed the invitation to { $email }.
team-added = { $email } can sign in with SSO. This service doesn’t send email, so let them know.
team-invited-link = Share this link. It can be used once, expires in 7 days, and won’t be shown again.
team-invited-by-operator = This service doesn’t send email. Ask its operator to create a console link for this person.
team-mail-subject = You’re invited to { $product }
team-mail-text =
    You’ve been invited to administer { $organization } in { $product }.

    Open this link to sign in. It can be used once and expires in 7 days:
    { $link }
team-mail-member-text =
    You’ve been invited to use { $product } with your account at { $organization }.

    Sign in with your company account. You don’t need a password for { $product }.
team-mail-member-link = Start here: { $link }
done-member-deactivated = Member deactivated and signed out.
done-member-reactivated = Member reactivated. They can sign in again.
done-member-removed = Member removed.
done-invitation-withdrawn = Invitation withdrawn.
