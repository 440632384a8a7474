# PingOne
guide-pingone-create-1 = Öffnen Sie die PingOne-Adminkonsole, gehen Sie zu **Applications** › **Applications** und klicken Sie auf **+**.
guide-pingone-create-2 = Geben Sie den Namen { $app } ein, wählen Sie **SAML Application** aus und klicken Sie auf **Configure**.
guide-pingone-import-1 = Wählen Sie **Import Metadata** aus und laden Sie die folgende Datei hoch, oder wählen Sie **Import From URL** aus und geben Sie die URL dieser Datei ein.
guide-pingone-acs-1 = Wählen Sie **Manually Enter**.
guide-pingone-attributes-1 = Fügen Sie unter **Attribute Mappings** `email`, `firstName` und `lastName` hinzu, meist aus **Email Address**, **Given Name** und **Family Name**.
guide-pingone-attributes-2 = Lassen Sie `saml_subject` unverändert oder ordnen Sie es einem Wert zu, der sich nie ändert.
guide-pingone-on = Anwendung einschalten
guide-pingone-on-1 = Schalten Sie die Anwendung mit ihrem Schalter ein. Eine neue Anwendung ist ausgeschaltet.
guide-pingone-copy-1 = Kopieren Sie auf der Registerkarte **Configuration** die **IDP Metadata URL**. Mehr ist nicht nötig.
guide-pingone-copy-2 = Ohne Metadaten kopieren Sie **Issuer ID** und **Single Signon Service** und klicken Sie auf **Download Signing Certificate**. In manchen Versionen weichen diese Beschriftungen etwas ab.
guide-pingone-sends = Meist nur `saml_subject`, bis Sie Attribute hinzufügen.
guide-pingone-groups-1 = Fügen Sie eine Zuordnung mit dem Namen `groups` und den Namen der Gruppen des Benutzers hinzu.
guide-pingone-problem-toggle = Eine neue Anwendung ist ausgeschaltet, und PingOne lehnt alle Benutzer ab, bis Sie sie einschalten.
guide-pingone-problem-legacy = URLs wie `https://pingone.com/idp/…` gehören zu einem älteren Produkt, PingOne for Enterprise. Diese Anleitung gilt für `auth.pingone.com` und dessen Regionen.
guide-pingone-problem-list = Die ACS-URL in unserer Anfrage muss in **ACS URLs** stehen. Die erste URL ist der Standard.
