# Passkeys: was ein Gerät oder ein Sicherheitsschlüssel aufbewahrt, um jemanden anzumelden.
passkey-title = Passkeys
passkey-lead = Mit einem Passkey melden Sie sich per Fingerabdruck, Gesicht oder mit dem Code Ihres Geräts an. Es gibt nichts einzutippen und nichts, was uns gestohlen werden könnte.
passkey-manage = Ihre Passkeys ansehen
passkey-none = Sie haben noch keine Passkeys.
passkey-name = Name
passkey-name-hint = Damit Sie ihn später erkennen, zum Beispiel „Laptop“ oder „Blauer Sicherheitsschlüssel“.
passkey-name-first = Mein Gerät
passkey-made = Erstellt
passkey-used = Zuletzt benutzt
passkey-never = nie
passkey-add = Passkey hinzufügen
passkey-rename = Umbenennen
passkey-remove = Entfernen
passkey-remove-this = { $name } entfernen
passkey-remove-sure = Danach meldet sich niemand mehr mit diesem Passkey an. Entfernen?
passkey-use = Passkey verwenden
passkey-no-browser = Dieser Browser bietet keine Passkeys, oder er führt hier keine Skripte aus. Verwenden Sie einen aktuellen Browser, oder bleiben Sie bei Codes per E-Mail.
passkey-not-here = Unter dieser Adresse gibt es keine Passkeys: Browser binden sie an einen Hostnamen, und dies ist eine Nummer.
problem-passkey-not-by-sso = Sie sind über Ihre Organisation hereingekommen. Um Ihre Passkeys zu ändern, melden Sie sich mit einem Code oder einem Link an.
passkey-failed = Der Vorgang wurde nicht abgeschlossen. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.
passkey-fault-invalid-fields = Geben Sie ihm einen Namen von 1 bis 60 Zeichen.
passkey-fault-passkey-known = Dieses Gerät hat schon einen Passkey von Ihnen.
passkey-fault-passkey-challenge-expired = Das hat länger als fünf Minuten gedauert oder wurde schon getan. Versuchen Sie es noch einmal.
passkey-fault-passkey-refused = Dieser Passkey wurde nicht akzeptiert. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.
passkey-fault-passkey-unknown = Dieser Passkey ist hier nicht mehr bekannt. Wählen Sie einen anderen Weg, und entfernen Sie ihn dann von Ihrem Gerät.
passkey-fault-too-many-passkeys = Sie haben 20 Passkeys. Entfernen Sie einen, den Sie nicht mehr benutzen.
passkey-fault-no-passkeys = Unter dieser Adresse gibt es keine Passkeys.

# Was gerade getan wurde.
done-passkey-added = Der Passkey ist hinzugefügt: Verwenden Sie ihn bei der nächsten Anmeldung.
done-passkey-removed = Der Passkey ist entfernt. Entfernen Sie ihn auch von Ihrem Gerät.
