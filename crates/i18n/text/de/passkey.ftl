# Passkeys, stored on a device or a security key.
passkey-title = Passkeys
passkey-lead = Melden Sie sich mit Fingerabdruck, Gesicht oder Geräte-PIN an. Nichts einzutippen, nichts abzuphishen.
passkey-manage = Passkeys verwalten
passkey-none = Sie haben noch keine Passkeys.
passkey-name = Name
passkey-name-hint = Wählen Sie einen Namen, den Sie wiedererkennen, zum Beispiel „Laptop“ oder „Blauer Sicherheitsschlüssel“.
passkey-name-first = Mein Gerät
passkey-created-at = Erstellt
passkey-last-used-at = Zuletzt verwendet
passkey-never-used = Nie
passkey-add = Passkey hinzufügen
passkey-rename = Umbenennen
passkey-remove = Entfernen
passkey-remove-named = { $name } entfernen
passkey-remove-question = { $name } entfernen?
passkey-remove-effect = Nur Sie sind betroffen: Sie können sich mit diesem Passkey nicht mehr anmelden. Ihre anderen Passkeys, Codes per E-Mail und Links funktionieren weiterhin.
passkey-remove-button = Passkey entfernen
passkey-sign-in = Mit einem Passkey anmelden
passkey-unsupported = Dieser Browser unterstützt keine Passkeys oder blockiert Skripte. Verwenden Sie einen aktuellen Browser, oder melden Sie sich mit einem Code per E-Mail an.
passkey-unavailable = Passkeys sind unter dieser Adresse nicht verfügbar. Sie benötigen einen Hostnamen, und dies ist eine IP-Adresse.
problem-passkey-not-by-sso = Sie haben sich mit SSO angemeldet. Um Ihre Passkeys zu ändern, melden Sie sich mit einem Code oder einem Link an.
passkey-failed = Die Passkey-Anfrage wurde abgebrochen. Versuchen Sie es erneut, oder verwenden Sie eine andere Methode.
passkey-error-invalid-fields = Geben Sie einen Namen mit 1 bis 60 Zeichen ein.
passkey-error-passkey-already-registered = Sie haben auf diesem Gerät bereits einen Passkey.
passkey-error-passkey-challenge-expired = Diese Passkey-Anfrage ist abgelaufen oder wurde bereits verwendet. Versuchen Sie es erneut.
passkey-error-passkey-rejected = Dieser Passkey wurde nicht akzeptiert. Versuchen Sie es erneut, oder verwenden Sie eine andere Methode.
passkey-error-passkey-unknown = Dieser Passkey ist nicht mehr registriert. Melden Sie sich mit einer anderen Methode an, und entfernen Sie den Passkey dann von Ihrem Gerät.
passkey-error-too-many-passkeys = Sie haben das Limit von 20 Passkeys erreicht. Entfernen Sie einen, den Sie nicht mehr verwenden.
passkey-error-no-passkeys = Passkeys sind unter dieser Adresse nicht verfügbar.

# Confirmations.
done-passkey-added = Passkey hinzugefügt. Sie können ihn bei Ihrer nächsten Anmeldung verwenden.
done-passkey-removed = Passkey entfernt. Entfernen Sie ihn auch von Ihrem Gerät.
