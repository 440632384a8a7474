//! The binary `vestibule`: command line, router and background jobs.

pub mod background;
pub mod cli;
pub mod router;

/// The server that the demo runs: all routes and background jobs.
pub const DEMO_SERVER: demo::Server = demo::Server {
    router: router::router_with,
    spawn_background: |app| tokio::spawn(background::run(app)),
};
