# Signing in to the console.
console-sign-in = Se connecter
console-sign-in-lead = Administrateurs : connectez-vous avec un code reçu par e-mail ou avec le SSO de votre entreprise.
console-email = Adresse e-mail
console-send-code = Recevoir un code par e-mail
console-sign-in-with-sso = Se connecter avec le SSO
console-no-mail = Les codes par e-mail ne sont pas disponibles ici. Connectez-vous avec le SSO, ou demandez un lien à l’opérateur du service.
console-no-sso = L’authentification unique n’est pas configurée pour cette adresse. Vérifiez l’adresse ou connectez-vous autrement.
console-code-title = Saisissez votre code
console-code-lead = Si un compte existe pour cette adresse, nous avons envoyé un code à 8 chiffres par e-mail. Il expire dans 10 minutes et ne fonctionne que dans ce navigateur.
console-code = Code
console-request-new-code = Demander un nouveau code
console-outbox = La démo n’envoie pas d’e-mails.
console-outbox-link = Ouvrir la boîte d’envoi
console-link-lead = Ce lien ne fonctionne qu’une fois et vous connecte dans ce navigateur.
console-invited-title = Vous êtes invité à rejoindre { $product }
console-mail-code-subject = Votre code pour { $product }
console-mail-code-text =
    Votre code pour { $product } est { $code }

    Il expire dans 10 minutes et ne fonctionne que dans le navigateur où vous l’avez demandé, sur { $host }.
    Si vous n’avez pas demandé ce code, vous pouvez ignorer cet e-mail. Votre compte est en sécurité.
console-error-invalid-fields = Saisissez une adresse e-mail valide, par exemple ada@acme.example.
console-error-code-expired = Ce code n’est plus valable. Demandez-en un nouveau.
console-error-too-many-requests = Trop de codes demandés. Attendez quelques minutes, ou connectez-vous avec le SSO.
console-error-no-mail = Ce service n’envoie pas d’e-mails. Demandez un lien à son opérateur.
console-error-wrong-code = Code incorrect. Utilisez celui de l’e-mail le plus récent.

# Navigation.
console-navigation = Navigation
console-switch-organization = Changer d’organisation
console-home = Vos organisations
console-home-empty = Vous n’administrez aucune organisation. Demandez un accès à un administrateur.
console-tab-team = Équipe
console-tab-sso = Authentification unique
console-tab-audit-log = Journal d’audit
console-problem = Une erreur s’est produite
console-problem-403 = Action non autorisée
console-problem-404 = Page introuvable
console-problem-409 = Action impossible pour le moment
console-problem-410 = Ce lien n’est plus valable
console-problem-429 = Trop de requêtes
console-problem-500 = Une erreur s’est produite de notre côté

# Account.
console-account = Votre compte
console-account-emails = Vous vous connectez en tant que
console-sessions = Vos sessions
console-sessions-lead = Tous les navigateurs où vous êtes connecté. Mettez fin aux sessions que vous ne reconnaissez pas.
console-browser = Navigateur
console-browser-on = { $browser } sur { $system }
console-browser-unknown = Navigateur inconnu
console-method = Méthode de connexion
console-method-email-code = Code par e-mail
console-method-link = Lien
console-method-passkey = Clé d’accès
console-method-sso = Authentification unique
console-method-recovery = Code de récupération
console-signed-in-at = Connexion
console-last-active = Dernière activité
console-actions = Actions
console-this-session = Cette session
console-end-session = Mettre fin à la session

# Audit log.
console-audit-log-lead = Toutes les modifications et leurs auteurs.
console-audit-log-empty = Aucune modification pour le moment.
console-audit-log-none = Aucune modification ne correspond.
console-audit-log-any = Tout
console-audit-log-actor-hint = Adresse e-mail ou identifiant complet.
console-when = Date
console-who = Auteur
console-what = Action
console-details = Détails
console-before = Avant
console-after = Après

# Confirmations.
done-session-ended = Session terminée.
done-saved = Modifications enregistrées.
