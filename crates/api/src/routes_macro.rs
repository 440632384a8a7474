/// The routes of documented handlers, like [`utoipa_axum::routes`], with their types erased ([`web::routing`]).
macro_rules! routes {
    ($($handler:ident),+ $(,)?) => {{
        $(let $handler = web::routing::erase($handler);)+
        utoipa_axum::routes!($($handler),+)
    }};
}
pub(crate) use routes;
