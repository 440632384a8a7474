# Emails that the server sends on its own.
mail-domain-lost-subject = { $domain } is niet meer geverifieerd
mail-domain-lost-text =
    Het DNS-record { $record }, waarmee { $domain } voor { $organization } in { $product } is geverifieerd, ontbreekt al drie dagen.

    Totdat je het opnieuw toevoegt, worden e-mailadressen in { $domain } niet vertrouwd en worden mensen die er een invoeren niet doorgestuurd naar je single sign-on.

    Bekijk welk record je moet toevoegen en wat we hebben gevonden: { $address }
