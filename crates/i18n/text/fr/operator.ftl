# Pages for operators only.
operator-organizations = Organisations
operator-organizations-empty = Aucune organisation pour le moment. Créez la première ci-dessous.
operator-organizations-none = Aucune organisation ne correspond.
operator-search = Rechercher une organisation par nom ou slug
operator-plan-any = Tous les forfaits
operator-sso = SSO
operator-sso-any = Tous
operator-sso-enforced = Imposé
operator-sso-active = Une connexion SSO est active
operator-sso-inactive = Aucune connexion SSO n’est active
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
operator-plan-question = Passer { $organization } au forfait { $plan } ?
operator-plan-connections = Le forfait n’inclut pas l’authentification unique SAML. Ces connexions SSO cessent immédiatement de fonctionner : { $names }.
operator-plan-accounts = { $count ->
    [0] Aucun membre ne s’est encore connecté avec elles.
    [one] { $count } membre s’est connecté avec elles et ne peut plus se connecter.
   *[other] { $count } membres se sont connectés avec elles et ne peuvent plus se connecter.
}
operator-plan-sessions = { $count ->
    [0] Aucune session ne prend fin.
    [one] { $count } session prend fin immédiatement.
   *[other] { $count } sessions prennent fin immédiatement.
}
operator-plan-undo = Les paramètres et les membres sont conservés. Avec un forfait qui inclut l’authentification unique SAML, les connexions SSO fonctionnent de nouveau.
operator-plan-enforced = Le SSO est obligatoire : les membres ne peuvent pas se connecter tant que le forfait ne change pas ou que l’obligation n’est pas levée.
operator-plan-button = Changer de forfait
operator-added-at = Ajout
operator-create = Créer l’organisation
operator-settings = Paramètres
operator-deployment = Déploiement
operator-operators = Opérateurs
operator-operators-lead = Les opérateurs peuvent tout voir et tout modifier. Ils ne peuvent pas se connecter avec le fournisseur d’identité d’une organisation.
operator-invite = Inviter un opérateur
operator-remove = Retirer
operator-remove-question = Retirer { $operator } ?
operator-remove-effect = 1 personne perd son accès : { $operator } est immédiatement déconnecté et ne peut plus voir ni modifier aucune organisation en tant qu’opérateur.
operator-remove-button = Retirer l’opérateur
operator-own-row = Vous ne pouvez pas vous retirer vous-même. Demandez à un autre opérateur.
operator-link-created = Transmettez ce lien. Il ne peut être utilisé qu’une fois, expire dans 7 jours et ne sera plus affiché.
operator-audit-log = Journal d’audit
operator-first-title = Devenir le premier opérateur
operator-first-lead = Ce déploiement n’a pas encore d’opérateur. Saisissez votre adresse e-mail. Vous pourrez inviter d’autres opérateurs plus tard.
operator-invited-title = Vous êtes invité en tant qu’opérateur
done-operator-removed = Opérateur retiré.
done-organization-created = Organisation créée.
operator-health = État
operator-health-lead = Organisations qui demandent votre attention, les plus urgentes en premier.
operator-health-none = Aucune organisation ne demande votre attention.
operator-health-none-yet = Aucune organisation sur cette page. Affichez la suite.
operator-health-issue = Problème
operator-health-any = Tous les problèmes
operator-health-everything = Toutes les organisations, même sans problème
operator-health-kind-plan-mismatch = Forfait sans SSO
operator-health-kind-all-sign-ins-rejected = Aucune connexion réussie
operator-health-kind-certificate-expired = Certificat expiré
operator-health-kind-domain-lost = Domaine qui n’est plus vérifié
operator-health-kind-certificate-expiring = Certificat bientôt expiré
operator-health-kind-most-sign-ins-rejected = Majorité de connexions en échec
operator-health-kind-domain-record-missing = Enregistrement DNS manquant
operator-health-kind-stale-draft = Configuration inachevée
operator-health-needs-attention = À vérifier
operator-health-connections = Connexions SSO
operator-health-last-24-hours = 24 dernières heures
operator-health-last-7-days = 7 derniers jours
operator-health-healthy = Aucun problème
operator-health-counts = { $accepted } acceptées, { $rejected } refusées
operator-health-most-frequent-code = Le plus fréquent : { $code }
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
