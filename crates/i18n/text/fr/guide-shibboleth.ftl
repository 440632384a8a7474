# Shibboleth
guide-shibboleth-import-1 = Shibboleth n’a pas de console d’administration : ajoutez un fournisseur de métadonnées à `metadata-providers.xml`.
guide-shibboleth-import-2 = Nos métadonnées contiennent l’URL ACS, l’identifiant d’entité et une clé de chiffrement, que Shibboleth exige par défaut.
guide-shibboleth-filter-1 = Dans `attribute-filter.xml`, autorisez l’envoi de `mail`, `givenName`, `sn` et `displayName` à notre identifiant d’entité.
guide-shibboleth-filter-2 = Copiez la valeur ci-dessous et collez-la comme demandeur (requester) de la règle.
guide-shibboleth-nameid = Configurer un NameID persistant
guide-shibboleth-nameid-1 = Par défaut, le NameID est temporaire (transient) : il change à chaque connexion et ne peut pas identifier un utilisateur. Nous le refusons donc.
guide-shibboleth-nameid-2 = Activez le NameID persistant dans `saml-nameid.xml` et saisissez ce format comme format du NameID dans les paramètres avancés de cette connexion SSO. Ou identifiez les utilisateurs par un attribut, comme eduPersonPrincipalName ou `subject-id` : saisissez-le au même endroit comme attribut identifiant le compte.
guide-shibboleth-copy-1 = Copiez votre identifiant d’entité, généralement `https://HOST/idp/shibboleth`. C’est généralement aussi l’URL de vos métadonnées.
guide-shibboleth-sends = Un NameID temporaire (transient), et les attributs que le filtre autorise.
guide-shibboleth-groups-1 = Autorisez l’envoi de `isMemberOf` dans `attribute-filter.xml`.
guide-shibboleth-certificate = Shibboleth émet son propre certificat, valable 20 ans, et ignore la date d’expiration. Importez de nouveau les métadonnées quand vous changez de certificat.
guide-shibboleth-problem-transient = Nous refusons un NameID temporaire (transient), car il change à chaque connexion.
guide-shibboleth-problem-encryption = Si le chiffrement est activé et que Shibboleth n’a aucune de nos clés, la connexion échoue, sauf si `encryptionOptional` est défini. Nos métadonnées contiennent la clé.
guide-shibboleth-problem-window = Les réponses sont valides cinq minutes, à partir de la seconde où elles sont émises. Les horloges des deux serveurs doivent être à l’heure.
