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
mail-activation-unknown = onbekend
