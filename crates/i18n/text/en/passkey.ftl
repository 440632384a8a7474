# Passkeys: what a device or a security key keeps to sign somebody in.
passkey-title = Passkeys
passkey-lead = With a passkey you sign in by fingerprint, face, or the code of your device. There is nothing to type, and nothing that could be stolen from us.
passkey-manage = See your passkeys
passkey-none = You have no passkeys yet.
passkey-name = Name
passkey-name-hint = So that you recognise it later, such as “Laptop” or “Blue security key”.
passkey-name-first = My device
passkey-made = Made
passkey-used = Last used
passkey-never = never
passkey-add = Add a passkey
passkey-rename = Rename
passkey-remove = Remove
passkey-remove-this = Remove { $name }
passkey-remove-sure = Nobody signs in with this passkey afterwards. Remove it?
passkey-use = Use a passkey
passkey-no-browser = This browser offers no passkeys, or runs no scripts here. Use a current browser, or go on with codes by e-mail.
passkey-not-here = There are no passkeys at this address, because browsers bind them to a host name and this is a number.
problem-passkey-not-by-sso = You came in through your organization. To change your passkeys, sign in with a code or a link.
passkey-failed = It was not completed. Try again, or use another way.
passkey-fault-invalid-fields = Give it a name of 1 to 60 characters.
passkey-fault-passkey-known = This device has a passkey of yours already.
passkey-fault-passkey-challenge-expired = This took more than five minutes, or was done before. Try again.
passkey-fault-passkey-refused = This passkey was not accepted. Try again, or use another way.
passkey-fault-passkey-unknown = This passkey is not known here any more. Use another way, then remove it from your device.
passkey-fault-too-many-passkeys = You have 20 passkeys. Remove one that you do not use any more.
passkey-fault-no-passkeys = There are no passkeys at this address.

# What has just been done.
done-passkey-added = The passkey is added: use it the next time that you sign in.
done-passkey-removed = The passkey is removed. Remove it from your device as well.
