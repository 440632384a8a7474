# SSO enforcement.
require-title = Exiger l’authentification SSO SAML pour tous les membres
require-lead = Tous les membres devront se connecter avec votre fournisseur d’identité, y compris à cette console. Aucun membre n’est retiré, et vous pouvez revenir en arrière à tout moment.
require-button = Imposer le SSO
require-not-active = Activez d’abord la connexion SSO.
require-not-tested = Effectuez d’abord un test réussi avec les paramètres actuels.
require-dry-run = Prévisualiser l’impact
require-on = Obligatoire
require-since = Imposé par { $who } depuis le { $when }.
require-look = Voir les membres concernés
require-undo = Ne plus imposer le SSO
require-undo-lead = Les membres disposant d’une autre méthode de connexion pourront de nouveau l’utiliser immédiatement.
require-locked-out = { $count ->
    [one] { $count } membre perdrait l’accès.
   *[other] { $count } membres perdraient l’accès.
}
require-no-one-locked-out = Aucun membre ne perdrait l’accès.
require-standing = Membres concernés
require-are-locked-out = { $count ->
    [one] { $count } membre est sans accès.
   *[other] { $count } membres sont sans accès.
}
require-no-one-is-locked-out = Aucun membre n’est sans accès.
require-others = Non concernés : { $fine }. Reconnus à leur première connexion : { $first }. Exemptés : { $exempt }.
require-way-back = Si votre fournisseur d’identité cesse de fonctionner, un administrateur peut récupérer l’accès avec un code de récupération ou une exemption.
require-no-way-back = Si votre fournisseur d’identité cesse de fonctionner, aucun administrateur ne peut récupérer l’accès. Créez d’abord des codes de récupération ou exemptez un administrateur.
require-fate = Accès
require-why = Raison
require-codes = Codes de récupération
require-fate-locked-out = Sans accès
require-fate-first-sign-in = À la première connexion
require-fate-exempt = Exempté
require-fate-fine = Non concerné
require-reason-has-account = S’est déjà connecté avec votre fournisseur d’identité.
require-reason-exempt = Est exempté et peut se connecter à cette console comme avant.
require-reason-invited-not-come = Ne s’est pas encore connecté avec votre fournisseur d’identité. Sera reconnu à son adresse e-mail lors de la première connexion.
require-reason-no-email = Ne s’est jamais connecté avec votre fournisseur d’identité et n’a pas d’adresse e-mail permettant de le reconnaître.
require-reason-outside-domains = Ne s’est jamais connecté avec votre fournisseur d’identité, et son adresse e-mail n’appartient à aucun domaine vérifié.
require-reason-other-connection = S’est uniquement connecté avec une connexion SSO ou un fournisseur d’identité qui n’est plus utilisé.
require-reason-no-active-connection = Aucune connexion SSO active ne permet de se connecter.
require-exempt = Exempter
require-exempt-no-longer = Retirer l’exemption
require-exempt-lead = Les membres exemptés peuvent toujours se connecter à cette console sans SSO, par exemple pour corriger la connexion SSO.
require-turn-on = Obligation du SSO
require-turn-on-lead = Pour ne pas perdre votre propre accès, connectez-vous avec le SSO dans les 15 minutes avant de l’imposer.
require-sign-in-first = Connectez-vous avec cette connexion SSO et votre propre compte. Vous reviendrez ensuite sur cette page.
require-sign-in-now = Se connecter avec le SSO
require-not-a-member = Vous n’êtes pas membre de cette organisation. L’un de ses administrateurs doit se connecter avec la connexion SSO, puis imposer le SSO.
require-has-draft = La connexion SSO contient des modifications non publiées. Publiez-les ou abandonnez-les, puis connectez-vous avec le SSO.
require-understood = Je comprends qui perdra l’accès et comment le récupérer.
require-fault-understood = Confirmez que vous comprenez qui perdra l’accès.
require-fault-no-active-connection = Il n’y a pas encore de connexion SSO active. Activez-en une d’abord.
require-fault-no-recent-sign-in = Vous ne vous êtes pas connecté avec cette connexion SSO au cours des 15 dernières minutes. Connectez-vous avec le SSO, puis imposez-le.
require-fault-sso-not-in-plan = Votre forfait n’inclut pas l’authentification unique SAML.
require-fault-other-person = La connexion a réussi, mais avec un autre compte. Connectez-vous avec votre propre compte.

# After enforcement has ended the admin's own session.
require-done-title = Le SSO est désormais obligatoire
require-done = Tous les membres de { $organization } doivent désormais se connecter avec votre fournisseur d’identité.
require-done-you-title = Ce que cela signifie pour vous
require-done-you = Vous vous étiez connecté à cette console avec une méthode qui ne donne plus accès à { $organization }. Connectez-vous avec votre fournisseur d’identité, comme vous venez de le faire.
require-done-codes = { $count ->
    [0] Vous n’avez aucun code de récupération. Si vous ne pouvez plus vous connecter avec votre fournisseur d’identité, un autre administrateur ou l’opérateur du service devra désactiver l’obligation du SSO.
    [one] Si votre fournisseur d’identité cesse de fonctionner, utilisez votre code de récupération. Il vous en reste { $count }.
   *[other] Si votre fournisseur d’identité cesse de fonctionner, utilisez l’un de vos codes de récupération. Il vous en reste { $count }.
}
require-done-undo = Pour revenir en arrière, connectez-vous, ouvrez « { $tab } » et sélectionnez « { $button } ».

# Recovery codes.
require-codes-left = { $count ->
    [one] { $count } restant
   *[other] { $count } restants
}
require-codes-make = Générer de nouveaux codes
require-codes-sure = Générer de nouveaux codes ? Vos anciens codes ne fonctionneront plus.
require-codes-title = Vos codes de récupération
require-codes-once = Enregistrez ces codes maintenant : ils ne seront plus affichés. Conservez-les à un endroit accessible sans votre fournisseur d’identité.
require-codes-how = Chaque code ne fonctionne qu’une fois, avec votre adresse e-mail, et pour cette organisation uniquement. Saisissez-le sur la page de connexion.
require-codes-download = Télécharger les codes
require-codes-print = Imprimer les codes
require-codes-kept = J’ai enregistré mes codes
problem-not-your-codes = Vous ne pouvez générer des codes de récupération que pour vous-même, car un code donne accès au compte de son titulaire.
require-barred = Cette organisation impose le SSO. Connectez-vous avec le SSO, ou utilisez l’un de vos codes de récupération.
require-recovery-use = Utiliser un code de récupération
require-recovery-title = Connexion avec un code de récupération
require-recovery-lead = Pour les administrateurs qui ne peuvent pas se connecter avec leur fournisseur d’identité. Chaque code ne fonctionne qu’une fois, et pour votre organisation uniquement.
require-recovery-code = Code de récupération
require-recovery-code-hint = 16 lettres et chiffres. Les tirets et les majuscules n’ont pas d’importance.
require-recovery-other = Utiliser une autre méthode
require-recovery-wrong = Ce code de récupération n’est pas valable pour cette adresse e-mail. Chaque code ne fonctionne qu’une fois, et les nouveaux codes remplacent les anciens.
require-recovery-slowed = Trop de tentatives. Attendez une minute, puis réessayez.

# Confirmations.
done-sso-required = Le SSO est désormais obligatoire pour tous les membres.
done-sso-not-required = Le SSO n’est plus obligatoire.
done-exempt = Le membre est désormais exempté de l’obligation du SSO.
done-no-longer-exempt = Le membre n’est plus exempté de l’obligation du SSO.
done-came-through = Vous vous êtes connecté avec la connexion SSO. Vous pouvez maintenant imposer le SSO.
