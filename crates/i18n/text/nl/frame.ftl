# Shared by all pages.
frame-skip = Naar inhoud gaan
frame-language = Taal
frame-change-language = Taal wijzigen
frame-support = Vragen? { $contact }
frame-copy = Kopiëren
frame-copied = Gekopieerd
frame-new-tab = (wordt geopend op een nieuw tabblad)
frame-sign-out = Uitloggen
frame-days = { $days ->
    [one] { $days } dag
   *[other] { $days } dagen
}
frame-error-title = Er is een probleem
frame-back = Terug
frame-save = Opslaan
frame-cancel = Annuleren
frame-continue = Doorgaan
frame-more = Meer tonen
frame-none = Geen
frame-filter = Filters toepassen
frame-filter-clear = Filters wissen
frame-date-time = { $day } { $month } { $year }, { $time } UTC
frame-month = { $month ->
    [1] jan
    [2] feb
    [3] mrt
    [4] apr
    [5] mei
    [6] jun
    [7] jul
    [8] aug
    [9] sep
    [10] okt
    [11] nov
   *[12] dec
}
