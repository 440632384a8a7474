sso-title = SAML single sign-on
sso-lead = Laat uw leden zich aanmelden met uw eigen identiteitsprovider.
sso-without-plan = Niet inbegrepen in uw abonnement
sso-without-plan-lead = Met SAML single sign-on melden uw leden zich aan met hun account van het bedrijf, en wie vertrekt heeft geen toegang meer.
sso-needed-plan = Het is inbegrepen in het abonnement { $plan } en hoger.
sso-get-in-touch = Contact opnemen
sso-ours = Voor uw identiteitsprovider
sso-ours-lead = Vul daar deze twee waarden in, of geef de metadata, die hetzelfde zeggen.
sso-acs-url = Assertion consumer service URL (ACS)
sso-entity-id = Entity ID
sso-download-metadata = Metadata-XML downloaden
sso-theirs = Van uw identiteitsprovider
sso-enable = SAML-authenticatie inschakelen
sso-sign-on-url = Aanmeld-URL (Sign on URL)
sso-sign-on-url-hint = Waar uw identiteitsprovider aanmeldverzoeken ontvangt.
sso-issuer = Issuer (uitgever)
sso-issuer-hint = De eigen naam van uw identiteitsprovider, ook wel entity ID of identifier genoemd.
sso-certificate = Openbaar certificaat
sso-certificate-hint = PEM, base64, meerdere tegelijk, of de metadata van uw identiteitsprovider. Nooit een privésleutel.
sso-certificate-stays = Laat u het veld leeg, dan blijven de certificaten hierboven gelden.
sso-trusted = Vertrouwd certificaat
sso-until = geldig tot { $when }
sso-algorithms = Handtekeningen met SHA-256 of beter worden geaccepteerd, op het antwoord, op de assertion, of op beide.
sso-download-certificate = Ons certificaat downloaden
sso-enable-hint = Bij in- en uitschakelen wordt u eerst gevraagd, en ziet u wie het merkt.
sso-cancel = Annuleren
sso-yes = ja
sso-no = nee

# Wat het geeft, voor wie het niet heeft.
sso-gives-providers = Microsoft Entra ID, Okta, OneLogin, Ping Identity, Google Workspace en elke andere SAML 2.0-provider, met een handleiding voor elk.
sso-gives-leavers = Wie uw bedrijf verlaat, verliest de toegang zonder dat iemand eraan hoeft te denken.
sso-gives-roles = Groepen van uw identiteitsprovider geven hier rollen.
sso-gives-require = U kunt het voor iedereen verplichten, met een proef vooraf en een noodtoegang.
sso-gives-help = Een test die zegt wat er te herstellen is, en de reden van elke aanmelding die mislukt.
sso-ask-for-plan = Vraag { $contact } erom.

# Hoe ver de koppeling is.
sso-state-active = actief
sso-state-disabled = uitgeschakeld
sso-state-tested = getest
sso-state-draft = in voorbereiding

# Wat er wordt gewijzigd.
sso-draft = Wijzigingen die niet gepubliceerd zijn
sso-draft-lead = Leden melden zich aan met de vorige instellingen totdat u deze publiceert.
sso-draft-same = Niets is anders dan waarmee leden zich aanmelden.
sso-draft-untested = Met deze instellingen is nog geen test gelukt.
sso-draft-test = Deze instellingen testen
sso-publish = Publiceren
sso-discard = Verwerpen
sso-discard-sure = De wijzigingen gaan verloren. Doorgaan?
sso-changes = Wijzigingen
sso-connections = Verbindingen
sso-another = Nog een identiteitsprovider verbinden
sso-setting = Instelling
sso-now = Nu
sso-then = Daarna

# In- en uitschakelen.
sso-activate = Single sign-on inschakelen
sso-activate-button = Inschakelen
sso-who-notices = Wie wat merkt
sso-activate-members = { $count ->
    [0] De organisatie heeft nog geen leden. Wie lid wordt, kan zich vanaf dan via uw identiteitsprovider aanmelden.
    [one] Het ene lid van de organisatie kan zich vanaf dan via uw identiteitsprovider aanmelden.
   *[other] De { $count } leden van de organisatie kunnen zich vanaf dan via uw identiteitsprovider aanmelden.
}
sso-activate-domains = Wie op de aanmeldpagina een adres bij { $domains } invult, wordt naar uw identiteitsprovider gestuurd.
sso-activate-no-domains = Er is nog geen domein geverifieerd, dus de aanmeldpagina stuurt niemand op grond van het adres naar uw identiteitsprovider.
sso-activate-accounts = { $count ->
    [one] Eén lid is eerder via deze verbinding gekomen en wordt herkend.
   *[other] { $count } leden zijn eerder via deze verbinding gekomen en worden herkend.
}
sso-activate-others = Deze verbindingen blijven ernaast actief: { $names }.
sso-activate-sessions = Niemand wordt afgemeld, en wie zich vandaag anders aanmeldt kan dat blijven doen.
sso-activate-untested = Met deze instellingen is nog geen test gelukt. Test voordat u inschakelt, zodat niemand een fout tegenkomt.
sso-activate-publish = Ook de wijzigingen publiceren
sso-disable = Single sign-on uitschakelen
sso-disable-button = Uitschakelen
sso-disable-accounts = { $count ->
    [one] Eén lid is via deze verbinding gekomen en kan dat vanaf dan niet meer.
   *[other] { $count } leden zijn via deze verbinding gekomen en kunnen dat vanaf dan niet meer.
}
sso-disable-sessions = { $count ->
    [one] Eén browser is via haar aangemeld; de sessie hier eindigt meteen.
   *[other] { $count } browsers zijn via haar aangemeld; hun sessies hier eindigen meteen.
}
sso-disable-domains = De aanmeldpagina stuurt adressen bij { $domains } niet meer naar deze identiteitsprovider.
sso-disable-others = Deze verbindingen blijven actief: { $names }.
sso-disable-stays = Instellingen en leden blijven. U kunt haar weer inschakelen.
sso-disable-required = Single sign-on is verplicht en geen andere verbinding is actief: alleen vrijgestelde leden zouden nog binnenkomen. Maak de verplichting eerst ongedaan.

# De geschiedenis.
sso-versions = Versies
sso-versions-lead = Alle instellingen waarmee leden zich hebben aangemeld. Elke versie kan worden hersteld.
sso-versions-none = Er is nog niets gepubliceerd: de eerste versie is die welke u inschakelt.
sso-version = Versie
sso-version-current = in gebruik
sso-restore = Herstellen
sso-restore-title = Versie { $number } herstellen
sso-restore-lead = Leden melden zich meteen met deze instellingen aan. Het wordt een nieuwe versie, dus u kunt weer terug.
sso-restore-draft-stays = De wijzigingen die niet gepubliceerd zijn, blijven ernaast bestaan.
sso-restore-same = Er verandert niets: de instellingen zijn dezelfde.
sso-changes-back = Wat er verandert

# Rollen.
sso-roles = Rollen op grond van groepen
sso-roles-lead = Welke groepen van uw identiteitsprovider welke rol geven. Het wordt bij elke aanmelding opnieuw bepaald.
sso-roles-now = { $rules ->
    [0] Geen regels: leden houden hun rol, en nieuwe worden { $role }.
    [one] Eén regel; voor wie die niet geldt, wordt het { $role }.
   *[other] { $rules } regels; voor wie er geen geldt, wordt het { $role }.
}
sso-roles-change = Rollen wijzigen
sso-roles-draft = De verbinding is in gebruik: wat u hier opslaat wordt een concept en telt zodra u het publiceert.
sso-default-role = Standaardrol
sso-default-role-hint = De rol van wie geen regel een andere geeft. Het is nooit admin.
sso-rules = Regels
sso-rules-lead = De eerste passende regel telt. Schrijf groepen precies zoals uw identiteitsprovider ze stuurt; een test toont ze. Leeggemaakte rijen worden verwijderd.
sso-rules-more = Sla op voor meer rijen.
sso-rule-group = Groep { $number }
sso-rule-role = Rol { $number }

# Wie iets heeft gedaan.
sso-by-link = iemand met een configuratielink
sso-by-key = een programma met een API-sleutel
sso-by-cli = de exploitant, op de opdrachtregel
sso-by-server = de server zelf

# De instellingen van een koppeling.
sso-field-name = Naam
sso-field-issuer = Issuer (uitgever)
sso-field-sign-on-url = Aanmeld-URL (Sign on URL)
sso-field-sign-on-binding = Verzending van verzoeken
sso-field-certificates = Certificaten
sso-field-provider = Product
sso-field-sign-requests = Verzoeken ondertekenen
sso-field-clock-tolerance-seconds = Kloktolerantie in seconden
sso-field-danger-accept-sha1 = SHA-1 accepteren
sso-field-accept-cbc = AES-CBC accepteren
sso-field-reject-expired-signing-certificate = Verlopen certificaten weigeren
sso-field-unsolicited = Antwoorden waar niemand om vroeg
sso-field-joining = Hoe mensen lid worden
sso-field-subject-attribute = Attribuut dat het account noemt
sso-field-attributes = Attributen
sso-field-entity-id = Onze entity ID
sso-field-acs-url = Onze assertion consumer service URL
sso-field-force-authn = Altijd om een nieuwe authenticatie vragen
sso-field-name-id-format = NameID-indeling
sso-field-authn-context = Authenticatiecontext
sso-field-default-role = Standaardrol
sso-field-role-rules = Rollen op grond van groepen

# Wat zojuist is gedaan.
done-draft-kept = Opgeslagen als concept. Leden merken niets totdat u het publiceert.
done-draft-published = Gepubliceerd. Leden melden zich vanaf nu met deze instellingen aan.
done-draft-discarded = De wijzigingen zijn verworpen.
done-activated = Single sign-on is actief.
done-disabled = Single sign-on is uitgeschakeld.
done-version-restored = De versie is hersteld.
