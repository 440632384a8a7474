//! Paginated lists.

use runtime::problem::{LocalizedText, Problem};
use serde::{Deserialize, Serialize};
use store::{Page, PagedList, Tx};
use utoipa::{IntoParams, ToSchema};

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;

/// The page of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PageRequest {
    /// The `next` of the previous page.
    pub cursor: Option<String>,
    /// The maximum number of items. Default: 50.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Listing<T> {
    /// The items of the page.
    pub items: Vec<T>,
    /// The `cursor` of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl PageRequest {
    /// Parses the limit of a query.
    pub fn parse_limit(text: &str) -> Result<u32, Problem> {
        text.parse()
            .map_err(|_| invalid_limit(&format!("{text:?}")))
    }

    /// The page of this list. Requests one item more than the limit, which tells whether another page follows.
    ///
    /// # Errors
    ///
    /// When the limit is out of range, or the cursor is not in the list: an empty page would look like the end.
    pub(super) async fn page(&self, tx: &mut Tx, list: PagedList<'_>) -> Result<Page, Problem> {
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(invalid_limit(&limit.to_string()));
        }
        if let Some(cursor) = &self.cursor
            && !tx.is_listed(list, cursor).await?
        {
            return Err(Problem::field(
                "cursor",
                LocalizedText::key("problem-expected-cursor"),
                format!("{cursor:?}"),
            ));
        }
        Ok(Page {
            after: self.cursor.clone(),
            size: limit + 1,
        })
    }
}

fn invalid_limit(received: &str) -> Problem {
    Problem::field("limit", format!("a number from 1 to {MAX_LIMIT}"), received)
}

impl<T> Listing<T> {
    /// `rows` are the result of the query with `page`.
    pub(super) fn new<R>(
        page: &Page,
        mut rows: Vec<R>,
        id: impl Fn(&R) -> &str,
        view: impl Fn(R) -> T,
    ) -> Self {
        let limit = usize::try_from(page.size.saturating_sub(1)).unwrap_or(usize::MAX);
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows
            .last()
            .filter(|_| has_more)
            .map(|last| id(last).to_owned());
        Self {
            items: rows.into_iter().map(view).collect(),
            next,
        }
    }

    pub fn empty() -> Self {
        Self::whole(Vec::new())
    }

    /// A list without pagination.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}
