# Mails, die der Server von sich aus sendet.
mail-domain-lost-subject = { $domain } gilt nicht mehr als Ihre Domain
mail-domain-lost-text =
    Der Eintrag { $record }, mit dem { $organization } { $domain } gegenüber { $product } nachgewiesen hat, fehlt seit drei Tagen.

    Bis er wieder da ist, wird E-Mail-Adressen in { $domain } nicht vertraut, und wer eine eingibt, wird nicht zu Ihrem Single Sign-On geleitet.

    Was zu veröffentlichen ist und was wir jetzt sehen: { $address }
