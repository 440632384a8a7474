use std::collections::BTreeMap;

const MAX_FORM_BYTES: usize = 32 * 1024;
/// Including unknown parameters.
const MAX_PARAMETERS: usize = 64;

/// The parameters of a query or a form.
#[derive(Clone)]
pub struct Parameters(BTreeMap<String, Occurrence>);

#[derive(Clone)]
enum Occurrence {
    Once(String),
    Repeated,
}

impl Parameters {
    /// Parses `application/x-www-form-urlencoded`, from a raw query string or a body.
    ///
    /// A parameter with an empty value counts as omitted (RFC 6749 3.1).
    pub fn parse(encoded: &str) -> Result<Self, FormError> {
        if encoded.len() > MAX_FORM_BYTES {
            return Err(FormError::TooLong {
                limit: MAX_FORM_BYTES,
                received: encoded.len(),
            });
        }
        let mut parameters = BTreeMap::new();
        for (index, pair) in encoded
            .split('&')
            .filter(|pair| !pair.is_empty())
            .enumerate()
        {
            if index == MAX_PARAMETERS {
                return Err(FormError::TooManyParameters {
                    limit: MAX_PARAMETERS,
                });
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = form_decode(name).ok_or(FormError::Malformed)?;
            let value = form_decode(value).ok_or(FormError::Malformed)?;
            parameters
                .entry(name)
                .and_modify(|occurrence| *occurrence = Occurrence::Repeated)
                .or_insert(Occurrence::Once(value));
        }
        Ok(Self(parameters))
    }

    /// The value of a parameter; `None` when it is missing or empty.
    pub(crate) fn value(&self, parameter: Parameter) -> Result<Option<&str>, ParameterError> {
        let Parameter { name, max_bytes } = parameter;
        let value = match self.0.get(name) {
            None => return Ok(None),
            Some(Occurrence::Repeated) => return Err(ParameterError::Repeated { parameter: name }),
            Some(Occurrence::Once(value)) => value,
        };
        if value.len() > max_bytes {
            return Err(ParameterError::TooLong {
                parameter: name,
                limit: max_bytes,
                received: value.len(),
            });
        }
        if value.chars().any(char::is_control) {
            return Err(ParameterError::ControlCharacter { parameter: name });
        }
        Ok(Some(value.as_str()).filter(|value| !value.is_empty()))
    }
}

// The values may be secrets.
impl std::fmt::Debug for Parameters {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_set().entries(self.0.keys()).finish()
    }
}

/// A known parameter, with the maximum length of its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    name: &'static str,
    max_bytes: usize,
}

impl Parameter {
    pub(crate) const fn new(name: &'static str, max_bytes: usize) -> Self {
        Self { name, max_bytes }
    }

    pub(crate) const fn name(self) -> &'static str {
        self.name
    }
}

/// Why the parameters of a request could not be parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    #[error("the parameters have {received} bytes; the maximum is {limit}")]
    TooLong { limit: usize, received: usize },
    #[error("there are more than {limit} parameters")]
    TooManyParameters { limit: usize },
    /// An invalid percent-encoding, or text that is not UTF-8.
    #[error("the parameters are not application/x-www-form-urlencoded UTF-8")]
    Malformed,
}

impl FormError {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLong { .. } => "request-too-long",
            Self::TooManyParameters { .. } => "too-many-parameters",
            Self::Malformed => "malformed-request",
        }
    }
}

/// Why one parameter is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    /// RFC 6749 3.1: parameters must not be included more than once.
    #[error("{parameter} was sent more than once")]
    Repeated { parameter: &'static str },
    #[error("{parameter} has {received} bytes; the maximum is {limit}")]
    TooLong {
        parameter: &'static str,
        limit: usize,
        received: usize,
    },
    #[error("{parameter} contains a control character")]
    ControlCharacter { parameter: &'static str },
}

impl ParameterError {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Repeated { .. } => "parameter-repeated",
            Self::TooLong { .. } => "parameter-too-long",
            Self::ControlCharacter { .. } => "parameter-control-character",
        }
    }
}

/// Decodes a form-encoded name or value, and rejects invalid encodings.
///
/// Common decoders keep `%zz` unchanged and replace invalid UTF-8, so that two parsers of one request may see different
/// values.
pub(crate) fn form_decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => hex_digit(bytes.next()?)? << 4 | hex_digit(bytes.next()?)?,
            other => other,
        });
    }
    String::from_utf8(decoded).ok()
}

fn hex_digit(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const COLOR: Parameter = Parameter::new("color", 8);
    const REPEATED: ParameterError = ParameterError::Repeated { parameter: "color" };

    fn parse_color(encoded: &str) -> Result<Option<String>, ParameterError> {
        let parameters = Parameters::parse(encoded).unwrap();
        parameters
            .value(COLOR)
            .map(|value| value.map(str::to_owned))
    }

    #[rstest]
    #[case::one_value("color=red", Ok(Some("red")))]
    #[case::among_others("size=9&color=red&", Ok(Some("red")))]
    #[case::encoded_spaces("color=a+b%20c", Ok(Some("a b c")))]
    #[case::encoded_name("c%6flor=%C3%A9", Ok(Some("é")))]
    #[case::equals_sign_in_value("color=a=b", Ok(Some("a=b")))]
    #[case::empty_query("", Ok(None))]
    #[case::no_equals_sign("color", Ok(None))]
    #[case::empty_value("color=", Ok(None))]
    #[case::other_case("Color=red", Ok(None))]
    #[case::same_value_twice("color=red&color=red", Err(REPEATED))]
    #[case::value_and_empty_value("color=red&color=", Err(REPEATED))]
    #[case::encoded_name_twice("color=red&c%6Flor=blue", Err(REPEATED))]
    fn a_parameter_has_one_value_or_none(
        #[case] encoded: &str,
        #[case] expected: Result<Option<&str>, ParameterError>,
    ) {
        assert_eq!(
            parse_color(encoded),
            expected.map(|value| value.map(str::to_owned))
        );
    }

    #[test]
    fn a_value_may_be_as_long_as_its_limit_and_no_longer() {
        assert_eq!(
            parse_color("color=12345678"),
            Ok(Some("12345678".to_owned()))
        );
        let too_long = ParameterError::TooLong {
            parameter: "color",
            limit: 8,
            received: 9,
        };
        assert_eq!(parse_color("color=123456789"), Err(too_long));
    }

    #[rstest]
    fn a_control_character_is_rejected(
        #[values("color=a%00", "color=%0D%0A", "color=%7F", "color=%C2%85")] encoded: &str,
    ) {
        let error = ParameterError::ControlCharacter { parameter: "color" };
        assert_eq!(parse_color(encoded), Err(error));
    }

    #[rstest]
    fn invalid_encoding_is_rejected(
        #[values(
            "color=%",
            "color=%4",
            "color=%zz",
            "color=%+1",
            "%ff=1",
            "color=%C3%28"
        )]
        encoded: &str,
    ) {
        let error = Parameters::parse(encoded).unwrap_err();
        assert_eq!(error, FormError::Malformed);
    }

    #[test]
    fn length_and_number_of_parameters_are_limited() {
        let at_limit = "a".repeat(MAX_FORM_BYTES);
        assert!(Parameters::parse(&at_limit).is_ok());
        let error = Parameters::parse(&format!("{at_limit}a")).unwrap_err();
        let received = MAX_FORM_BYTES + 1;
        assert_eq!(
            error,
            FormError::TooLong {
                limit: MAX_FORM_BYTES,
                received
            }
        );

        assert!(Parameters::parse(&"a=1&".repeat(MAX_PARAMETERS)).is_ok());
        let error = Parameters::parse(&"a=1&".repeat(MAX_PARAMETERS + 1)).unwrap_err();
        assert_eq!(
            error,
            FormError::TooManyParameters {
                limit: MAX_PARAMETERS
            }
        );
    }

    #[test]
    fn debug_output_contains_names_without_values() {
        let parameters = Parameters::parse("client_secret=hidden").unwrap();
        assert_eq!(format!("{parameters:?}"), r#"{"client_secret"}"#);
    }
}
