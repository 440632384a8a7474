team-empty = Nobody is a member yet. Invite the first one below.
team-search = Find a member by name or e-mail address
team-search-go = Find
team-search-all = Show all
team-search-none = Nobody’s name or e-mail address contains “{ $sought }”.
team-member = Member
team-role = Role
team-state = State
team-active = active
team-deactivated = deactivated
team-deactivate = Deactivate
team-reactivate = Reactivate
team-remove = Remove
team-remove-sure = Remove this member? Their sessions end at once.
team-invite = Invite
team-invite-lead = Members come in through single sign-on. Administrators also come into this console, by a link or by a code that is sent to them.
team-name = Name (optional)
team-invited = { $email } has been invited.
team-invited-link = Give them this link. It works once, for seven days, and is not shown again.
team-invited-by-operator = This service sends no mail, so its operator has to give them a link into the console.
team-mail-subject = You are invited to { $product }
team-mail-text =
    You are invited to administer { $organization } in { $product }.

    Open this link and press the button. It works once, for seven days:
    { $link }
done-member-deactivated = The member has been deactivated; their sessions have ended.
done-member-reactivated = The member can sign in again.
done-member-removed = The member has been removed.
