//! `vestibule serve`

use std::time::Duration;

use config::Config;
use runtime::app::App;
use runtime::clock::Clock;
use runtime::problem;
use service::operator;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{Ending, logging};
use crate::{background, router};

/// For so long mails that are under way may take when the server ends.
const FAREWELL: Duration = Duration::from_secs(5);

/// Runs the server until it is told to end.
pub(super) async fn serve(config: Config) -> Result<(), Ending> {
    logging::start(&config);
    for (key, value) in config.lines() {
        eprintln!("{key:18} {value}");
    }
    let listen = config.listen;
    let public_url = config.public_url.clone();
    let app = App::open(config, Clock::system())
        .await
        .map_err(|error| Ending::Failed(problem::chain(&error)))?;
    // Whatever keeps the keys from being used is better known now than at the first sign-in.
    app.keys
        .provider()
        .await
        .map_err(|error| Ending::Failed(problem::chain(&error)))?;
    invite_first_operator(&app).await?;
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| Ending::Failed(format!("listen: {listen} cannot be used: {error}")))?;
    let stop = stop_signal()?;
    let address = listener.local_addr().unwrap_or(listen);
    eprintln!("Vestibule is ready at {public_url} (listening on {address})");
    let background = tokio::spawn(background::run(app.clone()));
    let served = web::serve(listener, router::router(app.clone()), stop).await;
    background.abort();
    app.mailer.flush(FAREWELL).await;
    app.store.close().await;
    served.map_err(|error| Ending::Failed(format!("listen: {error}")))
}

/// Says how somebody becomes the first operator, while nobody is one.
async fn invite_first_operator(app: &App) -> Result<(), Ending> {
    let link = operator::first_link(app)
        .await
        .map_err(|error| Ending::Failed(problem::chain(&error)))?;
    if let Some(link) = link {
        eprintln!("Nobody is an operator yet. Become the first one, within seven days, at");
        eprintln!("  {}", link.address);
    }
    Ok(())
}

/// Comes when the process is asked to end: by a service manager, or by Ctrl-C.
pub(super) fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, Ending> {
    let failed = |error| Ending::Failed(format!("signals cannot be received: {error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("ending: answering what is under way");
    })
}
