# PingFederate
guide-pingfederate-create-1 = Go to **Applications** › **Integration** › **SP Connections** and press **Create Connection**.
guide-pingfederate-create-2 = Choose **Browser SSO Profiles** with **SAML 2.0**. In some versions the screens are named a little differently.
guide-pingfederate-import-1 = Near the beginning PingFederate usually offers to import the partner's metadata: give it the file below.
guide-pingfederate-attributes-1 = In the attribute contract, extend it by `email`, `firstName` and `lastName`, and fill them from your data source.
guide-pingfederate-attributes-2 = `SAML_SUBJECT` becomes the NameID: choose something that never changes for a person.
guide-pingfederate-attributes-3 = For roles by group, add `groups` too.
guide-pingfederate-acs-1 = Under **Protocol Settings** › **Assertion Consumer Service URL**, choose the binding **POST**.
guide-pingfederate-signing = Say how it signs
guide-pingfederate-signing-1 = In the signature policy, let it sign the assertion or the response; either will do. Encryption is not needed.
guide-pingfederate-signing-2 = Under **Credentials**, choose the signing certificate and SHA-256. Then finish and activate the connection.
guide-pingfederate-back-1 = Go to **System** › **Protocol Metadata** › **Metadata Export**, choose this connection and bring the file here.
guide-pingfederate-back-2 = Instead of the file, an address of the form `https://HOST:9031/pf/federation_metadata.ping?PartnerSpId=…` usually works, if we can reach it.
guide-pingfederate-sends = What your attribute contract says: only `SAML_SUBJECT`, until you add attributes.
guide-pingfederate-groups-1 = Add `groups` to the contract, with one value for each group. Some set-ups send all groups as one value with commas: then role rules see a single long group.
guide-pingfederate-certificate = It lives as long as you made it. Put the next one into this connection before PingFederate signs with it; metadata is often passed on as a file, so nothing follows by itself.
guide-pingfederate-trap-start = The Sign on URL is `/idp/SSO.saml2`. Never use `/idp/startSSO.ping`: it loses where the person was going.
guide-pingfederate-trap-groups = Several groups may come as one value, `red,green,blue`.
guide-pingfederate-trap-virtual = The entity ID is the server's, unless the connection has a **Virtual Server ID**: then that is the issuer.
