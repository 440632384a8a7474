frame-skip = Aller au contenu
frame-language = Langue
frame-support = Une question ? { $contact }
frame-copy = Copier
frame-copied = Copié
frame-sign-out = Se déconnecter
frame-days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
frame-fault-title = À vérifier
frame-expected = Attendu
frame-received = Reçu
frame-back = Retour
frame-save = Enregistrer
frame-cancel = Annuler
frame-continue = Continuer
frame-more = Afficher la suite
frame-none = Aucun
