//! Routes with type-erased handlers, which compile faster.
//!
//! axum wraps every handler in several generic services. The compiler then instantiates each of them for each handler,
//! and proves for each that the future of the handler can be sent between threads, through all futures that it awaits.
//! With the type of the handler erased first, the services are instantiated once.

use std::future::Future;
use std::pin::Pin;

use axum::extract::Request;
use axum::handler::Handler;
use axum::response::Response;
use axum::routing::MethodRouter;
use runtime::app::App;

type ResponseFuture = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A type-erased handler.
#[derive(Clone, Copy)]
pub struct ErasedHandler(&'static (dyn Fn(Request, App) -> ResponseFuture + Send + Sync));

impl Handler<(), App> for ErasedHandler {
    type Future = ResponseFuture;

    fn call(self, request: Request, app: App) -> Self::Future {
        (self.0)(request, app)
    }
}

/// Erases the type of a handler. What the handler captures lives as long as the process; a function captures nothing.
pub fn erase<H, T>(handler: H) -> ErasedHandler
where
    H: Handler<T, App> + Sync,
    T: 'static,
{
    ErasedHandler(Box::leak(Box::new(move |request, app| -> ResponseFuture {
        Box::pin(handler.clone().call(request, app))
    })))
}

/// Routes `GET` and `HEAD` requests to the handler.
pub fn get<H, T>(handler: H) -> MethodRouter<App>
where
    H: Handler<T, App> + Sync,
    T: 'static,
{
    axum::routing::get(erase(handler))
}

/// Routes `POST` requests to the handler.
pub fn post<H, T>(handler: H) -> MethodRouter<App>
where
    H: Handler<T, App> + Sync,
    T: 'static,
{
    axum::routing::post(erase(handler))
}

/// Routes `GET` requests to `show`, and `POST` requests to `submit`.
pub fn get_post<G, P, T, U>(show: G, submit: P) -> MethodRouter<App>
where
    G: Handler<T, App> + Sync,
    P: Handler<U, App> + Sync,
    T: 'static,
    U: 'static,
{
    get(show).post(erase(submit))
}
