# Auth0
guide-auth0-create-1 = Open the Dashboard and go to **Applications** › **Applications**. Create a **Regular Web App** named { $app }, or open an existing one.
guide-auth0-create-2 = On the tab **Addons**, turn on **SAML2 Web App**.
guide-auth0-acs-1 = Open **Settings** of the addon.
guide-auth0-audience = Set the audience
guide-auth0-audience-1 = In the JSON below that field, set `audience` to the value below, and check that `signatureAlgorithm` is not `rsa-sha1`.
guide-auth0-audience-2 = Save or enable the addon at the end of the form.
guide-auth0-back-1 = On the tab **Usage** (so named in most versions), download **Identity Provider Metadata**, or copy its address. That is all we need.
guide-auth0-back-2 = By hand, take **Issuer**, **Identity Provider Login URL** and **Identity Provider Certificate**.
guide-auth0-sends = E-mail address, name, first and last name, and Auth0's own claims; the NameID is Auth0's user ID.
guide-auth0-add = Nothing has to be added. If you change `mappings` in the JSON, keep these names or enter the new ones here.
guide-auth0-groups-1 = Let an action or rule of yours add them as `http://schemas.auth0.com/groups`, or map them in the JSON.
guide-auth0-certificate = The tenant has one, which lives long and is changed by hand. Put the new one into this connection first.
guide-auth0-trap-audience = Without `audience` in the JSON, Auth0 takes it from the request: sign-in from Auth0 itself then fails.
guide-auth0-trap-clock = Responses are valid from the very second they are made: clocks must not differ by more than this connection tolerates.
guide-auth0-trap-sha1 = Old tenants sign with SHA-1, which is refused here: set `signatureAlgorithm` to `rsa-sha256` and `digestAlgorithm` to `sha256`.
