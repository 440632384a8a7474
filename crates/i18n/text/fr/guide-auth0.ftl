# Auth0
guide-auth0-create-1 = Ouvrez le Dashboard et allez dans **Applications** › **Applications**. Créez une **Regular Web App** nommée { $app }, ou ouvrez-en une existante.
guide-auth0-create-2 = Dans l’onglet **Addons**, activez **SAML2 Web App**.
guide-auth0-acs-1 = Ouvrez **Settings** du module.
guide-auth0-audience = Indiquer l’audience
guide-auth0-audience-1 = Dans le JSON sous ce champ, mettez `audience` à la valeur ci-dessous, et vérifiez que `signatureAlgorithm` n’est pas `rsa-sha1`.
guide-auth0-audience-2 = Enregistrez ou activez le module à la fin du formulaire.
guide-auth0-back-1 = Dans l’onglet **Usage** (son nom dans la plupart des versions), téléchargez **Identity Provider Metadata**, ou copiez son adresse. C’est tout ce qu’il nous faut.
guide-auth0-back-2 = À la main, prenez **Issuer**, **Identity Provider Login URL** et **Identity Provider Certificate**.
guide-auth0-sends = L’adresse e-mail, le nom complet, le prénom et le nom, et des revendications propres à Auth0 ; le NameID est l’identifiant d’utilisateur d’Auth0.
guide-auth0-add = Il n’y a rien à ajouter. Si vous changez `mappings` dans le JSON, gardez ces noms ou saisissez les nouveaux ici.
guide-auth0-groups-1 = Faites-les ajouter par une action ou une règle sous le nom `http://schemas.auth0.com/groups`, ou associez-les dans le JSON.
guide-auth0-certificate = Le locataire en a un, de longue durée, qui se change à la main. Ajoutez d’abord le nouveau à cette connexion.
guide-auth0-trap-audience = Sans `audience` dans le JSON, Auth0 la prend dans la demande : la connexion depuis Auth0 lui-même échoue alors.
guide-auth0-trap-clock = Les réponses sont valables dès la seconde où elles sont faites : les horloges ne doivent pas différer de plus que ce que cette connexion tolère.
guide-auth0-trap-sha1 = D’anciens locataires signent avec SHA-1, qui est refusé ici : mettez `signatureAlgorithm` à `rsa-sha256` et `digestAlgorithm` à `sha256`.
