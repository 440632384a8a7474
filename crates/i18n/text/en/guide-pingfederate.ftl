# PingFederate
guide-pingfederate-create-1 = Go to **Applications** › **Integration** › **SP Connections** and select **Create Connection**.
guide-pingfederate-create-2 = Select **Browser SSO Profiles** with **SAML 2.0**. In some versions the screens have slightly different names.
guide-pingfederate-import-1 = When PingFederate offers to import the partner’s metadata, upload the file below.
guide-pingfederate-attributes-1 = Extend the attribute contract with `email`, `firstName` and `lastName`, and fulfill them from your data source.
guide-pingfederate-attributes-2 = `SAML_SUBJECT` becomes the NameID. Choose a value that never changes for a user.
guide-pingfederate-attributes-3 = To assign roles by group, add `groups` too.
guide-pingfederate-acs-1 = Under **Protocol Settings** › **Assertion Consumer Service URL**, select the binding **POST**.
guide-pingfederate-signing = Configure signing
guide-pingfederate-signing-1 = In the signature policy, sign the assertion or the response. One signature is enough. You don’t need encryption.
guide-pingfederate-signing-2 = Under **Credentials**, select the signing certificate and SHA-256. Then finish and activate the connection.
guide-pingfederate-copy-1 = Go to **System** › **Protocol Metadata** › **Metadata Export**, select this connection and upload the exported file here.
guide-pingfederate-copy-2 = If we can reach your server, you can usually enter a URL like `https://HOST:9031/pf/federation_metadata.ping?PartnerSpId=…` instead of the file.
guide-pingfederate-sends = The attributes in your attribute contract: only `SAML_SUBJECT`, until you add more.
guide-pingfederate-groups-1 = Add `groups` to the contract. PingFederate may send all groups as one value with commas: we split it, but never a distinguished name (CN=…,OU=…). Select another separator, or none, in this connection’s advanced settings.
guide-pingfederate-certificate = You choose how long the certificate is valid. Add the next certificate to this connection before PingFederate uses it. If you upload the metadata as a file, nothing is updated automatically.
guide-pingfederate-problem-start = The Sign on URL is `/idp/SSO.saml2`. Never use `/idp/startSSO.ping`, which loses the RelayState.
guide-pingfederate-problem-groups = If role rules see one long group name, or a name that contains a comma is split, select the right group separator in this connection’s advanced settings.
guide-pingfederate-problem-virtual = The issuer is the entity ID of the server. If the connection has a **Virtual Server ID**, that ID is the issuer.
