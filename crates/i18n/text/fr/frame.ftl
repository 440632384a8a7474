# Shared by all pages.
frame-skip = Aller au contenu
frame-language = Langue
frame-change-language = Changer de langue
frame-support = Des questions ? { $contact }
frame-copy = Copier
frame-copied = Copié
frame-new-tab = (s’ouvre dans un nouvel onglet)
frame-sign-out = Se déconnecter
frame-days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
frame-error-title = Un problème est survenu
frame-back = Retour
frame-save = Enregistrer
frame-cancel = Annuler
frame-continue = Continuer
frame-more = Afficher plus
frame-none = Aucun
frame-filter = Appliquer les filtres
frame-filter-clear = Effacer les filtres
frame-date-time = { $day ->
    [1] 1er
   *[other] { $day }
} { $month } { $year } à { $time } UTC
frame-month = { $month ->
    [1] janv.
    [2] févr.
    [3] mars
    [4] avr.
    [5] mai
    [6] juin
    [7] juil.
    [8] août
    [9] sept.
    [10] oct.
    [11] nov.
   *[12] déc.
}
