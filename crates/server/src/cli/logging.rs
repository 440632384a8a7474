//! Logging of the process.

use config::{Config, LogFormat};

/// Prints the causes of failures that a command reports without them. A command logs nothing else.
pub(super) fn start_for_command() {
    let lines = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(tracing::Level::ERROR)
        .with_target(false)
        .with_ansi(false)
        .without_time();
    // A second call is of no use, and harmless.
    drop(lines.try_init());
}

/// Logs to standard error, in the configured format and level.
pub(super) fn start(config: &Config) {
    let lines = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(config.log_level)
        .with_target(false);
    match config.log_format {
        LogFormat::Text => lines.with_ansi(false).init(),
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .init(),
    }
}
