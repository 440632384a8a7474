frame-skip = Naar de inhoud
frame-language = Taal
frame-support = Vragen? { $contact }
frame-copy = Kopiëren
frame-copied = Gekopieerd
frame-sign-out = Afmelden
frame-days = { $days ->
    [one] { $days } dag
   *[other] { $days } dagen
}
frame-fault-title = Kijk dit nog eens na
frame-expected = Verwacht
frame-received = Ontvangen
frame-back = Terug
frame-save = Opslaan
frame-cancel = Annuleren
frame-continue = Doorgaan
frame-more = Meer tonen
frame-none = Geen
