# Emails that the server sends on its own.
mail-domain-lost-subject = { $domain } ist nicht mehr verifiziert
mail-domain-lost-text =
    Der DNS-Eintrag { $record }, mit dem { $domain } für { $organization } in { $product } verifiziert ist, fehlt seit drei Tagen.

    Bis Sie ihn wieder hinzufügen, gelten E-Mail-Adressen in { $domain } nicht als vertrauenswürdig, und Personen, die eine solche Adresse eingeben, werden nicht zu Ihrem Single Sign-On geleitet.

    Hier sehen Sie den benötigten Eintrag und was wir gefunden haben: { $address }
