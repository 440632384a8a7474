//! The server: routes, sign-in, API, command line and configuration.
