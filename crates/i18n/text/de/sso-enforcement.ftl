# SSO enforcement.
sso-enforcement-title = SAML-SSO-Authentifizierung für alle Mitglieder verlangen
sso-enforcement-page-title = SSO-Pflicht
sso-enforcement-lead = Alle Mitglieder müssen sich dann über Ihren Identitätsanbieter anmelden, auch an dieser Konsole. Es werden keine Mitglieder entfernt, und Sie können dies jederzeit wieder aufheben.
sso-enforcement-lead-enforced = Alle Mitglieder müssen sich über Ihren Identitätsanbieter anmelden, auch an dieser Konsole. Sie können dies jederzeit wieder aufheben.
sso-enforcement-button = SSO erzwingen
sso-enforcement-not-active = Aktivieren Sie zuerst die Verbindung.
sso-enforcement-not-tested = Führen Sie zuerst einen erfolgreichen Test mit den aktuellen Einstellungen durch.
sso-enforcement-dry-run = Auswirkungen ansehen
sso-enforcement-impact-preview = Vorschau der Auswirkungen
sso-enforcement-on = Erzwungen
sso-enforcement-status = Status
sso-enforcement-since = Erzwungen von { $who } seit { $when }.
sso-enforcement-view-members = Betroffene Mitglieder ansehen
sso-enforcement-turn-off = SSO-Pflicht aufheben
sso-enforcement-turn-off-lead = Mitglieder mit einer anderen Anmeldemethode können diese sofort wieder verwenden.
sso-enforcement-turn-off-question = SSO-Pflicht für { $organization } aufheben?
sso-enforcement-turn-off-members = { $count ->
    [one] { $count } Mitglied muss sich nicht mehr über Ihren Identitätsanbieter anmelden.
   *[other] { $count } Mitglieder müssen sich nicht mehr über Ihren Identitätsanbieter anmelden.
}
sso-enforcement-turn-off-mail = Admins mit einem Konto für diese Konsole werden per E-Mail informiert.
sso-enforcement-turn-off-undo = Sie können SSO später wieder erzwingen.
sso-enforcement-locked-out = { $count ->
    [one] { $count } Mitglied würde ausgesperrt.
   *[other] { $count } Mitglieder würden ausgesperrt.
}
sso-enforcement-none-locked-out = Es würden keine Mitglieder ausgesperrt.
sso-enforcement-affected-members = Betroffene Mitglieder
sso-enforcement-locked-out-now = { $count ->
    [one] { $count } Mitglied ist ausgesperrt.
   *[other] { $count } Mitglieder sind ausgesperrt.
}
sso-enforcement-none-locked-out-now = Es sind keine Mitglieder ausgesperrt.
sso-enforcement-access-counts = Nicht betroffen: { $unaffected }. Bei der ersten Anmeldung erkannt: { $first_sign_in }. Ausgenommen: { $exempt }.
sso-enforcement-can-recover = Wenn Ihr Identitätsanbieter ausfällt, kann ein Admin den Zugriff mit einem gesicherten Wiederherstellungscode oder mit einer Ausnahme und einer anderen Anmeldemethode wiederherstellen.
sso-enforcement-cannot-recover = Wenn Ihr Identitätsanbieter ausfällt, kann kein Admin den Zugriff wiederherstellen. Sichern Sie Wiederherstellungscodes und bestätigen Sie das, oder nehmen Sie einen Admin aus, der sich schon ohne SSO angemeldet hat.
sso-enforcement-access = Zugriff
sso-enforcement-reason = Grund
sso-enforcement-codes = Wiederherstellungscodes
sso-enforcement-access-locked-out = Ausgesperrt
sso-enforcement-access-first-sign-in = Bei der ersten Anmeldung
sso-enforcement-access-exempt = Ausgenommen
sso-enforcement-access-unaffected = Nicht betroffen
sso-enforcement-reason-has-account = Hat sich bereits über Ihren Identitätsanbieter angemeldet.
sso-enforcement-reason-exempt = Ist ausgenommen und kann sich an dieser Konsole wie bisher anmelden.
sso-enforcement-reason-exempt-untried = Ist ausgenommen, hat sich aber an dieser Konsole noch nie mit einem Code per E-Mail, einem Link oder einem Passkey angemeldet.
sso-enforcement-reason-pending-first-sign-in = Hat sich über keine der jetzigen Verbindungen angemeldet. Wird bei der ersten Anmeldung an der E-Mail-Adresse erkannt.
sso-enforcement-reason-email-missing = Hat sich über keine der jetzigen Verbindungen angemeldet und hat keine E-Mail-Adresse, an der das Mitglied erkannt werden könnte.
sso-enforcement-reason-email-domain-not-verified = Hat sich über keine der jetzigen Verbindungen angemeldet, und die E-Mail-Adresse gehört zu keiner verifizierten Domain.
sso-enforcement-reason-email-not-confirmed = Hat sich nur über eine gelöschte Verbindung angemeldet, mit einer E-Mail-Adresse, die damals zu keiner verifizierten Domain gehörte. Sie kann einer anderen Person gehören; deshalb führt keine Anmeldung zu diesem Mitglied.
sso-enforcement-reason-inactive-connection = Hat sich nur über eine Verbindung oder einen Identitätsanbieter angemeldet, die nicht mehr verwendet werden.
sso-enforcement-reason-other-connection = Hat sich nur über eine andere Verbindung angemeldet als die, zu der die Weiterleitung führt.
sso-enforcement-reason-no-active-connection = Es gibt keine aktive Verbindung zum Anmelden.
sso-enforcement-exempt = Ausnehmen
sso-enforcement-remove-exemption = Ausnahme aufheben
sso-enforcement-remove-exemption-question = Ausnahme von { $member } aufheben?
sso-enforcement-remove-exemption-effect = 1 Mitglied ist betroffen: { $member } muss sich über Ihren Identitätsanbieter anmelden, auch an dieser Konsole.
sso-enforcement-exempt-lead = Ausgenommene Mitglieder können sich an dieser Konsole weiterhin ohne SSO anmelden, zum Beispiel um die Verbindung zu reparieren.
sso-enforcement-turn-on = Aktivierung
sso-enforcement-turn-on-lead = Damit Sie sich nicht selbst aussperren, müssen Sie sich in den letzten 15 Minuten mit SSO angemeldet haben, bevor Sie es erzwingen.
sso-enforcement-sign-in-first = Melden Sie sich mit Ihrem eigenen Konto über die Verbindung an. Danach kehren Sie zu dieser Seite zurück.
sso-enforcement-sign-in-now = Mit SSO anmelden
sso-enforcement-not-a-member = Sie sind kein Mitglied dieser Organisation. Ein Admin der Organisation muss sich über die Verbindung anmelden und SSO erzwingen.
sso-enforcement-has-draft = Die Verbindung hat unveröffentlichte Änderungen. Veröffentlichen oder verwerfen Sie diese zuerst, und melden Sie sich dann über die Verbindung an.
sso-enforcement-confirm-impact = Mir ist klar, wer ausgesperrt wird und wie sich der Zugriff wiederherstellen lässt.
sso-enforcement-recovery-needed = Wenn Ihr Identitätsanbieter ausfällt, kann sich kein Admin dieser Organisation anmelden. Tun Sie zuerst eines davon:
sso-enforcement-recovery-by-codes = Generieren Sie in der Tabelle oben Wiederherstellungscodes für einen Admin, sichern Sie sie, und bestätigen Sie das.
sso-enforcement-recovery-by-exemption = Nehmen Sie in der Tabelle oben einen Admin aus, der sich an dieser Konsole schon mit einem Code per E-Mail, einem Link oder einem Passkey angemeldet hat.
sso-enforcement-override = SSO erzwingen, ohne den Zugriff wiederherstellen zu können
sso-enforcement-override-words = ohne Wiederherstellung erzwingen
sso-enforcement-override-label = Geben Sie zur Bestätigung ein: { $words }
sso-enforcement-error-override-mistyped = Die Wörter stimmen nicht überein. Geben Sie sie genau wie angezeigt ein.
sso-enforcement-error-no-recovery = Kein Admin kann sich ohne Ihren Identitätsanbieter anmelden. Sichern Sie Wiederherstellungscodes und bestätigen Sie das, nehmen Sie einen Admin aus, der sich schon ohne SSO angemeldet hat, oder geben Sie die Wörter ein, um SSO ohne Wiederherstellung zu erzwingen.
sso-enforcement-error-impact-not-confirmed = Bestätigen Sie, dass Ihnen klar ist, wer ausgesperrt wird.
sso-enforcement-error-no-active-connection = Es gibt noch keine aktive Verbindung. Aktivieren Sie zuerst eine.
sso-enforcement-error-no-recent-sign-in = Sie haben sich in den letzten 15 Minuten nicht über die Verbindung angemeldet. Melden Sie sich mit SSO an, und erzwingen Sie es dann.
sso-enforcement-error-sso-not-in-plan = Ihr Tarif enthält kein SAML Single Sign-On.
sso-enforcement-error-other-account = Die Anmeldung war erfolgreich, aber mit einem anderen Konto. Melden Sie sich mit Ihrem eigenen Konto an.

# After enforcement has ended the admin's own session.
sso-enforcement-done-title = SSO wird jetzt erzwungen
sso-enforcement-done = Alle Mitglieder von { $organization } müssen sich jetzt über Ihren Identitätsanbieter anmelden.
sso-enforcement-done-you-title = Ihr Zugriff
sso-enforcement-done-you = Sie hatten sich an dieser Konsole auf einem Weg angemeldet, der keinen Zugriff mehr auf { $organization } gibt. Melden Sie sich über Ihren Identitätsanbieter an, wie Sie es gerade getan haben.
sso-enforcement-done-codes = { $count ->
    [0] Sie haben keine Wiederherstellungscodes. Wenn Sie sich nicht mehr über Ihren Identitätsanbieter anmelden können, muss ein anderer Admin oder der Betreiber dieses Dienstes die SSO-Pflicht aufheben.
    [one] Wenn Ihr Identitätsanbieter ausfällt, verwenden Sie Ihren Wiederherstellungscode. Sie haben noch { $count }.
   *[other] Wenn Ihr Identitätsanbieter ausfällt, verwenden Sie einen Ihrer Wiederherstellungscodes. Sie haben noch { $count }.
}
sso-enforcement-done-undo = Um dies aufzuheben, melden Sie sich an, öffnen Sie „{ $tab }“, und wählen Sie „{ $button }“.

# Recovery codes.
sso-enforcement-codes-left = { $count ->
    [one] Noch { $count }
   *[other] Noch { $count }
}
sso-enforcement-codes-generate = Neue Codes generieren
sso-enforcement-codes-not-saved = Sicherung nicht bestätigt
sso-enforcement-codes-question = Neue Codes für { $member } generieren?
sso-enforcement-codes-effect = { $count ->
    [one] Der verbleibende Code dieses Admins funktioniert dann nicht mehr.
   *[other] Die { $count } verbleibenden Codes dieses Admins funktionieren dann nicht mehr.
}
sso-enforcement-codes-title = Ihre Wiederherstellungscodes
sso-enforcement-codes-once = Speichern Sie diese Codes jetzt: Sie werden nicht noch einmal angezeigt. Bewahren Sie sie dort auf, wo Sie sie ohne Ihren Identitätsanbieter erreichen.
sso-enforcement-codes-how = Jeder Code funktioniert einmal, mit Ihrer E-Mail-Adresse und nur für diese Organisation. Geben Sie ihn auf der Anmeldeseite ein.
sso-enforcement-codes-download = Codes herunterladen
sso-enforcement-codes-print = Codes drucken
sso-enforcement-codes-saved = Ich habe meine Codes gespeichert
sso-enforcement-codes-saved-hint = Nur Codes, deren Sicherung Sie bestätigen, zählen als Weg, den Zugriff wiederherzustellen.
problem-not-your-codes = Sie können nur für sich selbst Wiederherstellungscodes generieren, da ein Code Zugriff auf das Konto seines Inhabers gibt.
sso-enforcement-sso-only = Diese Organisation erzwingt SSO. Melden Sie sich mit SSO an, oder verwenden Sie einen Ihrer Wiederherstellungscodes.
sso-enforcement-recovery-use = Wiederherstellungscode verwenden
sso-enforcement-recovery-title = Mit einem Wiederherstellungscode anmelden
sso-enforcement-recovery-lead = Für Admins, die sich nicht über ihren Identitätsanbieter anmelden können. Jeder Code funktioniert einmal und nur für Ihre Organisation.
sso-enforcement-recovery-code = Wiederherstellungscode
sso-enforcement-recovery-code-hint = 16 Buchstaben und Ziffern. Bindestriche und Groß-/Kleinschreibung spielen keine Rolle.
sso-enforcement-recovery-other = Andere Methode verwenden
sso-enforcement-recovery-wrong = Dieser Wiederherstellungscode ist für diese E-Mail-Adresse nicht gültig. Jeder Code funktioniert einmal, und neue Codes ersetzen die alten.
sso-enforcement-recovery-too-many-attempts = Zu viele Versuche. Warten Sie eine Minute, und versuchen Sie es dann erneut.

# Confirmations.
done-sso-enforced = SSO wird jetzt für alle Mitglieder erzwungen.
done-sso-not-enforced = SSO wird nicht mehr erzwungen.
done-exemption-granted = Das Mitglied ist jetzt von der SSO-Pflicht ausgenommen.
done-exemption-removed = Das Mitglied ist nicht mehr von der SSO-Pflicht ausgenommen.
done-recovery-codes-saved = Sicherung der Wiederherstellungscodes bestätigt.
done-signed-in-with-sso = Sie haben sich über die Verbindung angemeldet. Sie können SSO jetzt erzwingen.
