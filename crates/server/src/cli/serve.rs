//! `vestibule serve`

use std::time::Duration;

use config::Config;
use runtime::app::App;
use runtime::clock::Clock;
use service::operator;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{CliError, logging};
use crate::{background, router};

/// How long the server waits on shutdown until its emails are sent.
const MAIL_FLUSH_TIMEOUT: Duration = Duration::from_secs(5);

/// Runs the server until the process receives SIGINT or SIGTERM.
pub(super) async fn run(config: Config) -> Result<(), CliError> {
    logging::start(&config);
    for (key, value) in config.lines() {
        eprintln!("{key:18} {value}");
    }
    let listen = config.listen;
    let public_url = config.public_url.clone();
    let app = App::open(config, Clock::system())
        .await
        .map_err(|error| CliError::failed(&error))?;
    // Fail now, not at the first sign-in, if the keys can't be used.
    app.keys
        .provider()
        .await
        .map_err(|error| CliError::failed(&error))?;
    print_first_operator_link(&app).await?;
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        CliError::Failed(format!("listen: could not listen on {listen}: {error}"))
    })?;
    let stop = stop_signal()?;
    let address = listener.local_addr().unwrap_or(listen);
    eprintln!("Vestibule is ready at {public_url} (listening on {address})");
    let background = tokio::spawn(background::run(app.clone()));
    let served = web::serve(listener, router::router(app.clone()), stop).await;
    background.abort();
    app.mailer.flush(MAIL_FLUSH_TIMEOUT).await;
    app.store.close().await;
    served.map_err(|error| CliError::Failed(format!("listen: {error}")))
}

/// Prints the link for the first operator, if there is no operator yet.
async fn print_first_operator_link(app: &App) -> Result<(), CliError> {
    let link = operator::create_first_link(app)
        .await
        .map_err(|error| CliError::failed(&error))?;
    if let Some(link) = link {
        eprintln!(
            "There is no operator yet. To become the first one, open this link within 7 days:"
        );
        eprintln!("  {}", link.address);
    }
    Ok(())
}

/// Completes when the process receives SIGTERM (service manager) or SIGINT (Ctrl-C).
pub(super) fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, CliError> {
    let failed = |error| CliError::Failed(format!("could not listen for signals: {error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping; finishing open requests");
    })
}
