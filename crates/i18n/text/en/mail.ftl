# Emails that the server sends on its own.
mail-domain-lost-subject = { $domain } is no longer verified
mail-domain-lost-text =
    The DNS record { $record }, which verifies { $domain } for { $organization } in { $product }, has been missing for three days.

    Until you add it again, email addresses in { $domain } are not trusted, and people who enter one are not routed to your single sign-on.

    See the record to add and what we found: { $address }
