//! `vestibule serve`

mod service_manager;

use std::future::pending;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::time::Duration;

use config::{Config, LogFormat};
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
    log_settings(&config);
    let public_url = config.public_url.clone();
    // A second server fails here, before it changes anything.
    let listener = bind("listen", config.listen).await?;
    let metrics_listener = match config.metrics_listen {
        Some(address) => Some(bind("metrics_listen", address).await?),
        None => None,
    };
    let stop = stop_signal()?;
    let is_json = config.log_format == LogFormat::Json;
    let app = App::open(config, Clock::system())
        .await
        .map_err(|error| CliError::failed(&error))?;
    // Fail now, not at the first sign-in, if the keys can't be used.
    app.keys
        .provider()
        .await
        .map_err(|error| CliError::failed(&error))?;
    announce_first_operator(&app).await?;
    let address = listener.local_addr().unwrap_or(app.config.listen);
    if is_json {
        tracing::info!(%public_url, %address, "ready");
    } else {
        eprintln!("Vestibule is ready at {public_url} (listening on {address})");
    }
    service_manager::notify(service_manager::READY);
    let watchdog = tokio::spawn(service_manager::feed_watchdog());
    let background = tokio::spawn(background::run(app.clone()));
    let key_file = tokio::spawn(background::watch_key_file(app.clone()));
    let metrics = metrics_listener.map(|listener| {
        let routes = web::probes::metrics_routes().with_state(app.clone());
        tokio::spawn(web::serve(listener, routes, pending()))
    });
    let served = web::serve(
        listener,
        router::router(app.clone()),
        drain(app.clone(), stop),
    )
    .await;
    background.abort();
    key_file.abort();
    watchdog.abort();
    if let Some(metrics) = metrics {
        metrics.abort();
    }
    app.mailer.flush(MAIL_FLUSH_TIMEOUT).await;
    app.store.close().await;
    served.map_err(|error| CliError::Failed(format!("listen: {error}")))
}

fn log_settings(config: &Config) {
    for (key, value) in config.lines() {
        match config.log_format {
            LogFormat::Json => tracing::info!(key, value, "setting"),
            LogFormat::Text => eprintln!("{key:22} {value}"),
        }
    }
}

async fn bind(key: &str, address: SocketAddr) -> Result<TcpListener, CliError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| CliError::Failed(format!("{key}: could not listen on {address}: {error}")))
}

/// Completes when the server should stop accepting connections: some time after `stop`, so that load balancers notice.
async fn drain(app: App, stop: impl Future<Output = ()>) {
    stop.await;
    app.shutdown.begin();
    service_manager::notify(service_manager::STOPPING);
    tracing::info!("stopping; finishing open requests");
    tokio::time::sleep(app.config.shutdown_delay).await;
}

/// Says how to become the first operator, if there is none yet. The link is shown on a terminal only: a
/// reader of the log could use it.
async fn announce_first_operator(app: &App) -> Result<(), CliError> {
    if !std::io::stderr().is_terminal() || app.config.log_format == LogFormat::Json {
        if operator::is_missing(app)
            .await
            .map_err(|error| CliError::failed(&error))?
        {
            tracing::warn!(
                "there is no operator yet; create one with: vestibule operator invite EMAIL"
            );
        }
        return Ok(());
    }
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

/// Completes when the process receives SIGTERM (service manager) or SIGINT (Ctrl-C). SIGHUP, which a closed terminal
/// sends, does not stop the server.
pub(super) fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, CliError> {
    let failed = |error| CliError::Failed(format!("could not listen for signals: {error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    let mut hangup = signal(SignalKind::hangup()).map_err(failed)?;
    Ok(async move {
        loop {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = interrupt.recv() => return,
                _ = hangup.recv() => {
                    tracing::warn!("ignored SIGHUP: restart the server to load a changed configuration");
                }
            }
        }
    })
}
