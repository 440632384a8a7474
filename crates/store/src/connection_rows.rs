//! The statements for connections.

use std::collections::BTreeMap;

use crate::engine::{Row, Value};
use crate::row::json;
use crate::{
    ActivationRequest, AttributeMapping, Conflict, Connection, ConnectionId, ConnectionLifecycle,
    ConnectionName, ConnectionSettings, Organization, OrganizationConnection, OrganizationTx,
    StoreError, Tx,
};

/// The columns of a connection's settings, in the order of [`settings_values`].
macro_rules! settings_columns {
    () => {
        "name, provider, issuer, sign_on_url, sign_on_binding, logout_url, sign_requests_since,
         metadata_wants_signed_requests_since, metadata_valid_until, clock_tolerance,
         danger_accept_sha1_since, accept_cbc_since, reject_expired_signing_certificate_since,
         idp_initiated, provisioning, subject_attribute, email_attribute, first_name_attribute,
         last_name_attribute, name_attribute, groups_attribute, entity_id, acs_url,
         force_authn_since, name_id_format, authn_contexts, default_role, role_rules, policy"
    };
}

macro_rules! columns {
    () => {
        concat!(
            "id, organization_id, created_at, tested_at, activated_at, disabled_at, session_epoch, unconfirmed_since,
             activation_requested_at, activation_requested_by, ",
            settings_columns!()
        )
    };
}

/// The settings that are stored as JSON.
struct SettingsJson {
    authn_contexts: String,
    role_rules: String,
    policy: String,
}

impl SettingsJson {
    fn new(settings: &ConnectionSettings) -> Self {
        Self {
            authn_contexts: json(&settings.authn_contexts),
            role_rules: json(&settings.role_rules),
            policy: json(&settings.policy),
        }
    }
}

fn settings_values<'v>(
    settings: &'v ConnectionSettings,
    json: &'v SettingsJson,
) -> [Value<'v>; 29] {
    let attributes = &settings.attribute_mapping;
    [
        (&settings.name).into(),
        settings.provider.as_str().into(),
        (&settings.issuer).into(),
        (&settings.sign_on_url).into(),
        settings.sign_on_binding.as_str().into(),
        (&settings.logout_url).into(),
        settings.sign_requests_since.into(),
        settings.metadata_wants_signed_requests_since.into(),
        settings.metadata_valid_until.into(),
        settings.clock_tolerance.into(),
        settings.danger_accept_sha1_since.into(),
        settings.accept_cbc_since.into(),
        settings.reject_expired_signing_certificate_since.into(),
        settings.idp_initiated.as_str().into(),
        settings.provisioning.as_str().into(),
        (&settings.subject_attribute).into(),
        (&attributes.email).into(),
        (&attributes.first_name).into(),
        (&attributes.last_name).into(),
        (&attributes.name).into(),
        (&attributes.groups).into(),
        (&settings.entity_id).into(),
        (&settings.acs_url).into(),
        settings.force_authn_since.into(),
        (&settings.name_id_format).into(),
        (&json.authn_contexts).into(),
        (&settings.default_role).into(),
        (&json.role_rules).into(),
        (&json.policy).into(),
    ]
}

impl Connection {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            organization: row.parsed("organization_id")?,
            settings: settings_from_row(row)?,
            certificates: Vec::new(),
            lifecycle: ConnectionLifecycle {
                created_at: row.time("created_at")?,
                tested_at: row.maybe_time("tested_at")?,
                activated_at: row.maybe_time("activated_at")?,
                disabled_at: row.maybe_time("disabled_at")?,
                session_epoch: row.number("session_epoch")?,
                unconfirmed_since: row.maybe_time("unconfirmed_since")?,
            },
            activation_request: activation_request_from_row(row)?,
        })
    }
}

fn activation_request_from_row(row: &Row) -> Result<Option<ActivationRequest>, StoreError> {
    let at = row.maybe_time("activation_requested_at")?;
    let link = row.maybe_parsed("activation_requested_by")?;
    Ok(at
        .zip(link)
        .map(|(at, link)| ActivationRequest { at, link }))
}

fn settings_from_row(row: &Row) -> Result<ConnectionSettings, StoreError> {
    Ok(ConnectionSettings {
        name: row.text("name")?,
        provider: row.parsed("provider")?,
        issuer: row.text("issuer")?,
        sign_on_url: row.text("sign_on_url")?,
        sign_on_binding: row.parsed("sign_on_binding")?,
        logout_url: row.maybe_text("logout_url")?,
        sign_requests_since: row.maybe_time("sign_requests_since")?,
        metadata_wants_signed_requests_since: row
            .maybe_time("metadata_wants_signed_requests_since")?,
        metadata_valid_until: row.maybe_time("metadata_valid_until")?,
        clock_tolerance: row.duration("clock_tolerance")?,
        danger_accept_sha1_since: row.maybe_time("danger_accept_sha1_since")?,
        accept_cbc_since: row.maybe_time("accept_cbc_since")?,
        reject_expired_signing_certificate_since: row
            .maybe_time("reject_expired_signing_certificate_since")?,
        idp_initiated: row.parsed("idp_initiated")?,
        provisioning: row.parsed("provisioning")?,
        subject_attribute: row.maybe_text("subject_attribute")?,
        entity_id: row.maybe_text("entity_id")?,
        acs_url: row.maybe_text("acs_url")?,
        force_authn_since: row.maybe_time("force_authn_since")?,
        name_id_format: row.maybe_text("name_id_format")?,
        authn_contexts: row.json("authn_contexts")?,
        default_role: row.text("default_role")?,
        role_rules: row.json("role_rules")?,
        policy: row.json("policy")?,
        attribute_mapping: AttributeMapping {
            email: row.maybe_text("email_attribute")?,
            first_name: row.maybe_text("first_name_attribute")?,
            last_name: row.maybe_text("last_name_attribute")?,
            name: row.maybe_text("name_attribute")?,
            groups: row.maybe_text("groups_attribute")?,
        },
    })
}

impl Tx {
    /// Finds a connection by the ID in a URL.
    pub async fn connection(
        &mut self,
        id: &ConnectionId,
    ) -> Result<Option<Connection>, StoreError> {
        let found = self
            .fetch_optional(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM connection WHERE id = $1 AND deleted_at IS NULL"
                ),
                &[id.into()],
                Connection::from_row,
            )
            .await?;
        self.with_certificates(found).await
    }

    /// Finds the connection that has its own assertion consumer service URL.
    pub async fn connection_by_acs_url(
        &mut self,
        url: &str,
    ) -> Result<Option<Connection>, StoreError> {
        let found = self
            .fetch_optional(
                concat!("SELECT ", columns!(), " FROM connection WHERE acs_url = $1"),
                &[url.into()],
                Connection::from_row,
            )
            .await?;
        self.with_certificates(found).await
    }

    /// Some connections of all organizations with their organizations, in the order of their IDs after this one.
    pub async fn connection_batch(
        &mut self,
        after: Option<&ConnectionId>,
        limit: u32,
    ) -> Result<Vec<OrganizationConnection>, StoreError> {
        let after = after.map_or("", ConnectionId::as_str);
        let mut connections = self
            .fetch_all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM connection WHERE id > $1 AND deleted_at IS NULL ORDER BY id LIMIT $2"
                ),
                &[after.into(), i64::from(limit).into()],
                Connection::from_row,
            )
            .await?;
        let Some(last) = connections.last().map(|last| last.id.clone()) else {
            return Ok(Vec::new());
        };
        let range = [after.into(), (&last).into()];
        let mut certificates = self.certificates_in_range(&range).await?;
        let organizations = self.organizations_in_range(&range).await?;
        for connection in &mut connections {
            let found = certificates.remove(connection.id.as_str());
            connection.certificates = found.unwrap_or_default();
        }
        let with_organization = |connection: Connection| {
            let organization = organizations.get(connection.organization.as_str())?;
            Some(OrganizationConnection {
                organization: organization.clone(),
                connection,
            })
        };
        Ok(connections
            .into_iter()
            .filter_map(with_organization)
            .collect())
    }

    /// The organizations of the connections with IDs in a range, by their IDs.
    async fn organizations_in_range(
        &mut self,
        range: &[Value<'_>],
    ) -> Result<BTreeMap<String, Organization>, StoreError> {
        let rows = self
            .fetch_all(
                "SELECT id, slug, name, plan, created_at, sso_enforced_since
                   FROM existing_organization
                  WHERE id IN (SELECT organization_id FROM connection WHERE id > $1 AND id <= $2)",
                range,
                Organization::from_row,
            )
            .await?;
        Ok(rows
            .into_iter()
            .map(|organization| (organization.id.to_string(), organization))
            .collect())
    }
}

impl OrganizationTx<'_> {
    /// Oldest first.
    pub async fn connection_names(
        &mut self,
        limit: u32,
    ) -> Result<Vec<ConnectionName>, StoreError> {
        self.tx
            .fetch_all(
                "SELECT id, name FROM connection WHERE organization_id = $1 AND deleted_at IS NULL
                  ORDER BY created_at, id LIMIT $2",
                &[self.id.into(), i64::from(limit).into()],
                |row| {
                    Ok(ConnectionName {
                        id: row.parsed("id")?,
                        name: row.text("name")?,
                    })
                },
            )
            .await
    }

    /// Oldest first.
    pub async fn connections(&mut self) -> Result<Vec<Connection>, StoreError> {
        let found = self
            .tx
            .fetch_all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM connection WHERE organization_id = $1 AND deleted_at IS NULL
                      ORDER BY created_at, id"
                ),
                &[self.id.into()],
                Connection::from_row,
            )
            .await?;
        let mut connections = Vec::with_capacity(found.len());
        for connection in found {
            connections.extend(self.tx.with_certificates(Some(connection)).await?);
        }
        Ok(connections)
    }

    pub async fn connection(
        &mut self,
        id: &ConnectionId,
    ) -> Result<Option<Connection>, StoreError> {
        let found = self
            .tx
            .fetch_optional(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM connection WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL"
                ),
                &[self.id.into(), id.into()],
                Connection::from_row,
            )
            .await?;
        self.tx.with_certificates(found).await
    }

    /// Adds a connection with its certificates. Ignores `connection.organization`.
    pub async fn add_connection(
        &mut self,
        connection: &Connection,
    ) -> Result<Result<(), Conflict>, StoreError> {
        let json = SettingsJson::new(&connection.settings);
        let mut parameters: Vec<Value<'_>> = vec![self.id.into(), (&connection.id).into()];
        parameters.extend(settings_values(&connection.settings, &json));
        let lifecycle = connection.lifecycle;
        parameters.extend::<[Value<'_>; 4]>([
            lifecycle.created_at.into(),
            lifecycle.tested_at.into(),
            lifecycle.activated_at.into(),
            lifecycle.disabled_at.into(),
        ]);
        let added = self
            .tx
            .update_one(
                concat!(
                    "INSERT INTO connection (organization_id, id, ",
                    settings_columns!(),
                    ", created_at, tested_at, activated_at, disabled_at, organization_plan)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                             $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
                             $31, $32, $33, $34, $35, COALESCE((SELECT plan FROM organization WHERE id = $1), ''))
                     ON CONFLICT (acs_url) DO NOTHING"
                ),
                &parameters,
            )
            .await?;
        if !added {
            return Ok(Err(Conflict::AcsUrlInUse));
        }
        self.add_certificates(&connection.id, &connection.certificates)
            .await
            .map(Ok)
    }

    /// `false` when the organization has no such connection.
    pub async fn update_connection(
        &mut self,
        id: &ConnectionId,
        settings: &ConnectionSettings,
    ) -> Result<Result<bool, Conflict>, StoreError> {
        let json = SettingsJson::new(settings);
        let mut parameters: Vec<Value<'_>> = vec![self.id.into(), id.into()];
        parameters.extend(settings_values(settings, &json));
        let changed = self
            .tx
            .execute_unless_duplicate(
                "UPDATE connection
                    SET name = $3, provider = $4, issuer = $5, sign_on_url = $6,
                        sign_on_binding = $7, logout_url = $8, sign_requests_since = $9,
                        metadata_wants_signed_requests_since = $10, metadata_valid_until = $11,
                        clock_tolerance = $12, danger_accept_sha1_since = $13,
                        accept_cbc_since = $14, reject_expired_signing_certificate_since = $15,
                        idp_initiated = $16, provisioning = $17, subject_attribute = $18,
                        email_attribute = $19, first_name_attribute = $20,
                        last_name_attribute = $21, name_attribute = $22, groups_attribute = $23,
                        entity_id = $24, acs_url = $25, force_authn_since = $26,
                        name_id_format = $27, authn_contexts = $28, default_role = $29,
                        role_rules = $30, policy = $31
                  WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL",
                &parameters,
            )
            .await?;
        Ok(changed.map(|rows| rows > 0).ok_or(Conflict::AcsUrlInUse))
    }
}
