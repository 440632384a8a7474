# Emails that the server sends on its own.
mail-domain-lost-subject = { $domain } n’est plus vérifié
mail-domain-lost-text =
    L’enregistrement DNS { $record }, qui permet de vérifier { $domain } pour { $organization } dans { $product }, est introuvable depuis trois jours.

    Tant que vous ne l’aurez pas ajouté de nouveau, les adresses e-mail de { $domain } ne seront plus considérées comme fiables, et les personnes qui en saisissent une ne seront plus dirigées vers votre authentification unique.

    Consultez l’enregistrement à ajouter et ce que nous avons trouvé : { $address }
mail-activation-subject = Activation de { $connection } demandée pour { $organization }
mail-activation-text =
    Le destinataire d’un lien de configuration a configuré la connexion SSO { $connection } pour { $organization } dans { $product }, et vous demande de l’activer.

    Lien de configuration envoyé à : { $recipient }
    Lien de configuration créé par : { $creator }

    Une connexion SSO active peut connecter des personnes en tant que membres de { $organization }. Confirmez seulement si vous attendez cette demande et connaissez le fournisseur d’identité. Tant que vous n’avez pas confirmé, la connexion SSO reste inactive.

    Confirmer ou refuser : { $address }
mail-activation-unknown = inconnu
