# Passkeys, stored on a device or a security key.
passkey-title = Passkeys
passkey-lead = Log in met je vingerafdruk, gezicht of de pincode van je apparaat. Niets om te typen, niets om te phishen.
passkey-manage = Passkeys beheren
passkey-none = Je hebt nog geen passkeys.
passkey-name = Naam
passkey-name-hint = Kies een naam die je herkent, zoals “Laptop” of “Blauwe beveiligingssleutel”.
passkey-name-first = Mijn apparaat
passkey-created-at = Gemaakt
passkey-last-used-at = Laatst gebruikt
passkey-never-used = Nooit
passkey-add = Passkey toevoegen
passkey-rename = Naam wijzigen
passkey-remove = Verwijderen
passkey-remove-named = { $name } verwijderen
passkey-remove-question = { $name } verwijderen?
passkey-remove-effect = Dit treft alleen jou: je kunt niet meer met deze passkey inloggen. Je andere passkeys, codes per e-mail en links blijven werken.
passkey-remove-button = Passkey verwijderen
passkey-sign-in = Inloggen met een passkey
passkey-unsupported = Deze browser ondersteunt geen passkeys of blokkeert scripts. Gebruik een recente browser of log in met een code per e-mail.
passkey-unavailable = Passkeys zijn niet beschikbaar op dit adres. Ze hebben een hostnaam nodig en dit is een IP-adres.
problem-passkey-not-by-sso = Je hebt ingelogd met SSO. Log in met een code of een link om je passkeys te wijzigen.
passkey-failed = Het passkeyverzoek is geannuleerd. Probeer het opnieuw of gebruik een andere methode.
passkey-error-invalid-fields = Voer een naam van 1 tot 60 tekens in.
passkey-error-passkey-already-registered = Je hebt al een passkey op dit apparaat.
passkey-error-passkey-challenge-expired = Dit passkeyverzoek is verlopen of al gebruikt. Probeer het opnieuw.
passkey-error-passkey-rejected = Deze passkey is niet geaccepteerd. Probeer het opnieuw of gebruik een andere methode.
passkey-error-passkey-unknown = Deze passkey is niet meer geregistreerd. Log in met een andere methode en verwijder de passkey daarna van je apparaat.
passkey-error-too-many-passkeys = Je hebt het maximum van 20 passkeys bereikt. Verwijder er een die je niet meer gebruikt.
passkey-error-no-passkeys = Passkeys zijn niet beschikbaar op dit adres.

# Confirmations.
done-passkey-added = Passkey toegevoegd. Je kunt hem gebruiken als je weer inlogt.
done-passkey-removed = Passkey verwijderd. Verwijder hem ook van je apparaat.
