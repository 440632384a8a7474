use std::fmt;
use std::sync::Arc;

/// The time and the randomness that the practice programs live in, from whoever starts them.
#[derive(Clone)]
pub struct Surroundings {
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
    random: Arc<dyn Fn() -> [u8; 32] + Send + Sync>,
}

impl Surroundings {
    /// Takes a clock that tells seconds since 1970, and a source of random bytes.
    pub fn new(
        now: impl Fn() -> i64 + Send + Sync + 'static,
        random: impl Fn() -> [u8; 32] + Send + Sync + 'static,
    ) -> Self {
        Self {
            now: Arc::new(now),
            random: Arc::new(random),
        }
    }

    /// The time in seconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        (self.now)()
    }

    /// An identifier that is an XML name and that nobody guesses.
    pub(crate) fn xml_id(&self) -> String {
        let digits: String = (self.random)()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("_{digits}")
    }

    /// A handle of 43 letters, digits, hyphens and underscores that nobody guesses.
    pub(crate) fn handle(&self) -> String {
        base64_simd::URL_SAFE_NO_PAD.encode_to_string((self.random)())
    }
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Surroundings")
    }
}
