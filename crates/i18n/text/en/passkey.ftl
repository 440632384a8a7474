# Passkeys, stored on a device or a security key.
passkey-title = Passkeys
passkey-lead = Sign in with your fingerprint, face, or device PIN. Nothing to type, nothing to phish.
passkey-manage = Manage passkeys
passkey-none = You have no passkeys yet.
passkey-name = Name
passkey-name-hint = Choose a name you’ll recognize, like “Laptop” or “Blue security key”.
passkey-name-first = My device
passkey-created-at = Created
passkey-last-used-at = Last used
passkey-never-used = Never
passkey-add = Add a passkey
passkey-rename = Rename
passkey-remove = Remove
passkey-remove-named = Remove { $name }
passkey-remove-question = Remove { $name }?
passkey-remove-effect = Only you are affected: you can’t sign in with this passkey any more. Your other passkeys, emailed codes and links keep working.
passkey-remove-button = Remove passkey
passkey-sign-in = Sign in with a passkey
passkey-unsupported = This browser doesn’t support passkeys, or blocks scripts. Use a current browser, or sign in with an emailed code.
passkey-unavailable = Passkeys aren’t available at this address. They need a host name, and this is an IP address.
problem-passkey-not-by-sso = You signed in with SSO. To change your passkeys, sign in with a code or a link.
passkey-failed = The passkey request was canceled. Try again or use another method.
passkey-error-invalid-fields = Enter a name of 1 to 60 characters.
passkey-error-passkey-already-registered = You already have a passkey on this device.
passkey-error-passkey-challenge-expired = This passkey request has expired or was already used. Try again.
passkey-error-passkey-rejected = This passkey wasn’t accepted. Try again or use another method.
passkey-error-passkey-unknown = This passkey is no longer registered. Use another method to sign in, then remove the passkey from your device.
passkey-error-too-many-passkeys = You’ve reached the limit of 20 passkeys. Remove one that you no longer use.
passkey-error-no-passkeys = Passkeys aren’t available at this address.

# Confirmations.
done-passkey-added = Passkey added. You can use it the next time you sign in.
done-passkey-removed = Passkey removed. Remove it from your device as well.
