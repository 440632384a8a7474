/// A user of the practice identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The value of the form field `user`.
    pub username: &'static str,
    /// The persistent `NameID`.
    pub name_id: &'static str,
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub email: &'static str,
    /// The job title that the sign-in page shows.
    pub title: &'static str,
    pub groups: &'static [&'static str],
}

impl User {
    /// The users of the demo: Ada and Grace of Acme, Katherine of Globex.
    pub const DEMO: &'static [Self] = &[
        Self {
            username: "ada",
            name_id: "p-18151210",
            first_name: "Ada",
            last_name: "Lovelace",
            email: "ada@acme.example",
            title: "Analyst",
            groups: &["analysts", "everybody"],
        },
        Self {
            username: "grace",
            name_id: "p-19061209",
            first_name: "Grace",
            last_name: "Hopper",
            email: "grace@acme.example",
            title: "Rear admiral",
            groups: &["administrators", "everybody"],
        },
        Self {
            username: "katherine",
            name_id: "p-19180826",
            first_name: "Katherine",
            last_name: "Johnson",
            email: "katherine@globex.example",
            title: "Mathematician",
            groups: &["analysts", "everybody"],
        },
    ];

    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    pub(super) fn initials(&self) -> String {
        [self.first_name, self.last_name]
            .iter()
            .filter_map(|name| name.chars().next())
            .collect()
    }
}
