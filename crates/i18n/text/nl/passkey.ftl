# Passkeys: wat een apparaat of beveiligingssleutel bewaart om iemand aan te melden.
passkey-title = Passkeys
passkey-lead = Met een passkey meldt u zich aan met uw vingerafdruk, uw gezicht of de code van uw apparaat. U hoeft niets te typen, en er is niets dat bij ons gestolen kan worden.
passkey-manage = Uw passkeys bekijken
passkey-none = U hebt nog geen passkeys.
passkey-name = Naam
passkey-name-hint = Zodat u hem later herkent, bijvoorbeeld “Laptop” of “Blauwe beveiligingssleutel”.
passkey-name-first = Mijn apparaat
passkey-made = Gemaakt
passkey-used = Laatst gebruikt
passkey-never = nooit
passkey-add = Passkey toevoegen
passkey-rename = Naam wijzigen
passkey-remove = Verwijderen
passkey-remove-this = { $name } verwijderen
passkey-remove-sure = Daarna meldt niemand zich nog met deze passkey aan. Verwijderen?
passkey-use = Een passkey gebruiken
passkey-no-browser = Deze browser biedt geen passkeys, of voert hier geen scripts uit. Gebruik een recente browser, of ga verder met codes per e-mail.
passkey-not-here = Op dit adres zijn geen passkeys mogelijk: browsers binden ze aan een hostnaam, en dit is een nummer.
problem-passkey-not-by-sso = U bent via uw organisatie binnengekomen. Meld u met een code of een link aan om uw passkeys te wijzigen.
passkey-failed = Het is niet voltooid. Probeer het opnieuw, of kies een andere manier.
passkey-fault-invalid-fields = Geef een naam van 1 tot 60 tekens.
passkey-fault-passkey-known = Dit apparaat heeft al een passkey van u.
passkey-fault-passkey-challenge-expired = Dit duurde langer dan vijf minuten, of is al gedaan. Probeer het opnieuw.
passkey-fault-passkey-refused = Deze passkey is niet geaccepteerd. Probeer het opnieuw, of kies een andere manier.
passkey-fault-passkey-unknown = Deze passkey is hier niet meer bekend. Kies een andere manier, en verwijder hem daarna van uw apparaat.
passkey-fault-too-many-passkeys = U hebt 20 passkeys. Verwijder er een die u niet meer gebruikt.
passkey-fault-no-passkeys = Op dit adres zijn geen passkeys mogelijk.

# Wat zojuist is gedaan.
done-passkey-added = De passkey is toegevoegd: gebruik hem de volgende keer dat u zich aanmeldt.
done-passkey-removed = De passkey is verwijderd. Verwijder hem ook van uw apparaat.
