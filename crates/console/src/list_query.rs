//! The queries of pages with filtered lists.

use url::form_urlencoded;

/// A value of a form, of which an empty one filters nothing.
pub(crate) fn filled(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The query of the next page of the same list.
pub(crate) fn next_page(filters: &[(&str, &str)], next: &str) -> String {
    let mut query = form_urlencoded::Serializer::for_suffix(String::from("?"), 1);
    for (name, value) in filters {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    query.append_pair("after", next).finish()
}
