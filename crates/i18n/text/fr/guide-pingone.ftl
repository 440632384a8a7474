# PingOne
guide-pingone-create-1 = Ouvrez la console d’administration PingOne, accédez à **Applications** › **Applications** et sélectionnez **+**.
guide-pingone-create-2 = Saisissez le nom { $app }, puis sélectionnez **SAML Application** et **Configure**.
guide-pingone-import-1 = Sélectionnez **Import Metadata** et chargez le fichier ci-dessous, ou sélectionnez **Import From URL** et saisissez l’URL de ce fichier.
guide-pingone-acs-1 = Sélectionnez **Manually Enter**.
guide-pingone-attributes-1 = Sous **Attribute Mappings**, ajoutez `email`, `firstName` et `lastName`, généralement à partir de **Email Address**, **Given Name** et **Family Name**.
guide-pingone-attributes-2 = Ne modifiez pas `saml_subject`, ou mappez-le sur une valeur qui ne change jamais.
guide-pingone-on = Activer l’application
guide-pingone-on-1 = Activez l’application à l’aide de son interrupteur. Une nouvelle application est désactivée.
guide-pingone-copy-1 = Dans l’onglet **Configuration**, copiez **IDP Metadata URL**. Rien d’autre n’est nécessaire.
guide-pingone-copy-2 = Sans métadonnées, copiez **Issuer ID** et **Single Signon Service**, et sélectionnez **Download Signing Certificate**. Dans certaines versions, ces libellés diffèrent légèrement.
guide-pingone-sends = Généralement, uniquement `saml_subject`, tant que vous n’ajoutez pas d’attributs.
guide-pingone-groups-1 = Ajoutez un mappage nommé `groups` avec les noms des groupes de l’utilisateur.
guide-pingone-problem-toggle = Une nouvelle application est désactivée, et PingOne refuse tous les utilisateurs tant que vous ne l’activez pas.
guide-pingone-problem-legacy = Les URL comme `https://pingone.com/idp/…` appartiennent à un produit plus ancien, PingOne for Enterprise. Ce guide concerne `auth.pingone.com` et ses régions.
guide-pingone-problem-list = L’URL ACS de notre requête doit figurer dans **ACS URLs**. La première URL est utilisée par défaut.
