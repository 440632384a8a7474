# Configuration guidée : où l’on est.
setup-title = Connecter votre fournisseur d’identité
setup-lead = Pas à pas, dans les termes de votre fournisseur d’identité. Vous pouvez vous arrêter à tout moment : ce qui est fait reste fait, et des collègues peuvent continuer.
setup-entry = Configurer pas à pas
setup-entry-lead = Dans les termes de votre fournisseur d’identité, avec ses métadonnées par adresse ou par fichier, un test et votre domaine.
setup-steps = Étapes
setup-step-of = Étape { $number } sur { $count }
setup-step-provider = Fournisseur d’identité
setup-step-cards = Chez votre fournisseur
setup-step-other-side = Données de votre fournisseur
setup-step-attributes = Attributs et rôles
setup-step-test = Test
setup-step-domain = Domaine
setup-step-activate = Activation
setup-done = fait
setup-next = Continuer
setup-keep = Enregistrer et continuer
setup-incomplete = Il manque encore :
setup-without-plan = L’offre de l’organisation ne comprend pas l’authentification unique. Adressez-vous à l’exploitant de ce service.

# Où cela commence.
setup-there = Connexions existantes
setup-go-on = Poursuivre
setup-state-active = active
setup-state-disabled = désactivée
setup-state-tested = testée
setup-state-draft = en cours
setup-choose = En connecter un autre
setup-choose-lead = Avec quel produit vos collaborateurs s’authentifient-ils ?
setup-takes-metadata = importe nos métadonnées : moins à copier
setup-somebody-else = Quelqu’un d’autre s’en occupe ?
setup-somebody-else-lead = Envoyez-lui un lien. Il mène à cette configuration et à rien d’autre, ne demande pas de compte et peut être révoqué.
setup-make-link = Créer un lien

# Dans l’autre produit.
setup-cards = Les étapes là-bas
setup-card-of = Fiche { $number } sur { $count }
setup-in-console = Commencez à { $path }
setup-card-done = C’est fait, continuer
setup-card-open = Refaire cette étape
setup-traps = Les erreurs fréquentes
setup-bring-back = Gardez cette page de votre fournisseur ouverte. Ce qu’elle montre est à saisir sous

# La zone pour l’autre côté.
setup-box-lead = Parlez-nous maintenant de votre fournisseur d’identité. Le mieux, ce sont les métadonnées : elles disent tout d’un coup.
setup-box = Indiquez-les ici
setup-box-again = Indiquer autre chose
setup-ways = { $product } montre l’un de ces éléments :
setup-pasted = URL des métadonnées, XML des métadonnées ou certificat
setup-pasted-hint = Collez ce que vous avez. Vous voyez ce qui a été compris avant que quoi que ce soit soit enregistré. Ne collez jamais de clé privée.
setup-file = Ou choisissez un fichier
setup-by-hand = Saisir à la main
setup-by-hand-lead = Ces trois valeurs, si vous n’avez pas de métadonnées.
setup-certificate-hint = En texte de BEGIN à END, ou en base64 ; plusieurs à la fois conviennent.
setup-certificate-life = Durée de validité du certificat
setup-look = Montrer ce qui est compris
setup-understood = Voici ce que nous avons compris
setup-kept = Ce que nous savons
setup-source = Lu à l’adresse
setup-entity = Fournisseur d’identité
setup-entity-lead = Ces métadonnées décrivent plusieurs fournisseurs d’identité. Choisissez le vôtre.
setup-entity-choose = Choisissez
setup-name = Nom
setup-entity-id = Émetteur (identifiant d’entité)
setup-sign-on-address = URL de connexion (Sign on URL)
setup-sign-out-address = URL de déconnexion
setup-certificate = Certificat
setup-days-left = { $days ->
    [one] encore { $days } jour
   *[other] encore { $days } jours
}
setup-ended = expiré le { $when }

# Ce qu’il faut en savoir.
setup-note-certificate-ended = Un certificat a expiré. Demandez à votre fournisseur celui qui est en service.
setup-note-certificate-ends-soon = Un certificat expire dans les trente jours. Indiquez le suivant ici avant cette date.
setup-note-certificate-not-yet-valid = Un certificat n’est pas encore valable.
setup-note-certificate-left-out = Un certificat des métadonnées est inutilisable et a été laissé de côté : sa clé est trop courte, ou d’un type peu sûr.
setup-note-key-left-out = Une clé des métadonnées n’est pas donnée sous forme de certificat et a été laissée de côté.
setup-note-metadata-signature-not-checked = Les métadonnées sont signées. Nous les prenons telles que vous les donnez, sans vérifier cette signature.
setup-note-metadata-ended = Les métadonnées ne sont plus valables ; récupérez-les de nouveau.
setup-note-plain-http = L’adresse de connexion commence par http : ce qu’on y saisit peut être lu en chemin. Utilisez https.
setup-note-danger-published-key = Tout le monde peut avoir la clé privée de ce certificat : n’importe qui pourrait se connecter à la place de n’importe qui. À n’utiliser que pour des essais.
setup-note-danger-sha1 = Les signatures en SHA-1 sont acceptées, alors qu’elles peuvent être falsifiées.
setup-note-sso-not-in-plan = Personne ne se connecte par elle : l’offre ne comprend pas l’authentification unique SAML.
setup-note-sha1 = SHA-1 y est utilisé. Si votre fournisseur signe avec SHA-1, les connexions sont refusées : choisissez-y SHA-256.
setup-note-issuer-unusual = L’émetteur ne ressemble pas à ceux du produit que vous avez choisi. Vérifiez que c’est la bonne valeur.
setup-note-other-product = Cela ressemble à { $recognised }, et vous avez choisi { $chosen }. Si ce n’est pas juste, revenez à la première étape.

# Ce qui ne va pas.
setup-fault-missing = Cette valeur est nécessaire.
setup-fault-paste-empty = Collez quelque chose ici, ou saisissez les trois valeurs à la main.
setup-fault-paste-too-large = Cela dépasse un mégaoctet ; aucun certificat ni aucunes métadonnées d’un fournisseur ne sont si grands.
setup-fault-paste-private-key = C’est une clé privée. Elle ne doit jamais quitter votre fournisseur d’identité : nous ne l’avons pas gardée, et vous devriez la remplacer. Donnez plutôt le certificat.
setup-fault-paste-certificate-request = C’est une demande de certificat, pas un certificat.
setup-fault-paste-public-key = C’est une clé publique seule. Donnez le certificat qui la contient.
setup-fault-paste-pkcs7 = C’est un ensemble PKCS#7. Exportez le certificat seul, au format X.509 encodé en base 64 (.cer).
setup-fault-paste-pkcs12 = C’est un fichier PKCS#12 (.pfx, .p12), qui contient d’ordinaire une clé privée. Nous ne l’avons pas gardé. Exportez le certificat seul.
setup-fault-paste-fingerprint = C’est l’empreinte d’un certificat. Donnez le certificat lui-même.
setup-fault-paste-damaged = Il manque une partie du certificat. Copiez-le en entier, de BEGIN à END.
setup-fault-paste-unrecognised = Ce n’est ni une adresse, ni des métadonnées, ni un certificat.
setup-fault-own-metadata = Ce sont nos propres métadonnées, dont votre fournisseur d’identité a besoin. Ici, il nous faut celles de votre fournisseur d’identité.
setup-fault-metadata-of-a-service-provider = Ce sont les métadonnées d’un fournisseur de services. Il faut celles du fournisseur d’identité.
setup-fault-metadata-without-identity-provider = Ces métadonnées ne décrivent aucun fournisseur d’identité SAML 2.0.
setup-fault-metadata-expired = Ces métadonnées ne sont plus valables. Récupérez-les de nouveau auprès de votre fournisseur d’identité.
setup-fault-not-metadata = C’est du XML, mais pas des métadonnées. Ouvrez l’adresse des métadonnées dans un navigateur et comparez.
setup-fault-paste-web-page = C’est une page web, pas des métadonnées. Si la page mène aux métadonnées (XML), donnez leur adresse, ou le fichier téléchargé.
setup-fault-metadata-without-sign-on-endpoint = Les métadonnées ne contiennent aucune adresse de connexion pour HTTP-Redirect ou HTTP-POST.
setup-fault-metadata-entity-id = L’entityID des métadonnées est absent, vide ou trop long.
setup-fault-xml-syntax = Ce n’est pas du XML bien formé.
setup-fault-key-too-short = La clé RSA du certificat a moins de 2048 bits, ce qui n’est pas sûr. Faites créer un nouveau certificat par votre fournisseur d’identité.
setup-fault-address-of-a-certificate = C’est l’adresse d’un certificat, pas de métadonnées. Collez le certificat lui-même, et saisissez les deux autres valeurs à la main.
setup-fault-address-without-scheme = Une adresse commence par https:// (ou http://). Ajoutez-le au début.
setup-fault-fetch-no-connection = Personne ne répond à { $url }. Vérifiez l’adresse. Si elle est juste, ce serveur ne peut pas l’atteindre : collez alors les métadonnées elles-mêmes.
setup-fault-fetch-no-answer = { $url } n’a pas répondu. Réessayez, ou collez les métadonnées elles-mêmes.
setup-fault-fetch-status = Il n’y a pas de métadonnées à { $url } : le serveur a répondu « { $status } ». Ouvrez l’adresse dans un navigateur et comparez, ou collez les métadonnées elles-mêmes.

# Attributs et rôles.
setup-attributes-lead = D’ordinaire, il n’y a rien à faire ici.
setup-attributes-needed = Ce qu’il nous faut
setup-attribute-part = Quoi
setup-attribute-came = Reçu au dernier test
setup-attribute-name = Nom de l’attribut, s’il est différent
setup-attribute-also = compris aussi : { $names }
setup-attribute-absent = rien
setup-sent = Tout ce qui a été envoyé au dernier test
setup-sent-later = Après le test, vous voyez ce qui est réellement arrivé.
setup-roles = Rôles
setup-roles-lead = Un groupe donne un rôle. La première règle qui convient compte, et elle est réévaluée à chaque connexion. Sans règles, le rôle de personne ne change.
setup-group = Groupe, exactement comme il est envoyé
setup-role = Rôle
setup-default-role = Rôle de tous les autres
setup-default-role-hint = Personne ne devient administrateur par défaut.

# Le test.
setup-test-lead = Connectez-vous une fois pour essayer, dans ce navigateur, comme le ferait l’un de vos collaborateurs.
setup-test-title = Connexion de test
setup-test-harmless = Elle ne touche personne : aucun membre n’est créé ni modifié, et elle ne vous connecte nulle part. Elle peut être répétée.
setup-test-begin = Tester la connexion
setup-test-again = Tester de nouveau
setup-test-done = Le test a réussi le { $when }.
setup-test-errors = { $product } : ce qui peut s’afficher quand quelque chose ne va pas encore

# Le domaine.
setup-domain-lead = Prouver un domaine demande un enregistrement dans le DNS.

# L’activation.
setup-notice-draft = Les réglages avec lesquels les membres se connectent aujourd’hui sont remplacés par ceux-ci.
setup-notice-undo = Vous pouvez la désactiver à tout moment, et revenir à des réglages antérieurs.
setup-untested = Elle n’a pas été testée avec ces réglages :
setup-activate = Activer
setup-activate-untested = Activer sans test
setup-active-title = La connexion est active
setup-active = Les membres se connectent par votre fournisseur d’identité.
setup-active-try = Essayez : commencez dans l’application, avec une de vos adresses e-mail.
setup-active-no-domain = Tant qu’aucun domaine n’est prouvé, personne n’est trouvé par son adresse e-mail. Prouvez le vôtre :
setup-active-open = Ouvrir l’application
setup-to-panel = Vers l’authentification unique
setup-not-by-link = Tout est prêt. Un administrateur de votre organisation, ou la personne qui vous a envoyé le lien, l’active : un lien ne le peut que pour une organisation dont un domaine est prouvé, et seulement la première fois.

# Liens de configuration.
setup-links = Liens de configuration
setup-links-lead = Quiconque possède un tel lien configure cette connexion, et ne peut rien faire d’autre.
setup-links-there = Liens
setup-link-new = Un nouveau lien
setup-link-made = Le lien
setup-link-made-lead = Envoyez-le à qui doit s’en servir. Il n’est plus montré ensuite. Plusieurs personnes peuvent l’ouvrir jusqu’à son expiration.
setup-link-purpose = Pour
setup-purpose-connection = toute la configuration
setup-purpose-test = une connexion de test
setup-purpose-domain = prouver un domaine
setup-link-good-for = Valable
setup-link-email = Pour qui (facultatif)
setup-link-email-hint = Une adresse e-mail, pour cette liste seulement : rien n’est envoyé.
setup-link-email-fault = Saisissez une adresse e-mail complète, comme ada@acme.example.
setup-link-state = État
setup-link-until = Expiration
setup-link-waiting = pas encore ouvert
setup-link-opened = ouvert
setup-link-expired = expiré
setup-link-revoked = révoqué
setup-link-revoke = Révoquer
setup-door-connection = On vous demande de connecter le fournisseur d’identité de votre organisation. Il faut une dizaine de minutes, et vous pouvez faire des pauses.
setup-door-test = On vous demande de vous connecter une fois pour essayer, afin de voir si l’authentification unique fonctionne. Rien ne change.
setup-door-domain = On vous demande de prouver, par un enregistrement dans le DNS, qu’un domaine est celui de votre organisation.
setup-door-until = Le lien fonctionne jusqu’au { $when }.
setup-door-open = Commencer
setup-over-title = Ce lien ne fonctionne plus
setup-over-expired = Il a expiré. Demandez-en un autre à la personne qui l’a envoyé.
setup-over-revoked = Il a été révoqué. Demandez-en un autre à la personne qui l’a envoyé.
setup-over-unknown = Ce lien n’existe pas. Copiez l’adresse entière, ou demandez-en un autre à la personne qui l’a envoyé.
setup-closed-title = Ouvrez de nouveau votre lien
setup-closed = Rien n’est en cours de configuration dans ce navigateur, ou le lien que vous avez ouvert a expiré. Ouvrez le lien que vous avez reçu ; ce qui a été fait est conservé.
setup-finished-title = Tout est fait
setup-finished = La connexion est active : ce lien a rempli son office. La personne qui administre votre organisation peut en créer un autre.
