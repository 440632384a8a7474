# Single sign-on van iedereen verlangen.
require-title = SAML-SSO voor alle leden verplichten
require-lead = Iedereen in uw organisatie komt dan via uw identiteitsprovider binnen, in de applicatie en in deze console. Niemand wordt verwijderd, en u kunt het meteen ongedaan maken.
require-button = Voor alle leden verplichten
require-not-active = De verbinding moet eerst actief zijn.
require-not-tested = Eerst moet een testaanmelding met de huidige instellingen lukken.
require-dry-run = Wie zou worden buitengesloten
require-on = Verplicht
require-since = Verplicht door { $who } sinds { $when }.
require-look = Bekijken wie het betreft
require-undo = Meteen ongedaan maken
require-undo-lead = Leden die een andere toegang hebben, kunnen die vanaf dat moment weer gebruiken.
require-locked-out = { $count ->
    [one] Eén lid zou worden buitengesloten.
   *[other] { $count } leden zouden worden buitengesloten.
}
require-nobody-locked-out = Niemand zou worden buitengesloten.
require-standing = Wie is buitengesloten
require-are-locked-out = { $count ->
    [one] Eén lid is buitengesloten.
   *[other] { $count } leden zijn buitengesloten.
}
require-nobody-is-locked-out = Niemand is buitengesloten.
require-others = Al bekend: { $fine }. Herkend bij de eerste aanmelding: { $first }. Vrijgesteld: { $exempt }.
require-way-back = Een beheerder houdt toegang als uw identiteitsprovider niemand binnenlaat: met een herstelcode of een vrijstelling.
require-no-way-back = Geen beheerder houdt toegang als uw identiteitsprovider niemand binnenlaat. Maak eerst herstelcodes, of stel een beheerder vrij.
require-fate = Wat er gebeurt
require-why = Waarom
require-codes = Herstelcodes
require-fate-locked-out = buitengesloten
require-fate-first-sign-in = bij de eerste aanmelding
require-fate-exempt = vrijgesteld
require-fate-fine = komt binnen
require-reason-has-account = Heeft zich eerder via uw identiteitsprovider aangemeld.
require-reason-exempt = Is vrijgesteld en komt binnen als voorheen.
require-reason-invited-not-come = Heeft zich nog niet via uw identiteitsprovider aangemeld; de eerste aanmelding met dit adres vindt het lid.
require-reason-no-email = Is nooit via uw identiteitsprovider gekomen en heeft geen e-mailadres waarmee een eerste aanmelding het lid kan vinden.
require-reason-outside-domains = Is nooit via uw identiteitsprovider gekomen, en het e-mailadres ligt in geen van uw geverifieerde domeinen.
require-reason-other-connection = Is alleen gekomen via een verbinding of identiteitsprovider die niet meer in gebruik is.
require-reason-no-active-connection = Er is geen actieve verbinding waarlangs iemand kan komen.
require-exempt = Vrijstellen
require-exempt-no-longer = Niet meer vrijstellen
require-exempt-lead = Wie is vrijgesteld, komt in deze console als voorheen, bijvoorbeeld om de verbinding te herstellen.
require-turn-on = Inschakelen
require-turn-on-lead = Wie het inschakelt, moet in de laatste 15 minuten via de verbinding zijn gekomen, zodat niemand een deur sluit waar hij zelf achter staat.
require-sign-in-first = Meld u via de verbinding aan met uw eigen account, en kom dan hier terug.
require-sign-in-now = Nu aanmelden en terugkomen
require-not-a-member = U bent geen lid van deze organisatie. Een van haar beheerders moet het inschakelen, na via de verbinding te zijn gekomen.
require-has-draft = Er zijn wijzigingen aan de verbinding die niet gepubliceerd zijn. Publiceer of verwerp ze eerst, en meld u dan via haar aan.
require-understood = Ik heb gelezen wie dit buitensluit en welke toegang er overblijft.
require-fault-understood = Vink aan dat u hebt gelezen wie dit buitensluit.
require-fault-no-active-connection = Er is nog geen actieve verbinding. Schakel er eerst een in.
require-fault-no-recent-sign-in = U bent de laatste 15 minuten niet via de verbinding gekomen. Doe dat nu, en schakel het dan in.
require-fault-sso-not-in-plan = Uw abonnement bevat geen SAML single sign-on.
require-fault-other-person = Die aanmelding lukte, maar het was niet uw eigen account hier. Meld u aan met het account dat bij u hoort.

# Voor wie het heeft ingeschakeld en zich opnieuw moet aanmelden.
require-done-title = Single sign-on is nu verplicht
require-done = Het is gelukt: iedereen bij { $organization } komt vanaf nu via uw identiteitsprovider binnen.
require-done-you-title = Wat dit voor u betekent
require-done-you = U bent op een andere manier in deze console gekomen, en die opent { $organization } niet meer. Meld u aan via uw identiteitsprovider, zoals u zojuist hebt gedaan.
require-done-codes = { $count ->
    [0] U hebt geen herstelcode. Als uw identiteitsprovider u niet meer binnenlaat, moet een andere beheerder of de uitbater van deze dienst het ongedaan maken.
    [one] Als uw identiteitsprovider niemand binnenlaat, gebruik dan uw herstelcode: u hebt er nog { $count }.
   *[other] Als uw identiteitsprovider niemand binnenlaat, gebruik dan een van uw herstelcodes: u hebt er nog { $count }.
}
require-done-undo = U kunt het meteen ongedaan maken: meld u aan, open ‘{ $tab }’ en kies ‘{ $button }’.

# Herstelcodes.
require-codes-left = { $count ->
    [one] Nog { $count }
   *[other] Nog { $count }
}
require-codes-make = Nieuwe codes maken
require-codes-sure = De vorige codes zijn dan niets meer waard. Doorgaan?
require-codes-title = Uw herstelcodes
require-codes-once = Deze codes worden alleen deze keer getoond. Bewaar ze waar u ze zonder uw identiteitsprovider vindt.
require-codes-how = Elke code werkt één keer. Vul er een in op de aanmeldpagina, samen met het e-mailadres; hij opent alleen deze organisatie.
require-codes-download = Downloaden
require-codes-print = Afdrukken
require-codes-kept = Ik heb ze bewaard
problem-not-your-codes = Elke beheerder maakt de eigen herstelcodes: wie een code heeft, geldt als de eigenaar ervan.
require-barred = Deze organisatie wil dat iedereen via haar identiteitsprovider komt. Gebruik single sign-on, of een van uw herstelcodes.
require-recovery-use = Een herstelcode gebruiken
require-recovery-title = Aanmelden met een herstelcode
require-recovery-lead = Voor beheerders van wie de identiteitsprovider niemand binnenlaat. Een code werkt één keer en opent alleen uw organisatie.
require-recovery-code = Herstelcode
require-recovery-code-hint = Zestien letters en cijfers; streepjes en hoofdletters maken niet uit.
require-recovery-other = Een andere manier
require-recovery-wrong = Dit is geen herstelcode van dit adres die nog geldig is. Elke code werkt één keer, en nieuwe codes vervangen de vorige.
require-recovery-slowed = Te veel pogingen. Wacht een minuut.

# Wat zojuist is gedaan.
done-sso-required = Iedereen moet vanaf nu via uw identiteitsprovider komen.
done-sso-not-required = Het is niet meer verplicht.
done-exempt = Het lid is vrijgesteld.
done-no-longer-exempt = Het lid is niet meer vrijgesteld.
done-came-through = U bent via de verbinding gekomen. Nu kunt u het inschakelen.
