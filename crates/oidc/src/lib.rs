//! OpenID Connect for the provider: requests, codes, claims and tokens.
