# Shibboleth
guide-shibboleth-import-1 = Shibboleth hat keine Konsole: Tragen Sie in `metadata-providers.xml` einen Anbieter ein.
guide-shibboleth-import-2 = Unsere Metadaten enthalten die ACS-URL, die Entity-ID und einen Schlüssel für die Verschlüsselung, den Shibboleth in der Regel verlangt.
guide-shibboleth-filter-1 = Geben Sie uns in `attribute-filter.xml` `mail`, `givenName`, `sn` und `displayName` frei.
guide-shibboleth-filter-2 = Der Anforderer der Regel ist unsere Entity-ID: Kopieren Sie den Wert unten.
guide-shibboleth-nameid = Eine persistente NameID mitschicken
guide-shibboleth-nameid-1 = Standardmäßig ist die NameID transient, bei jeder Anmeldung eine andere: Sie kann kein Konto benennen und wird hier abgelehnt.
guide-shibboleth-nameid-2 = Schalten Sie in `saml-nameid.xml` die persistente NameID ein und verlangen Sie sie in dieser Verbindung; oder lassen Sie diese Verbindung das Konto einem Attribut entnehmen, etwa eduPersonPrincipalName oder `subject-id`.
guide-shibboleth-back-1 = Bringen Sie Ihre Entity-ID, in der Regel `https://HOST/idp/shibboleth`: Sie ist in der Regel auch die Adresse Ihrer Metadaten.
guide-shibboleth-sends = Eine transiente NameID, und von den Attributen, was der Filter freigibt.
guide-shibboleth-groups-1 = Geben Sie `isMemberOf` in `attribute-filter.xml` frei.
guide-shibboleth-certificate = Shibboleth erstellt sein eigenes Zertifikat, für 20 Jahre, und achtet nicht auf dessen Ende. Bringen Sie die Metadaten neu, wenn es gewechselt wird.
guide-shibboleth-trap-transient = Eine transiente NameID wird abgelehnt: Sie ist bei jeder Anmeldung eine andere.
guide-shibboleth-trap-encryption = Ist die Verschlüsselung eingeschaltet und hat Shibboleth keinen Schlüssel von uns, schlägt es fehl, außer `encryptionOptional` ist gesetzt. Unsere Metadaten enthalten den Schlüssel.
guide-shibboleth-trap-window = Antworten gelten von der Sekunde an, in der sie ausgestellt werden, und fünf Minuten lang: Die Uhren müssen richtig gehen.
