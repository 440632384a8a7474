//! The parts of the OpenAPI document that the routes do not have themselves.

use std::collections::{BTreeMap, HashSet};

use axum::http::StatusCode;
use runtime::problem::{FieldProblem, Problem, ProblemBody, ProblemCode};
use utoipa::OpenApi as _;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Components, Content, ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder, Schema,
};

const SECURITY_SCHEME: &str = "api_key";
const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

/// The problems of each operation besides those that follow from its form: see [`problems_of`].
const PROBLEMS: &[(&str, &[ProblemCode])] = &[
    ("createOrganization", &[ProblemCode::SlugInUse]),
    ("updateOrganization", &[ProblemCode::SlugInUse]),
    (
        "addDomain",
        &[ProblemCode::DomainInUse, ProblemCode::DomainAlreadyAdded],
    ),
    (
        "checkDomain",
        &[ProblemCode::DomainInUse, ProblemCode::NoDnsVerification],
    ),
    ("createConnection", &[ProblemCode::AcsUrlTaken]),
    (
        "updateConnection",
        &[
            ProblemCode::AcsUrlTaken,
            ProblemCode::ConnectionIncomplete,
            ProblemCode::EditConflict,
        ],
    ),
    (
        "activateConnection",
        &[
            ProblemCode::ConnectionIncomplete,
            ProblemCode::EditConflict,
            ProblemCode::SsoNotInPlan,
        ],
    ),
    ("disableConnection", &[ProblemCode::ConnectionNotActive]),
    (
        "updateDraft",
        &[ProblemCode::AcsUrlTaken, ProblemCode::EditConflict],
    ),
    (
        "discardDraft",
        &[ProblemCode::EditConflict, ProblemCode::NoDraft],
    ),
    (
        "publishDraft",
        &[
            ProblemCode::ConnectionIncomplete,
            ProblemCode::EditConflict,
            ProblemCode::NoDraft,
            ProblemCode::SsoNotInPlan,
        ],
    ),
    (
        "restoreVersion",
        &[
            ProblemCode::ConnectionIncomplete,
            ProblemCode::EditConflict,
            ProblemCode::SsoNotInPlan,
        ],
    ),
    ("replaceRouting", &[ProblemCode::EditConflict]),
    ("addMember", &[ProblemCode::AlreadyMember]),
    ("previewMemberMerge", &[ProblemCode::MembersNotMergeable]),
    (
        "mergeMembers",
        &[ProblemCode::LastAdmin, ProblemCode::MembersNotMergeable],
    ),
    ("resendInvitation", &[ProblemCode::NotInvited]),
    ("withdrawInvitation", &[ProblemCode::NotInvited]),
    ("startAccountMove", &[ProblemCode::AccountMoveOpen]),
    ("issueRecoveryCodes", &[ProblemCode::NotAnAdmin]),
    ("rotateApplicationSecret", &[ProblemCode::NoSecret]),
];

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Vestibule API",
        description = "Manages organizations, their SAML connections, and the applications that members sign in to. \
                       Requests with unknown fields are rejected. Errors are problem details (RFC 9457).",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "/api/v1")),
    components(schemas(ProblemBody<'static>, FieldProblem)),
)]
struct Document;

/// The document without the routes.
pub(super) fn document() -> OpenApi {
    let mut document = Document::openapi();
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "An API key. Create one with `vestibule api-key create`.",
        ))
        .build();
    document
        .components
        .get_or_insert_with(Components::new)
        .add_security_scheme(SECURITY_SCHEME, SecurityScheme::Http(scheme));
    document.security = Some(vec![SecurityRequirement::new(SECURITY_SCHEME, [""; 0])]);
    document
}

/// Adds the problem responses of every operation, and for PATCH requests a schema without required fields.
pub(super) fn complete(mut document: OpenApi) -> OpenApi {
    let mut components = document.components.take().unwrap_or_default();
    let mut used: HashSet<ProblemCode> = HashSet::new();
    for path in document.paths.paths.values_mut() {
        let body = path
            .patch
            .as_mut()
            .and_then(|patch| patch.request_body.as_mut());
        if let Some(RefOr::T(change)) = body {
            let contents = change.content.values_mut();
            contents.for_each(|content| make_fields_optional(content, &mut components));
        }
        let operations = [
            &mut path.get,
            &mut path.post,
            &mut path.patch,
            &mut path.put,
            &mut path.delete,
        ];
        for operation in operations.into_iter().flatten() {
            let codes = problems_of(operation);
            used.extend(&codes);
            describe_success(operation);
            add_problem_responses(operation, &codes, &mut components);
        }
    }
    components.examples.extend(used.into_iter().map(|code| {
        let example = ExampleBuilder::new()
            .summary(code.title())
            .value(serde_json::to_value(example(code).body()).ok())
            .build();
        (code.to_string(), example.into())
    }));
    document.components = Some(components);
    document
}

fn describe_success(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else {
            continue;
        };
        let status: StatusCode = status.parse().unwrap_or_default();
        status
            .canonical_reason()
            .unwrap_or_default()
            .clone_into(&mut response.description);
    }
}

/// Operations with the same problems share a response.
fn add_problem_responses(
    operation: &mut Operation,
    codes: &[ProblemCode],
    components: &mut Components,
) {
    let mut by_status: BTreeMap<u16, Vec<ProblemCode>> = BTreeMap::new();
    for code in codes {
        let status = code.status().as_u16();
        by_status.entry(status).or_default().push(*code);
    }
    for (status, codes) in by_status {
        let names: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
        let name = names.join("-or-");
        let reference = Ref::from_response_name(&name);
        components
            .responses
            .insert(name, problem_response(&codes).into());
        let responses = &mut operation.responses.responses;
        responses.insert(status.to_string(), reference.into());
    }
}

/// The problems of an operation: those of every operation, those that its parameters and body can have, and its own.
fn problems_of(operation: &Operation) -> Vec<ProblemCode> {
    let mut codes = vec![
        ProblemCode::Unauthorized,
        ProblemCode::Overloaded,
        ProblemCode::InternalError,
    ];
    let has = |kind: &ParameterIn| {
        let parameters = operation.parameters.iter().flatten();
        let mut parameters = parameters.filter_map(|parameter| match parameter {
            RefOr::T(parameter) => Some(&parameter.parameter_in),
            RefOr::Ref(_) => None,
        });
        parameters.any(|parameter| parameter == kind)
    };
    if has(&ParameterIn::Path) {
        codes.push(ProblemCode::NotFound);
    }
    let has_body = operation.request_body.is_some();
    if has_body || has(&ParameterIn::Query) {
        codes.push(ProblemCode::InvalidFields);
    }
    if has_body {
        codes.extend([
            ProblemCode::Malformed,
            ProblemCode::RequestTooLarge,
            ProblemCode::UnsupportedMediaType,
        ]);
    }
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let own = PROBLEMS.iter().find(|(operation, _)| *operation == id);
    codes.extend(own.into_iter().flat_map(|(_, codes)| *codes));
    codes
}

fn problem_response(codes: &[ProblemCode]) -> Response {
    let titles: Vec<&str> = codes.iter().map(|code| code.title()).collect();
    let examples = codes.iter().map(|code| {
        let example = Ref::new(format!("#/components/examples/{code}"));
        (code.as_str(), RefOr::Ref(example))
    });
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .examples_from_iter(examples);
    ResponseBuilder::new()
        .description(titles.join("; "))
        .content(PROBLEM_MEDIA_TYPE, content.build())
        .build()
}

fn example(code: ProblemCode) -> Problem {
    match code {
        ProblemCode::InvalidFields => Problem::fields(vec![
            FieldProblem::new("name", "a text", "the number 4"),
            FieldProblem::new("pan", "plan (there is no field pan)", "an unknown field"),
        ]),
        ProblemCode::NotFound => Problem::not_found("organization", "acme"),
        code => Problem::new(code),
    }
}

/// Replaces the schema of a PATCH request by a copy in which no field is required.
fn make_fields_optional(content: &mut RefOr<Content>, components: &mut Components) {
    let RefOr::T(content) = content else { return };
    let Some(RefOr::Ref(settings)) = &content.schema else {
        return;
    };
    let name = settings.ref_location.rsplit('/').next().unwrap_or_default();
    let Some(RefOr::T(Schema::Object(settings))) = components.schemas.get(name) else {
        return;
    };
    let mut change = settings.clone();
    change.required.clear();
    let name = name.replace("Settings", "Change");
    content.schema = Some(Ref::from_schema_name(&name).into());
    components
        .schemas
        .insert(name, RefOr::T(Schema::Object(change)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_problems_names_operations_of_the_document() {
        let document = serde_json::to_value(crate::openapi()).expect("the document is JSON");
        let paths = document["paths"].as_object().expect("there are paths");
        let ids: Vec<&str> = paths
            .values()
            .flat_map(|path| path.as_object().expect("a path has methods").values())
            .filter_map(|operation| operation["operationId"].as_str())
            .collect();
        for (operation, _) in PROBLEMS {
            assert!(ids.contains(operation), "{operation}");
        }
    }
}
