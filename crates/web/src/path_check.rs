use axum::extract::Request;

/// Whether the URL has a NUL character, which PostgreSQL reports as an error.
pub fn has_nul(request: &Request) -> bool {
    request.uri().to_string().contains("%00")
}
