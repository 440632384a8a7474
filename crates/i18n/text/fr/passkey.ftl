# Clés d’accès : ce qu’un appareil ou une clé de sécurité garde pour connecter quelqu’un.
passkey-title = Clés d’accès
passkey-lead = Avec une clé d’accès, vous vous connectez par empreinte digitale, par le visage ou avec le code de votre appareil. Il n’y a rien à saisir, et rien qui puisse nous être volé.
passkey-manage = Voir vos clés d’accès
passkey-none = Vous n’avez pas encore de clé d’accès.
passkey-name = Nom
passkey-name-hint = Pour la reconnaître plus tard, par exemple « Portable » ou « Clé de sécurité bleue ».
passkey-name-first = Mon appareil
passkey-made = Créée
passkey-used = Dernière utilisation
passkey-never = jamais
passkey-add = Ajouter une clé d’accès
passkey-rename = Renommer
passkey-remove = Supprimer
passkey-remove-this = Supprimer { $name }
passkey-remove-sure = Plus personne ne se connectera avec cette clé d’accès. La supprimer ?
passkey-use = Utiliser une clé d’accès
passkey-no-browser = Ce navigateur ne propose pas de clés d’accès, ou n’exécute pas de scripts ici. Utilisez un navigateur récent, ou continuez avec les codes par e-mail.
passkey-not-here = Il n’y a pas de clés d’accès à cette adresse : les navigateurs les lient à un nom d’hôte, et celle-ci est un numéro.
problem-passkey-not-by-sso = Vous êtes passé par votre organisation. Pour modifier vos clés d’accès, connectez-vous avec un code ou un lien.
passkey-failed = L’opération n’a pas abouti. Réessayez, ou choisissez un autre moyen.
passkey-fault-invalid-fields = Donnez-lui un nom de 1 à 60 caractères.
passkey-fault-passkey-known = Cet appareil a déjà une clé d’accès à vous.
passkey-fault-passkey-challenge-expired = Cela a pris plus de cinq minutes, ou a déjà été fait. Réessayez.
passkey-fault-passkey-refused = Cette clé d’accès n’a pas été acceptée. Réessayez, ou choisissez un autre moyen.
passkey-fault-passkey-unknown = Cette clé d’accès n’est plus connue ici. Choisissez un autre moyen, puis supprimez-la de votre appareil.
passkey-fault-too-many-passkeys = Vous avez 20 clés d’accès. Supprimez-en une que vous n’utilisez plus.
passkey-fault-no-passkeys = Il n’y a pas de clés d’accès à cette adresse.

# Ce qui vient d’être fait.
done-passkey-added = La clé d’accès est ajoutée : utilisez-la lors de votre prochaine connexion.
done-passkey-removed = La clé d’accès est supprimée. Supprimez-la aussi de votre appareil.
