# PingFederate
guide-pingfederate-create-1 = Gehen Sie zu **Applications** › **Integration** › **SP Connections** und klicken Sie auf **Create Connection**.
guide-pingfederate-create-2 = Wählen Sie **Browser SSO Profiles** mit **SAML 2.0**. In manchen Versionen heißen die Seiten etwas anders.
guide-pingfederate-import-1 = Zu Beginn bietet PingFederate in der Regel an, die Metadaten des Partners zu importieren: Geben Sie die Datei unten an.
guide-pingfederate-attributes-1 = Erweitern Sie den Attributvertrag um `email`, `firstName` und `lastName`, und füllen Sie sie aus Ihrer Datenquelle.
guide-pingfederate-attributes-2 = `SAML_SUBJECT` wird die NameID: Wählen Sie etwas, das sich für eine Person nie ändert.
guide-pingfederate-attributes-3 = Für Rollen nach Gruppen fügen Sie auch `groups` hinzu.
guide-pingfederate-acs-1 = Wählen Sie unter **Protocol Settings** › **Assertion Consumer Service URL** das Binding **POST**.
guide-pingfederate-signing = Die Signatur festlegen
guide-pingfederate-signing-1 = Lassen Sie in der Signaturrichtlinie die Assertion oder die Antwort signieren; beides ist recht. Verschlüsselung ist nicht nötig.
guide-pingfederate-signing-2 = Wählen Sie unter **Credentials** das Signaturzertifikat und SHA-256. Schließen Sie dann ab und aktivieren Sie die Verbindung.
guide-pingfederate-back-1 = Gehen Sie zu **System** › **Protocol Metadata** › **Metadata Export**, wählen Sie diese Verbindung und bringen Sie die Datei hierher.
guide-pingfederate-back-2 = Statt der Datei geht in der Regel eine Adresse der Form `https://HOST:9031/pf/federation_metadata.ping?PartnerSpId=…`, wenn wir sie erreichen können.
guide-pingfederate-sends = Was Ihr Attributvertrag sagt: nur `SAML_SUBJECT`, bis Sie Attribute hinzufügen.
guide-pingfederate-groups-1 = Nehmen Sie `groups` in den Vertrag auf, mit einem Wert für jede Gruppe. Manche Installationen schicken alle Gruppen als einen Wert mit Kommas: Rollenregeln sehen dann eine einzige lange Gruppe.
guide-pingfederate-certificate = Es gilt so lange, wie Sie es angelegt haben. Tragen Sie das nächste in diese Verbindung ein, bevor PingFederate damit signiert; Metadaten werden oft als Datei weitergegeben, von selbst folgt also nichts.
guide-pingfederate-trap-start = Die Anmelde-URL ist `/idp/SSO.saml2`. Nehmen Sie nie `/idp/startSSO.ping`: Dabei geht verloren, wohin die Person wollte.
guide-pingfederate-trap-groups = Mehrere Gruppen können als ein Wert kommen, `red,green,blue`.
guide-pingfederate-trap-virtual = Die Entity-ID ist die des Servers, außer die Verbindung hat eine **Virtual Server ID**: Dann ist das der Issuer.
