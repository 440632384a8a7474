# Exiger l’authentification unique de tous.
require-title = Exiger l’authentification SAML SSO de tous les membres
require-lead = Tous les membres de votre organisation passent alors par votre fournisseur d’identité, pour l’application comme pour cette console. Personne n’est retiré, et vous pouvez annuler à tout moment.
require-button = L’exiger de tous les membres
require-not-active = La connexion doit d’abord être active.
require-not-tested = Une connexion de test avec les réglages actuels doit d’abord réussir.
require-dry-run = Qui serait exclu
require-on = Exigée
require-since = Exigée par { $who } depuis le { $when }.
require-look = Voir qui est concerné
require-undo = Annuler immédiatement
require-undo-lead = Les membres qui ont un autre accès peuvent l’utiliser à nouveau dès cet instant.
require-locked-out = { $count ->
    [one] Un membre serait exclu.
   *[other] { $count } membres seraient exclus.
}
require-nobody-locked-out = Personne ne serait exclu.
require-standing = Qui est exclu
require-are-locked-out = { $count ->
    [one] Un membre est exclu.
   *[other] { $count } membres sont exclus.
}
require-nobody-is-locked-out = Personne n’est exclu.
require-others = Déjà connus : { $fine }. Reconnus à leur première connexion : { $first }. Exemptés : { $exempt }.
require-way-back = Un administrateur garde un accès si votre fournisseur d’identité ne laisse entrer personne : un code de secours ou une exemption.
require-no-way-back = Aucun administrateur ne garde d’accès si votre fournisseur d’identité ne laisse entrer personne. Créez d’abord des codes de secours, ou exemptez un administrateur.
require-fate = Ce qui se passe
require-why = Pourquoi
require-codes = Codes de secours
require-fate-locked-out = exclu
require-fate-first-sign-in = à la première connexion
require-fate-exempt = exempté
require-fate-fine = entre
require-reason-has-account = S’est déjà connecté par votre fournisseur d’identité.
require-reason-exempt = Est exempté et entre comme avant.
require-reason-invited-not-come = Ne s’est pas encore connecté par votre fournisseur d’identité ; la première connexion avec cette adresse le retrouve.
require-reason-no-email = N’est jamais passé par votre fournisseur d’identité et n’a pas d’adresse e-mail par laquelle une première connexion pourrait le retrouver.
require-reason-outside-domains = N’est jamais passé par votre fournisseur d’identité, et l’adresse e-mail n’est dans aucun de vos domaines vérifiés.
require-reason-other-connection = N’est passé que par une connexion ou un fournisseur d’identité qui ne sert plus.
require-reason-no-active-connection = Il n’y a aucune connexion active par laquelle quelqu’un pourrait entrer.
require-exempt = Exempter
require-exempt-no-longer = Ne plus exempter
require-exempt-lead = Un membre exempté entre dans cette console comme avant, par exemple pour réparer la connexion.
require-turn-on = L’activer
require-turn-on-lead = Pour l’activer, il faut être passé par la connexion au cours des 15 dernières minutes, afin que personne ne ferme une porte derrière laquelle il se trouve.
require-sign-in-first = Connectez-vous par la connexion avec votre propre compte, puis revenez ici.
require-sign-in-now = Se connecter maintenant et revenir
require-not-a-member = Vous n’êtes pas membre de cette organisation. L’un de ses administrateurs doit l’activer, après être passé par la connexion.
require-has-draft = Des modifications de la connexion ne sont pas publiées. Publiez-les ou abandonnez-les d’abord, puis connectez-vous par elle.
require-understood = J’ai lu qui sera exclu et quels accès restent.
require-fault-understood = Cochez que vous avez lu qui sera exclu.
require-fault-no-active-connection = Il n’y a pas encore de connexion active. Activez-en une d’abord.
require-fault-no-recent-sign-in = Vous n’êtes pas passé par la connexion au cours des 15 dernières minutes. Faites-le maintenant, puis activez-la.
require-fault-sso-not-in-plan = Votre offre ne comprend pas l’authentification unique SAML.
require-fault-other-person = Cette connexion a réussi, mais ce n’était pas votre propre compte ici. Connectez-vous avec le compte qui est le vôtre.

# Pour qui vient de l’exiger et doit se reconnecter.
require-done-title = L’authentification unique est désormais exigée
require-done = C’est fait : tous les membres de { $organization } passent désormais par votre fournisseur d’identité.
require-done-you-title = Ce que cela signifie pour vous
require-done-you = Vous étiez entré dans cette console par un autre accès, qui n’ouvre plus { $organization }. Connectez-vous par votre fournisseur d’identité, comme vous venez de le faire.
require-done-codes = { $count ->
    [0] Vous n’avez aucun code de secours. Si votre fournisseur d’identité ne vous laisse plus entrer, un autre administrateur ou l’exploitant de ce service devra l’annuler.
    [one] Si votre fournisseur d’identité ne laisse entrer personne, utilisez votre code de secours : il vous en reste { $count }.
   *[other] Si votre fournisseur d’identité ne laisse entrer personne, utilisez l’un de vos codes de secours : il vous en reste { $count }.
}
require-done-undo = Vous pouvez l’annuler immédiatement : connectez-vous, ouvrez « { $tab } » et choisissez « { $button } ».

# Codes de secours.
require-codes-left = { $count ->
    [one] { $count } restant
   *[other] { $count } restants
}
require-codes-make = Créer de nouveaux codes
require-codes-sure = Les codes précédents ne vaudront alors plus rien. Continuer ?
require-codes-title = Vos codes de secours
require-codes-once = Ces codes ne sont affichés que cette fois. Gardez-les là où vous les trouverez sans votre fournisseur d’identité.
require-codes-how = Chacun sert une fois. Saisissez-en un sur la page de connexion, avec l’adresse e-mail ; il n’ouvre que cette organisation.
require-codes-download = Télécharger
require-codes-print = Imprimer
require-codes-kept = Je les ai gardés
problem-not-your-codes = Chaque administrateur crée ses propres codes de secours : qui possède un code passe pour son titulaire.
require-barred = Cette organisation veut que tout le monde passe par son fournisseur d’identité. Utilisez l’authentification unique, ou l’un de vos codes de secours.
require-recovery-use = Utiliser un code de secours
require-recovery-title = Se connecter avec un code de secours
require-recovery-lead = Pour les administrateurs dont le fournisseur d’identité ne laisse entrer personne. Un code sert une fois et n’ouvre que votre organisation.
require-recovery-code = Code de secours
require-recovery-code-hint = Seize lettres et chiffres ; les tirets et les majuscules n’ont pas d’importance.
require-recovery-other = Un autre moyen
require-recovery-wrong = Ce n’est pas un code de secours encore valable de cette adresse. Chacun sert une fois, et de nouveaux codes remplacent les précédents.
require-recovery-slowed = Trop d’essais. Attendez une minute.

# Ce qui vient d’être fait.
done-sso-required = Tout le monde doit désormais passer par votre fournisseur d’identité.
done-sso-not-required = Ce n’est plus exigé.
done-exempt = Le membre est exempté.
done-no-longer-exempt = Le membre n’est plus exempté.
done-came-through = Vous êtes passé par la connexion. Vous pouvez maintenant l’activer.
