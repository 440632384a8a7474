# Courriels que le serveur envoie de lui-même.
mail-domain-lost-subject = { $domain } n’est plus reconnu comme le vôtre
mail-domain-lost-text =
    L’enregistrement { $record }, par lequel { $organization } a prouvé { $domain } à { $product }, est absent depuis trois jours.

    Tant qu’il n’est pas rétabli, les adresses e-mail de { $domain } ne sont plus prises en compte, et les personnes qui en saisissent une ne sont plus dirigées vers votre authentification unique.

    Ce qu’il faut publier, et ce que nous voyons actuellement : { $address }
