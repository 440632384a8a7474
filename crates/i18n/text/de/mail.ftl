# Emails that the server sends on its own.
mail-domain-lost-subject = { $domain } ist nicht mehr verifiziert
mail-domain-lost-text =
    Der DNS-Eintrag { $record }, mit dem { $domain } für { $organization } in { $product } verifiziert ist, fehlt seit drei Tagen.

    Bis Sie ihn wieder hinzufügen, gelten E-Mail-Adressen in { $domain } nicht als vertrauenswürdig, und Personen, die eine solche Adresse eingeben, werden nicht zu Ihrem Single Sign-On geleitet.

    Hier sehen Sie den benötigten Eintrag und was wir gefunden haben: { $address }
mail-activation-subject = Aktivierung von { $connection } für { $organization } angefragt
mail-activation-text =
    Der Empfänger eines Einrichtungslinks hat die Verbindung { $connection } für { $organization } in { $product } eingerichtet und bittet Sie, sie zu aktivieren.

    Einrichtungslink gesendet an: { $recipient }
    Einrichtungslink erstellt von: { $creator }

    Eine aktive Verbindung kann Personen als Mitglieder von { $organization } anmelden. Bestätigen Sie nur, wenn Sie diese Anfrage erwarten und den Identitätsanbieter kennen. Bis Sie bestätigen, bleibt die Verbindung inaktiv.

    Bestätigen oder ablehnen: { $address }
mail-activation-unknown = nicht bekannt
