# Pages for operators only.
operator-organizations = Organisations
operator-organizations-empty = Aucune organisation pour le moment. Créez la première ci-dessous.
operator-no-sso = Sans SSO
operator-new-organization = Nouvelle organisation
operator-name = Nom
operator-slug = Slug
operator-slug-optional = Slug (facultatif)
operator-slug-default = Si vous laissez ce champ vide, nous créons le slug à partir du nom.
operator-slug-taken = Une autre organisation utilise déjà ce slug. Choisissez-en un autre.
operator-slug-missing = Saisissez un slug : le nom ne contient ni lettre de a à z ni chiffre permettant d’en créer un.
operator-name-taken = Une organisation avec ce nom ou un nom semblable existe déjà. Choisissez un autre nom, ou saisissez un slug.
operator-slug-hint = Utilisé dans les URL. Les applications l’envoient dans le paramètre organization.
operator-plan = Forfait
operator-plan-hint = Si le forfait n’inclut pas l’authentification unique SAML, les connexions SSO de l’organisation cessent immédiatement de fonctionner.
operator-added-at = Ajout
operator-create = Créer l’organisation
operator-settings = Paramètres
operator-deployment = Déploiement
operator-operators = Opérateurs
operator-operators-lead = Les opérateurs peuvent tout voir et tout modifier. Ils ne peuvent pas se connecter avec le fournisseur d’identité d’une organisation.
operator-invite = Inviter un opérateur
operator-remove = Retirer
operator-remove-confirm = Retirer { $operator } ? Cette personne sera immédiatement déconnectée.
operator-link-created = Transmettez ce lien. Il ne peut être utilisé qu’une fois, expire dans 7 jours et ne sera plus affiché.
operator-audit-log = Journal d’audit
operator-first-title = Devenir le premier opérateur
operator-first-lead = Ce déploiement n’a pas encore d’opérateur. Saisissez votre adresse e-mail. Vous pourrez inviter d’autres opérateurs plus tard.
operator-invited-title = Vous êtes invité en tant qu’opérateur
done-operator-removed = Opérateur retiré.
done-organization-created = Organisation créée.
operator-health = État
operator-health-lead = { $needing_attention } organisations sur { $total } demandent votre attention.
operator-health-needs-attention = À vérifier
operator-health-connections = Connexions SSO
operator-health-last-24-hours = 24 dernières heures
operator-health-last-7-days = 7 derniers jours
operator-health-healthy = Aucun problème
operator-health-counts = { $accepted } acceptées, { $rejected } refusées
operator-health-most-frequent-code = Le plus fréquent : { $code }
operator-health-first-shown = Seules les { $shown } premières organisations sont affichées. La liste des organisations les affiche toutes.
operator-health-sso-not-in-plan = Le forfait n’inclut pas l’authentification unique : les membres ne peuvent pas se connecter
operator-health-all-rejected = Aucune connexion réussie au cours des dernières 24 heures
operator-health-mostly-rejected = Plus d’échecs de connexion que de réussites
operator-health-certificate-expired = Le certificat de { $connection } a expiré
operator-health-certificate-expires = Le certificat de { $connection } expire { $days ->
    [0] aujourd’hui
    [one] dans { $days } jour
   *[other] dans { $days } jours
}
operator-health-domain-lost = { $domain } n’est plus vérifié
operator-health-record-missing = L’enregistrement DNS de { $domain } est manquant
operator-health-unfinished = La configuration de { $connection } est inachevée depuis plus d’une semaine
