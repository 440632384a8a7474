frame-skip = Zum Inhalt springen
frame-language = Sprache
frame-support = Fragen? { $contact }
frame-copy = Kopieren
frame-copied = Kopiert
frame-sign-out = Abmelden
frame-days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
frame-fault-title = Bitte noch einmal prüfen
frame-expected = Erwartet
frame-received = Erhalten
frame-back = Zurück
frame-save = Speichern
frame-cancel = Abbrechen
frame-continue = Weiter
frame-more = Mehr anzeigen
frame-none = Keine
