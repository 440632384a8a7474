# What operators alone see: English is enough.
operator-organizations = Organizations
