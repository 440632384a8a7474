# Mails die de server uit zichzelf verstuurt.
mail-domain-lost-subject = { $domain } geldt niet meer als uw domein
mail-domain-lost-text =
    Het record { $record }, waarmee { $organization } { $domain } aan { $product } heeft aangetoond, ontbreekt al drie dagen.

    Zolang het ontbreekt, worden e-mailadressen in { $domain } niet geloofd en worden mensen die er een invullen niet naar uw single sign-on geleid.

    Wat u moet publiceren en wat wij nu zien: { $address }
