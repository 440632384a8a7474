sso-title = Authentification unique SAML
sso-lead = Permettez à vos membres de se connecter avec votre fournisseur d’identité.
sso-not-in-plan = Non inclus dans votre forfait
sso-not-in-plan-lead = Permettez à votre équipe de se connecter avec son compte d’entreprise. Les personnes qui quittent l’entreprise perdent automatiquement leur accès.
sso-required-plan = Disponible à partir du forfait { $plan }.
sso-contact-sales = Contacter le service commercial
sso-sp-details = Informations du fournisseur de services
sso-sp-details-lead = Ajoutez ces valeurs dans votre fournisseur d’identité ou importez-y nos métadonnées.
sso-acs-url = URL du service consommateur d’assertions (ACS)
sso-entity-id = Identifiant d’entité (Entity ID)
sso-download-metadata = Télécharger les métadonnées XML
sso-idp-details = Informations du fournisseur d’identité
sso-enable = Activer l’authentification SAML
sso-sign-on-url = URL de connexion (Sign on URL)
sso-sign-on-url-hint = L’URL de connexion de votre fournisseur d’identité.
sso-issuer = Émetteur (Issuer)
sso-issuer-hint = L’identifiant d’entité (Entity ID) de votre fournisseur d’identité, parfois appelé simplement identifiant.
sso-certificate = Certificat public
sso-certificate-hint = Collez un ou plusieurs certificats (PEM ou base64), ou les métadonnées de votre fournisseur d’identité. Ne collez jamais de clé privée.
sso-certificate-blank-hint = Laissez ce champ vide pour conserver les certificats actuels.
sso-trusted-certificate = Certificat approuvé
sso-certificate-valid-until = Valable jusqu’au { $when }
sso-algorithms = Les signatures doivent utiliser SHA-256 ou un algorithme plus fort, sur la réponse, sur l’assertion ou sur les deux.
sso-download-certificate = Télécharger notre certificat
sso-enable-hint = Vous verrez qui est concerné avant toute modification.
sso-cancel = Annuler
sso-yes = Oui
sso-no = Non

# What the plan offers.
sso-feature-providers = Microsoft Entra ID, Okta, OneLogin, Ping Identity, Google Workspace et tout autre fournisseur d’identité SAML 2.0, chacun avec un guide de configuration.
sso-feature-deprovisioning = Le retrait automatique de l’accès des personnes qui quittent votre entreprise.
sso-feature-roles = Des rôles attribués selon les groupes de votre fournisseur d’identité.
sso-feature-enforcement = Le SSO obligatoire pour tous les membres, avec un aperçu des membres concernés et un moyen de récupérer l’accès.
sso-feature-diagnosis = Un test qui montre ce qu’il faut corriger, et la raison de chaque échec de connexion.
sso-upgrade-contact = Pour changer de forfait, contactez { $contact }.

# States of a connection.
sso-state-active = Active
sso-state-disabled = Désactivée
sso-state-tested = Testée
sso-state-draft = Brouillon

# The draft.
sso-draft = Modifications non publiées
sso-draft-lead = Les membres utilisent les paramètres actuels jusqu’à la publication.
sso-draft-same = Le brouillon contient les mêmes paramètres que la version publiée.
sso-draft-untested = Ces paramètres n’ont encore réussi aucun test.
sso-draft-test = Tester ces paramètres
sso-publish = Publier les modifications
sso-publish-question = Publier les modifications de { $connection } ?
sso-publish-accounts = { $count ->
    [0] Aucun membre ne s’est encore connecté avec cette connexion SSO. Les prochaines connexions utilisent les nouveaux paramètres.
    [one] { $count } membre se connecte avec cette connexion SSO et utilisera les nouveaux paramètres à sa prochaine connexion.
   *[other] { $count } membres se connectent avec cette connexion SSO et utiliseront les nouveaux paramètres à leur prochaine connexion.
}
sso-publish-undo = La version précédente est conservée. Vous pouvez la restaurer depuis la page de la connexion SSO.
sso-publish-untested = Ces paramètres n’ont pas réussi de test. S’ils sont incorrects, les membres ne peuvent pas se connecter.
sso-publish-without-test = Publier sans test
sso-live-untested = Les paramètres en service n’ont pas réussi de test
sso-live-untested-lead = Les membres se connectent avec eux. Testez-les maintenant ou revenez à la version précédente.
sso-restore-previous = Restaurer la version précédente
sso-discard = Abandonner les modifications
sso-discard-question = Abandonner les modifications non publiées de { $connection } ?
sso-discard-effect = Aucun membre n’est concerné : tous se connectent avec les paramètres publiés. Cette action est irréversible.
sso-changes = Modifications
sso-connections = Connexions SSO
sso-new-connection = Connecter un autre fournisseur d’identité
sso-setting = Paramètre
sso-current-value = Valeur actuelle
sso-new-value = Nouvelle valeur

# Activating and disabling.
sso-activate-confirm = Activer { $connection } ?
sso-activate-button = Activer la connexion SSO
sso-impact = Qui est concerné
sso-activate-members = { $count ->
    [0] Votre organisation n’a pas encore de membres. Les nouveaux membres pourront se connecter avec votre fournisseur d’identité.
    [one] { $count } membre pourra se connecter avec votre fournisseur d’identité.
   *[other] { $count } membres pourront se connecter avec votre fournisseur d’identité.
}
sso-activate-domains = Toute personne qui se connecte avec une adresse e-mail de { $domains } sera redirigée vers votre fournisseur d’identité.
sso-activate-no-domains = Aucun domaine n’est encore vérifié : la page de connexion ne peut donc pas rediriger les membres vers votre fournisseur d’identité d’après leur adresse e-mail.
sso-activate-accounts = { $count ->
    [one] { $count } membre s’est déjà connecté avec cette connexion SSO et sera reconnu.
   *[other] { $count } membres se sont déjà connectés avec cette connexion SSO et seront reconnus.
}
sso-activate-others = Ces connexions SSO restent actives : { $names }.
sso-activate-sessions = Les membres restent connectés, et leurs méthodes de connexion actuelles continuent de fonctionner.
sso-activate-untested = Ces paramètres n’ont encore réussi aucun test. Testez-les avant d’activer la connexion SSO, afin que les membres ne rencontrent pas d’erreur.
sso-activate-publish = Publier aussi les modifications non publiées
sso-request-title = Activation demandée
sso-request-lead = Le destinataire d’un lien de configuration vous demande d’activer { $connection }. Tant que vous n’avez pas confirmé, aucun membre ne peut l’utiliser pour se connecter.
sso-request-effect = Une connexion SSO active peut connecter des personnes en tant que membres de { $organization }. Confirmez seulement si vous attendez cette demande et connaissez le fournisseur d’identité.
sso-request-at = Demandée le
sso-request-recipient = Lien de configuration envoyé à
sso-request-creator = Lien de configuration créé par
sso-request-confirm = Confirmer l’activation
sso-request-decline = Refuser
sso-request-decline-question = Refuser l’activation de { $connection } ?
sso-request-decline-effect = Aucun membre n’est concerné : la connexion SSO reste inactive. Le lien de configuration est révoqué.
sso-request-decline-hint = Si vous refusez, le lien de configuration est révoqué.
sso-unconfirmed-title = Connexion SSO non confirmée
sso-unconfirmed-lead = Cette connexion SSO a été activée avec un lien de configuration le { $when }, et aucun administrateur ne l’a confirmée. Les membres peuvent se connecter, mais personne ne devient administrateur par son intermédiaire.
sso-unconfirmed-hint = Si vous ne connaissez pas ce fournisseur d’identité, désactivez la connexion SSO.
sso-unconfirmed-confirm = Confirmer la connexion SSO
sso-disable-confirm = Désactiver { $connection } ?
sso-disable-button = Désactiver la connexion SSO
sso-disable-accounts = { $count ->
    [one] { $count } membre ne pourra plus se connecter avec cette connexion SSO.
   *[other] { $count } membres ne pourront plus se connecter avec cette connexion SSO.
}
sso-disable-sessions = { $count ->
    [one] { $count } session ouverte avec cette connexion SSO prendra fin immédiatement.
   *[other] { $count } sessions ouvertes avec cette connexion SSO prendront fin immédiatement.
}
sso-disable-domains = La page de connexion ne redirigera plus les adresses e-mail de { $domains } vers ce fournisseur d’identité.
sso-disable-others = Ces connexions SSO restent actives : { $names }.
sso-disable-keeps-settings = Les paramètres et les membres sont conservés. Vous pouvez réactiver la connexion SSO à tout moment.
sso-disable-enforced = Le SSO est obligatoire et aucune autre connexion SSO n’est active : seuls les membres exemptés garderaient l’accès. Désactivez d’abord l’obligation du SSO.

# Versions.
sso-versions = Versions
sso-versions-lead = Tous les paramètres publiés de cette connexion SSO. Vous pouvez restaurer n’importe quelle version.
sso-versions-none = Aucune version pour le moment. La première est créée lorsque vous activez la connexion SSO.
sso-version = Version
sso-version-current = Actuelle
sso-restore = Restaurer la version
sso-restore-title = Restaurer la version { $number }
sso-restore-lead = Les membres utiliseront ces paramètres immédiatement. La restauration crée une nouvelle version : vous pouvez donc revenir en arrière à tout moment.
sso-restore-keeps-draft = Vos modifications non publiées sont conservées.
sso-restore-same = Cette version contient les mêmes paramètres que la version actuelle.
sso-restore-changes = Modifications

# Role mapping.
sso-roles = Mappage des rôles
sso-roles-lead = Attribuez des rôles d’après les groupes de votre fournisseur d’identité. Les rôles sont mis à jour à chaque connexion.
sso-roles-summary = { $rules ->
    [0] Aucune règle. Les membres gardent leur rôle, et les nouveaux membres reçoivent le rôle { $role }.
    [one] { $rules } règle. Les membres auxquels elle ne s’applique pas reçoivent le rôle { $role }.
   *[other] { $rules } règles. Les membres auxquels aucune ne s’applique reçoivent le rôle { $role }.
}
sso-roles-change = Modifier le mappage des rôles
sso-roles-draft = Cette connexion SSO est utilisée. Vos modifications sont enregistrées comme brouillon et prennent effet lorsque vous les publiez.
sso-default-role = Rôle par défaut
sso-default-role-hint = Attribué lorsqu’aucune règle ne s’applique. Ne peut pas être admin.
sso-rules = Règles
sso-rules-lead = La première règle applicable l’emporte. Saisissez les noms de groupe exactement comme votre fournisseur d’identité les envoie (un test vous les montre). Videz une ligne pour la supprimer.
sso-rules-more = Enregistrez pour ajouter des lignes.
sso-rule-group = Groupe { $number }
sso-rule-role = Rôle { $number }

# Who made a change, where it was not a person.
sso-by-link = Lien de configuration
sso-by-key = Clé d’API
sso-by-cli = Opérateur (ligne de commande)
sso-by-server = Système

# Settings of a connection.
sso-field-name = Nom
sso-field-issuer = Émetteur (Issuer)
sso-field-sign-on-url = URL de connexion (Sign on URL)
sso-field-sign-on-binding = Binding des requêtes
sso-field-certificates = Certificats
sso-field-provider = Fournisseur d’identité
sso-field-sign-requests = Signer les requêtes
sso-field-clock-tolerance-seconds = Décalage d’horloge autorisé (secondes)
sso-field-danger-accept-sha1 = Accepter SHA-1
sso-field-accept-cbc = Accepter AES-CBC
sso-field-reject-expired-signing-certificate = Rejeter les certificats de signature expirés
sso-field-idp-initiated = Connexion initiée par l’IdP
sso-field-provisioning = Provisionnement
sso-field-subject-attribute = Attribut identifiant le compte
sso-field-attributes = Mappage des attributs
sso-field-entity-id = Notre identifiant d’entité (Entity ID)
sso-field-acs-url = Notre URL du service consommateur d’assertions (ACS)
sso-field-force-authn = Toujours exiger une nouvelle authentification
sso-field-name-id-format = Format du NameID
sso-field-authn-contexts = Contextes d’authentification exigés
sso-field-authn-context-comparison = Comparaison des contextes d’authentification
sso-field-accepted-authn-contexts = Autres contextes d’authentification acceptés
sso-field-accept-missing-authn-statement = Accepter les assertions sans déclaration d’authentification
sso-field-require-signed-response = Exiger une réponse signée
sso-field-require-signed-assertion = Exiger une assertion signée
sso-field-require-encryption = Exiger le chiffrement
sso-field-publish-encryption-key = Publier une clé de chiffrement
sso-field-allow-create = Autoriser le fournisseur d’identité à créer des identifiants
sso-field-passive-requests = Transmettre les requêtes passives
sso-field-group-separator = Séparateur de groupes
sso-field-unverified-email = Adresses e-mail hors des domaines vérifiés
sso-field-custom-claims = Claims personnalisés
sso-field-default-role = Rôle par défaut
sso-field-role-rules = Mappage des rôles

# Confirmations.
done-draft-saved = Enregistré comme brouillon. Rien ne change pour les membres tant que vous ne le publiez pas.
done-draft-published = Modifications publiées. Les membres se connectent désormais avec ces paramètres.
done-draft-discarded = Modifications abandonnées.
done-activated = Connexion SSO activée.
done-activation-confirmed = Connexion SSO confirmée. Elle est active.
done-activation-declined = Activation refusée. Le lien de configuration est révoqué.
done-disabled = Connexion SSO désactivée.
done-version-restored = Version restaurée.
