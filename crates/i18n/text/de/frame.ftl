# Shared by all pages.
frame-skip = Zum Inhalt springen
frame-language = Sprache
frame-change-language = Sprache ändern
frame-support = Fragen? { $contact }
frame-copy = Kopieren
frame-copied = Kopiert
frame-new-tab = (wird in einem neuen Tab geöffnet)
frame-sign-out = Abmelden
frame-days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
frame-error-title = Es gibt ein Problem
frame-back = Zurück
frame-save = Speichern
frame-cancel = Abbrechen
frame-continue = Weiter
frame-more = Mehr anzeigen
frame-none = Keine
frame-filter = Filter anwenden
frame-filter-clear = Filter zurücksetzen
frame-date-time = { $day }. { $month } { $year }, { $time } UTC
frame-month = { $month ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
}
