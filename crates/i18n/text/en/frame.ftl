# Shared by all pages.
frame-skip = Skip to content
frame-language = Language
frame-change-language = Change language
frame-support = Questions? { $contact }
frame-copy = Copy
frame-copied = Copied
frame-new-tab = (opens in a new tab)
frame-sign-out = Sign out
frame-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
frame-error-title = There’s a problem
frame-back = Back
frame-save = Save
frame-cancel = Cancel
frame-continue = Continue
frame-more = More
frame-none = None
frame-filter = Apply filters
frame-filter-clear = Clear filters
frame-date-time = { $day } { $month } { $year }, { $time } UTC
frame-month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
