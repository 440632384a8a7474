# PingOne
guide-pingone-create-1 = Open the PingOne admin console, go to **Applications** › **Applications** and select **+**.
guide-pingone-create-2 = Enter the name { $app }, then select **SAML Application** and **Configure**.
guide-pingone-import-1 = Select **Import Metadata** and upload the file below, or select **Import From URL** and enter the URL of that file.
guide-pingone-acs-1 = Select **Manually Enter**.
guide-pingone-attributes-1 = Under **Attribute Mappings**, add `email`, `firstName` and `lastName`, usually from **Email Address**, **Given Name** and **Family Name**.
guide-pingone-attributes-2 = Leave `saml_subject` unchanged, or map it to a value that never changes.
guide-pingone-on = Turn on the application
guide-pingone-on-1 = Turn on the application with its toggle. New applications are turned off.
guide-pingone-copy-1 = On the **Configuration** tab, copy **IDP Metadata URL**. You don’t need anything else.
guide-pingone-copy-2 = Without metadata, copy **Issuer ID** and **Single Signon Service**, and select **Download Signing Certificate**. In some versions these labels differ slightly.
guide-pingone-sends = Usually only `saml_subject`, until you add attributes.
guide-pingone-groups-1 = Add a mapping named `groups` with the names of the user’s groups.
guide-pingone-problem-toggle = New applications are turned off, and PingOne rejects all users until you turn the application on.
guide-pingone-problem-legacy = URLs like `https://pingone.com/idp/…` belong to an older product, PingOne for Enterprise. This guide is for `auth.pingone.com` and its regions.
guide-pingone-problem-list = The ACS URL in our request must be listed in **ACS URLs**. The first URL is the default.
