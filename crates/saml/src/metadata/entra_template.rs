/// Microsoft's names for "the tenant of each user" in place of a tenant's ID.
const OPEN_TENANTS: [&str; 4] = ["common", "organizations", "consumers", "{tenantid}"];

/// Whether an entity ID or sign-on URL is that of Entra ID's metadata for all tenants, which leaves the tenant open.
pub(super) fn names_open_tenant(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    let Some((_, rest)) = address.split_once("://") else {
        return false;
    };
    let mut parts = rest.split('/');
    let host = parts.next().unwrap_or_default();
    let tenant = parts.next().unwrap_or_default();
    let is_microsoft = host == "sts.windows.net"
        || host.starts_with("login.microsoftonline.")
        || host.starts_with("login.windows.net");
    is_microsoft && (OPEN_TENANTS.contains(&tenant) || tenant.starts_with('{'))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::entity("https://sts.windows.net/{tenantid}/", true)]
    #[case::common("https://login.microsoftonline.com/common/saml2", true)]
    #[case::organizations("https://login.microsoftonline.us/organizations/saml2", true)]
    #[case::tenant(
        "https://login.microsoftonline.com/7e3bb1f0-0000-0000-0000-000000000000/saml2",
        false
    )]
    #[case::other_host("https://idp.example/common/saml2", false)]
    #[case::name("common", false)]
    fn an_open_tenant_is_recognized(#[case] address: &str, #[case] is_open: bool) {
        assert_eq!(names_open_tenant(address), is_open);
    }
}
