# Signing in to the console.
console-sign-in = Inloggen
console-sign-in-lead = Beheerders: log in met een code per e-mail of met de SSO van je bedrijf.
console-email = E-mailadres
console-send-code = Code per e-mail ontvangen
console-sign-in-with-sso = Inloggen met SSO
console-no-mail = Codes per e-mail zijn hier niet beschikbaar. Log in met SSO of vraag de platformbeheerder om een link.
console-no-sso = Single sign-on is niet ingesteld voor dit adres. Controleer het adres of log op een andere manier in.
console-code-title = Voer je code in
console-code-lead = Als er een account bestaat voor dit adres, hebben we een code van 8 cijfers gemaild. De code verloopt over 10 minuten en werkt alleen in deze browser.
console-code = Code
console-request-new-code = Nieuwe code aanvragen
console-outbox = De demo verstuurt geen e-mail.
console-outbox-link = Outbox openen
console-link-lead = Deze link werkt één keer en logt je in deze browser in.
console-invited-title = Je bent uitgenodigd voor { $product }
console-mail-code-subject = Je code voor { $product }
console-mail-code-text =
    Je code voor { $product } is { $code }

    De code verloopt over 10 minuten en werkt alleen in de browser waarin je hem hebt aangevraagd, op { $host }.
    Heb je deze code niet aangevraagd? Dan kun je deze e-mail negeren. Je account is veilig.
console-error-invalid-fields = Voer een geldig e-mailadres in, bijvoorbeeld ada@acme.example.
console-error-code-expired = Deze code is niet meer geldig. Vraag een nieuwe aan.
console-error-too-many-requests = Te veel codes aangevraagd. Wacht een paar minuten of log in met SSO.
console-error-no-mail = Deze dienst verstuurt geen e-mail. Vraag de platformbeheerder om een link.
console-error-wrong-code = Onjuiste code. Gebruik de code uit de nieuwste e-mail.

# Navigation.
console-navigation = Navigatie
console-switch-organization = Van organisatie wisselen
console-home = Je organisaties
console-home-empty = Je beheert geen organisaties. Vraag een beheerder om je toegang te geven.
console-tab-team = Team
console-tab-sso = Single sign-on
console-tab-audit-log = Auditlogboek
console-problem = Er is iets misgegaan
console-problem-403 = Dit is niet toegestaan
console-problem-404 = Pagina niet gevonden
console-problem-409 = Dit kan nu niet
console-problem-410 = Deze link is niet meer geldig
console-problem-429 = Te veel verzoeken
console-problem-500 = Er is bij ons iets misgegaan

# Account.
console-account = Je account
console-account-emails = Je logt in als
console-sessions = Je sessies
console-sessions-lead = Alle browsers waarin je bent ingelogd. Beëindig sessies die je niet herkent.
console-browser = Browser
console-browser-on = { $browser } op { $system }
console-browser-unknown = Onbekende browser
console-method = Inlogmethode
console-method-email-code = Code per e-mail
console-method-link = Link
console-method-passkey = Passkey
console-method-sso = Single sign-on
console-method-recovery = Herstelcode
console-signed-in-at = Ingelogd
console-last-active = Laatst actief
console-actions = Acties
console-this-session = Deze sessie
console-end-session = Sessie beëindigen

# Audit log.
console-audit-log-lead = Alle wijzigingen, en wie ze heeft aangebracht.
console-audit-log-empty = Nog geen wijzigingen.
console-audit-log-none = Geen wijzigingen gevonden.
console-audit-log-any = Alles
console-audit-log-actor-hint = E-mailadres of de volledige ID.
console-when = Wanneer
console-who = Wie
console-what = Wat
console-details = Details
console-before = Voor
console-after = Na

# Confirmations.
done-session-ended = Sessie beëindigd.
done-saved = Opgeslagen.
