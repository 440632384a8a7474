# SSO enforcement.
require-title = SAML-SSO-Authentifizierung für alle Mitglieder verlangen
require-lead = Alle Mitglieder müssen sich dann über Ihren Identitätsanbieter anmelden, auch an dieser Konsole. Es werden keine Mitglieder entfernt, und Sie können dies jederzeit wieder aufheben.
require-button = SSO erzwingen
require-not-active = Aktivieren Sie zuerst die Verbindung.
require-not-tested = Führen Sie zuerst einen erfolgreichen Test mit den aktuellen Einstellungen durch.
require-dry-run = Auswirkungen ansehen
require-on = Erzwungen
require-since = Erzwungen von { $who } seit { $when }.
require-look = Betroffene Mitglieder ansehen
require-undo = SSO-Pflicht aufheben
require-undo-lead = Mitglieder mit einer anderen Anmeldemethode können diese sofort wieder verwenden.
require-locked-out = { $count ->
    [one] { $count } Mitglied würde ausgesperrt.
   *[other] { $count } Mitglieder würden ausgesperrt.
}
require-no-one-locked-out = Es würden keine Mitglieder ausgesperrt.
require-standing = Betroffene Mitglieder
require-are-locked-out = { $count ->
    [one] { $count } Mitglied ist ausgesperrt.
   *[other] { $count } Mitglieder sind ausgesperrt.
}
require-no-one-is-locked-out = Es sind keine Mitglieder ausgesperrt.
require-others = Nicht betroffen: { $fine }. Bei der ersten Anmeldung erkannt: { $first }. Ausgenommen: { $exempt }.
require-way-back = Wenn Ihr Identitätsanbieter ausfällt, kann ein Admin den Zugriff mit einem Wiederherstellungscode oder einer Ausnahme wiederherstellen.
require-no-way-back = Wenn Ihr Identitätsanbieter ausfällt, kann kein Admin den Zugriff wiederherstellen. Generieren Sie zuerst Wiederherstellungscodes, oder nehmen Sie einen Admin aus.
require-fate = Zugriff
require-why = Grund
require-codes = Wiederherstellungscodes
require-fate-locked-out = Ausgesperrt
require-fate-first-sign-in = Bei der ersten Anmeldung
require-fate-exempt = Ausgenommen
require-fate-fine = Nicht betroffen
require-reason-has-account = Hat sich bereits über Ihren Identitätsanbieter angemeldet.
require-reason-exempt = Ist ausgenommen und kann sich an dieser Konsole wie bisher anmelden.
require-reason-invited-not-come = Hat sich noch nicht über Ihren Identitätsanbieter angemeldet. Wird bei der ersten Anmeldung an der E-Mail-Adresse erkannt.
require-reason-no-email = Hat sich nie über Ihren Identitätsanbieter angemeldet und hat keine E-Mail-Adresse, an der das Mitglied erkannt werden könnte.
require-reason-outside-domains = Hat sich nie über Ihren Identitätsanbieter angemeldet, und die E-Mail-Adresse gehört zu keiner verifizierten Domain.
require-reason-other-connection = Hat sich nur über eine Verbindung oder einen Identitätsanbieter angemeldet, die nicht mehr verwendet werden.
require-reason-no-active-connection = Es gibt keine aktive Verbindung zum Anmelden.
require-exempt = Ausnehmen
require-exempt-no-longer = Ausnahme aufheben
require-exempt-lead = Ausgenommene Mitglieder können sich an dieser Konsole weiterhin ohne SSO anmelden, zum Beispiel um die Verbindung zu reparieren.
require-turn-on = SSO-Pflicht
require-turn-on-lead = Damit Sie sich nicht selbst aussperren, müssen Sie sich in den letzten 15 Minuten mit SSO angemeldet haben, bevor Sie es erzwingen.
require-sign-in-first = Melden Sie sich mit Ihrem eigenen Konto über die Verbindung an. Danach kehren Sie zu dieser Seite zurück.
require-sign-in-now = Mit SSO anmelden
require-not-a-member = Sie sind kein Mitglied dieser Organisation. Ein Admin der Organisation muss sich über die Verbindung anmelden und SSO erzwingen.
require-has-draft = Die Verbindung hat unveröffentlichte Änderungen. Veröffentlichen oder verwerfen Sie diese zuerst, und melden Sie sich dann über die Verbindung an.
require-understood = Mir ist klar, wer ausgesperrt wird und wie sich der Zugriff wiederherstellen lässt.
require-fault-understood = Bestätigen Sie, dass Ihnen klar ist, wer ausgesperrt wird.
require-fault-no-active-connection = Es gibt noch keine aktive Verbindung. Aktivieren Sie zuerst eine.
require-fault-no-recent-sign-in = Sie haben sich in den letzten 15 Minuten nicht über die Verbindung angemeldet. Melden Sie sich mit SSO an, und erzwingen Sie es dann.
require-fault-sso-not-in-plan = Ihr Tarif enthält kein SAML Single Sign-On.
require-fault-other-person = Die Anmeldung war erfolgreich, aber mit einem anderen Konto. Melden Sie sich mit Ihrem eigenen Konto an.

# After enforcement has ended the admin's own session.
require-done-title = SSO wird jetzt erzwungen
require-done = Alle Mitglieder von { $organization } müssen sich jetzt über Ihren Identitätsanbieter anmelden.
require-done-you-title = Was das für Sie bedeutet
require-done-you = Sie hatten sich an dieser Konsole auf einem Weg angemeldet, der keinen Zugriff mehr auf { $organization } gibt. Melden Sie sich über Ihren Identitätsanbieter an, wie Sie es gerade getan haben.
require-done-codes = { $count ->
    [0] Sie haben keine Wiederherstellungscodes. Wenn Sie sich nicht mehr über Ihren Identitätsanbieter anmelden können, muss ein anderer Admin oder der Betreiber dieses Dienstes die SSO-Pflicht aufheben.
    [one] Wenn Ihr Identitätsanbieter ausfällt, verwenden Sie Ihren Wiederherstellungscode. Sie haben noch { $count }.
   *[other] Wenn Ihr Identitätsanbieter ausfällt, verwenden Sie einen Ihrer Wiederherstellungscodes. Sie haben noch { $count }.
}
require-done-undo = Um dies aufzuheben, melden Sie sich an, öffnen Sie „{ $tab }“, und wählen Sie „{ $button }“.

# Recovery codes.
require-codes-left = { $count ->
    [one] Noch { $count }
   *[other] Noch { $count }
}
require-codes-make = Neue Codes generieren
require-codes-sure = Neue Codes generieren? Ihre alten Codes funktionieren dann nicht mehr.
require-codes-title = Ihre Wiederherstellungscodes
require-codes-once = Speichern Sie diese Codes jetzt: Sie werden nicht noch einmal angezeigt. Bewahren Sie sie dort auf, wo Sie sie ohne Ihren Identitätsanbieter erreichen.
require-codes-how = Jeder Code funktioniert einmal, mit Ihrer E-Mail-Adresse und nur für diese Organisation. Geben Sie ihn auf der Anmeldeseite ein.
require-codes-download = Codes herunterladen
require-codes-print = Codes drucken
require-codes-kept = Ich habe meine Codes gespeichert
problem-not-your-codes = Sie können nur für sich selbst Wiederherstellungscodes generieren, da ein Code Zugriff auf das Konto seines Inhabers gibt.
require-barred = Diese Organisation erzwingt SSO. Melden Sie sich mit SSO an, oder verwenden Sie einen Ihrer Wiederherstellungscodes.
require-recovery-use = Wiederherstellungscode verwenden
require-recovery-title = Mit einem Wiederherstellungscode anmelden
require-recovery-lead = Für Admins, die sich nicht über ihren Identitätsanbieter anmelden können. Jeder Code funktioniert einmal und nur für Ihre Organisation.
require-recovery-code = Wiederherstellungscode
require-recovery-code-hint = 16 Buchstaben und Ziffern. Bindestriche und Groß-/Kleinschreibung spielen keine Rolle.
require-recovery-other = Andere Methode verwenden
require-recovery-wrong = Dieser Wiederherstellungscode ist für diese E-Mail-Adresse nicht gültig. Jeder Code funktioniert einmal, und neue Codes ersetzen die alten.
require-recovery-slowed = Zu viele Versuche. Warten Sie eine Minute, und versuchen Sie es dann erneut.

# Confirmations.
done-sso-required = SSO wird jetzt für alle Mitglieder erzwungen.
done-sso-not-required = SSO wird nicht mehr erzwungen.
done-exempt = Das Mitglied ist jetzt von der SSO-Pflicht ausgenommen.
done-no-longer-exempt = Das Mitglied ist nicht mehr von der SSO-Pflicht ausgenommen.
done-came-through = Sie haben sich über die Verbindung angemeldet. Sie können SSO jetzt erzwingen.
