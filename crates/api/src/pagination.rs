use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use runtime::problem::Problem;
use serde::de::DeserializeOwned;
use service::PageRequest;
use utoipa::IntoParams;
use web::ProblemResponse;

use super::query::QueryParameters;

const PAGE_PARAMETERS: [&str; 2] = ["cursor", "limit"];

/// The [`PageRequest`] in the query.
#[derive(Debug)]
pub(super) struct Pagination(pub(super) PageRequest);

/// The [`PageRequest`] and the filter of a list in the query. Every parameter of the filter is a text.
#[derive(Debug)]
pub(super) struct Filtered<F> {
    pub(super) filter: F,
    pub(super) page: PageRequest,
}

impl<S: Send + Sync> FromRequestParts<S> for Pagination {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ProblemResponse> {
        let query = QueryParameters::read(parts, &PAGE_PARAMETERS)?;
        Ok(Self(page_request(&query)?))
    }
}

impl<S: Send + Sync, F: DeserializeOwned + IntoParams> FromRequestParts<S> for Filtered<F> {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ProblemResponse> {
        let documented = F::into_params(|| None);
        let mut known: Vec<&str> = documented.iter().map(|known| known.name.as_str()).collect();
        known.extend(PAGE_PARAMETERS);
        let query = QueryParameters::read(parts, &known)?;
        Ok(Self {
            page: page_request(&query)?,
            filter: query.deserialize()?,
        })
    }
}

fn page_request(query: &QueryParameters) -> Result<PageRequest, Problem> {
    let limit = query.get("limit").map(PageRequest::parse_limit);
    Ok(PageRequest {
        cursor: query.get("cursor").map(str::to_owned),
        limit: limit.transpose()?,
    })
}
