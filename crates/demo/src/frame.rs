//! The frame of the demo's own pages.

use runtime::app::App;
use web::{CONSOLE_STYLE, ICON, STYLE};

/// What `templates/demo/frame.html` shows.
#[derive(Debug)]
pub(super) struct DemoFrame<'p> {
    pub(super) product: &'p str,
    pub(super) logo: Option<&'p str>,
    pub(super) icon: &'p str,
    pub(super) styles: [&'static str; 2],
}

impl<'p> DemoFrame<'p> {
    pub(super) fn new(app: &'p App) -> Self {
        Self {
            product: &app.config.product_name,
            logo: app.brand.logo_path(),
            icon: app.brand.logo_path().unwrap_or(&ICON.path),
            styles: [&STYLE.path, &CONSOLE_STYLE.path],
        }
    }
}
