# PingOne
guide-pingone-create-1 = Öffnen Sie die Admin-Konsole, gehen Sie zu **Applications** › **Applications** und klicken Sie auf **+**.
guide-pingone-create-2 = Nennen Sie sie { $app }, wählen Sie **SAML Application** und klicken Sie auf **Configure**.
guide-pingone-import-1 = Wählen Sie **Import Metadata** und geben Sie die Datei unten an; oder **Import From URL** mit derselben Adresse.
guide-pingone-acs-1 = Ohne Import wählen Sie **Manually Enter**.
guide-pingone-attributes-1 = Fügen Sie unter **Attribute Mappings** `email`, `firstName` und `lastName` hinzu, in der Regel aus **Email Address**, **Given Name** und **Family Name**.
guide-pingone-attributes-2 = Lassen Sie `saml_subject`, wie es ist, oder ordnen Sie ihm etwas zu, das sich nie ändert.
guide-pingone-on = Die Anwendung einschalten
guide-pingone-on-1 = Legen Sie den Schalter der Anwendung um: Eine neue ist ausgeschaltet.
guide-pingone-back-1 = Kopieren Sie im Reiter **Configuration** die **IDP Metadata URL**. Mehr brauchen wir nicht.
guide-pingone-back-2 = Von Hand: Nehmen Sie **Issuer ID**, **Single Signon Service** und **Download Signing Certificate** (in manchen Versionen etwas anders geschrieben).
guide-pingone-sends = In der Regel nur `saml_subject`, bis Sie Attribute hinzufügen.
guide-pingone-groups-1 = Fügen Sie eine Zuordnung namens `groups` mit den Gruppennamen der Person hinzu.
guide-pingone-trap-toggle = Eine neue Anwendung ist ausgeschaltet, und Personen werden abgewiesen, bis sie eingeschaltet wird.
guide-pingone-trap-legacy = Adressen wie `https://pingone.com/idp/…` gehören zu einem älteren Produkt, PingOne for Enterprise; diese Anleitung gilt für die unter `auth.pingone.com` und dessen Regionen.
guide-pingone-trap-list = Die ACS-URL, die wir verlangen, muss in der Liste **ACS URLs** stehen; die erste ist die voreingestellte.
