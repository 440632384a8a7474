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
team-deactivate-effect = 1 membre perd son accès : { $member }. Ses sessions et jetons prennent fin immédiatement, également dans cette console, et il ne peut plus se connecter à { $organization }. Une application peut conserver sa propre session jusqu’à sa prochaine vérification.
team-deactivate-question = Désactiver { $member } ?
team-deactivate-undo = Le membre et ses données sont conservés. Vous pouvez le réactiver à tout moment.
team-deactivate-button = Désactiver le membre
team-remove-question = Retirer { $member } ?
team-remove-effect = 1 membre perd son accès : { $member }. Ses sessions et jetons pour { $organization } prennent fin immédiatement, également dans cette console. Une application peut conserver sa propre session jusqu’à sa prochaine vérification.
team-remove-undo = Cette action est irréversible. La personne peut revenir sur invitation, ou avec une connexion SSO qui admet de nouveaux membres. Les applications voient alors un nouveau membre.
team-remove-button = Retirer le membre
team-resend = Renvoyer l’invitation
team-withdraw = Annuler l’invitation
team-withdraw-question = Annuler l’invitation de { $member } ?
team-withdraw-effect = 1 personne n’est plus invitée : { $member }. La personne est retirée de cette liste. Vous pourrez l’inviter de nouveau.
team-withdraw-link = Si la personne a reçu un lien vers cette console, il cesse de fonctionner.
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
done-members-merged = Membres fusionnés.
done-account-move-started = Déplacement commencé.
done-account-move-undone = Déplacement annulé.
member-back = Tous les membres
member-duplicate-title = Même adresse e-mail vérifiée.
member-duplicate-lead = { $member } a aussi l’adresse { $email }. S’il s’agit de la même personne, fusionnez-les.
member-duplicate-view = Voir l’autre membre
member-merge-review = Examiner la fusion
member-profile = Profil
member-id = Identifiant du membre (sub)
member-accounts = Comptes auprès de fournisseurs d’identité
member-accounts-none = Ce membre n’a de compte auprès d’aucune connexion SSO actuelle.
member-account-connection = Connexion SSO
member-merge-title = Fusionner deux membres ?
member-merge-accounts = Le membre conservé reçoit les comptes de l’autre auprès des fournisseurs d’identité, et garde son rôle et son profil.
member-merge-deleted = L’autre membre est supprimé et déconnecté. Cette action est irréversible.
member-merge-application = L’application connaît l’autre membre sous un autre sub. Déplacez les données qu’elle y a enregistrées.
member-merge-role = Si { $survivor } est conservé, le rôle « { $role } » de l’autre membre est perdu : { $survivor } garde le rôle « { $kept } ».
member-merge-codes = { $count ->
    [one] Si { $survivor } est conservé, { $count } code de récupération inutilisé de l’autre membre cesse de fonctionner.
   *[other] Si { $survivor } est conservé, { $count } codes de récupération inutilisés de l’autre membre cessent de fonctionner.
}
member-merge-console = Si { $survivor } est conservé, il ne reçoit pas les moyens de l’autre membre de se connecter à cette console (code par e-mail, lien, clé d’accès).
member-merge-choose = Membre à conserver
member-merge-button = Fusionner les membres
account-move-title = Déplacer des membres vers une autre connexion SSO
account-move-lead = Les membres sont reconnus à leur compte auprès d’une connexion SSO. Lorsque votre entreprise change de fournisseur d’identité, un déplacement leur permet de rester membres : à la première connexion par la nouvelle connexion SSO, un membre est retrouvé par son adresse e-mail vérifiée.
account-move-one-connection = Il faut une deuxième connexion SSO. Configurez-la d’abord.
account-move-from = Connexion SSO actuelle
account-move-to = Nouvelle connexion SSO
account-move-preview = Aperçu
account-move-movable = { $movable } membres sur { $members } restent membres lorsqu’ils se connectent par la nouvelle connexion SSO.
account-move-keeps-old = Tant que la connexion SSO actuelle est active, ils peuvent aussi se connecter avec elle.
account-move-undo-hint = Vous pouvez annuler le déplacement. Il prend fin après 90 jours.
account-move-others = Membres qui ne sont pas déplacés
account-move-reason = Raison
account-move-start = Déplacer { $movable } membres
account-move-list = Déplacements
account-move-route = Connexions SSO
account-move-moved = Déplacés jusqu’ici
account-move-open = En cours
account-move-expired = Expiré
account-move-undone = Annulé
account-move-undo = Annuler
account-move-undo-question = Annuler le déplacement de { $from } vers { $to } ?
account-move-undo-effect = { $count ->
    [one] { $count } membre perd son compte auprès de la nouvelle connexion SSO et est déconnecté.
   *[other] { $count } membres perdent leur compte auprès de la nouvelle connexion SSO et sont déconnectés.
}
account-move-undo-then = Ils peuvent ensuite se connecter avec { $from }, si elle est active. Avec { $to }, ils ne sont plus reconnus.
account-move-deactivated = Désactivé
account-move-no-verified-email = Pas d’adresse e-mail vérifiée
account-move-has-account = A déjà un compte auprès de la nouvelle connexion SSO
account-move-same-email = Un autre membre a la même adresse e-mail. Fusionnez-les d’abord.
done-invitation-withdrawn = Invitation annulée.
