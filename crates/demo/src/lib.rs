//! `vestibule demo`: the server, a practice identity provider and a sample application on one machine.
//!
//! Only this crate uses the practice identity provider, which signs in any user without a password. `vestibule serve`
//! must not be able to reach it, and a test checks that.

mod dns_page;
mod error;
mod folder;
mod frame;
mod outbox;
mod ports;
mod practice_key;
mod resume;
mod seed;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use config::{Config, Logo};
pub use error::DemoError;
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

/// How long open requests may take when the demo stops.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);

/// A running demo.
#[derive(Debug)]
pub struct Demo {
    app: App,
    folder: Folder,
    urls: ServerUrls,
    /// Signs the operator in to the console. Works once.
    console_link: String,
    stop: watch::Sender<bool>,
    servers: JoinSet<std::io::Result<()>>,
    background: JoinHandle<()>,
}

/// The URLs of the servers: scheme, host and port, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerUrls {
    pub vestibule: String,
    pub identity_provider: String,
    pub sample_application: String,
}

/// The product whose customers the demo's organizations are, and its logo.
const PRODUCT: &str = "Sample product";
const LOGO: &str = include_str!("../assets/logo.svg");

/// The configuration of the demo. The environment is ignored.
pub fn config(folder: &Folder, ports: &Ports) -> Result<Config, DemoError> {
    let database = folder.file("vestibule.sqlite");
    let settings = [
        ("VESTIBULE_PUBLIC_URL", ports.vestibule.url()),
        ("VESTIBULE_LISTEN", ports.vestibule.address().to_string()),
        (
            "VESTIBULE_DATABASE_URL",
            format!("sqlite:{}", database.display()),
        ),
        ("VESTIBULE_LOG_LEVEL", "warn".to_owned()),
        ("VESTIBULE_PRODUCT_NAME", PRODUCT.to_owned()),
        // The metadata of the practice identity provider is served from this machine.
        ("VESTIBULE_METADATA_NETWORKS", "127.0.0.0/8,::1".to_owned()),
    ];
    let settings = settings
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    let config = Config::load(None, settings).map_err(DemoError::Config)?;
    Ok(Config {
        logo: Some(Logo {
            media_type: "image/svg+xml",
            bytes: Arc::from(LOGO.as_bytes()),
        }),
        ..config
    })
}

/// The server that the demo runs. The crate of the server depends on this one, so it passes in its functions.
#[derive(Clone, Copy, Debug)]
pub struct Server {
    /// Builds all routes of the server, merged with those of the demo.
    pub router: fn(App, Router<App>) -> Router,
    pub spawn_background: fn(App) -> JoinHandle<()>,
}

impl Demo {
    /// Creates the demo's data and starts all three servers.
    pub async fn start(
        folder: Folder,
        ports: Ports,
        clock: Clock,
        server: Server,
    ) -> Result<Self, DemoError> {
        let urls = ports.urls();
        let outbox = Outbox::default();
        let records = Records::default();
        let app = App {
            dns: Dns::Fixed(records.clone()),
            mailer: Mailer::Outbox(outbox.clone()),
            ..App::open(config(&folder, &ports)?, clock)
                .await
                .map_err(DemoError::Open)?
        };
        app.keys.provider().await.map_err(DemoError::Keys)?;
        let identity_provider = identity_provider(&folder, &urls, &app)?;
        let sample_application = seed::seed(&app, &identity_provider, &urls).await?;
        resume::reconnect(&app, &identity_provider, &records).await?;
        let console_link = seed::invite_operator(&app).await?;
        let (stop, _) = watch::channel(false);
        let mut demo = Self {
            background: (server.spawn_background)(app.clone()),
            app,
            folder,
            urls,
            console_link,
            stop,
            servers: JoinSet::new(),
        };
        let additional_routes = outbox::routes(outbox).merge(dns_page::routes(records));
        let routes = (server.router)(demo.app.clone(), additional_routes);
        demo.serve(ports.vestibule.listeners, &routes);
        demo.serve(
            ports.identity_provider.listeners,
            &identity_provider.router(),
        );
        demo.serve(
            ports.sample_application.listeners,
            &sample_application.router(),
        );
        demo.wait_until_ready().await?;
        Ok(demo)
    }

    pub const fn urls(&self) -> &ServerUrls {
        &self.urls
    }

    pub const fn app(&self) -> &App {
        &self.app
    }

    /// The text that is printed when the demo is ready. The first URL is that of the sample application.
    pub fn instructions(&self) -> String {
        let ServerUrls {
            vestibule,
            identity_provider,
            sample_application,
        } = &self.urls;
        let operator = seed::OPERATOR_EMAIL;
        let console_link = &self.console_link;
        let data = self.folder.instructions();
        format!(
            "\
The demo is ready. Open {sample_application}

  1. Select “Sign in with Acme”.
  2. Choose Ada Lovelace or Grace Hopper at the practice identity provider.
  3. The sample application shows the claims that it received.

To set up a connection for Globex yourself, open this link to the console. It works once:

  {console_link}

  - At the practice identity provider, select “Add application”.
  - Test the connection as Katherine Johnson, who works at Globex.
  - To sign in to the console again, enter {operator} and use the code from the outbox.

Pages (only reachable from this machine):

  {sample_application}   sample application (your product)
  {vestibule}/console   console of Vestibule
  {vestibule}/outbox   outbox with the emails of the demo
  {vestibule}/dns   DNS records of the demo
  {identity_provider}   practice identity provider (your customer's)

{data}
Press Ctrl-C to stop.
"
        )
    }

    /// Stops all servers after open requests have been answered, or after a timeout.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        self.background.abort();
        let all_stopped = async { while self.servers.join_next().await.is_some() {} };
        if tokio::time::timeout(SHUTDOWN_TIMEOUT, all_stopped)
            .await
            .is_err()
        {
            self.servers.shutdown().await;
        }
        self.app.store.close().await;
    }

    fn serve(&mut self, listeners: Vec<TcpListener>, routes: &Router) {
        for listener in listeners {
            let mut stop = self.stop.subscribe();
            let stopped = async move { drop(stop.wait_for(|is_stopping| *is_stopping).await) };
            self.servers
                .spawn(web::serve(listener, routes.clone(), stopped));
        }
    }

    /// Fails if one of the servers does not answer.
    async fn wait_until_ready(&self) -> Result<(), DemoError> {
        let ServerUrls {
            vestibule,
            identity_provider,
            sample_application,
        } = &self.urls;
        for address in [
            format!("{vestibule}/readyz"),
            format!("{identity_provider}/metadata"),
            sample_application.clone(),
        ] {
            let page = Browser::default()
                .open(&address)
                .await
                .map_err(|error| DemoError::NotReady(error.to_string()))?;
            if !page.status.is_success() {
                return Err(DemoError::NotReady(format!(
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
    urls: &ServerUrls,
    app: &App,
) -> Result<IdentityProvider, DemoError> {
    let config = IdentityProviderConfig {
        base_url: urls.identity_provider.clone(),
        signing_key: practice_key::load_or_generate(folder)?,
        untrusted_key: practice_key::generate()?,
        users: User::DEMO,
    };
    Ok(IdentityProvider::new(config, environment(app)))
}

fn environment(app: &App) -> Environment {
    let clock = app.clock.clone();
    Environment::new(move || clock.now().as_second(), random::bytes)
}
