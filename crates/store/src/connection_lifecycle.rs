//! The statements that activate and disable connections, and end their sessions.

use jiff::Timestamp;

use crate::{ActivationRequest, ConnectionId, OrganizationTx, SetupLinkId, StoreError};

impl OrganizationTx<'_> {
    /// Activates a connection, also a disabled one. Sessions that ended when it was disabled stay ended. A request to
    /// activate it is granted.
    pub async fn activate(&mut self, id: &ConnectionId, at: Timestamp) -> Result<bool, StoreError> {
        self.set_active(id, at, None).await
    }

    /// Like [`activate`](Self::activate), without the confirmation of an administrator or operator.
    pub async fn activate_unconfirmed(
        &mut self,
        id: &ConnectionId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.set_active(id, at, Some(at)).await
    }

    async fn set_active(
        &mut self,
        id: &ConnectionId,
        at: Timestamp,
        unconfirmed_since: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let is_activated = self
            .tx
            .update_one(
                "UPDATE connection
                    SET activated_at = $3, disabled_at = NULL, unconfirmed_since = $4,
                        activation_requested_at = NULL, activation_requested_by = NULL,
                        organization_plan = (SELECT plan FROM organization WHERE id = $1)
                  WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL",
                &[
                    self.id.into(),
                    id.into(),
                    at.into(),
                    unconfirmed_since.into(),
                ],
            )
            .await?;
        if is_activated {
            self.tx
                .execute(
                    "UPDATE organization SET sso_activated_at = $2
                      WHERE id = $1 AND sso_activated_at IS NULL",
                    &[self.id.into(), at.into()],
                )
                .await?;
        }
        Ok(is_activated)
    }

    /// Whether any connection of the organization was ever activated, also one that was deleted since.
    pub async fn was_sso_activated(&mut self) -> Result<bool, StoreError> {
        let found = self
            .tx
            .fetch_optional(
                "SELECT sso_activated_at FROM organization WHERE id = $1",
                &[self.id.into()],
                |row| row.maybe_time("sso_activated_at"),
            )
            .await?;
        Ok(found.flatten().is_some())
    }

    /// `false` when the activation is requested already.
    pub async fn request_activation(
        &mut self,
        id: &ConnectionId,
        request: &ActivationRequest,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection SET activation_requested_at = $3, activation_requested_by = $4
                  WHERE organization_id = $1 AND id = $2 AND activation_requested_at IS NULL",
                &[
                    self.id.into(),
                    id.into(),
                    request.at.into(),
                    (&request.link).into(),
                ],
            )
            .await
    }

    /// Ends the request of a setup link to activate its connection; `false` when there is none.
    pub async fn end_activation_request(&mut self, link: &SetupLinkId) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection SET activation_requested_at = NULL, activation_requested_by = NULL
                  WHERE organization_id = $1 AND activation_requested_by = $2",
                &[self.id.into(), link.into()],
            )
            .await
    }

    /// Confirms a connection that a setup link has activated; `false` when it is confirmed already.
    pub async fn confirm_activation(&mut self, id: &ConnectionId) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection SET unconfirmed_since = NULL
                  WHERE organization_id = $1 AND id = $2 AND unconfirmed_since IS NOT NULL",
                &[self.id.into(), id.into()],
            )
            .await
    }

    /// Disables a connection, and ends the sessions of its sign-ins for good.
    pub async fn disable(&mut self, id: &ConnectionId, at: Timestamp) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection
                    SET disabled_at = COALESCE(disabled_at, $3), session_epoch = session_epoch + 1
                  WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL",
                &[self.id.into(), id.into(), at.into()],
            )
            .await
    }

    /// Ends the sessions of the sign-ins through all connections of the organization, for good.
    pub async fn end_sso_sessions(&mut self) -> Result<(), StoreError> {
        self.tx
            .execute(
                "UPDATE connection SET session_epoch = session_epoch + 1 WHERE organization_id = $1",
                &[self.id.into()],
            )
            .await
            .map(drop)
    }
}
