//! Statements whose conditions depend on a filter.

use crate::engine::{Row, Value};
use crate::{Page, StoreError, Tx};

/// A statement that is assembled from constants and bound values, so that a condition that does not apply is left out
/// and the others can use an index.
pub(crate) struct Query<'v> {
    sql: String,
    values: Vec<Value<'v>>,
}

impl<'v> Query<'v> {
    pub(crate) fn new(sql: &'static str) -> Self {
        Self {
            sql: sql.to_owned(),
            values: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, sql: &'static str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    /// Appends the placeholder of a value.
    pub(crate) fn bind(&mut self, value: impl Into<Value<'v>>) -> &mut Self {
        self.values.push(value.into());
        self.sql.push_str(&format!("${}", self.values.len()));
        self
    }

    /// Appends a condition that ends with a value, where there is one.
    pub(crate) fn push_if<V: Into<Value<'v>>>(
        &mut self,
        sql: &'static str,
        value: Option<V>,
    ) -> &mut Self {
        if let Some(value) = value {
            self.push(sql).bind(value);
        }
        self
    }

    pub(crate) fn limit(&mut self, page: &Page) -> &mut Self {
        self.push(" LIMIT ").bind(page.limit())
    }
}

impl Tx {
    pub(crate) async fn fetch_query<T>(
        &mut self,
        query: &Query<'_>,
        from_row: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.fetch_dynamic(&query.sql, &query.values)
            .await?
            .iter()
            .map(from_row)
            .collect()
    }
}

/// A `LIKE` pattern that matches every text that contains this one, which `ESCAPE '\'` must follow.
pub(crate) fn like_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
