# Emails that the server sends on its own.
mail-domain-lost-subject = { $domain } is niet meer geverifieerd
mail-domain-lost-text =
    Het DNS-record { $record }, waarmee { $domain } voor { $organization } in { $product } is geverifieerd, ontbreekt al drie dagen.

    Totdat je het opnieuw toevoegt, worden e-mailadressen in { $domain } niet vertrouwd en worden mensen die er een invoeren niet doorgestuurd naar je single sign-on.

    Bekijk welk record je moet toevoegen en wat we hebben gevonden: { $address }
mail-activation-subject = Activering van { $connection } aangevraagd voor { $organization }
mail-activation-text =
    De ontvanger van een configuratielink heeft de verbinding { $connection } voor { $organization } in { $product } ingesteld en vraagt je om haar te activeren.

    Configuratielink verstuurd naar: { $recipient }
    Configuratielink gemaakt door: { $creator }

    Een actieve verbinding kan mensen inloggen als leden van { $organization }. Bevestig alleen als je deze aanvraag verwacht en de identiteitsprovider kent. Zolang je niet bevestigt, blijft de verbinding inactief.

    Bevestigen of weigeren: { $address }
mail-activated-subject = { $connection } is actief voor { $organization }
mail-activated-text =
    De ontvanger van een configuratielink heeft de verbinding { $connection } voor { $organization } in { $product } geactiveerd. Leden kunnen er nu mee inloggen.

    Configuratielink verstuurd naar: { $recipient }
    Configuratielink gemaakt door: { $creator }

    Zolang geen beheerder de verbinding bevestigt, wordt niemand er beheerder door. Verwacht je dit niet, schakel de verbinding dan uit.

    Bevestigen of uitschakelen: { $address }
mail-recovery-subject = Er is een herstelcode gebruikt voor { $organization }
mail-recovery-text =
    { $member } heeft met een herstelcode ingelogd in de console van { $organization } in { $product }. Ongebruikte codes over: { $codes }.

    Verwacht je dit niet, deactiveer dan het lid en genereer nieuwe herstelcodes.

    Bekijk de SSO-verplichting en de herstelcodes: { $address }
mail-enforced-subject = SSO is nu verplicht voor { $organization }
mail-enforced-text =
    { $who } heeft SSO verplicht gesteld voor { $organization } in { $product }. Alle leden moeten nu via je identiteitsprovider inloggen.

    Bekijk wie het betreft, of hef de verplichting op: { $address }
mail-not-enforced-subject = SSO is niet meer verplicht voor { $organization }
mail-not-enforced-text =
    { $who } heeft de SSO-verplichting voor { $organization } in { $product } opgeheven. Leden met een andere inlogmethode kunnen die weer gebruiken.

    Bekijk de SSO-verplichting: { $address }
mail-activation-unknown = onbekend
