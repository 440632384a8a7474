# La page des paramètres avancés.
sso-advanced = Paramètres avancés
sso-advanced-lead = Les valeurs par défaut de ces paramètres de { $connection } conviennent à la plupart des fournisseurs d’identité. Ne les modifiez que si votre fournisseur d’identité ou votre politique de sécurité l’exige.
sso-advanced-invalid = Rien n’a été enregistré. Corrigez les champs signalés.
sso-advanced-not-allowed-with-setup-link = Un lien de configuration ne permet pas cette modification. Rien n’a été enregistré. Demandez-la à un administrateur.
sso-advanced-open = Ouvrir les paramètres avancés
sso-advanced-panel-lead = Signature, chiffrement, comportement de la connexion, claims personnalisés et provisionnement.
sso-advanced-signing = Signature et chiffrement
sso-advanced-sign-in = Comportement de la connexion
sso-advanced-identity = Identité et attributs
sso-advanced-provisioning = Provisionnement
sso-locked-administrators = Seul un administrateur peut modifier ce paramètre.
sso-locked-not-set = Non défini
sso-locked-was-active = Cette connexion SSO a déjà été active : seul un administrateur peut modifier ce paramètre.

# L’effet de chaque paramètre.
sso-help-sign-requests = Signer les requêtes même si les métadonnées de votre fournisseur d’identité ne le demandent pas. Ajoutez d’abord notre certificat chez votre fournisseur d’identité.
sso-help-sign-on-binding = Comment le navigateur transmet les requêtes à votre fournisseur d’identité. L’URL de connexion doit correspondre à ce binding.
sso-help-require-signed-response = Rejeter les réponses qui ne sont pas elles-mêmes signées. Par défaut, la réponse ou l’assertion doit être signée.
sso-help-require-signed-assertion = Rejeter les assertions qui ne sont pas elles-mêmes signées.
sso-help-require-encryption = Rejeter les assertions qui ne sont pas chiffrées. Nos métadonnées contiennent alors toujours une clé de chiffrement.
sso-help-publish-encryption-key = Indique si nos métadonnées contiennent une clé de chiffrement. De nombreux produits chiffrent dès qu’ils en trouvent une. Par défaut, nous en publions une, sauf pour AD FS tant qu’AES-CBC n’est pas accepté.
sso-help-accept-cbc = Accepter le chiffrement AES-CBC en plus d’AES-GCM. Nécessaire pour les produits qui ne connaissent qu’AES-CBC, comme AD FS. AES-CBC ne détecte pas les altérations : choisissez AES-GCM chez votre fournisseur d’identité s’il le propose.
sso-help-reject-expired-signing-certificate = Rejeter les signatures lorsque le certificat a expiré. Sinon, la clé reste approuvée jusqu’à ce que vous supprimiez son certificat.
sso-help-danger-accept-sha1 = Accepter les signatures SHA-1. Choisissez plutôt SHA-256 chez votre fournisseur d’identité.
sso-help-force-authn = Demander au fournisseur d’identité une nouvelle authentification à chaque connexion, même si l’utilisateur y a déjà une session.
sso-help-passive-requests = Lorsqu’une application demande une connexion sans aucune page (prompt=none), interroger aussi le fournisseur d’identité. Sinon, nous répondons uniquement d’après la session.
sso-help-authn-contexts = Comment les utilisateurs doivent se connecter chez le fournisseur d’identité, par exemple https://refeds.org/profile/mfa. Saisissez un URI par ligne. Une connexion avec un autre contexte est rejetée.
sso-help-authn-context-comparison = Comment le fournisseur d’identité compare la connexion aux contextes exigés. La plupart des produits ne prennent en charge que « exact ».
sso-help-accepted-authn-contexts = Contextes qu’une connexion peut avoir à la place, un URI par ligne. Nécessaire pour « au moins », « au plus » et « meilleur », car les contextes n’ont pas d’ordre général.
sso-help-accept-missing-authn-statement = Accepter les assertions qui n’indiquent ni quand ni comment l’utilisateur s’est connecté. Les applications ignorent alors l’heure et ne peuvent pas demander une nouvelle authentification.
sso-help-clock-tolerance-seconds = De combien l’horloge de votre fournisseur d’identité peut différer de la nôtre, de 0 à 300 secondes.
sso-help-idp-initiated = Ce qui se passe pour une connexion qui commence chez le fournisseur d’identité, par exemple depuis une vignette de son portail. « Recommencer » la relance avec une requête de notre part, ce qui est sûr.
sso-help-entity-id = Le nom du fournisseur de services, que votre fournisseur d’identité utilise comme audience. Laissez vide pour celui que toutes les connexions SSO partagent. Si vous le modifiez ici, modifiez-le aussi chez votre fournisseur d’identité.
sso-help-name-id-format = Le format de NameID à demander. Laissez vide pour n’en demander aucun, ou un persistant à SimpleSAMLphp. Entra ID et AD FS refusent certains formats.
sso-help-allow-create = Autoriser le fournisseur d’identité à créer un identifiant pour un utilisateur qui n’en a pas encore (AllowCreate). Sans cela, certains produits refusent une première connexion.
sso-help-subject-attribute = L’attribut qui identifie le compte, si le NameID n’est pas stable. Laissez vide pour utiliser le NameID. Le modifier donne de nouveaux comptes aux membres existants.
sso-help-group-separator = Le caractère entre les groupes, si votre fournisseur d’identité envoie tous les groupes dans une seule valeur. Un nom distinctif (CN=…,OU=…) n’est jamais divisé.
sso-help-custom-claims = Attributs que les applications reçoivent en plus du profil. Lancez un test pour voir les valeurs réelles.
sso-help-provisioning = Qui peut se connecter : toutes les personnes que le fournisseur d’identité authentifie, ou seulement les membres que vous avez invités.
sso-help-unverified-email = Ce qui se passe pour un nouveau membre dont l’adresse e-mail n’appartient à aucun de vos domaines vérifiés. Par défaut, la connexion est refusée dès que vous avez un domaine vérifié.

# Pourquoi un paramètre est dangereux.
sso-danger-danger-accept-sha1 = Dangereux : les signatures SHA-1 peuvent être falsifiées, un attaquant pourrait donc se connecter au nom de n’importe quel membre.
sso-danger-idp-initiated = Accepter directement ces connexions est dangereux : n’importe quel site web peut connecter un visiteur au compte d’une autre personne.

# Valeurs.
sso-binding-redirect = HTTP-Redirect
sso-binding-post = HTTP-POST
sso-comparison-exact = Exact
sso-comparison-minimum = Au moins (minimum)
sso-comparison-maximum = Au plus (maximum)
sso-comparison-better = Meilleur (better)
sso-idp-initiated-reject = Rejeter
sso-idp-initiated-restart = Recommencer avec une requête
sso-idp-initiated-danger-accept = Accepter (dangereux)
sso-provisioning-just-in-time = Tout le monde (provisionnement à la volée)
sso-provisioning-invitation-only = Membres invités uniquement
sso-unverified-email-default = Par défaut (refuser avec un domaine vérifié, sinon admettre)
sso-unverified-email-admit = Admettre, avec l’adresse comme non vérifiée
sso-unverified-email-admit-without-email = Admettre sans adresse e-mail
sso-unverified-email-refuse = Refuser
sso-claim-name = Claim { $number }
sso-claim-attribute = Attribut { $number }
sso-claim-values = Valeurs { $number }
sso-claim-first = Première valeur
sso-claim-list = Liste de toutes les valeurs
sso-claim-add = Ajouter un claim
sso-claim-remove = Supprimer le claim
sso-own-entity-id = Utiliser un identifiant d’entité propre
sso-own-entity-id-lead = Votre fournisseur d’identité reconnaît une application à son seul identifiant d’entité. Si une autre application ou connexion SSO y utilise déjà cet identifiant, donnez à cette connexion SSO le sien avant de continuer.

# Renommer, dupliquer, supprimer.
sso-manage = Gérer la connexion SSO
sso-connection-name = Nom
sso-connection-name-hint = Affiché aux administrateurs, et aux membres qui choisissent entre plusieurs connexions SSO.
sso-rename = Renommer la connexion SSO
sso-rename-title = Renommer { $connection }
sso-duplicate = Dupliquer la connexion SSO
sso-duplicate-title = Dupliquer { $connection }
sso-duplicate-lead = La copie est un brouillon avec les mêmes paramètres. Elle a sa propre URL ACS, ses clés et ses métadonnées, à saisir chez le fournisseur d’identité. Les membres ne sont pas concernés.
sso-copy-name = { $connection } (copie)
sso-delete = Supprimer la connexion SSO
sso-delete-question = Supprimer { $connection } ?
sso-delete-members = { $count ->
    [0] Aucun membre actif n’a de compte auprès de cette connexion SSO.
    [one] { $count } membre a un compte auprès de cette connexion SSO et ne pourra plus l’utiliser. Il reste dans votre équipe.
   *[other] { $count } membres ont un compte auprès de cette connexion SSO et ne pourront plus l’utiliser. Ils restent dans votre équipe.
}
sso-delete-settings = Ses paramètres, versions, clés et liens de configuration sont supprimés. Cette action est irréversible. Ses tentatives de connexion sont conservées.
done-connection-renamed = Connexion SSO renommée.
done-connection-duplicated = Connexion SSO dupliquée. Voici la copie.
done-connection-deleted = Connexion SSO supprimée.
