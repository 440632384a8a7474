# The page of an organization's domains.
domain-title = Domains
domain-lead = E-mail addresses are believed only inside these domains, and people who enter one are led to your single sign-on.
domain-none = There is no domain yet. Add the one that your e-mail addresses end in.
domain-add-title = Add a domain
domain-name = Domain
domain-name-hint = What stands behind the @ of your e-mail addresses, such as company.example.
domain-add = Add
domain-vouch = I vouch that this domain is the organization’s: no record is needed
domain-state-pending = waiting for its record
domain-state-taken = belongs to another organization
domain-state-verified = verified
domain-state-missing = record missing
domain-state-lost = no longer verified
domain-by-operator = The operator of this service has confirmed this domain. There is nothing to publish.
domain-publish = Add this record where your domain’s DNS is managed, and leave it there: it is looked up again every day.
domain-published = Leave this record where it is: it is looked up again every day.
domain-publish-wait = New records can take a while to be seen, often some minutes and sometimes hours.
domain-practice = In the demo, a page stands for your domain’s DNS.
domain-practice-link = Add the record there
domain-record-type = Type
domain-record-name = Name
domain-record-name-hint = Some providers add the domain themselves: then enter only { $short }.
domain-record-value = Value
domain-check = Check now
domain-remove = Remove
domain-remove-sure = Addresses in this domain are then no longer believed. Remove it?
domain-never-checked = It has not been looked up yet.
domain-checked = Looked up { $when }
domain-answer-none = DNS answered that there is no text record of this name.
domain-answer-records = DNS answered with { $count ->
    [one] this text record:
   *[other] these { $count } text records:
}
domain-answer-right = the right one
domain-answer-failure = There was no answer: { $failure }. That says nothing about the record; we will ask again.
domain-missing = The record has been missing since { $when }. When it has been missing for three days, the domain no longer counts.
domain-lost = The record has been missing since { $when }, so the domain no longer counts. It counts again as soon as the record is back.
domain-taken = The record was right, but the domain belonged to another organization here, so it does not count for yours. It has to be removed there first. Check again after that, or remove it here.
domain-fault-domain-taken = This domain belongs to another organization here. It has to be removed there first; ask the operator of this service.
domain-fault-own = This domain is on the list already.
domain-fault-invalid-fields = Enter a domain of your own, such as company.example, without @. Domains under which anybody can have one, such as co.uk, cannot be added.
domain-fault-address = Enter the domain alone, without https:// and without a path: { $domain }
done-domain-added = The domain has been added. Publish the record below, then check.
done-domain-verified = The domain is verified.
done-domain-checked = The record was looked up. See below what was found.
done-domain-removed = The domain has been removed.
domain-fault-too-many-requests = It was looked up several times just now. Wait a minute, then check again.
