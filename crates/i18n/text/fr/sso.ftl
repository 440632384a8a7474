sso-title = Authentification unique SAML
sso-lead = Laissez vos membres se connecter avec votre propre fournisseur d’identité.
sso-without-plan = Non compris dans votre offre
sso-without-plan-lead = Avec l’authentification unique SAML, vos membres se connectent avec leur compte d’entreprise, et ceux qui la quittent n’ont plus accès.
sso-needed-plan = Elle est comprise dans l’offre { $plan } et dans les offres supérieures.
sso-get-in-touch = Nous contacter
sso-ours = Pour votre fournisseur d’identité
sso-ours-lead = Saisissez-y ces deux valeurs, ou donnez-lui les métadonnées, qui disent la même chose.
sso-acs-url = URL du service consommateur d’assertions (ACS)
sso-entity-id = Identifiant d’entité (Entity ID)
sso-download-metadata = Télécharger les métadonnées XML
sso-theirs = De votre fournisseur d’identité
sso-enable = Activer l’authentification SAML
sso-sign-on-url = URL de connexion (Sign on URL)
sso-sign-on-url-hint = L’adresse à laquelle votre fournisseur d’identité reçoit les demandes de connexion.
sso-issuer = Émetteur (Issuer)
sso-issuer-hint = Le nom de votre fournisseur d’identité, parfois appelé Entity ID ou identifiant.
sso-certificate = Certificat public
sso-certificate-hint = PEM, base64, plusieurs à la fois, ou les métadonnées de votre fournisseur d’identité. Jamais une clé privée.
sso-certificate-stays = Si le champ reste vide, les certificats ci-dessus sont conservés.
sso-trusted = Certificat approuvé
sso-until = valable jusqu’au { $when }
sso-algorithms = Les signatures en SHA-256 ou mieux sont acceptées, sur la réponse, sur l’assertion ou sur les deux.
sso-download-certificate = Télécharger notre certificat
sso-enable-hint = L’activation et la désactivation demandent d’abord confirmation et disent qui le remarquera.
sso-cancel = Annuler
sso-yes = oui
sso-no = non

# Ce que cela apporte, à qui ne l’a pas.
sso-gives-providers = Microsoft Entra ID, Okta, OneLogin, Ping Identity, Google Workspace et tout autre fournisseur SAML 2.0, avec un guide pour chacun.
sso-gives-leavers = Qui quitte votre entreprise perd l’accès sans que personne ait à y penser.
sso-gives-roles = Les groupes de votre fournisseur d’identité donnent des rôles ici.
sso-gives-require = Vous pouvez l’exiger de tous, avec une simulation préalable et un accès de secours.
sso-gives-help = Un test qui dit quoi corriger, et la raison de chaque connexion qui échoue.
sso-ask-for-plan = Demandez-la à { $contact }.

# Où en est la connexion.
sso-state-active = active
sso-state-disabled = désactivée
sso-state-tested = testée
sso-state-draft = en préparation

# Ce qui est en cours de modification.
sso-draft = Modifications non publiées
sso-draft-lead = Les membres se connectent avec les réglages précédents jusqu’à ce que vous publiiez ceux-ci.
sso-draft-same = Rien ne diffère des réglages avec lesquels les membres se connectent.
sso-draft-untested = Aucun test n’a encore réussi avec ces réglages.
sso-draft-test = Tester ces réglages
sso-publish = Publier
sso-discard = Abandonner
sso-discard-sure = Les modifications seront perdues. Continuer ?
sso-changes = Modifications
sso-connections = Connexions
sso-another = Connecter un autre fournisseur d’identité
sso-setting = Réglage
sso-now = Maintenant
sso-then = Ensuite

# Activer et désactiver.
sso-activate = Activer l’authentification unique
sso-activate-button = Activer
sso-who-notices = Qui remarquera quoi
sso-activate-members = { $count ->
    [0] L’organisation n’a pas encore de membres. Les futurs membres pourront se connecter par votre fournisseur d’identité.
    [one] Le seul membre de l’organisation pourra se connecter par votre fournisseur d’identité.
   *[other] Les { $count } membres de l’organisation pourront se connecter par votre fournisseur d’identité.
}
sso-activate-domains = Qui saisit une adresse de { $domains } sur la page de connexion est envoyé à votre fournisseur d’identité.
sso-activate-no-domains = Aucun domaine n’est encore vérifié : la page de connexion n’envoie donc personne à votre fournisseur d’identité d’après son adresse.
sso-activate-accounts = { $count ->
    [one] { $count } membre est déjà passé par cette connexion et sera reconnu.
   *[other] { $count } membres sont déjà passés par cette connexion et seront reconnus.
}
sso-activate-others = Ces connexions restent actives à côté : { $names }.
sso-activate-sessions = Personne n’est déconnecté, et qui se connecte autrement aujourd’hui peut continuer.
sso-activate-untested = Aucun test n’a encore réussi avec ces réglages. Testez avant d’activer, pour que personne ne rencontre d’erreur.
sso-activate-publish = Publier aussi les modifications
sso-disable = Désactiver l’authentification unique
sso-disable-button = Désactiver
sso-disable-accounts = { $count ->
    [one] { $count } membre est passé par cette connexion et ne le pourra plus.
   *[other] { $count } membres sont passés par cette connexion et ne le pourront plus.
}
sso-disable-sessions = { $count ->
    [one] { $count } navigateur est connecté par elle ; sa session ici prend fin aussitôt.
   *[other] { $count } navigateurs sont connectés par elle ; leurs sessions ici prennent fin aussitôt.
}
sso-disable-domains = La page de connexion n’envoie plus les adresses de { $domains } à ce fournisseur d’identité.
sso-disable-others = Ces connexions restent actives : { $names }.
sso-disable-stays = Les réglages et les membres restent. Vous pouvez la réactiver.
sso-disable-required = L’authentification unique est exigée et aucune autre connexion n’est active : personne hormis les membres exemptés ne pourrait entrer. Annulez d’abord l’exigence.

# L’historique.
sso-versions = Versions
sso-versions-lead = Chaque ensemble de réglages avec lequel des membres se sont connectés. Chacun peut être rétabli.
sso-versions-none = Rien n’a encore été publié : la première version est celle que vous activez.
sso-version = Version
sso-version-current = en service
sso-restore = Rétablir
sso-restore-title = Rétablir la version { $number }
sso-restore-lead = Les membres se connectent aussitôt avec ces réglages. Cela devient une nouvelle version, vous pouvez donc revenir en arrière.
sso-restore-draft-stays = Les modifications non publiées restent à côté.
sso-restore-same = Rien ne change : les réglages sont les mêmes.
sso-changes-back = Ce qui change

# Les rôles.
sso-roles = Rôles d’après les groupes
sso-roles-lead = Quels groupes de votre fournisseur d’identité donnent quel rôle. C’est déterminé à chaque connexion.
sso-roles-now = { $rules ->
    [0] Aucune règle : les membres gardent leur rôle, et les nouveaux deviennent { $role }.
    [one] Une règle ; qui n’y répond pas devient { $role }.
   *[other] { $rules } règles ; qui ne répond à aucune devient { $role }.
}
sso-roles-change = Modifier les rôles
sso-roles-draft = La connexion est en service : ce que vous enregistrez ici devient un brouillon et compte une fois publié.
sso-default-role = Rôle par défaut
sso-default-role-hint = Le rôle de qui n’en reçoit pas d’autre par une règle. Ce n’est jamais admin.
sso-rules = Règles
sso-rules-lead = La première règle qui convient compte. Écrivez les groupes exactement comme votre fournisseur d’identité les envoie ; un test les montre. Les lignes vidées sont supprimées.
sso-rules-more = Enregistrez pour obtenir d’autres lignes.
sso-rule-group = Groupe { $number }
sso-rule-role = Rôle { $number }

# Qui a fait quelque chose.
sso-by-link = quelqu’un avec un lien de configuration
sso-by-key = un programme avec une clé d’API
sso-by-cli = l’exploitant, en ligne de commande
sso-by-server = le serveur lui-même

# Les réglages d’une connexion.
sso-field-name = Nom
sso-field-issuer = Émetteur (Issuer)
sso-field-sign-on-url = URL de connexion (Sign on URL)
sso-field-sign-on-binding = Transport des demandes
sso-field-certificates = Certificats
sso-field-provider = Produit
sso-field-sign-requests = Signer les demandes
sso-field-clock-tolerance-seconds = Tolérance d’horloge en secondes
sso-field-danger-accept-sha1 = Accepter SHA-1
sso-field-accept-cbc = Accepter AES-CBC
sso-field-reject-expired-signing-certificate = Refuser les certificats expirés
sso-field-unsolicited = Réponses que personne n’a demandées
sso-field-joining = Comment on devient membre
sso-field-subject-attribute = Attribut qui nomme le compte
sso-field-attributes = Attributs
sso-field-entity-id = Notre identifiant d’entité
sso-field-acs-url = Notre URL du service consommateur d’assertions
sso-field-force-authn = Toujours demander une nouvelle authentification
sso-field-name-id-format = Format du NameID
sso-field-authn-context = Contexte d’authentification
sso-field-default-role = Rôle par défaut
sso-field-role-rules = Rôles d’après les groupes

# Ce qui vient d’être fait.
done-draft-kept = Enregistré comme brouillon. Les membres ne remarquent rien tant que vous ne le publiez pas.
done-draft-published = Publié. Les membres se connectent désormais avec ces réglages.
done-draft-discarded = Les modifications ont été abandonnées.
done-activated = L’authentification unique est active.
done-disabled = L’authentification unique est désactivée.
done-version-restored = La version a été rétablie.
