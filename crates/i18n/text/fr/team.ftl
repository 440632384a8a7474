team-empty = Aucun membre pour le moment. Invitez-en un premier.
team-search = Rechercher un membre par nom ou adresse e-mail
team-search-button = Rechercher
team-search-all = Afficher tous les membres
team-search-none = Aucun membre ne correspond à « { $query } ».
team-filter-any = Tous
team-filter-none = Aucun membre ne correspond.
team-member = Membre
team-role = Rôle
team-state = Statut
team-active = Actif
team-state-invited = Invité
team-deactivated = Désactivé
team-deactivate = Désactiver
team-reactivate = Réactiver
team-remove = Retirer
team-remove-confirm = Retirer { $member } ? Cette personne sera immédiatement déconnectée.
team-invite = Inviter un membre
team-invite-lead = Les membres se connectent avec le SSO. Les administrateurs peuvent aussi se connecter à cette console avec un lien ou un code reçu par e-mail.
team-name = Nom (facultatif)
team-invited = { $email } a été invité.
team-added = { $email } peut se connecter avec le SSO. Nous n’envoyons pas d’e-mail aux membres, pensez à prévenir cette personne.
team-invited-link = Transmettez ce lien. Il ne peut être utilisé qu’une fois, expire dans 7 jours et ne sera plus affiché.
team-invited-by-operator = Ce service n’envoie pas d’e-mails. Demandez à son opérateur de créer un lien d’accès à la console pour cette personne.
team-mail-subject = Vous êtes invité à rejoindre { $product }
team-mail-text =
    Vous êtes invité à administrer { $organization } dans { $product }.

    Ouvrez ce lien pour vous connecter. Il ne peut être utilisé qu’une fois et expire dans 7 jours :
    { $link }
done-member-deactivated = Membre désactivé et déconnecté.
done-member-reactivated = Membre réactivé. Il peut de nouveau se connecter.
done-member-removed = Membre retiré.
