//! The binary `vestibule`: command line, router and background jobs.

pub mod background;
pub mod cli;
pub mod router;

/// This server, with all its routes and background jobs, for the demo to run.
pub const DEMO_SERVER: demo::Server = demo::Server {
    router: router::router_with,
    spawn_background: |app| tokio::spawn(background::run(app)),
};
