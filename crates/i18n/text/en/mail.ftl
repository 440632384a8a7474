# Emails that the server sends on its own.
mail-domain-lost-subject = { $domain } is no longer verified
mail-domain-lost-text =
    The DNS record { $record }, which verifies { $domain } for { $organization } in { $product }, has been missing for three days.

    Until you add it again, email addresses in { $domain } are not trusted, and people who enter one are not routed to your single sign-on.

    See the record to add and what we found: { $address }
mail-activation-subject = Activation of { $connection } requested for { $organization }
mail-activation-text =
    The recipient of a setup link has set up the connection { $connection } for { $organization } in { $product }, and asks you to activate it.

    Setup link sent to: { $recipient }
    Setup link created by: { $creator }

    An active connection can sign people in as members of { $organization }. Confirm only if you expect this request and know the identity provider. Until you confirm, the connection stays inactive.

    Confirm or decline: { $address }
mail-activated-subject = { $connection } is active for { $organization }
mail-activated-text =
    The recipient of a setup link has activated the connection { $connection } for { $organization } in { $product }. Members can now sign in through it.

    Setup link sent to: { $recipient }
    Setup link created by: { $creator }

    Until an admin confirms the connection, no one becomes an admin through it. If you don’t expect this, disable the connection.

    Confirm or disable: { $address }
mail-recovery-subject = A recovery code was used for { $organization }
mail-recovery-text =
    { $member } signed in to the console of { $organization } in { $product } with a recovery code. This admin has { $codes } unused codes left.

    If you don’t expect this, deactivate the member and generate new recovery codes.

    See SSO enforcement and recovery codes: { $address }
mail-enforced-subject = SSO is now enforced for { $organization }
mail-enforced-text =
    { $who } enforced SSO for { $organization } in { $product }. All members now have to sign in through your identity provider.

    See who is affected, or turn it off: { $address }
mail-not-enforced-subject = SSO is no longer enforced for { $organization }
mail-not-enforced-text =
    { $who } turned off SSO enforcement for { $organization } in { $product }. Members with another sign-in method can use it again.

    See SSO enforcement: { $address }
mail-activation-unknown = not known
