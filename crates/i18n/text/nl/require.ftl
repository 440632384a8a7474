# SSO enforcement.
require-title = SAML-SSO-authenticatie verplichten voor alle leden
require-lead = Alle leden moeten dan inloggen via je identiteitsprovider, ook in deze console. Er worden geen leden verwijderd en je kunt dit altijd terugdraaien.
require-button = SSO verplichten
require-not-active = Activeer eerst de verbinding.
require-not-tested = Voer eerst een geslaagde test uit met de huidige instellingen.
require-dry-run = Gevolgen bekijken
require-on = Verplicht
require-since = Verplicht door { $who } sinds { $when }.
require-look = Betrokken leden bekijken
require-undo = SSO-verplichting opheffen
require-undo-lead = Leden met een andere inlogmethode kunnen die direct weer gebruiken.
require-locked-out = { $count ->
    [one] { $count } lid zou worden buitengesloten.
   *[other] { $count } leden zouden worden buitengesloten.
}
require-no-one-locked-out = Er zouden geen leden worden buitengesloten.
require-standing = Betrokken leden
require-are-locked-out = { $count ->
    [one] { $count } lid is buitengesloten.
   *[other] { $count } leden zijn buitengesloten.
}
require-no-one-is-locked-out = Er zijn geen leden buitengesloten.
require-others = Geen gevolgen: { $fine }. Herkend bij de eerste login: { $first }. Vrijgesteld: { $exempt }.
require-way-back = Als je identiteitsprovider niet meer werkt, kan een beheerder de toegang herstellen met een herstelcode of een vrijstelling.
require-no-way-back = Als je identiteitsprovider niet meer werkt, kan geen enkele beheerder de toegang herstellen. Genereer eerst herstelcodes of stel een beheerder vrij.
require-fate = Toegang
require-why = Reden
require-codes = Herstelcodes
require-fate-locked-out = Buitengesloten
require-fate-first-sign-in = Bij de eerste login
require-fate-exempt = Vrijgesteld
require-fate-fine = Geen gevolgen
require-reason-has-account = Heeft eerder ingelogd via je identiteitsprovider.
require-reason-exempt = Is vrijgesteld en kan in deze console blijven inloggen zoals voorheen.
require-reason-invited-not-come = Heeft nog niet ingelogd via je identiteitsprovider. Wordt bij de eerste login herkend aan het e-mailadres.
require-reason-no-email = Heeft nooit ingelogd via je identiteitsprovider en heeft geen e-mailadres om aan te worden herkend.
require-reason-outside-domains = Heeft nooit ingelogd via je identiteitsprovider en het e-mailadres hoort niet bij een geverifieerd domein.
require-reason-other-connection = Heeft alleen ingelogd via een verbinding of identiteitsprovider die niet meer in gebruik is.
require-reason-no-active-connection = Er is geen actieve verbinding om via in te loggen.
require-exempt = Vrijstellen
require-exempt-no-longer = Vrijstelling opheffen
require-exempt-lead = Vrijgestelde leden kunnen nog steeds zonder SSO in deze console inloggen, bijvoorbeeld om de verbinding te herstellen.
require-turn-on = SSO-verplichting
require-turn-on-lead = Log in de laatste 15 minuten voordat je SSO verplicht zelf in met SSO, zodat je jezelf niet buitensluit.
require-sign-in-first = Log via de verbinding in met je eigen account. Daarna kom je terug op deze pagina.
require-sign-in-now = Inloggen met SSO
require-not-a-member = Je bent geen lid van deze organisatie. Een van de beheerders moet via de verbinding inloggen en SSO verplichten.
require-has-draft = De verbinding heeft niet-gepubliceerde wijzigingen. Publiceer of verwijder die eerst en log daarna via de verbinding in.
require-understood = Ik begrijp wie wordt buitengesloten en hoe de toegang kan worden hersteld.
require-fault-understood = Bevestig dat je begrijpt wie wordt buitengesloten.
require-fault-no-active-connection = Er is nog geen actieve verbinding. Activeer er eerst een.
require-fault-no-recent-sign-in = Je hebt de laatste 15 minuten niet via de verbinding ingelogd. Log in met SSO en verplicht het daarna.
require-fault-sso-not-in-plan = Je abonnement bevat geen SAML single sign-on.
require-fault-other-person = Het inloggen is gelukt, maar met een ander account. Log in met je eigen account.

# After enforcement has ended the admin's own session.
require-done-title = SSO is nu verplicht
require-done = Alle leden van { $organization } moeten nu inloggen via je identiteitsprovider.
require-done-you-title = Wat dit voor jou betekent
require-done-you = Je had in deze console ingelogd op een manier die geen toegang meer geeft tot { $organization }. Log in via je identiteitsprovider, zoals je zojuist hebt gedaan.
require-done-codes = { $count ->
    [0] Je hebt geen herstelcodes. Als je niet meer via je identiteitsprovider kunt inloggen, moet een andere beheerder of de platformbeheerder de SSO-verplichting opheffen.
    [one] Als je identiteitsprovider niet meer werkt, gebruik je je herstelcode. Je hebt er nog { $count }.
   *[other] Als je identiteitsprovider niet meer werkt, gebruik je een van je herstelcodes. Je hebt er nog { $count }.
}
require-done-undo = Om dit terug te draaien log je in, open je “{ $tab }” en selecteer je “{ $button }”.

# Recovery codes.
require-codes-left = { $count ->
    [one] Nog { $count }
   *[other] Nog { $count }
}
require-codes-make = Nieuwe codes genereren
require-codes-sure = Nieuwe codes genereren? Je oude codes werken dan niet meer.
require-codes-title = Je herstelcodes
require-codes-once = Sla deze codes nu op: ze worden niet opnieuw getoond. Bewaar ze op een plek waar je zonder je identiteitsprovider bij kunt.
require-codes-how = Elke code werkt één keer, met je e-mailadres en alleen voor deze organisatie. Voer de code in op de inlogpagina.
require-codes-download = Codes downloaden
require-codes-print = Codes afdrukken
require-codes-kept = Ik heb mijn codes opgeslagen
problem-not-your-codes = Je kunt alleen herstelcodes voor jezelf genereren, omdat een code toegang geeft tot het account van de eigenaar.
require-barred = Deze organisatie verplicht SSO. Log in met SSO of gebruik een van je herstelcodes.
require-recovery-use = Een herstelcode gebruiken
require-recovery-title = Inloggen met een herstelcode
require-recovery-lead = Voor beheerders die niet via hun identiteitsprovider kunnen inloggen. Elke code werkt één keer en alleen voor je organisatie.
require-recovery-code = Herstelcode
require-recovery-code-hint = 16 letters en cijfers. Streepjes en hoofdletters maken niet uit.
require-recovery-other = Een andere methode gebruiken
require-recovery-wrong = Deze herstelcode is niet geldig voor dit e-mailadres. Elke code werkt één keer en nieuwe codes vervangen de oude.
require-recovery-slowed = Te veel pogingen. Wacht een minuut en probeer het opnieuw.

# Confirmations.
done-sso-required = SSO is nu verplicht voor alle leden.
done-sso-not-required = SSO is niet meer verplicht.
done-exempt = Het lid is nu vrijgesteld van de SSO-verplichting.
done-no-longer-exempt = Het lid is niet meer vrijgesteld van de SSO-verplichting.
done-came-through = Je hebt via de verbinding ingelogd. Je kunt SSO nu verplichten.
