# Shibboleth
guide-shibboleth-import-1 = Shibboleth n’a pas de console : ajoutez un fournisseur dans `metadata-providers.xml`.
guide-shibboleth-import-2 = Nos métadonnées contiennent l’URL ACS, l’identifiant d’entité et une clé de chiffrement, que Shibboleth exige en général.
guide-shibboleth-filter-1 = Transmettez-nous `mail`, `givenName`, `sn` et `displayName` dans `attribute-filter.xml`.
guide-shibboleth-filter-2 = Le demandeur de la règle est notre identifiant d’entité : copiez la valeur ci-dessous.
guide-shibboleth-nameid = Transmettre un NameID durable
guide-shibboleth-nameid-1 = Par défaut, le NameID est transitoire, un autre à chaque connexion : il ne peut pas désigner un compte et il est refusé ici.
guide-shibboleth-nameid-2 = Activez le NameID persistant dans `saml-nameid.xml` et demandez-le dans cette connexion ; ou faites prendre le compte dans un attribut, comme eduPersonPrincipalName ou `subject-id`.
guide-shibboleth-back-1 = Apportez votre identifiant d’entité, en général `https://HOST/idp/shibboleth` : c’est en général aussi l’adresse de vos métadonnées.
guide-shibboleth-sends = Un NameID transitoire, et parmi les attributs ce que le filtre laisse passer.
guide-shibboleth-groups-1 = Transmettez `isMemberOf` dans `attribute-filter.xml`.
guide-shibboleth-certificate = Shibboleth crée son propre certificat, pour 20 ans, et ne tient pas compte de sa fin. Apportez de nouveau les métadonnées quand il change.
guide-shibboleth-trap-transient = Un NameID transitoire est refusé : c’en est un autre à chaque connexion.
guide-shibboleth-trap-encryption = Si le chiffrement est activé et que Shibboleth n’a pas de clé de notre part, il échoue, sauf si `encryptionOptional` est réglé. Nos métadonnées contiennent la clé.
guide-shibboleth-trap-window = Les réponses sont valables dès la seconde où elles sont faites, et pendant cinq minutes : les horloges doivent être à l’heure.
