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
team-loses-access = 1 membre perd son accès : { $member }. Cette personne est immédiatement déconnectée de vos applications et de cette console, et ne peut plus se connecter à { $organization }.
team-deactivate-question = Désactiver { $member } ?
team-deactivate-undo = Le membre et ses données sont conservés. Vous pouvez le réactiver à tout moment.
team-deactivate-button = Désactiver le membre
team-remove-question = Retirer { $member } ?
team-remove-undo = Cette action est irréversible. Si la personne revient, les applications voient un nouveau membre.
team-remove-button = Retirer le membre
team-resend = Renvoyer l’invitation
team-withdraw = Annuler l’invitation
team-withdraw-question = Annuler l’invitation de { $member } ?
team-withdraw-effect = 1 personne n’est plus invitée : { $member }. Le lien reçu par e-mail cesse de fonctionner et la personne est retirée de cette liste. Vous pourrez l’inviter de nouveau.
team-invitation-sent = E-mail envoyé le { $when }
team-invitation-not-sent = Aucun e-mail envoyé
team-invite = Inviter un membre
team-invite-lead = Les membres se connectent avec le SSO. Les administrateurs peuvent aussi se connecter à cette console avec un lien ou un code reçu par e-mail.
team-name = Nom (facultatif)
team-invited = { $email } a été invité.
team-invited-by-email = Nous avons envoyé l’invitation par e-mail à { $email }.
team-added = { $email } peut se connecter avec le SSO. Ce service n’envoie pas d’e-mails, pensez à prévenir cette personne.
team-invited-link = Transmettez ce lien. Il ne peut être utilisé qu’une fois, expire dans 7 jours et ne sera plus affiché.
team-invited-by-operator = Ce service n’envoie pas d’e-mails. Demandez à son opérateur de créer un lien d’accès à la console pour cette personne.
team-mail-subject = Vous êtes invité à rejoindre { $product }
team-mail-text =
    Vous êtes invité à administrer { $organization } dans { $product }.

    Ouvrez ce lien pour vous connecter. Il ne peut être utilisé qu’une fois et expire dans 7 jours :
    { $link }
team-mail-member-text =
    Vous êtes invité à utiliser { $product } avec votre compte { $organization }.

    Connectez-vous avec votre compte d’entreprise. Vous n’avez pas besoin de mot de passe pour { $product }.
team-mail-member-link = Commencez ici : { $link }
done-member-deactivated = Membre désactivé et déconnecté.
done-member-reactivated = Membre réactivé. Il peut de nouveau se connecter.
done-member-removed = Membre retiré.
done-invitation-withdrawn = Invitation annulée.
