# Domains of an organization.
domain-title = Domaines
domain-lead = Les adresses e-mail des domaines vérifiés sont considérées comme fiables et dirigées vers votre SSO.
domain-none = Aucun domaine pour le moment. Ajoutez le domaine de vos adresses e-mail.
domain-add-title = Nouveau domaine
domain-name = Domaine
domain-name-hint = La partie qui suit le @ dans vos adresses e-mail, par exemple company.example.
domain-add = Ajouter le domaine
domain-verify-manually = Marquer comme vérifié (sans vérification DNS)
domain-state-pending = En attente
domain-state-in-use = Utilisé par une autre organisation
domain-state-verified = Vérifié
domain-state-missing = Enregistrement manquant
domain-state-lost = N’est plus vérifié
domain-verified-manually = L’opérateur du service a vérifié ce domaine manuellement. Aucun enregistrement DNS n’est nécessaire.
domain-public-mail = N’importe qui peut obtenir une boîte aux lettres dans ce domaine. N’ajoutez que des domaines qui appartiennent à votre organisation.
domain-add-record = Ajoutez cet enregistrement TXT au DNS de votre domaine et conservez-le. Nous le vérifions chaque jour.
domain-keep-record = Conservez cet enregistrement TXT dans votre DNS. Nous le vérifions chaque jour.
domain-propagation-hint = Un nouvel enregistrement est généralement visible en quelques minutes, mais cela peut prendre plusieurs heures.
domain-demo-dns = Dans la démo, une page remplace le DNS de votre domaine.
domain-demo-dns-link = Ajouter l’enregistrement au DNS de la démo
domain-record-type = Type
domain-record-name = Nom
domain-record-name-hint = Certains fournisseurs DNS ajoutent automatiquement le domaine. Dans ce cas, saisissez seulement { $short }.
domain-record-value = Valeur
domain-check = Vérifier l’enregistrement
domain-remove = Retirer le domaine
domain-remove-question = Retirer { $domain } ?
domain-remove-members = { $count ->
    [0] Aucun membre n’a d’adresse e-mail vérifiée dans ce domaine.
    [one] L’adresse e-mail de { $count } membre ne sera plus vérifiée.
   *[other] Les adresses e-mail de { $count } membres ne seront plus vérifiées.
}
domain-remove-effect = Les personnes qui saisissent une adresse de ce domaine ne sont plus dirigées vers votre SSO. Pour rajouter le domaine, vous devrez le vérifier de nouveau.
domain-never-checked = Pas encore vérifié.
domain-checked = Vérifié le { $when }
domain-result-none = Aucun enregistrement TXT trouvé pour ce nom.
domain-result-records = Nous avons trouvé { $count ->
    [one] cet enregistrement TXT :
   *[other] ces { $count } enregistrements TXT :
}
domain-result-expected = Correct
domain-result-failure = La requête DNS a échoué : { $failure }. Cela ne signifie pas que l’enregistrement est incorrect. Nous réessaierons.
domain-missing = L’enregistrement est introuvable depuis le { $when }. S’il manque pendant trois jours, le domaine n’est plus vérifié. Ajoutez-le de nouveau.
domain-lost = L’enregistrement est introuvable depuis le { $when } : le domaine n’est plus vérifié. Ajoutez-le de nouveau pour rétablir la vérification.
domain-in-use = L’enregistrement est correct, mais une autre organisation avait déjà vérifié ce domaine : il n’est donc pas vérifié pour la vôtre. Faites-le retirer de l’autre organisation, puis relancez la vérification, ou retirez-le ici.
domain-error-domain-in-use = Une autre organisation utilise déjà ce domaine. Il doit d’abord y être retiré. Contactez l’opérateur du service.
domain-error-already-added = Ce domaine figure déjà dans la liste.
domain-error-invalid-fields = Saisissez un domaine qui vous appartient, par exemple company.example, sans @. Les suffixes publics comme co.uk ne peuvent pas être ajoutés.
domain-error-url = Saisissez seulement le domaine, sans https:// ni chemin : { $domain }
done-domain-added = Domaine ajouté. Ajoutez l’enregistrement ci-dessous à votre DNS, puis vérifiez-le.
done-domain-verified = Domaine vérifié.
done-domain-checked = Enregistrement vérifié. Consultez le résultat ci-dessous.
done-domain-removed = Domaine retiré.
domain-error-too-many-domains = 20 domaines sont déjà en attente. Vérifiez-les d’abord, ou demandez à un administrateur de votre organisation d’en retirer.
domain-error-too-many-requests = Trop de vérifications. Attendez une minute, puis réessayez.
domain-subdomains-on = Les adresses e-mail des sous-domaines mènent aussi à votre SSO. Elles ne sont pas vérifiées tant que vous n’avez pas ajouté et vérifié le sous-domaine.
domain-subdomains-off = Les adresses e-mail des sous-domaines ne mènent pas à votre SSO.
domain-subdomains-include = Inclure les sous-domaines
domain-subdomains-exclude = Exclure les sous-domaines
routing-title = Aiguillage des connexions
routing-card = S’il y a plusieurs connexions SSO actives, des règles en choisissent une d’après l’adresse e-mail. Sans règle, chacun choisit.
routing-edit = Modifier les règles
routing-lead = Choisissez qui se connecte avec quelle connexion SSO. S’il n’y en a qu’une d’active, tout le monde l’utilise.
routing-rules-lead = La ligne la plus précise l’emporte : une adresse avant un domaine, un domaine avant les sous-domaines d’un autre. Les personnes qu’aucune règle ne désigne choisissent en se connectant.
routing-patterns-hint = Une entrée par ligne : acme.example pour un domaine, *.acme.example pour ses sous-domaines, ada@acme.example pour une personne.
routing-patterns = Domaines et adresses de la règle { $number }
routing-connection = Connexion SSO de la règle { $number }
routing-connection-deleted = Connexion SSO supprimée
routing-skipped-deleted = La règle { $number } est ignorée : sa connexion SSO a été supprimée. Choisissez-en une autre ou videz la règle.
routing-skipped-not-active = La règle { $number } est ignorée : sa connexion SSO n’est pas active.
routing-more = Pour retirer une règle, videz-la. Pour en ajouter d’autres, enregistrez d’abord.
routing-edit-conflict = Une autre personne a modifié les règles pendant que vous les modifiiez. Rien n’a été enregistré. Vos règles figurent ci-dessous : comparez-les aux règles enregistrées et enregistrez de nouveau pour remplacer celles-ci.
routing-saved-rules = Règles actuellement enregistrées
