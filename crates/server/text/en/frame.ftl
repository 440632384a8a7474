# What stands on every page.
frame-skip = Skip to the content
frame-language = Language
frame-support = Questions? { $contact }
frame-copy = Copy
frame-copied = Copied
frame-sign-out = Sign out
frame-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
frame-fault-title = Please look at this again
frame-expected = Expected
frame-received = Received
frame-back = Back
frame-save = Save
frame-cancel = Cancel
frame-continue = Continue
frame-more = More
frame-none = None
