# Mails that the server sends by itself.
mail-domain-lost-subject = { $domain } does not count as yours any more
mail-domain-lost-text =
    The record { $record }, by which { $organization } proved { $domain } to { $product }, has been missing for three days.

    Until it is back, e-mail addresses in { $domain } are not believed, and people who enter one are not led to your single sign-on.

    What to publish, and what we see now: { $address }
