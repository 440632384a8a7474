# PingFederate
guide-pingfederate-create-1 = Gehen Sie zu **Applications** › **Integration** › **SP Connections** und klicken Sie auf **Create Connection**.
guide-pingfederate-create-2 = Wählen Sie **Browser SSO Profiles** mit **SAML 2.0** aus. In manchen Versionen heißen die Seiten etwas anders.
guide-pingfederate-import-1 = Wenn PingFederate anbietet, die Metadaten des Partners zu importieren, laden Sie die folgende Datei hoch.
guide-pingfederate-attributes-1 = Erweitern Sie den Attributvertrag um `email`, `firstName` und `lastName` und füllen Sie die Attribute aus Ihrer Datenquelle.
guide-pingfederate-attributes-2 = `SAML_SUBJECT` wird zur NameID. Wählen Sie einen Wert, der sich für einen Benutzer nie ändert.
guide-pingfederate-attributes-3 = Um Rollen nach Gruppen zu vergeben, fügen Sie auch `groups` hinzu.
guide-pingfederate-acs-1 = Wählen Sie unter **Protocol Settings** › **Assertion Consumer Service URL** das Binding **POST** aus.
guide-pingfederate-signing = Signatur konfigurieren
guide-pingfederate-signing-1 = Signieren Sie in der Signaturrichtlinie die Assertion oder die Antwort. Eine Signatur genügt. Verschlüsselung ist nicht nötig.
guide-pingfederate-signing-2 = Wählen Sie unter **Credentials** das Signaturzertifikat und SHA-256 aus. Schließen Sie die Verbindung dann ab und aktivieren Sie sie.
guide-pingfederate-copy-1 = Gehen Sie zu **System** › **Protocol Metadata** › **Metadata Export**, wählen Sie diese Verbindung aus und laden Sie die exportierte Datei hier hoch.
guide-pingfederate-copy-2 = Wenn wir Ihren Server erreichen können, können Sie statt der Datei meist eine URL wie `https://HOST:9031/pf/federation_metadata.ping?PartnerSpId=…` eingeben.
guide-pingfederate-sends = Die Attribute in Ihrem Attributvertrag: nur `SAML_SUBJECT`, bis Sie weitere hinzufügen.
guide-pingfederate-groups-1 = Fügen Sie dem Vertrag `groups` hinzu. PingFederate sendet manchmal alle Gruppen als einen Wert mit Kommas: Wir teilen ihn, aber nie einen Distinguished Name (CN=…,OU=…). Wählen Sie ein anderes Trennzeichen oder keines in den erweiterten Einstellungen dieser Verbindung.
guide-pingfederate-certificate = Sie legen fest, wie lange das Zertifikat gültig ist. Fügen Sie das nächste Zertifikat dieser Verbindung hinzu, bevor PingFederate es verwendet. Wenn Sie die Metadaten als Datei hochladen, wird nichts automatisch aktualisiert.
guide-pingfederate-problem-start = Die Anmelde-URL (Sign on URL) ist `/idp/SSO.saml2`. Verwenden Sie nie `/idp/startSSO.ping`, denn dabei geht der RelayState verloren.
guide-pingfederate-problem-groups = Wenn Rollenregeln einen einzigen langen Gruppennamen sehen oder ein Name mit einem Komma geteilt wird, wählen Sie das richtige Trennzeichen der Gruppen in den erweiterten Einstellungen dieser Verbindung.
guide-pingfederate-problem-virtual = Der Issuer ist die Entity-ID des Servers. Wenn die Verbindung eine **Virtual Server ID** hat, ist diese der Issuer.
