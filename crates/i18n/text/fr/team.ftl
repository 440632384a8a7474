team-empty = Il n’y a encore aucun membre. Invitez le premier ci-dessous.
team-search = Chercher un membre par nom ou adresse e-mail
team-search-go = Chercher
team-search-all = Tout afficher
team-search-none = Aucun nom et aucune adresse e-mail ne contient « { $sought } ».
team-member = Membre
team-role = Rôle
team-state = État
team-active = actif
team-deactivated = désactivé
team-deactivate = Désactiver
team-reactivate = Réactiver
team-remove = Retirer
team-remove-sure = Retirer ce membre ? Ses sessions prennent fin aussitôt.
team-invite = Inviter
team-invite-lead = Les membres passent par l’authentification unique. Les administrateurs accèdent aussi à cette console, par un lien ou par un code qui leur est envoyé.
team-name = Nom (facultatif)
team-invited = { $email } a été invité.
team-invited-link = Transmettez-lui ce lien. Il fonctionne une seule fois, pendant sept jours, et ne sera plus affiché.
team-invited-by-operator = Ce service n’envoie pas d’e-mails : c’est à son exploitant de transmettre à cette personne un lien vers la console.
team-mail-subject = Vous êtes invité à rejoindre { $product }
team-mail-text =
    Vous êtes invité à administrer { $organization } dans { $product }.

    Ouvrez ce lien et cliquez sur le bouton. Il fonctionne une seule fois, pendant sept jours :
    { $link }
done-member-deactivated = Le membre est désactivé ; ses sessions ont pris fin.
done-member-reactivated = Le membre peut de nouveau se connecter.
done-member-removed = Le membre a été retiré.
