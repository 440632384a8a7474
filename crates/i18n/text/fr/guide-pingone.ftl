# PingOne
guide-pingone-create-1 = Ouvrez la console d’administration et allez dans **Applications** › **Applications**, puis cliquez sur **+**.
guide-pingone-create-2 = Nommez-la { $app }, choisissez **SAML Application** et cliquez sur **Configure**.
guide-pingone-import-1 = Choisissez **Import Metadata** et donnez-lui le fichier ci-dessous ; ou **Import From URL** avec la même adresse.
guide-pingone-acs-1 = Sans importation, choisissez **Manually Enter**.
guide-pingone-attributes-1 = Sous **Attribute Mappings**, ajoutez `email`, `firstName` et `lastName`, en général à partir de **Email Address**, **Given Name** et **Family Name**.
guide-pingone-attributes-2 = Laissez `saml_subject` tel quel, ou faites-le correspondre à une valeur qui ne change jamais.
guide-pingone-on = L’activer
guide-pingone-on-1 = Actionnez l’interrupteur de l’application : une nouvelle application est désactivée.
guide-pingone-back-1 = Dans l’onglet **Configuration**, copiez **IDP Metadata URL**. C’est tout ce qu’il nous faut.
guide-pingone-back-2 = À la main, prenez **Issuer ID**, **Single Signon Service** et **Download Signing Certificate** (écrits un peu autrement dans certaines versions).
guide-pingone-sends = En général seulement `saml_subject`, tant que vous n’ajoutez pas d’attributs.
guide-pingone-groups-1 = Ajoutez une correspondance nommée `groups` avec les noms des groupes de la personne.
guide-pingone-trap-toggle = Une nouvelle application est désactivée, et les personnes sont refusées jusqu’à son activation.
guide-pingone-trap-legacy = Des adresses comme `https://pingone.com/idp/…` appartiennent à un produit plus ancien, PingOne for Enterprise ; ce guide vaut pour celles de `auth.pingone.com` et de ses régions.
guide-pingone-trap-list = L’URL ACS que nous demandons doit figurer dans la liste **ACS URLs** ; la première est celle par défaut.
