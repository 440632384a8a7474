# PingOne
guide-pingone-create-1 = Open the admin console and go to **Applications** › **Applications**, then press **+**.
guide-pingone-create-2 = Name it { $app }, choose **SAML Application** and press **Configure**.
guide-pingone-import-1 = Choose **Import Metadata** and give it the file below; or **Import From URL** with the same address.
guide-pingone-acs-1 = Without import, choose **Manually Enter**.
guide-pingone-attributes-1 = Under **Attribute Mappings**, add `email`, `firstName` and `lastName`, usually from **Email Address**, **Given Name** and **Family Name**.
guide-pingone-attributes-2 = Leave `saml_subject` as it is, or map it to something that never changes.
guide-pingone-on = Turn it on
guide-pingone-on-1 = Turn on the switch of the application: a new one is off.
guide-pingone-back-1 = On the tab **Configuration**, copy **IDP Metadata URL**. That is all we need.
guide-pingone-back-2 = By hand, take **Issuer ID**, **Single Signon Service** and **Download Signing Certificate** (in some versions spelt a little differently).
guide-pingone-sends = Usually only `saml_subject`, until you add attributes.
guide-pingone-groups-1 = Add a mapping named `groups` with the person's group names.
guide-pingone-trap-toggle = A new application is off, and people are refused until it is turned on.
guide-pingone-trap-legacy = Addresses such as `https://pingone.com/idp/…` belong to an older product, PingOne for Enterprise; this guide is for those at `auth.pingone.com` and its regions.
guide-pingone-trap-list = The ACS URL that we ask for must be in the list **ACS URLs**; the first one is the default.
