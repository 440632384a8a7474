# Passkeys, stored on a device or a security key.
passkey-title = Clés d’accès
passkey-lead = Connectez-vous avec votre empreinte digitale, votre visage ou le code PIN de votre appareil. Rien à saisir, et une protection contre l’hameçonnage.
passkey-manage = Gérer vos clés d’accès
passkey-none = Vous n’avez pas encore de clé d’accès.
passkey-name = Nom
passkey-name-hint = Choisissez un nom facile à reconnaître, par exemple « Ordinateur portable » ou « Clé de sécurité bleue ».
passkey-name-first = Mon appareil
passkey-created-at = Créée
passkey-last-used-at = Dernière utilisation
passkey-never-used = Jamais
passkey-add = Ajouter une clé d’accès
passkey-rename = Renommer
passkey-remove = Supprimer
passkey-remove-named = Supprimer { $name }
passkey-remove-question = Supprimer { $name } ?
passkey-remove-effect = Vous seul êtes concerné : vous ne pourrez plus vous connecter avec cette clé d’accès. Vos autres clés d’accès, les codes par e-mail et les liens continuent de fonctionner.
passkey-remove-button = Supprimer la clé d’accès
passkey-sign-in = Se connecter avec une clé d’accès
passkey-unsupported = Ce navigateur ne prend pas en charge les clés d’accès ou bloque les scripts. Utilisez un navigateur récent, ou connectez-vous avec un code reçu par e-mail.
passkey-unavailable = Les clés d’accès ne sont pas disponibles à cette adresse. Elles nécessitent un nom d’hôte, et celle-ci est une adresse IP.
problem-passkey-not-by-sso = Vous vous êtes connecté avec le SSO. Pour modifier vos clés d’accès, connectez-vous avec un code ou un lien.
passkey-failed = La demande de clé d’accès a été annulée. Réessayez ou utilisez une autre méthode.
passkey-error-invalid-fields = Saisissez un nom de 1 à 60 caractères.
passkey-error-passkey-already-registered = Vous avez déjà une clé d’accès sur cet appareil.
passkey-error-passkey-challenge-expired = Cette demande de clé d’accès a expiré ou a déjà été utilisée. Réessayez.
passkey-error-passkey-rejected = Cette clé d’accès n’a pas été acceptée. Réessayez ou utilisez une autre méthode.
passkey-error-passkey-unknown = Cette clé d’accès n’est plus enregistrée. Connectez-vous avec une autre méthode, puis supprimez la clé d’accès de votre appareil.
passkey-error-too-many-passkeys = Vous avez atteint la limite de 20 clés d’accès. Supprimez-en une que vous n’utilisez plus.
passkey-error-no-passkeys = Les clés d’accès ne sont pas disponibles à cette adresse.

# Confirmations.
done-passkey-added = Clé d’accès ajoutée. Vous pourrez l’utiliser lors de votre prochaine connexion.
done-passkey-removed = Clé d’accès supprimée. Supprimez-la aussi de votre appareil.
