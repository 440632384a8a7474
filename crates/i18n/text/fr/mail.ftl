# Emails that the server sends on its own.
mail-domain-lost-subject = { $domain } n’est plus vérifié
mail-domain-lost-text =
    L’enregistrement DNS { $record }, qui permet de vérifier { $domain } pour { $organization } dans { $product }, est introuvable depuis trois jours.

    Tant que vous ne l’aurez pas ajouté de nouveau, les adresses e-mail de { $domain } ne seront plus considérées comme fiables, et les personnes qui en saisissent une ne seront plus dirigées vers votre authentification unique.

    Consultez l’enregistrement à ajouter et ce que nous avons trouvé : { $address }
