# Auth0
guide-auth0-create-1 = Open the Auth0 Dashboard and go to **Applications** › **Applications**. Create an application of the type **Regular Web Applications** named { $app }, or open an existing one.
guide-auth0-create-2 = On the **Addons** tab, turn on **SAML2 Web App**.
guide-auth0-acs-1 = Open the **Settings** tab of the addon.
guide-auth0-audience = Set the audience
guide-auth0-audience-1 = In the JSON settings below that field, set `audience` to the value below, and check that `signatureAlgorithm` isn’t `rsa-sha1`.
guide-auth0-audience-2 = Save or enable the addon at the end of the form.
guide-auth0-copy-1 = On the **Usage** tab, download **Identity Provider Metadata** or copy its URL. You don’t need anything else.
guide-auth0-copy-2 = Without metadata, copy **Issuer**, **Identity Provider Login URL** and **Identity Provider Certificate**.
guide-auth0-sends = Email address, full name, first name, last name and Auth0’s own claims. The NameID is the Auth0 user ID.
guide-auth0-add = You don’t need to add anything. If you change `mappings` in the JSON settings, keep these names, or enter the new names here.
guide-auth0-groups-1 = Add the groups as `http://schemas.auth0.com/groups` in an Action, or map them in the JSON settings.
guide-auth0-certificate = All applications of the tenant share one long-lived certificate, which you rotate manually. Add the new certificate to this connection first.
guide-auth0-problem-audience = Without `audience` in the JSON settings, Auth0 uses the audience of the request, so IdP-initiated sign-ins fail.
guide-auth0-problem-clock = Responses become valid at the exact second they’re issued, so the clocks must not differ by more than this connection’s allowed clock skew.
guide-auth0-problem-sha1 = Old tenants sign with SHA-1, which we reject. Set `signatureAlgorithm` to `rsa-sha256` and `digestAlgorithm` to `sha256`.
