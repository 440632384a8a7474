# Shibboleth
guide-shibboleth-import-1 = Shibboleth hat keine Adminkonsole: Fügen Sie `metadata-providers.xml` einen Metadatenanbieter hinzu.
guide-shibboleth-import-2 = Unsere Metadaten enthalten die ACS-URL, die Entity-ID und einen Schlüssel zur Verschlüsselung, den Shibboleth standardmäßig verlangt.
guide-shibboleth-filter-1 = Geben Sie in `attribute-filter.xml` `mail`, `givenName`, `sn` und `displayName` für unsere Entity-ID frei.
guide-shibboleth-filter-2 = Kopieren Sie den folgenden Wert und fügen Sie ihn als Anforderer (Requester) der Regel ein.
guide-shibboleth-nameid = Persistente NameID konfigurieren
guide-shibboleth-nameid-1 = Standardmäßig ist die NameID transient: Sie ändert sich bei jeder Anmeldung und kann einen Benutzer nicht identifizieren, daher lehnen wir sie ab.
guide-shibboleth-nameid-2 = Aktivieren Sie die persistente NameID in `saml-nameid.xml` und geben Sie dieses Format als NameID-Format in den erweiterten Einstellungen dieser Verbindung ein. Oder identifizieren Sie Benutzer durch ein Attribut wie eduPersonPrincipalName oder `subject-id`: Geben Sie es dort als Attribut für die Konto-ID ein.
guide-shibboleth-copy-1 = Kopieren Sie Ihre Entity-ID, meist `https://HOST/idp/shibboleth`. Sie ist meist auch Ihre Metadaten-URL.
guide-shibboleth-sends = Eine transiente NameID und die Attribute, die der Filter freigibt.
guide-shibboleth-groups-1 = Geben Sie `isMemberOf` in `attribute-filter.xml` frei.
guide-shibboleth-certificate = Shibboleth stellt ein eigenes Zertifikat aus, das 20 Jahre gültig ist, und ignoriert das Ablaufdatum. Importieren Sie die Metadaten erneut, wenn Sie das Zertifikat ändern.
guide-shibboleth-problem-transient = Wir lehnen eine transiente NameID ab, weil sie sich bei jeder Anmeldung ändert.
guide-shibboleth-problem-encryption = Wenn die Verschlüsselung eingeschaltet ist und Shibboleth keinen Schlüssel von uns hat, schlägt die Anmeldung fehl, außer wenn `encryptionOptional` gesetzt ist. Unsere Metadaten enthalten den Schlüssel.
guide-shibboleth-problem-window = Antworten sind fünf Minuten gültig, ab der Sekunde, in der sie ausgestellt werden. Die Uhren beider Server müssen richtig gehen.
