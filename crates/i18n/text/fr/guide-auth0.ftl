# Auth0
guide-auth0-create-1 = Ouvrez le tableau de bord Auth0 et accédez à **Applications** › **Applications**. Créez une application du type **Regular Web Applications** nommée { $app }, ou ouvrez une application existante.
guide-auth0-create-2 = Dans l’onglet **Addons**, activez **SAML2 Web App**.
guide-auth0-acs-1 = Ouvrez l’onglet **Settings** de l’addon.
guide-auth0-audience = Définir l’audience
guide-auth0-audience-1 = Dans les paramètres JSON sous ce champ, donnez à `audience` la valeur ci-dessous, et vérifiez que `signatureAlgorithm` n’est pas `rsa-sha1`.
guide-auth0-audience-2 = Enregistrez ou activez l’addon à la fin du formulaire.
guide-auth0-copy-1 = Dans l’onglet **Usage**, téléchargez **Identity Provider Metadata** ou copiez-en l’URL. Rien d’autre n’est nécessaire.
guide-auth0-copy-2 = Sans métadonnées, copiez **Issuer**, **Identity Provider Login URL** et **Identity Provider Certificate**.
guide-auth0-sends = L’adresse e-mail, le nom complet, le prénom, le nom de famille et les revendications propres à Auth0. Le NameID est l’identifiant d’utilisateur Auth0.
guide-auth0-add = Vous n’avez rien à ajouter. Si vous modifiez `mappings` dans les paramètres JSON, conservez ces noms ou saisissez les nouveaux noms ici.
guide-auth0-groups-1 = Ajoutez les groupes sous `http://schemas.auth0.com/groups` dans une Action, ou mappez-les dans les paramètres JSON.
guide-auth0-certificate = Toutes les applications du tenant partagent un certificat de longue durée, que vous renouvelez manuellement. Ajoutez d’abord le nouveau certificat à cette connexion SSO.
guide-auth0-problem-audience = Sans `audience` dans les paramètres JSON, Auth0 utilise l’audience de la requête : les connexions initiées par l’IdP échouent.
guide-auth0-problem-clock = Les réponses ne sont valides qu’à partir de la seconde où elles sont émises : l’écart entre les horloges ne doit pas dépasser le décalage autorisé par cette connexion SSO.
guide-auth0-problem-sha1 = Les anciens tenants signent avec SHA-1, que nous refusons. Réglez `signatureAlgorithm` sur `rsa-sha256` et `digestAlgorithm` sur `sha256`.
