//! What the OpenAPI document says beside the routes.

use runtime::problem::{FieldProblem, ProblemBody};
use utoipa::OpenApi as _;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, Content, OpenApi, Ref, RefOr, ResponseBuilder, Schema};

const KEY: &str = "api_key";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Vestibule",
        description = "Organizations, their SAML connections and the applications that people sign in to. A field that \
                       is not described here is refused. Errors are RFC 9457 problem details.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "/api/v1")),
    components(schemas(ProblemBody<'static>, FieldProblem)),
)]
struct Described;

/// The document before the routes are in it.
pub(super) fn begin() -> OpenApi {
    let mut document = Described::openapi();
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A key that `vestibule api-key create` has made."))
        .build();
    document
        .components
        .get_or_insert_with(Components::new)
        .add_security_scheme(KEY, SecurityScheme::Http(scheme));
    document.security = Some(vec![SecurityRequirement::new(KEY, [""; 0])]);
    document
}

/// Gives every route the answer that says why it was not carried out, and every change a schema that wants nothing.
pub(super) fn finish(mut document: OpenApi) -> OpenApi {
    let problem = ResponseBuilder::new()
        .description("Not carried out; nothing has been changed.")
        .content(
            "application/problem+json",
            Content::new(Some(Ref::from_schema_name("Problem"))),
        )
        .build();
    let mut schemas = document.components.take().unwrap_or_default();
    for path in document.paths.paths.values_mut() {
        let body = path
            .patch
            .as_mut()
            .and_then(|patch| patch.request_body.as_mut());
        if let Some(RefOr::T(change)) = body {
            let contents = change.content.values_mut();
            contents.for_each(|content| want_nothing(content, &mut schemas));
        }
        let operations = [
            &mut path.get,
            &mut path.post,
            &mut path.patch,
            &mut path.delete,
        ];
        for operation in operations.into_iter().flatten() {
            let responses = &mut operation.responses.responses;
            responses.insert("default".to_owned(), problem.clone().into());
        }
    }
    document.components = Some(schemas);
    document
}

/// Points the body of a change at a schema of its own, in which no field is required.
fn want_nothing(content: &mut RefOr<Content>, components: &mut Components) {
    let RefOr::T(content) = content else { return };
    let Some(RefOr::Ref(whole)) = &content.schema else {
        return;
    };
    let name = whole.ref_location.rsplit('/').next().unwrap_or_default();
    let Some(RefOr::T(Schema::Object(whole))) = components.schemas.get(name) else {
        return;
    };
    let mut change = whole.clone();
    change.required.clear();
    let name = name.replace("Settings", "Change");
    content.schema = Some(Ref::from_schema_name(&name).into());
    components
        .schemas
        .insert(name, RefOr::T(Schema::Object(change)));
}
