//! What a sign-in decides, without HTTP: who the person is, whether they may sign in, and why not.

pub(crate) mod destination;
pub(crate) mod expect;
pub(crate) mod kept;
pub(crate) mod newcomer;
pub(crate) mod profile;
pub(crate) mod refusal;
pub(crate) mod resolve;
pub(crate) mod role;
pub(crate) mod signer;
pub mod test_result;
