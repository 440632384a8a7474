/// Somebody who can sign in at the practice identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name by which the form's button sends her.
    pub key: &'static str,
    /// What the identity provider calls her, for good.
    pub subject: &'static str,
    /// Her given name.
    pub first_name: &'static str,
    /// Her family name.
    pub last_name: &'static str,
    /// Her e-mail address.
    pub email: &'static str,
    /// What she is for, shown on her button.
    pub title: &'static str,
    /// The groups that she is in.
    pub groups: &'static [&'static str],
}

impl Person {
    /// The people of the demo: two of Acme, and one of Globex.
    pub const DEMO: &'static [Self] = &[
        Self {
            key: "ada",
            subject: "p-18151210",
            first_name: "Ada",
            last_name: "Lovelace",
            email: "ada@acme.example",
            title: "Analyst",
            groups: &["analysts", "everybody"],
        },
        Self {
            key: "grace",
            subject: "p-19061209",
            first_name: "Grace",
            last_name: "Hopper",
            email: "grace@acme.example",
            title: "Rear admiral",
            groups: &["administrators", "everybody"],
        },
        Self {
            key: "katherine",
            subject: "p-19180826",
            first_name: "Katherine",
            last_name: "Johnson",
            email: "katherine@globex.example",
            title: "Mathematician",
            groups: &["analysts", "everybody"],
        },
    ];

    /// Her whole name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// The first letters of her names.
    pub(super) fn initials(&self) -> String {
        [self.first_name, self.last_name]
            .iter()
            .filter_map(|name| name.chars().next())
            .collect()
    }
}
