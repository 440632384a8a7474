# Guided setup.
setup-title = Connectez votre fournisseur d’identité
setup-lead = Suivez les étapes propres à votre fournisseur d’identité. Vous pouvez vous arrêter à tout moment : votre progression est enregistrée, et vos collègues peuvent continuer.
setup-guided-title = Configuration guidée
setup-guided-button = Utiliser la configuration guidée
setup-guided-lead = Instructions pour votre fournisseur d’identité, import de métadonnées, connexion de test et vérification de domaine.
setup-steps = Étapes
setup-step-of = Étape { $number } sur { $count }
setup-step-provider = Fournisseur d’identité
setup-step-instructions = Configuration du fournisseur
setup-step-idp-details = Informations du fournisseur
setup-step-attributes = Attributs et rôles
setup-step-test = Test
setup-step-domain = Domaine
setup-step-activate = Activation
setup-done = terminé
setup-continue = Continuer
setup-save-and-continue = Enregistrer et continuer
setup-incomplete = Pour continuer, terminez cette étape :
setup-without-plan = Le forfait de votre organisation n’inclut pas l’authentification unique. Contactez l’opérateur du service pour changer de forfait.

# Start page.
setup-existing-connections = Connexions SSO existantes
setup-continue-setup = Poursuivre la configuration
setup-new-connection = Nouvelle connexion SSO
setup-new-connection-lead = Quel fournisseur d’identité utilisez-vous ?
setup-supports-metadata-import = Import de métadonnées possible
setup-delegate = Quelqu’un d’autre gère votre IdP ?
setup-delegate-lead = Envoyez-lui un lien de configuration. Aucun compte n’est nécessaire, le lien ne donne accès qu’à cette configuration, et vous pouvez le révoquer.
setup-create-link = Créer un lien de configuration

# Instructions for the identity provider.
setup-instructions = Instructions
setup-instruction-of = Instruction { $number } sur { $count }
setup-start-at = Commencez dans { $path }
setup-instruction-done = Marquer comme terminé et continuer
setup-instruction-reopen = Marquer comme non terminé
setup-common-problems = Problèmes courants
setup-values-to-copy = Gardez cette page de votre fournisseur d’identité ouverte. Vous aurez besoin de ses valeurs à l’étape

# The details of the identity provider.
setup-metadata-lead = Collez l’URL ou le XML des métadonnées de votre fournisseur d’identité. Nous complétons le reste.
setup-metadata = Métadonnées de l’IdP
setup-new-metadata = Nouvelles métadonnées de l’IdP
setup-metadata-sources = { $product } fournit l’un de ces éléments :
setup-metadata-field = URL des métadonnées, XML des métadonnées ou certificat
setup-metadata-field-hint = Vous pourrez vérifier les informations avant leur enregistrement. Ne collez jamais de clé privée.
setup-file = Ou choisissez un fichier
setup-file-too-large = Ce fichier dépasse 8 Mo. Choisissez un fichier qui ne contient que les métadonnées de votre fournisseur d’identité, ou collez son URL de métadonnées.
setup-details-of-other-product = Les informations enregistrées sont celles de { $product }, mais vous avez choisi { $chosen }. Saisissez ici les informations de { $chosen }. D’ici là, rien ne change.
setup-manual-entry = Saisir les valeurs manuellement
setup-manual-entry-lead = Si vous n’avez pas de métadonnées, saisissez ces trois valeurs.
setup-certificate-hint = Collez le texte de BEGIN à END, ou le certificat en base64. Vous pouvez coller plusieurs certificats.
setup-certificate-lifetime = Durée de validité du certificat
setup-review = Vérifier les informations
setup-new-details = Informations à enregistrer
setup-current-details = Paramètres actuels
setup-imported-from = Importé depuis
setup-idp-choice = Fournisseur d’identité
setup-idp-choice-lead = Ces métadonnées décrivent plusieurs fournisseurs d’identité. Choisissez le vôtre.
setup-idp-choice-missing = Choisissez un fournisseur d’identité
setup-name = Nom
setup-entity-id = Émetteur (Issuer, Entity ID)
setup-sign-on-url = URL de connexion (Sign on URL)
setup-sign-out-url = URL de déconnexion (Sign out URL)
setup-certificate = Certificat
setup-certificate-days-left = { $days ->
    [0] Expire aujourd’hui
    [one] Expire dans { $days } jour
   *[other] Expire dans { $days } jours
}
setup-certificate-expired = Expiré le { $when }

# Warnings.
setup-warning-certificate-expired = Un certificat a expiré. Récupérez le certificat actuel auprès de votre fournisseur d’identité.
setup-warning-certificate-expires-soon = Un certificat expire dans moins de 30 jours. Ajoutez ici son remplaçant avant cette échéance.
setup-warning-certificate-not-yet-valid = Un certificat n’est pas encore valable. Vérifiez que votre fournisseur d’identité signe avec un certificat déjà valable.
setup-warning-certificate-skipped = Un certificat des métadonnées a été ignoré, car sa clé est trop courte ou d’un type non sécurisé.
setup-warning-key-skipped = Une clé des métadonnées a été ignorée, car elle n’est pas fournie sous forme de certificat.
setup-warning-metadata-signature-not-checked = Ces métadonnées sont signées, mais nous ne vérifions pas leur signature. Assurez-vous qu’elles proviennent de votre fournisseur d’identité.
setup-warning-metadata-expired = Ces métadonnées ont expiré. Récupérez-les de nouveau auprès de votre fournisseur d’identité.
setup-warning-plain-http = L’URL de connexion utilise http:// : d’autres personnes peuvent lire ce que les membres y saisissent. Utilisez https://.
setup-warning-danger-published-key = La clé privée de ce certificat est publique. N’importe qui pourrait usurper l’identité de vos utilisateurs. Utilisez-le uniquement pour des tests.
setup-warning-danger-sha1 = Les signatures SHA-1 sont acceptées alors qu’elles peuvent être falsifiées. Utilisez SHA-256.
setup-warning-danger-unsolicited = Les réponses non sollicitées sont acceptées. N’importe quel site web peut tenter de connecter vos membres au compte de quelqu’un d’autre ; une confirmation leur est seulement demandée. Choisissez plutôt restart pour la connexion initiée par l’IdP.
setup-warning-sso-not-in-plan = Les membres ne peuvent pas utiliser cette connexion SSO, car le forfait n’inclut pas l’authentification unique SAML.
setup-warning-sha1 = Les connexions signées avec SHA-1 sont rejetées. Sélectionnez SHA-256 dans votre fournisseur d’identité.
setup-warning-unusual-issuer = Cet émetteur est inhabituel pour le fournisseur d’identité choisi. Vérifiez qu’il est correct.
setup-warning-issuer-certificate-skipped = Un certificat en a émis un autre et n’est pas approuvé lui-même. Votre fournisseur d’identité doit signer avec le certificat émis.
setup-warning-endpoint-skipped = Une adresse inutilisable dans les métadonnées a été ignorée. Les connexions n’en ont pas besoin.
setup-warning-several-roles = Les métadonnées décrivent plusieurs fournisseurs d’identité SAML 2.0 sous un même identifiant d’entité. Les adresses et certificats de l’un d’eux sont utilisés.
setup-warning-issuer-and-url-swapped = L’émetteur et la Sign on URL semblent inversés. Comparez-les avec votre fournisseur d’identité.
setup-warning-sign-on-url-is-metadata = La Sign on URL ressemble à l’URL de métadonnées. Collez cette URL comme URL de métadonnées, ou saisissez l’URL de la page de connexion.
setup-warning-own-address = Ceci est l’une de nos propres adresses. Saisissez-la chez votre fournisseur d’identité, et saisissez ici la valeur de votre fournisseur d’identité.
setup-warning-entra-issuer-slash = L’émetteur d’Entra ID se termine par une barre oblique, mais pas celui-ci. Copiez à nouveau l’identificateur Microsoft Entra, avec la barre oblique.
setup-warning-entra-open-tenant = Cette Sign on URL est celle des utilisateurs de n’importe quel locataire Microsoft. Copiez l’URL de connexion de votre propre locataire.
setup-warning-provider-mismatch = Ces informations semblent provenir de { $detected }, mais vous avez choisi { $chosen }. Pour modifier votre choix, revenez à la première étape.

# Errors.
setup-error-missing = Ce champ est obligatoire.
setup-error-paste-empty = Collez ici vos métadonnées ou votre certificat, ou saisissez les trois valeurs manuellement.
setup-certificate-read = Certificat lu. Saisissez aussi l’URL de connexion (Sign on URL) et l’émetteur (Issuer).
setup-error-paste-too-large = Ce contenu dépasse 1 Mo. Collez uniquement les métadonnées ou le certificat.
setup-error-paste-private-key = Il s’agit d’une clé privée. Elle ne doit jamais quitter votre fournisseur d’identité. Nous ne l’avons pas enregistrée, mais vous devriez la remplacer. Collez plutôt le certificat.
setup-error-paste-certificate-request = Il s’agit d’une demande de signature de certificat. Collez plutôt le certificat.
setup-error-paste-public-key = Il s’agit d’une clé publique seule. Collez le certificat qui la contient.
setup-error-paste-pkcs7 = Il s’agit d’un paquet PKCS#7. Exportez uniquement le certificat, au format X.509 encodé en base 64 (.cer).
setup-error-paste-pkcs12 = Il s’agit d’un fichier PKCS#12 (.pfx, .p12), qui contient généralement une clé privée. Nous ne l’avons pas enregistré. Exportez uniquement le certificat.
setup-error-paste-fingerprint = Il s’agit de l’empreinte d’un certificat. Collez le certificat lui-même.
setup-error-paste-damaged = Il manque une partie du certificat. Copiez-le en entier, de BEGIN à END.
setup-error-paste-unrecognized = Ce contenu n’est ni une URL, ni des métadonnées, ni un certificat. Vérifiez ce que vous avez copié et collez-le de nouveau.
setup-error-own-metadata = Il s’agit de nos propres métadonnées, à importer dans votre fournisseur d’identité. Collez ici les métadonnées de votre fournisseur d’identité.
setup-error-service-provider-metadata = Il s’agit des métadonnées d’un fournisseur de services. Collez celles de votre fournisseur d’identité.
setup-error-metadata-without-identity-provider = Ces métadonnées ne décrivent pas de fournisseur d’identité SAML 2.0. Collez celles de votre fournisseur d’identité.
setup-error-metadata-expired = Ces métadonnées ont expiré. Récupérez-les de nouveau auprès de votre fournisseur d’identité.
setup-error-not-metadata = Il s’agit d’un document XML, mais pas de métadonnées. Ouvrez l’URL des métadonnées dans un navigateur pour vérifier ce qu’elle renvoie.
setup-error-metadata-namespace = Ceci ressemble à des métadonnées, mais la déclaration de leur espace de noms XML (xmlns) manque ou concerne un autre préfixe. Récupérez à nouveau les métadonnées auprès de votre fournisseur d’identité, sous forme de fichier.
setup-error-metadata-entra-template = Ceci est le modèle de Microsoft pour tous les locataires. Utilisez l’URL des métadonnées de fédération de votre application : https://login.microsoftonline.com/TENANT-ID/federationmetadata/2007-06/federationmetadata.xml?appid=APPLICATION-ID
setup-error-metadata-key-without-certificate = Les métadonnées contiennent une clé de signature seule (KeyValue) et aucun certificat. Configurez un certificat dans votre fournisseur d’identité, puis récupérez à nouveau les métadonnées.
setup-error-metadata-too-large = Ces métadonnées sont trop volumineuses. Collez uniquement les métadonnées de votre fournisseur d’identité.
setup-error-paste-web-page = Il s’agit d’une page web, et non de métadonnées. Si cette page contient un lien vers les métadonnées (XML), collez cette URL ou importez le fichier téléchargé.
setup-error-metadata-without-sign-on-endpoint = Les métadonnées ne contiennent aucune URL de connexion pour HTTP-Redirect ou HTTP-POST. Vérifiez les paramètres SAML de votre fournisseur d’identité.
setup-error-metadata-entity-id = L’entityID des métadonnées est absent, vide ou trop long. Récupérez de nouveau les métadonnées auprès de votre fournisseur d’identité.
setup-error-xml-syntax = Ce XML n’est pas bien formé. Copiez-le en entier et collez-le de nouveau.
setup-error-key-too-short = La clé RSA du certificat fait moins de 2048 bits, ce qui n’est pas sûr. Créez un nouveau certificat dans votre fournisseur d’identité.
setup-error-certificate-url = Il s’agit de l’URL d’un certificat, et non de métadonnées. Collez le certificat lui-même et saisissez les deux autres valeurs manuellement.
setup-error-url-without-scheme = Ajoutez https:// (ou http://) au début de l’URL.
setup-error-fetch-no-connection = Impossible de se connecter à { $url }. Vérifiez l’URL. Si elle est correcte, notre serveur ne peut pas l’atteindre : collez plutôt le XML des métadonnées.
setup-error-fetch-no-answer = { $url } n’a pas répondu. Réessayez, ou collez plutôt le XML des métadonnées.
setup-error-fetch-status = Aucune métadonnée trouvée à l’adresse { $url } : le serveur a répondu « { $status } ». Ouvrez l’URL dans un navigateur pour la vérifier, ou collez plutôt le XML des métadonnées.

# Attributes and roles.
setup-attributes-lead = Les valeurs par défaut conviennent dans la plupart des cas.
setup-group-separator = Séparateur des groupes dans une seule valeur
setup-group-separator-hint = Pour les fournisseurs d’identité qui envoient tous les groupes d’un utilisateur dans une seule valeur. Un nom distinctif (CN=…,OU=…) est un seul groupe et n’est jamais divisé.
setup-groups-sent = Le dernier test a envoyé { $sent }, ce qui a donné { $groups }.
setup-group-separator-default = Valeur par défaut du produit
setup-group-separator-none = Aucun
setup-group-separator-comma = Virgule
setup-group-separator-semicolon = Point-virgule
setup-group-separator-pipe = Barre verticale
setup-attribute-mapping = Mappage des attributs
setup-attribute-profile-field = Donnée utilisateur
setup-attribute-received = Reçu lors du dernier test
setup-attribute-name = Nom de l’attribut, s’il est différent
setup-attribute-accepted-names = Également accepté : { $names }
setup-attribute-not-received = Non reçu
setup-received-attributes = Tous les attributs reçus lors du dernier test
setup-received-attributes-hint = Après un test, vous verrez ce que votre fournisseur d’identité envoie.
setup-roles = Mappage des rôles
setup-roles-lead = Attribuez des rôles d’après les groupes. La première règle applicable l’emporte, et les rôles sont mis à jour à chaque connexion. Sans règle, les membres gardent leur rôle.
setup-group = Groupe, exactement comme il est envoyé
setup-role = Rôle
setup-default-role = Rôle par défaut
setup-default-role-hint = Attribué lorsqu’aucune règle ne s’applique. Ne peut pas être admin.

# Test sign-in.
setup-test-lead = Lancez un test : connectez-vous une fois dans ce navigateur, comme le ferait l’un de vos membres.
setup-test-title = Connexion de test
setup-test-no-effect = Un test ne crée et ne modifie aucun membre, et ne vous connecte pas. Vous pouvez le relancer à tout moment.
setup-test-start = Tester la connexion SSO
setup-test-again = Relancer le test
setup-test-done = Test réussi le { $when }.
setup-test-errors = Messages d’erreur de { $product }
setup-test-errors-other = Messages d’erreur de votre fournisseur d’identité

# Domain.
setup-domain-lead = Pour vérifier un domaine, ajoutez un enregistrement à son DNS.

# Activation.
setup-notice-draft = Ces paramètres remplacent ceux que les membres utilisent actuellement.
setup-notice-undo = Vous pouvez désactiver la connexion SSO et restaurer d’anciens paramètres à tout moment.
setup-untested = Ces paramètres n’ont pas encore été testés :
setup-activate = Activer la connexion SSO
setup-activate-untested = Activer sans tester
setup-active-title = Connexion SSO active
setup-active = Les membres peuvent désormais se connecter avec votre fournisseur d’identité.
setup-active-try = Faites un essai : partez de votre application et connectez-vous avec votre adresse e-mail.
setup-active-no-domain = Vérifiez un domaine pour que les membres puissent se connecter avec leur adresse e-mail :
setup-active-unconfirmed = Un administrateur de { $organization } doit encore confirmer cette connexion SSO. D’ici là, personne ne devient administrateur par son intermédiaire.
setup-active-open = Ouvrir l’application
setup-open-sso-settings = Ouvrir les paramètres du SSO
setup-activation-not-allowed = Un administrateur de votre organisation, ou la personne qui vous a envoyé le lien, doit activer la connexion SSO. Un lien de configuration ne peut activer qu’une nouvelle connexion SSO, et seulement si les domaines de l’organisation sont vérifiés par DNS.
setup-link-test-needed = Avant d’activer la connexion SSO, effectuez une connexion de test avec ces paramètres :
setup-request-lead = Ce n’est pas la première connexion SSO de { $organization }. Un administrateur de { $organization } doit confirmer son activation.
setup-request = Demander l’activation
setup-requested-title = En attente de confirmation
setup-requested = L’activation a été demandée le { $when }. Un administrateur de { $organization } doit la confirmer pour que les membres puissent se connecter.
setup-requested-mailed = Nous avons envoyé un e-mail aux administrateurs. Vous n’avez rien d’autre à faire.
setup-requested-ask = Si l’attente est trop longue, contactez la personne qui vous a envoyé le lien de configuration. Vous pouvez fermer cette page ; ouvrez de nouveau le lien pour voir si la connexion SSO est active.

# Setup links.
setup-links = Liens de configuration
setup-links-lead = Toute personne disposant d’un lien de configuration peut configurer cette connexion SSO, et rien d’autre.
setup-links-existing = Liens existants
setup-link-new = Nouveau lien de configuration
setup-link-created = Votre lien de configuration
setup-link-created-lead = Envoyez ce lien à la personne concernée. Il ne sera plus affiché. Plusieurs personnes peuvent l’utiliser jusqu’à son expiration.
setup-link-purpose = Usage
setup-purpose-connection = Configuration complète
setup-purpose-test = Connexion de test
setup-purpose-domain = Vérification de domaine
setup-link-lifetime = Validité
setup-link-email = Adresse e-mail du destinataire (facultatif)
setup-link-email-hint = Pour cette liste uniquement. Nous n’enverrons pas d’e-mail.
setup-link-email-invalid = Saisissez une adresse e-mail valide, par exemple ada@acme.example.
setup-link-state = Statut
setup-link-expires-at = Expiration
setup-link-pending = En attente
setup-link-opened = Ouvert
setup-link-expired = Expiré
setup-link-revoked = Révoqué
setup-link-revoke = Révoquer le lien
setup-link-revoke-question = Révoquer ce lien de configuration de { $connection } ?
setup-link-revoke-recipient = 1 personne est concernée : le lien envoyé à { $email } cesse immédiatement de fonctionner.
setup-link-revoke-effect = Le lien cesse immédiatement de fonctionner pour la personne qui l’a reçu.
setup-link-revoke-keeps = Les paramètres définis avec ce lien sont conservés. Vous pouvez créer un autre lien à tout moment.
setup-link-page-connection = Vous êtes invité à connecter le fournisseur d’identité de votre organisation. Il faut environ 10 minutes, et vous pouvez faire une pause à tout moment.
setup-link-page-test = Vous êtes invité à tester l’authentification unique en vous connectant une fois. Le test ne modifie rien.
setup-link-page-domain = Vous êtes invité à vérifier un domaine de votre organisation avec un enregistrement DNS.
setup-link-page-expires-at = Ce lien expire le { $when }.
setup-link-page-open = Commencer
setup-link-invalid-title = Ce lien n’est plus valable
setup-link-invalid-expired = Le lien a expiré. Demandez-en un nouveau à la personne qui l’a envoyé.
setup-link-invalid-revoked = Le lien a été révoqué. Demandez-en un nouveau à la personne qui l’a envoyé.
setup-link-invalid-unknown = Ce lien n’existe pas. Copiez l’URL complète, ou demandez un nouveau lien à la personne qui l’a envoyé.
setup-reopen-link-title = Rouvrez votre lien de configuration
setup-reopen-link = Aucune configuration n’est en cours dans ce navigateur, ou votre lien a expiré. Ouvrez le lien que vous avez reçu. Votre progression est enregistrée.
setup-complete-title = Configuration terminée
setup-complete = La connexion SSO est active : ce lien n’est donc plus nécessaire. Un administrateur de votre organisation peut en créer un nouveau.
