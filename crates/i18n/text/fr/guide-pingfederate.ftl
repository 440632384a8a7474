# PingFederate
guide-pingfederate-create-1 = Accédez à **Applications** › **Integration** › **SP Connections** et sélectionnez **Create Connection**.
guide-pingfederate-create-2 = Sélectionnez **Browser SSO Profiles** avec **SAML 2.0**. Dans certaines versions, les écrans portent des noms légèrement différents.
guide-pingfederate-import-1 = Quand PingFederate propose d’importer les métadonnées du partenaire, chargez le fichier ci-dessous.
guide-pingfederate-attributes-1 = Ajoutez `email`, `firstName` et `lastName` au contrat d’attributs, et alimentez-les depuis votre source de données.
guide-pingfederate-attributes-2 = `SAML_SUBJECT` devient le NameID. Choisissez une valeur qui ne change jamais pour un utilisateur.
guide-pingfederate-attributes-3 = Pour attribuer des rôles par groupe, ajoutez aussi `groups`.
guide-pingfederate-acs-1 = Sous **Protocol Settings** › **Assertion Consumer Service URL**, sélectionnez le binding **POST**.
guide-pingfederate-signing = Configurer la signature
guide-pingfederate-signing-1 = Dans la politique de signature, signez l’assertion ou la réponse. Une seule signature suffit. Le chiffrement n’est pas nécessaire.
guide-pingfederate-signing-2 = Sous **Credentials**, sélectionnez le certificat de signature et SHA-256. Terminez ensuite et activez la connexion.
guide-pingfederate-copy-1 = Accédez à **System** › **Protocol Metadata** › **Metadata Export**, sélectionnez cette connexion et importez ici le fichier exporté.
guide-pingfederate-copy-2 = Si nous pouvons accéder à votre serveur, vous pouvez généralement saisir, à la place du fichier, une URL de la forme `https://HOST:9031/pf/federation_metadata.ping?PartnerSpId=…`.
guide-pingfederate-sends = Les attributs de votre contrat d’attributs : uniquement `SAML_SUBJECT`, tant que vous n’en ajoutez pas d’autres.
guide-pingfederate-groups-1 = Ajoutez `groups` au contrat. PingFederate peut envoyer tous les groupes dans une seule valeur séparée par des virgules : nous la divisons, mais jamais un nom distinctif (CN=…,OU=…). Choisissez un autre séparateur, ou aucun, dans les paramètres avancés de cette connexion SSO.
guide-pingfederate-certificate = Vous choisissez la durée de validité du certificat. Ajoutez le certificat suivant à cette connexion SSO avant que PingFederate ne l’utilise. Si vous importez les métadonnées sous forme de fichier, rien n’est mis à jour automatiquement.
guide-pingfederate-problem-start = L’URL de connexion (Sign on URL) est `/idp/SSO.saml2`. N’utilisez jamais `/idp/startSSO.ping`, qui perd le RelayState.
guide-pingfederate-problem-groups = Si les règles de rôles voient un seul long nom de groupe, ou si un nom contenant une virgule est divisé, choisissez le bon séparateur de groupes dans les paramètres avancés de cette connexion SSO.
guide-pingfederate-problem-virtual = L’émetteur est l’identifiant d’entité du serveur. Si la connexion a un **Virtual Server ID**, c’est lui qui est l’émetteur.
