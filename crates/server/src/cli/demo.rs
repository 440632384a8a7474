//! `vestibule demo`

use std::path::PathBuf;

use clap::Args;
use demo::{Demo, DemoError, Folder, Port, Ports};
use runtime::clock::Clock;
use runtime::random;

use super::serve::stop_signal;
use super::{CliError, logging, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Keep the data in this folder [default: a temporary folder, deleted when the demo stops]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Port of Vestibule [default: the first free port from 8080]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
}

/// Runs the demo until the process receives SIGINT or SIGTERM.
pub(super) async fn run(arguments: Arguments) -> Result<(), CliError> {
    let failed = |error: DemoError| CliError::failed(&error);
    let stop = stop_signal()?;
    let folder = match arguments.folder {
        Some(path) => Folder::persistent(&path),
        None => Folder::temporary(random::bytes()),
    };
    let folder = folder.map_err(failed)?;
    let port = arguments.port.map_or(Port::FirstFree, Port::Fixed);
    let ports = Ports::bind(port).await.map_err(failed)?;
    logging::start(&demo::config(&folder, &ports).map_err(failed)?);
    if let Some(note) = ports.note(port) {
        output::write(&format!("{note}\n\n"));
    }
    let demo = Demo::start(folder, ports, Clock::system(), crate::DEMO_SERVER)
        .await
        .map_err(failed)?;
    output::write(&demo.instructions());
    stop.await;
    demo.stop().await;
    output::write("\nThe demo has stopped.\n");
    Ok(())
}
