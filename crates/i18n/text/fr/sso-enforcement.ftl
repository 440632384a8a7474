# SSO enforcement.
sso-enforcement-title = Exiger l’authentification SSO SAML pour tous les membres
sso-enforcement-page-title = Obligation du SSO
sso-enforcement-lead = Tous les membres devront se connecter avec votre fournisseur d’identité, y compris à cette console. Aucun membre n’est retiré, et vous pouvez revenir en arrière à tout moment.
sso-enforcement-lead-enforced = Tous les membres doivent se connecter avec votre fournisseur d’identité, y compris à cette console. Vous pouvez revenir en arrière à tout moment.
sso-enforcement-button = Imposer le SSO
sso-enforcement-not-active = Activez d’abord la connexion SSO.
sso-enforcement-not-tested = Effectuez d’abord un test réussi avec les paramètres actuels.
sso-enforcement-dry-run = Prévisualiser l’impact
sso-enforcement-impact-preview = Aperçu de l’impact
sso-enforcement-on = Obligatoire
sso-enforcement-status = État
sso-enforcement-since = Imposé par { $who } depuis le { $when }.
sso-enforcement-view-members = Voir les membres concernés
sso-enforcement-turn-off = Ne plus imposer le SSO
sso-enforcement-turn-off-lead = Les membres disposant d’une autre méthode de connexion pourront de nouveau l’utiliser immédiatement.
sso-enforcement-turn-off-question = Ne plus imposer le SSO pour { $organization } ?
sso-enforcement-turn-off-members = { $count ->
    [one] { $count } membre n’est plus obligé de se connecter avec votre fournisseur d’identité.
   *[other] { $count } membres ne sont plus obligés de se connecter avec votre fournisseur d’identité.
}
sso-enforcement-turn-off-mail = Les administrateurs qui ont un compte pour cette console en sont informés par e-mail.
sso-enforcement-turn-off-undo = Vous pourrez imposer de nouveau le SSO plus tard.
sso-enforcement-locked-out = { $count ->
    [one] { $count } membre perdrait l’accès.
   *[other] { $count } membres perdraient l’accès.
}
sso-enforcement-none-locked-out = Aucun membre ne perdrait l’accès.
sso-enforcement-affected-members = Membres concernés
sso-enforcement-locked-out-now = { $count ->
    [one] { $count } membre est sans accès.
   *[other] { $count } membres sont sans accès.
}
sso-enforcement-none-locked-out-now = Aucun membre n’est sans accès.
sso-enforcement-access-counts = Non concernés : { $unaffected }. Reconnus à leur première connexion : { $first_sign_in }. Exemptés : { $exempt }.
sso-enforcement-can-recover = Si votre fournisseur d’identité cesse de fonctionner, un administrateur peut récupérer l’accès avec un code de récupération enregistré, ou avec une exemption et une autre méthode de connexion.
sso-enforcement-cannot-recover = Si votre fournisseur d’identité cesse de fonctionner, aucun administrateur ne peut récupérer l’accès. Enregistrez des codes de récupération et confirmez-le, ou exemptez un administrateur qui s’est déjà connecté sans SSO.
sso-enforcement-access = Accès
sso-enforcement-reason = Raison
sso-enforcement-codes = Codes de récupération
sso-enforcement-access-locked-out = Sans accès
sso-enforcement-access-first-sign-in = À la première connexion
sso-enforcement-access-exempt = Exempté
sso-enforcement-access-unaffected = Non concerné
sso-enforcement-reason-has-account = S’est déjà connecté avec votre fournisseur d’identité.
sso-enforcement-reason-exempt = Est exempté et peut se connecter à cette console comme avant.
sso-enforcement-reason-exempt-untried = Est exempté, mais ne s’est jamais connecté à cette console avec un code reçu par e-mail, un lien ou une clé d’accès.
sso-enforcement-reason-pending-first-sign-in = Ne s’est connecté avec aucune connexion SSO actuelle. Sera reconnu à son adresse e-mail lors de la première connexion.
sso-enforcement-reason-email-missing = Ne s’est connecté avec aucune connexion SSO actuelle et n’a pas d’adresse e-mail permettant de le reconnaître.
sso-enforcement-reason-email-domain-not-verified = Ne s’est connecté avec aucune connexion SSO actuelle, et son adresse e-mail n’appartient à aucun domaine vérifié.
sso-enforcement-reason-email-not-confirmed = S’est uniquement connecté avec une connexion SSO supprimée, avec une adresse e-mail qui n’appartenait alors à aucun domaine vérifié. Elle peut être celle d’une autre personne : aucune connexion ne mène à ce membre.
sso-enforcement-reason-inactive-connection = S’est uniquement connecté avec une connexion SSO ou un fournisseur d’identité qui n’est plus utilisé.
sso-enforcement-reason-other-connection = S’est uniquement connecté avec une autre connexion SSO que celle vers laquelle mène l’aiguillage.
sso-enforcement-reason-no-active-connection = Aucune connexion SSO active ne permet de se connecter.
sso-enforcement-exempt = Exempter
sso-enforcement-remove-exemption = Retirer l’exemption
sso-enforcement-remove-exemption-question = Retirer l’exemption de { $member } ?
sso-enforcement-remove-exemption-effect = 1 membre est concerné : { $member } devra se connecter avec votre fournisseur d’identité, y compris à cette console.
sso-enforcement-exempt-lead = Les membres exemptés peuvent toujours se connecter à cette console sans SSO, par exemple pour corriger la connexion SSO.
sso-enforcement-turn-on = Activation
sso-enforcement-turn-on-lead = Pour ne pas perdre votre propre accès, connectez-vous avec le SSO dans les 15 minutes avant de l’imposer.
sso-enforcement-sign-in-first = Connectez-vous avec cette connexion SSO et votre propre compte. Vous reviendrez ensuite sur cette page.
sso-enforcement-sign-in-now = Se connecter avec le SSO
sso-enforcement-not-a-member = Vous n’êtes pas membre de cette organisation. L’un de ses administrateurs doit se connecter avec la connexion SSO, puis imposer le SSO.
sso-enforcement-has-draft = La connexion SSO contient des modifications non publiées. Publiez-les ou abandonnez-les, puis connectez-vous avec le SSO.
sso-enforcement-confirm-impact = Je comprends qui perdra l’accès et comment le récupérer.
sso-enforcement-recovery-needed = Si votre fournisseur d’identité cesse de fonctionner, aucun administrateur de cette organisation ne peut se connecter. Faites d’abord l’une de ces actions :
sso-enforcement-recovery-by-codes = Générez des codes de récupération pour un administrateur dans le tableau ci-dessus, enregistrez-les et confirmez-le.
sso-enforcement-recovery-by-exemption = Exemptez dans le tableau ci-dessus un administrateur qui s’est déjà connecté à cette console avec un code reçu par e-mail, un lien ou une clé d’accès.
sso-enforcement-override = Imposer le SSO sans moyen de récupérer l’accès
sso-enforcement-override-words = imposer sans récupération
sso-enforcement-override-label = Pour confirmer, saisissez : { $words }
sso-enforcement-error-override-mistyped = Le texte ne correspond pas. Saisissez-le exactement comme indiqué.
sso-enforcement-error-no-recovery = Aucun administrateur ne peut se connecter sans votre fournisseur d’identité. Enregistrez des codes de récupération et confirmez-le, exemptez un administrateur qui s’est déjà connecté sans SSO, ou saisissez le texte pour imposer le SSO sans moyen de récupérer l’accès.
sso-enforcement-error-impact-not-confirmed = Confirmez que vous comprenez qui perdra l’accès.
sso-enforcement-error-no-active-connection = Il n’y a pas encore de connexion SSO active. Activez-en une d’abord.
sso-enforcement-error-no-recent-sign-in = Vous ne vous êtes pas connecté avec cette connexion SSO au cours des 15 dernières minutes. Connectez-vous avec le SSO, puis imposez-le.
sso-enforcement-error-sso-not-in-plan = Votre forfait n’inclut pas l’authentification unique SAML.
sso-enforcement-error-other-account = La connexion a réussi, mais avec un autre compte. Connectez-vous avec votre propre compte.

# After enforcement has ended the admin's own session.
sso-enforcement-done-title = Le SSO est désormais obligatoire
sso-enforcement-done = Tous les membres de { $organization } doivent désormais se connecter avec votre fournisseur d’identité.
sso-enforcement-done-you-title = Votre accès
sso-enforcement-done-you = Vous vous étiez connecté à cette console avec une méthode qui ne donne plus accès à { $organization }. Connectez-vous avec votre fournisseur d’identité, comme vous venez de le faire.
sso-enforcement-done-codes = { $count ->
    [0] Vous n’avez aucun code de récupération. Si vous ne pouvez plus vous connecter avec votre fournisseur d’identité, un autre administrateur ou l’opérateur du service devra désactiver l’obligation du SSO.
    [one] Si votre fournisseur d’identité cesse de fonctionner, utilisez votre code de récupération. Il vous en reste { $count }.
   *[other] Si votre fournisseur d’identité cesse de fonctionner, utilisez l’un de vos codes de récupération. Il vous en reste { $count }.
}
sso-enforcement-done-undo = Pour revenir en arrière, connectez-vous, ouvrez « { $tab } » et sélectionnez « { $button } ».

# Recovery codes.
sso-enforcement-codes-left = { $count ->
    [one] { $count } restant
   *[other] { $count } restants
}
sso-enforcement-codes-generate = Générer de nouveaux codes
sso-enforcement-codes-not-saved = Enregistrement non confirmé
sso-enforcement-codes-question = Générer de nouveaux codes pour { $member } ?
sso-enforcement-codes-effect = { $count ->
    [one] Le code restant de cet administrateur cessera de fonctionner.
   *[other] Les { $count } codes restants de cet administrateur cesseront de fonctionner.
}
sso-enforcement-codes-title = Vos codes de récupération
sso-enforcement-codes-once = Enregistrez ces codes maintenant : ils ne seront plus affichés. Conservez-les à un endroit accessible sans votre fournisseur d’identité.
sso-enforcement-codes-how = Chaque code ne fonctionne qu’une fois, avec votre adresse e-mail, et pour cette organisation uniquement. Saisissez-le sur la page de connexion.
sso-enforcement-codes-download = Télécharger les codes
sso-enforcement-codes-print = Imprimer les codes
sso-enforcement-codes-saved = J’ai enregistré mes codes
sso-enforcement-codes-saved-hint = Seuls les codes dont vous confirmez l’enregistrement comptent comme un moyen de récupérer l’accès.
problem-not-your-codes = Vous ne pouvez générer des codes de récupération que pour vous-même, car un code donne accès au compte de son titulaire.
sso-enforcement-sso-only = Cette organisation impose le SSO. Connectez-vous avec le SSO, ou utilisez l’un de vos codes de récupération.
sso-enforcement-recovery-use = Utiliser un code de récupération
sso-enforcement-recovery-title = Connexion avec un code de récupération
sso-enforcement-recovery-lead = Pour les administrateurs qui ne peuvent pas se connecter avec leur fournisseur d’identité. Chaque code ne fonctionne qu’une fois, et pour votre organisation uniquement.
sso-enforcement-recovery-code = Code de récupération
sso-enforcement-recovery-code-hint = 16 lettres et chiffres. Les tirets et les majuscules n’ont pas d’importance.
sso-enforcement-recovery-other = Utiliser une autre méthode
sso-enforcement-recovery-wrong = Ce code de récupération n’est pas valable pour cette adresse e-mail. Chaque code ne fonctionne qu’une fois, et les nouveaux codes remplacent les anciens.
sso-enforcement-recovery-too-many-attempts = Trop de tentatives. Attendez une minute, puis réessayez.

# Confirmations.
done-sso-enforced = Le SSO est désormais obligatoire pour tous les membres.
done-sso-not-enforced = Le SSO n’est plus obligatoire.
done-exemption-granted = Le membre est désormais exempté de l’obligation du SSO.
done-exemption-removed = Le membre n’est plus exempté de l’obligation du SSO.
done-recovery-codes-saved = Enregistrement des codes de récupération confirmé.
done-signed-in-with-sso = Vous vous êtes connecté avec la connexion SSO. Vous pouvez maintenant imposer le SSO.
