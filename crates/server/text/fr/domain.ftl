# La page des domaines d’une organisation.
domain-title = Domaines
domain-lead = Les adresses e-mail ne sont prises en compte que dans ces domaines, et les personnes qui en saisissent une sont dirigées vers votre authentification unique.
domain-none = Il n’y a pas encore de domaine. Ajoutez celui par lequel se terminent vos adresses e-mail.
domain-add-title = Ajouter un domaine
domain-name = Domaine
domain-name-hint = Ce qui suit le @ de vos adresses e-mail, par exemple company.example.
domain-add = Ajouter
domain-vouch = Je confirme que ce domaine appartient à l’organisation : aucun enregistrement n’est nécessaire
domain-state-pending = enregistrement attendu
domain-state-taken = appartient à une autre organisation
domain-state-verified = vérifié
domain-state-missing = enregistrement absent
domain-state-lost = n’est plus vérifié
domain-by-operator = L’exploitant de ce service a confirmé ce domaine. Il n’y a rien à publier.
domain-publish = Ajoutez cet enregistrement là où le DNS de votre domaine est géré, et laissez-le en place : il est recherché à nouveau chaque jour.
domain-published = Laissez cet enregistrement en place : il est recherché de nouveau chaque jour.
domain-publish-wait = Un nouvel enregistrement peut mettre du temps à être visible, souvent quelques minutes et parfois des heures.
domain-practice = Dans la démonstration, une page tient lieu de DNS de votre domaine.
domain-practice-link = Y ajouter l’enregistrement
domain-record-type = Type
domain-record-name = Nom
domain-record-name-hint = Certains fournisseurs ajoutent eux-mêmes le domaine : saisissez alors seulement { $short }.
domain-record-value = Valeur
domain-check = Vérifier maintenant
domain-remove = Retirer
domain-remove-sure = Les adresses de ce domaine ne seront alors plus prises en compte. Le retirer ?
domain-never-checked = Il n’a pas encore été recherché.
domain-checked = Recherché le { $when }
domain-answer-none = Le DNS a répondu qu’il n’existe pas d’enregistrement texte de ce nom.
domain-answer-records = Le DNS a répondu avec { $count ->
    [one] cet enregistrement texte :
   *[other] ces { $count } enregistrements texte :
}
domain-answer-right = le bon
domain-answer-failure = Il n’y a pas eu de réponse : { $failure }. Cela ne dit rien de l’enregistrement ; nous redemanderons.
domain-missing = L’enregistrement est absent depuis le { $when }. Après trois jours d’absence, le domaine ne compte plus.
domain-lost = L’enregistrement est absent depuis le { $when } : le domaine ne compte plus. Il comptera à nouveau dès que l’enregistrement sera rétabli.
domain-taken = L’enregistrement était le bon, mais le domaine appartenait ici à une autre organisation : il ne compte donc pas pour la vôtre. Il doit d’abord y être retiré. Vérifiez de nouveau ensuite, ou retirez-le ici.
domain-fault-domain-taken = Ce domaine appartient ici à une autre organisation. Il doit d’abord y être retiré ; adressez-vous à l’exploitant de ce service.
domain-fault-own = Ce domaine est déjà dans la liste.
domain-fault-invalid-fields = Saisissez un domaine qui vous appartient, par exemple company.example, sans @. Les domaines sous lesquels chacun peut en avoir un, comme co.uk, ne peuvent pas être ajoutés.
domain-fault-address = Saisissez le domaine seul, sans https:// et sans chemin : { $domain }
done-domain-added = Le domaine a été ajouté. Publiez l’enregistrement ci-dessous, puis vérifiez.
done-domain-verified = Le domaine est vérifié.
done-domain-checked = L’enregistrement a été recherché. Voyez ci-dessous ce qui a été trouvé.
done-domain-removed = Le domaine a été retiré.
domain-fault-too-many-requests = L’enregistrement vient d’être recherché plusieurs fois. Attendez une minute, puis vérifiez de nouveau.
