//! Everything that a sign-in needs, on one machine: this server, a practice identity provider and a sample application.
//!
//! This is the only part of the program that knows the practice identity provider: what signs in whoever presses a
//! button must not be reachable from [`vestibule::cli`]'s `serve`, and a test keeps it so.

mod dns_page;
mod error;
mod folder;
mod outbox;
mod ports;
mod practice_key;
mod resume;
mod seed;

use std::time::Duration;

use axum::Router;
use config::Config;
pub use error::DemoProblem;
pub use folder::Folder;
pub use ports::{Port, Ports};
use runtime::app::App;
use runtime::clock::Clock;
use runtime::dns::{Dns, Records};
use runtime::mail::{Mailer, Outbox};
use runtime::random;
use testkit::browser::Browser;
use testkit::identity_provider::{IdentityProviderConfig, User};
use testkit::{Environment, IdentityProvider};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// For so long requests that are under way may take when the demo ends.
const FAREWELL: Duration = Duration::from_secs(2);

/// A demo that answers.
#[derive(Debug)]
pub struct Demo {
    app: App,
    folder: Folder,
    addresses: Addresses,
    /// The link by which whoever started it comes into the console, once.
    console: String,
    stop: watch::Sender<bool>,
    servers: JoinSet<std::io::Result<()>>,
    background: JoinHandle<()>,
}

/// Where the parts of a demo answer: scheme, host and port, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// This server.
    pub vestibule: String,
    /// The practice identity provider.
    pub identity_provider: String,
    /// The sample application.
    pub sample_application: String,
}

/// What the demo is configured with: nothing but where its data and its address are. The environment has no say.
///
/// # Errors
///
/// When the folder has a name that no configuration can hold.
pub fn config(folder: &Folder, ports: &Ports) -> Result<Config, DemoProblem> {
    let database = folder.file("vestibule.sqlite");
    let settings = [
        ("VESTIBULE_PUBLIC_URL", ports.vestibule.url()),
        ("VESTIBULE_LISTEN", ports.vestibule.address().to_string()),
        (
            "VESTIBULE_DATABASE_URL",
            format!("sqlite:{}", database.display()),
        ),
        ("VESTIBULE_LOG_LEVEL", "warn".to_owned()),
        // The practice identity provider's metadata is on this machine.
        ("VESTIBULE_METADATA_NETWORKS", "127.0.0.0/8,::1".to_owned()),
    ];
    let settings = settings
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Config::load(None, settings).map_err(DemoProblem::Config)
}

/// The server that the demo runs: it stands above the demo, which runs what it is given.
#[derive(Clone, Copy, Debug)]
pub struct Server {
    /// Every route of the server, and the demo's own.
    pub router: fn(App, Router<App>) -> Router,
    pub spawn_background: fn(App) -> JoinHandle<()>,
}

impl Demo {
    /// Sets the scene and starts all three servers.
    ///
    /// # Errors
    ///
    /// When something of it cannot be had.
    pub async fn start(
        folder: Folder,
        ports: Ports,
        clock: Clock,
        server: Server,
    ) -> Result<Self, DemoProblem> {
        let addresses = ports.addresses();
        let (outbox, records) = (Outbox::default(), Records::default());
        let app = App {
            dns: Dns::Fixed(records.clone()),
            mailer: Mailer::Outbox(outbox.clone()),
            ..App::open(config(&folder, &ports)?, clock)
                .await
                .map_err(DemoProblem::Open)?
        };
        app.keys.provider().await.map_err(DemoProblem::Keys)?;
        let identity_provider = identity_provider(&folder, &addresses, &app)?;
        let sample_application = seed::set(&app, &identity_provider, &addresses).await?;
        resume::introduce(&app, &identity_provider, &records).await?;
        let console = seed::operator(&app).await?;
        let (stop, _) = watch::channel(false);
        let mut demo = Self {
            background: (server.spawn_background)(app.clone()),
            app,
            folder,
            addresses,
            console,
            stop,
            servers: JoinSet::new(),
        };
        let more = outbox::routes(outbox).merge(dns_page::routes(records));
        let routes = (server.router)(demo.app.clone(), more);
        demo.serve(ports.vestibule.listeners, &routes);
        demo.serve(
            ports.identity_provider.listeners,
            &identity_provider.router(),
        );
        demo.serve(
            ports.sample_application.listeners,
            &sample_application.router(),
        );
        demo.see_that_all_answer().await?;
        Ok(demo)
    }

    /// Where its parts answer.
    pub const fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// The program that it runs.
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// What to open, what to click, and how to end it.
    pub fn story(&self) -> String {
        let Addresses {
            vestibule,
            identity_provider,
            sample_application,
        } = &self.addresses;
        let operator = seed::OPERATOR;
        let (data, console) = (self.folder.story(), &self.console);
        format!(
            "\
Open   {sample_application}

  1. Press “Sign in with Acme”.
  2. Choose Ada Lovelace or Grace Hopper at the practice identity provider.
  3. See what the application was told about her.

To connect an identity provider by hand, open the console where Globex is set up; this link works once:

  {console}

The practice identity provider has a page for it (Add an application), and Katherine Johnson is of Globex. The link
makes you {operator}. To come back later, open {vestibule}/console and give that address: the code that it
sends is in the outbox.

Running on this machine, for this machine alone:

  {sample_application}   sample application: stands for your product
  {vestibule}/console   Vestibule, its console
  {vestibule}/outbox   the mails that it would have sent
  {vestibule}/dns   the records by which a domain is proved
  {identity_provider}   practice identity provider: stands for a customer's

{data}
Press Ctrl-C to stop.
"
        )
    }

    /// Ends all servers: what is under way is answered first, if it takes no longer than a moment.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        self.background.abort();
        let farewell = async { while self.servers.join_next().await.is_some() {} };
        if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
            self.servers.shutdown().await;
        }
        self.app.store.close().await;
    }

    fn serve(&mut self, listeners: Vec<TcpListener>, routes: &Router) {
        for listener in listeners {
            let mut stop = self.stop.subscribe();
            let stopped = async move { drop(stop.wait_for(|is_over| *is_over).await) };
            self.servers
                .spawn(web::serve(listener, routes.clone(), stopped));
        }
    }

    async fn see_that_all_answer(&self) -> Result<(), DemoProblem> {
        let Addresses {
            vestibule,
            identity_provider,
            sample_application,
        } = &self.addresses;
        for address in [
            format!("{vestibule}/readyz"),
            format!("{identity_provider}/metadata"),
            sample_application.clone(),
        ] {
            let page = Browser::default()
                .open(&address)
                .await
                .map_err(|error| DemoProblem::Silent(error.to_string()))?;
            if !page.status.is_success() {
                return Err(DemoProblem::Silent(format!(
                    "{address} answered {}",
                    page.status
                )));
            }
        }
        Ok(())
    }
}

fn identity_provider(
    folder: &Folder,
    addresses: &Addresses,
    app: &App,
) -> Result<IdentityProvider, DemoProblem> {
    let identity = IdentityProviderConfig {
        base_url: addresses.identity_provider.clone(),
        signing_key: practice_key::of(folder)?,
        untrusted_key: practice_key::fresh()?,
        users: User::DEMO,
    };
    Ok(IdentityProvider::new(identity, environment(app)))
}

fn environment(app: &App) -> Environment {
    let clock = app.clock.clone();
    Environment::new(move || clock.now().as_second(), random::bytes)
}
