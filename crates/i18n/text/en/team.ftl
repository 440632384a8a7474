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
team-deactivate-effect = 1 member loses access: { $member }. Their sessions and tokens end immediately, in this console too, and they can’t sign in to { $organization } any more. An application may keep its own session until it checks.
team-deactivate-question = Deactivate { $member }?
team-deactivate-undo = The member and its data are kept. You can reactivate the member at any time.
team-deactivate-button = Deactivate member
team-remove-question = Remove { $member }?
team-remove-effect = 1 member loses access: { $member }. Their sessions and tokens for { $organization } end immediately, in this console too. An application may keep its own session until it checks.
team-remove-undo = You can’t undo this. The person can join again with an invitation, or through a connection that admits new members. Applications then see a new member.
team-remove-button = Remove member
team-resend = Resend invitation
team-withdraw = Withdraw invitation
team-withdraw-question = Withdraw the invitation of { $member }?
team-withdraw-effect = 1 person is no longer invited: { $member }. The person is removed from this list. You can invite them again.
team-withdraw-link = If the person has received a link into this console, it stops working.
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
done-members-merged = Members merged.
done-account-move-started = Move started.
done-account-move-undone = Move undone.
member-back = All members
member-duplicate-title = Same verified email address.
member-duplicate-lead = { $member } also has { $email }. If both are the same person, merge them.
member-duplicate-view = View the other member
member-merge-review = Review merge
member-profile = Profile
member-id = Member ID (sub)
member-accounts = Accounts at identity providers
member-accounts-none = This member has no account at a present connection.
member-account-connection = Connection
member-merge-title = Merge two members?
member-merge-accounts = The member who stays receives the accounts of the other one at identity providers, and keeps the role and profile.
member-merge-deleted = The other member is deleted and signed out. This can’t be undone.
member-merge-application = The application knows the other member by another sub. Move the data that it has stored there.
member-merge-role = If { $survivor } stays, the role “{ $role }” of the other member is lost: { $survivor } keeps the role “{ $kept }”.
member-merge-codes = { $count ->
    [one] If { $survivor } stays, { $count } unused recovery code of the other member stops working.
   *[other] If { $survivor } stays, { $count } unused recovery codes of the other member stop working.
}
member-merge-console = If { $survivor } stays, the other member’s own ways to sign in to this console (emailed code, link, passkey) don’t go to { $survivor }.
member-merge-choose = Member who stays
member-merge-button = Merge members
account-move-title = Move members to another connection
account-move-lead = Members are recognized by their account at a connection. When your company changes its identity provider, a move lets them keep their membership: at the first sign-in through the new connection, a member is found by the verified email address.
account-move-one-connection = This needs a second connection. Set it up first.
account-move-from = Connection used now
account-move-to = New connection
account-move-preview = Preview
account-move-movable = { $movable } of { $members } members keep their membership when they sign in through the new connection.
account-move-keeps-old = While the connection used now is active, they can also sign in through it.
account-move-undo-hint = You can undo the move. It ends after 90 days.
account-move-others = Members who are not moved
account-move-reason = Reason
account-move-start = Move { $movable } members
account-move-list = Moves
account-move-route = Connections
account-move-moved = Moved so far
account-move-open = Open
account-move-expired = Expired
account-move-undone = Undone
account-move-undo = Undo
account-move-undo-question = Undo the move from { $from } to { $to }?
account-move-undo-effect = { $count ->
    [one] { $count } member loses the account at the new connection and is signed out.
   *[other] { $count } members lose the account at the new connection and are signed out.
}
account-move-undo-then = They can then sign in through { $from }, if it is active. Through { $to }, they are not recognized any more.
account-move-deactivated = Deactivated
account-move-no-verified-email = No verified email address
account-move-has-account = Has an account at the new connection already
account-move-same-email = Another member has the same email address. Merge them first.
done-invitation-withdrawn = Invitation withdrawn.
