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
mail-activated-subject = { $connection } est active pour { $organization }
mail-activated-text =
    Le destinataire d’un lien de configuration a activé la connexion SSO { $connection } pour { $organization } dans { $product }. Les membres peuvent désormais se connecter avec elle.

    Lien de configuration envoyé à : { $recipient }
    Lien de configuration créé par : { $creator }

    Tant qu’aucun administrateur n’a confirmé la connexion SSO, personne ne devient administrateur par elle. Si vous ne vous y attendiez pas, désactivez-la.

    Confirmer ou désactiver : { $address }
mail-recovery-subject = Un code de récupération a été utilisé pour { $organization }
mail-recovery-text =
    { $member } s’est connecté à la console de { $organization } dans { $product } avec un code de récupération. Codes inutilisés restants : { $codes }.

    Si vous ne vous y attendiez pas, désactivez ce membre et générez de nouveaux codes de récupération.

    Voir l’obligation du SSO et les codes de récupération : { $address }
mail-enforced-subject = Le SSO est désormais obligatoire pour { $organization }
mail-enforced-text =
    { $who } a rendu le SSO obligatoire pour { $organization } dans { $product }. Tous les membres doivent désormais se connecter avec votre fournisseur d’identité.

    Voir qui est concerné, ou ne plus imposer le SSO : { $address }
mail-not-enforced-subject = Le SSO n’est plus obligatoire pour { $organization }
mail-not-enforced-text =
    { $who } a levé l’obligation du SSO pour { $organization } dans { $product }. Les membres disposant d’une autre méthode de connexion peuvent de nouveau l’utiliser.

    Voir l’obligation du SSO : { $address }
mail-activation-unknown = inconnu
