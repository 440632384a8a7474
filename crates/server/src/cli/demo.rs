//! `vestibule demo`

use std::path::PathBuf;

use clap::Args;
use demo::{Demo, DemoProblem, Folder, Port, Ports};
use runtime::clock::Clock;
use runtime::{problem, random};

use super::serve::stop_signal;
use super::{Ending, logging, output};

/// How the demo is started.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Keep the data in this folder; without it, the data goes when the demo stops
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The port of Vestibule itself; the first free one from 8080 on unless said otherwise
    #[arg(long, value_name = "N")]
    port: Option<u16>,
}

/// Runs the demo until it is told to end.
pub(super) async fn demo(arguments: Arguments) -> Result<(), Ending> {
    let failed = |problem: DemoProblem| Ending::Failed(problem::chain(&problem));
    let stop = stop_signal()?;
    let folder = match arguments.folder {
        Some(path) => Folder::named(&path),
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
    output::write(&demo.story());
    stop.await;
    demo.stop().await;
    output::write("\nThe demo has stopped.\n");
    Ok(())
}
