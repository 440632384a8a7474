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
mail-activation-unknown = not known
