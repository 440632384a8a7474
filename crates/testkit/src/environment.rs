use std::fmt;
use std::sync::Arc;

/// The clock and the random source of the practice identity provider and the sample application.
#[derive(Clone)]
pub struct Environment {
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
    random: Arc<dyn Fn() -> [u8; 32] + Send + Sync>,
}

impl Environment {
    /// `now` returns seconds since 1970.
    pub fn new(
        now: impl Fn() -> i64 + Send + Sync + 'static,
        random: impl Fn() -> [u8; 32] + Send + Sync + 'static,
    ) -> Self {
        Self {
            now: Arc::new(now),
            random: Arc::new(random),
        }
    }

    /// Seconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        (self.now)()
    }

    /// An unguessable identifier that is a valid XML name.
    pub(crate) fn xml_id(&self) -> String {
        let digits: String = (self.random)()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("_{digits}")
    }

    /// 32 random bytes as 43 characters of base64url.
    pub(crate) fn random_token(&self) -> String {
        base64_simd::URL_SAFE_NO_PAD.encode_to_string((self.random)())
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Environment")
    }
}
