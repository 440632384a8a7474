//! The frame of the demo's own pages.

use runtime::app::App;
use web::{CONSOLE_STYLE, STYLE};

/// What `templates/demo/frame.html` shows.
#[derive(Debug)]
pub(super) struct DemoFrame<'p> {
    pub(super) product: &'p str,
    pub(super) styles: [&'static str; 2],
}

impl<'p> DemoFrame<'p> {
    pub(super) fn new(app: &'p App) -> Self {
        Self {
            product: &app.config.product_name,
            styles: [&STYLE.path, &CONSOLE_STYLE.path],
        }
    }
}
