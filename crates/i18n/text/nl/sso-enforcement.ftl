# SSO enforcement.
sso-enforcement-title = SAML-SSO-authenticatie verplichten voor alle leden
sso-enforcement-page-title = SSO-verplichting
sso-enforcement-lead = Alle leden moeten dan inloggen via je identiteitsprovider, ook in deze console. Er worden geen leden verwijderd en je kunt dit altijd terugdraaien.
sso-enforcement-lead-enforced = Alle leden moeten inloggen via je identiteitsprovider, ook in deze console. Je kunt dit altijd terugdraaien.
sso-enforcement-button = SSO verplichten
sso-enforcement-not-active = Activeer eerst de verbinding.
sso-enforcement-not-tested = Voer eerst een geslaagde test uit met de huidige instellingen.
sso-enforcement-dry-run = Gevolgen bekijken
sso-enforcement-impact-preview = Voorbeeld van de gevolgen
sso-enforcement-on = Verplicht
sso-enforcement-status = Status
sso-enforcement-since = Verplicht door { $who } sinds { $when }.
sso-enforcement-view-members = Betrokken leden bekijken
sso-enforcement-turn-off = SSO-verplichting opheffen
sso-enforcement-turn-off-lead = Leden met een andere inlogmethode kunnen die direct weer gebruiken.
sso-enforcement-turn-off-question = De SSO-verplichting voor { $organization } opheffen?
sso-enforcement-turn-off-members = { $count ->
    [one] { $count } lid hoeft niet meer via je identiteitsprovider in te loggen.
   *[other] { $count } leden hoeven niet meer via je identiteitsprovider in te loggen.
}
sso-enforcement-turn-off-mail = Beheerders met een account voor deze console krijgen hierover een e-mail.
sso-enforcement-turn-off-undo = Je kunt SSO later weer verplichten.
sso-enforcement-locked-out = { $count ->
    [one] { $count } lid zou worden buitengesloten.
   *[other] { $count } leden zouden worden buitengesloten.
}
sso-enforcement-none-locked-out = Er zouden geen leden worden buitengesloten.
sso-enforcement-affected-members = Betrokken leden
sso-enforcement-locked-out-now = { $count ->
    [one] { $count } lid is buitengesloten.
   *[other] { $count } leden zijn buitengesloten.
}
sso-enforcement-none-locked-out-now = Er zijn geen leden buitengesloten.
sso-enforcement-access-counts = Niet getroffen: { $unaffected }. Herkend bij de eerste login: { $first_sign_in }. Vrijgesteld: { $exempt }.
sso-enforcement-can-recover = Als je identiteitsprovider niet meer werkt, kan een beheerder de toegang herstellen met een opgeslagen herstelcode, of met een vrijstelling en een andere inlogmethode.
sso-enforcement-cannot-recover = Als je identiteitsprovider niet meer werkt, kan geen enkele beheerder de toegang herstellen. Sla herstelcodes op en bevestig dat, of stel een beheerder vrij die zonder SSO heeft ingelogd.
sso-enforcement-access = Toegang
sso-enforcement-reason = Reden
sso-enforcement-codes = Herstelcodes
sso-enforcement-access-locked-out = Buitengesloten
sso-enforcement-access-first-sign-in = Bij de eerste login
sso-enforcement-access-exempt = Vrijgesteld
sso-enforcement-access-unaffected = Geen gevolgen
sso-enforcement-reason-has-account = Heeft eerder ingelogd via je identiteitsprovider.
sso-enforcement-reason-exempt = Is vrijgesteld en kan in deze console blijven inloggen zoals voorheen.
sso-enforcement-reason-exempt-untried = Is vrijgesteld, maar heeft nog nooit in deze console ingelogd met een code per e-mail, een link of een passkey.
sso-enforcement-reason-pending-first-sign-in = Heeft niet ingelogd via een van de huidige verbindingen. Wordt bij de eerste login herkend aan het e-mailadres.
sso-enforcement-reason-email-missing = Heeft niet ingelogd via een van de huidige verbindingen en heeft geen e-mailadres om aan te worden herkend.
sso-enforcement-reason-email-domain-not-verified = Heeft niet ingelogd via een van de huidige verbindingen en het e-mailadres hoort niet bij een geverifieerd domein.
sso-enforcement-reason-email-not-confirmed = Heeft alleen ingelogd via een verwijderde verbinding, met een e-mailadres dat toen niet bij een geverifieerd domein hoorde. Het kan van iemand anders zijn, dus geen enkele login leidt naar dit lid.
sso-enforcement-reason-inactive-connection = Heeft alleen ingelogd via een verbinding of identiteitsprovider die niet meer in gebruik is.
sso-enforcement-reason-other-connection = Heeft alleen ingelogd via een andere verbinding dan die waarnaar de routering leidt.
sso-enforcement-reason-no-active-connection = Er is geen actieve verbinding om via in te loggen.
sso-enforcement-exempt = Vrijstellen
sso-enforcement-remove-exemption = Vrijstelling opheffen
sso-enforcement-remove-exemption-question = De vrijstelling van { $member } opheffen?
sso-enforcement-remove-exemption-effect = Het betreft 1 lid: { $member } moet via je identiteitsprovider inloggen, ook in deze console.
sso-enforcement-exempt-lead = Vrijgestelde leden kunnen nog steeds zonder SSO in deze console inloggen, bijvoorbeeld om de verbinding te herstellen.
sso-enforcement-turn-on = Activering
sso-enforcement-turn-on-lead = Log in de laatste 15 minuten voordat je SSO verplicht zelf in met SSO, zodat je jezelf niet buitensluit.
sso-enforcement-sign-in-first = Log via de verbinding in met je eigen account. Daarna kom je terug op deze pagina.
sso-enforcement-sign-in-now = Inloggen met SSO
sso-enforcement-not-a-member = Je bent geen lid van deze organisatie. Een van de beheerders moet via de verbinding inloggen en SSO verplichten.
sso-enforcement-has-draft = De verbinding heeft niet-gepubliceerde wijzigingen. Publiceer of verwijder die eerst en log daarna via de verbinding in.
sso-enforcement-confirm-impact = Ik begrijp wie wordt buitengesloten en hoe de toegang kan worden hersteld.
sso-enforcement-recovery-needed = Als je identiteitsprovider niet meer werkt, kan geen enkele beheerder van deze organisatie inloggen. Doe eerst een van deze dingen:
sso-enforcement-recovery-by-codes = Genereer in de tabel hierboven herstelcodes voor een beheerder, sla ze op en bevestig dat.
sso-enforcement-recovery-by-exemption = Stel in de tabel hierboven een beheerder vrij die in deze console heeft ingelogd met een code per e-mail, een link of een passkey.
sso-enforcement-override = SSO verplichten zonder manier om de toegang te herstellen
sso-enforcement-override-words = verplichten zonder herstel
sso-enforcement-override-label = Typ ter bevestiging: { $words }
sso-enforcement-error-override-mistyped = De woorden kloppen niet. Typ ze precies zoals getoond.
sso-enforcement-error-no-recovery = Geen enkele beheerder kan zonder je identiteitsprovider inloggen. Sla herstelcodes op en bevestig dat, stel een beheerder vrij die zonder SSO heeft ingelogd, of typ de woorden om SSO te verplichten zonder manier om de toegang te herstellen.
sso-enforcement-error-impact-not-confirmed = Bevestig dat je begrijpt wie wordt buitengesloten.
sso-enforcement-error-no-active-connection = Er is nog geen actieve verbinding. Activeer er eerst een.
sso-enforcement-error-no-recent-sign-in = Je hebt de laatste 15 minuten niet via de verbinding ingelogd. Log in met SSO en verplicht het daarna.
sso-enforcement-error-sso-not-in-plan = Je abonnement bevat geen SAML single sign-on.
sso-enforcement-error-other-account = Het inloggen is gelukt, maar met een ander account. Log in met je eigen account.

# After enforcement has ended the admin's own session.
sso-enforcement-done-title = SSO is nu verplicht
sso-enforcement-done = Alle leden van { $organization } moeten nu inloggen via je identiteitsprovider.
sso-enforcement-done-you-title = Je toegang
sso-enforcement-done-you = Je had in deze console ingelogd op een manier die geen toegang meer geeft tot { $organization }. Log in via je identiteitsprovider, zoals je zojuist hebt gedaan.
sso-enforcement-done-codes = { $count ->
    [0] Je hebt geen herstelcodes. Als je niet meer via je identiteitsprovider kunt inloggen, moet een andere beheerder of de platformbeheerder de SSO-verplichting opheffen.
    [one] Als je identiteitsprovider niet meer werkt, gebruik je je herstelcode. Je hebt er nog { $count }.
   *[other] Als je identiteitsprovider niet meer werkt, gebruik je een van je herstelcodes. Je hebt er nog { $count }.
}
sso-enforcement-done-undo = Om dit terug te draaien log je in, open je “{ $tab }” en selecteer je “{ $button }”.

# Recovery codes.
sso-enforcement-codes-left = { $count ->
    [one] Nog { $count }
   *[other] Nog { $count }
}
sso-enforcement-codes-generate = Nieuwe codes genereren
sso-enforcement-codes-not-saved = Niet bevestigd als opgeslagen
sso-enforcement-codes-question = Nieuwe codes genereren voor { $member }?
sso-enforcement-codes-effect = { $count ->
    [one] De resterende code van deze beheerder werkt dan niet meer.
   *[other] De { $count } resterende codes van deze beheerder werken dan niet meer.
}
sso-enforcement-codes-title = Je herstelcodes
sso-enforcement-codes-once = Sla deze codes nu op: ze worden niet opnieuw getoond. Bewaar ze op een plek waar je zonder je identiteitsprovider bij kunt.
sso-enforcement-codes-how = Elke code werkt één keer, met je e-mailadres en alleen voor deze organisatie. Voer de code in op de inlogpagina.
sso-enforcement-codes-download = Codes downloaden
sso-enforcement-codes-print = Codes afdrukken
sso-enforcement-codes-saved = Ik heb mijn codes opgeslagen
sso-enforcement-codes-saved-hint = Alleen codes waarvan je bevestigt dat je ze hebt opgeslagen, tellen als manier om de toegang te herstellen.
problem-not-your-codes = Je kunt alleen herstelcodes voor jezelf genereren, omdat een code toegang geeft tot het account van de eigenaar.
sso-enforcement-sso-only = Deze organisatie verplicht SSO. Log in met SSO of gebruik een van je herstelcodes.
sso-enforcement-recovery-use = Een herstelcode gebruiken
sso-enforcement-recovery-title = Inloggen met een herstelcode
sso-enforcement-recovery-lead = Voor beheerders die niet via hun identiteitsprovider kunnen inloggen. Elke code werkt één keer en alleen voor je organisatie.
sso-enforcement-recovery-code = Herstelcode
sso-enforcement-recovery-code-hint = 16 letters en cijfers. Streepjes en hoofdletters maken niet uit.
sso-enforcement-recovery-other = Een andere methode gebruiken
sso-enforcement-recovery-wrong = Deze herstelcode is niet geldig voor dit e-mailadres. Elke code werkt één keer en nieuwe codes vervangen de oude.
sso-enforcement-recovery-too-many-attempts = Te veel pogingen. Wacht een minuut en probeer het opnieuw.

# Confirmations.
done-sso-enforced = SSO is nu verplicht voor alle leden.
done-sso-not-enforced = SSO is niet meer verplicht.
done-exemption-granted = Het lid is nu vrijgesteld van de SSO-verplichting.
done-exemption-removed = Het lid is niet meer vrijgesteld van de SSO-verplichting.
done-recovery-codes-saved = Herstelcodes bevestigd als opgeslagen.
done-signed-in-with-sso = Je hebt via de verbinding ingelogd. Je kunt SSO nu verplichten.
