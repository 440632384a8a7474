use aws_lc_rs::constant_time;
use base64_simd::STANDARD;

use super::assertion::{self, Assertion};
use super::{AssertionUse, TokenProblem};
use crate::application::{Application, AuthMethod, ClientAuthentication};
use crate::issuer::Issuer;
use crate::parameters::{Parameter, Parameters, decode};
use crate::timestamp::Timestamp;

const CLIENT_ID: Parameter = Parameter::new("client_id", 128);
const CLIENT_SECRET: Parameter = Parameter::new("client_secret", 512);
const CLIENT_ASSERTION: Parameter = Parameter::new("client_assertion", assertion::LONGEST);
const CLIENT_ASSERTION_TYPE: Parameter = Parameter::new("client_assertion_type", 128);
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The most bytes that an `Authorization` header may have.
const LONGEST_HEADER: usize = 2048;
