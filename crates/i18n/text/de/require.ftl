# Single Sign-On von allen verlangen.
require-title = SAML-SSO für alle Mitglieder verlangen
require-lead = Alle in Ihrer Organisation kommen dann über Ihren Identitätsanbieter herein, in die Anwendung und in diese Konsole. Niemand wird entfernt, und Sie können es sofort rückgängig machen.
require-button = Für alle Mitglieder verlangen
require-not-active = Die Verbindung muss zuerst aktiv sein.
require-not-tested = Zuerst muss eine Testanmeldung mit den jetzigen Einstellungen gelingen.
require-dry-run = Wer ausgesperrt würde
require-on = Verlangt
require-since = Verlangt von { $who } seit { $when }.
require-look = Ansehen, wen es betrifft
require-undo = Sofort rückgängig machen
require-undo-lead = Mitglieder, die einen anderen Weg haben, können ihn von da an wieder nehmen.
require-locked-out = { $count ->
    [one] Ein Mitglied würde ausgesperrt.
   *[other] { $count } Mitglieder würden ausgesperrt.
}
require-nobody-locked-out = Niemand würde ausgesperrt.
require-standing = Wer ausgesperrt ist
require-are-locked-out = { $count ->
    [one] Ein Mitglied ist ausgesperrt.
   *[other] { $count } Mitglieder sind ausgesperrt.
}
require-nobody-is-locked-out = Niemand ist ausgesperrt.
require-others = Schon bekannt: { $fine }. Bei der ersten Anmeldung erkannt: { $first }. Ausgenommen: { $exempt }.
require-way-back = Ein Administrator behält Zugang, falls Ihr Identitätsanbieter niemanden hereinlässt: mit einem Wiederherstellungscode oder einer Ausnahme.
require-no-way-back = Kein Administrator behält Zugang, falls Ihr Identitätsanbieter niemanden hereinlässt. Erstellen Sie zuerst Wiederherstellungscodes, oder nehmen Sie einen Administrator aus.
require-fate = Was geschieht
require-why = Warum
require-codes = Wiederherstellungscodes
require-fate-locked-out = ausgesperrt
require-fate-first-sign-in = bei der ersten Anmeldung
require-fate-exempt = ausgenommen
require-fate-fine = kommt herein
require-reason-has-account = Hat sich schon über Ihren Identitätsanbieter angemeldet.
require-reason-exempt = Ist ausgenommen und kommt herein wie bisher.
require-reason-invited-not-come = Hat sich noch nicht über Ihren Identitätsanbieter angemeldet; die erste Anmeldung mit dieser Adresse findet das Mitglied.
require-reason-no-email = Ist nie über Ihren Identitätsanbieter gekommen und hat keine E-Mail-Adresse, über die eine erste Anmeldung das Mitglied finden könnte.
require-reason-outside-domains = Ist nie über Ihren Identitätsanbieter gekommen, und die E-Mail-Adresse liegt in keiner Ihrer bestätigten Domains.
require-reason-other-connection = Ist nur über eine Verbindung oder einen Identitätsanbieter gekommen, die nicht mehr in Gebrauch sind.
require-reason-no-active-connection = Es gibt keine aktive Verbindung, über die jemand kommen könnte.
require-exempt = Ausnehmen
require-exempt-no-longer = Nicht mehr ausnehmen
require-exempt-lead = Wer ausgenommen ist, kommt in diese Konsole wie bisher, zum Beispiel um die Verbindung zu reparieren.
require-turn-on = Einschalten
require-turn-on-lead = Wer es einschaltet, muss in den letzten 15 Minuten über die Verbindung gekommen sein, damit niemand eine Tür schließt, hinter der er selbst steht.
require-sign-in-first = Melden Sie sich mit Ihrem eigenen Konto über die Verbindung an, und kommen Sie dann hierher zurück.
require-sign-in-now = Jetzt anmelden und zurückkommen
require-not-a-member = Sie sind kein Mitglied dieser Organisation. Ein Administrator der Organisation muss es einschalten, nachdem er über die Verbindung gekommen ist.
require-has-draft = Es gibt Änderungen an der Verbindung, die nicht veröffentlicht sind. Veröffentlichen oder verwerfen Sie diese zuerst, und melden Sie sich dann über sie an.
require-understood = Ich habe gelesen, wen das aussperrt und welcher Zugang bleibt.
require-fault-understood = Bestätigen Sie, dass Sie gelesen haben, wen das aussperrt.
require-fault-no-active-connection = Es gibt noch keine aktive Verbindung. Schalten Sie zuerst eine ein.
require-fault-no-recent-sign-in = Sie sind in den letzten 15 Minuten nicht über die Verbindung gekommen. Tun Sie das jetzt, und schalten Sie es dann ein.
require-fault-sso-not-in-plan = Ihr Tarif enthält kein SAML-Single-Sign-On.
require-fault-other-person = Diese Anmeldung gelang, aber es war nicht Ihr eigenes Konto hier. Melden Sie sich mit dem Konto an, das Ihnen gehört.

# Für den, der es eingeschaltet hat und sich neu anmelden muss.
require-done-title = Single Sign-On wird jetzt verlangt
require-done = Es hat geklappt: Alle bei { $organization } kommen von jetzt an über Ihren Identitätsanbieter herein.
require-done-you-title = Was das für Sie bedeutet
require-done-you = Sie sind auf einem anderen Weg in diese Konsole gekommen, und der öffnet { $organization } nicht mehr. Melden Sie sich über Ihren Identitätsanbieter an, wie Sie es eben getan haben.
require-done-codes = { $count ->
    [0] Sie haben keinen Wiederherstellungscode. Lässt Ihr Identitätsanbieter Sie nicht mehr herein, muss ein anderer Administrator oder der Betreiber dieses Dienstes es rückgängig machen.
    [one] Lässt Ihr Identitätsanbieter niemanden herein, verwenden Sie Ihren Wiederherstellungscode: Sie haben noch { $count }.
   *[other] Lässt Ihr Identitätsanbieter niemanden herein, verwenden Sie einen Ihrer Wiederherstellungscodes: Sie haben noch { $count }.
}
require-done-undo = Sie können es sofort rückgängig machen: Melden Sie sich an, öffnen Sie „{ $tab }“ und drücken Sie „{ $button }“.

# Wiederherstellungscodes.
require-codes-left = { $count ->
    [one] Noch { $count }
   *[other] Noch { $count }
}
require-codes-make = Neue Codes erstellen
require-codes-sure = Die bisherigen Codes sind dann nichts mehr wert. Fortfahren?
require-codes-title = Ihre Wiederherstellungscodes
require-codes-once = Diese Codes werden nur dieses eine Mal gezeigt. Bewahren Sie sie auf, wo Sie sie ohne Ihren Identitätsanbieter finden.
require-codes-how = Jeder gilt einmal. Geben Sie einen auf der Anmeldeseite ein, zusammen mit der E-Mail-Adresse; er öffnet nur diese Organisation.
require-codes-download = Herunterladen
require-codes-print = Drucken
require-codes-kept = Ich habe sie aufbewahrt
problem-not-your-codes = Alle Administratoren erstellen ihre Wiederherstellungscodes selbst: Wer einen Code hat, gilt als sein Inhaber.
require-barred = Diese Organisation möchte, dass alle über ihren Identitätsanbieter kommen. Verwenden Sie Single Sign-On oder einen Ihrer Wiederherstellungscodes.
require-recovery-use = Einen Wiederherstellungscode verwenden
require-recovery-title = Mit einem Wiederherstellungscode anmelden
require-recovery-lead = Für Administratoren, deren Identitätsanbieter niemanden hereinlässt. Ein Code gilt einmal und öffnet nur Ihre Organisation.
require-recovery-code = Wiederherstellungscode
require-recovery-code-hint = Sechzehn Buchstaben und Ziffern; Striche und Großschreibung spielen keine Rolle.
require-recovery-other = Ein anderer Weg
require-recovery-wrong = Das ist kein gültiger Wiederherstellungscode dieser Adresse. Jeder gilt einmal, und neue Codes ersetzen die bisherigen.
require-recovery-slowed = Zu viele Versuche. Warten Sie eine Minute.

# Was gerade getan wurde.
done-sso-required = Ab jetzt müssen alle über Ihren Identitätsanbieter kommen.
done-sso-not-required = Es wird nicht mehr verlangt.
done-exempt = Das Mitglied ist ausgenommen.
done-no-longer-exempt = Das Mitglied ist nicht mehr ausgenommen.
done-came-through = Sie sind über die Verbindung gekommen. Nun können Sie es einschalten.
