# PingFederate
guide-pingfederate-create-1 = Allez dans **Applications** › **Integration** › **SP Connections** et cliquez sur **Create Connection**.
guide-pingfederate-create-2 = Choisissez **Browser SSO Profiles** avec **SAML 2.0**. Dans certaines versions, les écrans ont des noms un peu différents.
guide-pingfederate-import-1 = Vers le début, PingFederate propose en général d’importer les métadonnées du partenaire : donnez-lui le fichier ci-dessous.
guide-pingfederate-attributes-1 = Dans le contrat d’attributs, ajoutez `email`, `firstName` et `lastName`, et remplissez-les depuis votre source de données.
guide-pingfederate-attributes-2 = `SAML_SUBJECT` devient le NameID : choisissez une valeur qui ne change jamais pour une personne.
guide-pingfederate-attributes-3 = Pour des rôles par groupe, ajoutez aussi `groups`.
guide-pingfederate-acs-1 = Sous **Protocol Settings** › **Assertion Consumer Service URL**, choisissez la liaison **POST**.
guide-pingfederate-signing = Choisir la signature
guide-pingfederate-signing-1 = Dans la politique de signature, faites signer l’assertion ou la réponse ; l’une ou l’autre convient. Le chiffrement n’est pas nécessaire.
guide-pingfederate-signing-2 = Sous **Credentials**, choisissez le certificat de signature et SHA-256. Terminez ensuite et activez la connexion.
guide-pingfederate-back-1 = Allez dans **System** › **Protocol Metadata** › **Metadata Export**, choisissez cette connexion et apportez le fichier ici.
guide-pingfederate-back-2 = Au lieu du fichier, une adresse de la forme `https://HOST:9031/pf/federation_metadata.ping?PartnerSpId=…` fonctionne en général, si nous pouvons l’atteindre.
guide-pingfederate-sends = Ce que dit votre contrat d’attributs : seulement `SAML_SUBJECT`, tant que vous n’ajoutez pas d’attributs.
guide-pingfederate-groups-1 = Ajoutez `groups` au contrat, avec une valeur par groupe. Certaines installations transmettent tous les groupes en une seule valeur avec des virgules : les règles de rôle n’y voient alors qu’un long groupe.
guide-pingfederate-certificate = Sa durée est celle que vous avez choisie. Ajoutez le suivant à cette connexion avant que PingFederate ne signe avec lui ; les métadonnées passent souvent par un fichier, donc rien ne suit tout seul.
guide-pingfederate-trap-start = L’URL de connexion est `/idp/SSO.saml2`. N’utilisez jamais `/idp/startSSO.ping` : elle perd la destination de la personne.
guide-pingfederate-trap-groups = Plusieurs groupes peuvent arriver en une seule valeur, `red,green,blue`.
guide-pingfederate-trap-virtual = L’identifiant d’entité est celui du serveur, sauf si la connexion a un **Virtual Server ID** : c’est alors lui l’émetteur.
