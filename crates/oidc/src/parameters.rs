use std::collections::BTreeMap;

/// The most bytes that a query or a form may have.
const LONGEST_FORM: usize = 32 * 1024;
/// The most parameters that a query or a form may have, unknown ones included.
const MOST_PARAMETERS: usize = 64;

/// The parameters of a query or a form, each with the one value that it has.
#[derive(Clone)]
pub struct Parameters(BTreeMap<String, Occurrence>);

#[derive(Clone)]
enum Occurrence {
    Once(String),
    Repeated,
}

impl Parameters {
    /// Reads `application/x-www-form-urlencoded`, from a raw query string or a body.
    ///
    /// A parameter without a value counts as absent (RFC 6749 3.1).
    pub fn read(encoded: &str) -> Result<Self, Unreadable> {
        if encoded.len() > LONGEST_FORM {
            return Err(Unreadable::TooLong {
                limit: LONGEST_FORM,
                received: encoded.len(),
            });
        }
        let mut parameters = BTreeMap::new();
        for (seen, pair) in encoded
            .split('&')
            .filter(|pair| !pair.is_empty())
            .enumerate()
        {
            if seen == MOST_PARAMETERS {
                return Err(Unreadable::TooMany {
                    limit: MOST_PARAMETERS,
                });
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(name).ok_or(Unreadable::NotFormEncoded)?;
            let value = decode(value).ok_or(Unreadable::NotFormEncoded)?;
            parameters
                .entry(name)
                .and_modify(|occurrence| *occurrence = Occurrence::Repeated)
                .or_insert(Occurrence::Once(value));
        }
        Ok(Self(parameters))
    }

    /// The value of a parameter, when it was sent once, is not empty, and is fit to be looked at.
    pub(crate) fn value(&self, parameter: Parameter) -> Result<Option<&str>, ParameterFault> {
        let Parameter { name, longest } = parameter;
        let value = match self.0.get(name) {
            None => return Ok(None),
            Some(Occurrence::Repeated) => return Err(ParameterFault::Repeated { parameter: name }),
            Some(Occurrence::Once(value)) => value,
        };
        if value.len() > longest {
            let received = value.len();
            return Err(ParameterFault::TooLong {
                parameter: name,
                limit: longest,
                received,
            });
        }
        if value.chars().any(char::is_control) {
            return Err(ParameterFault::ControlCharacter { parameter: name });
        }
        Ok(Some(value.as_str()).filter(|value| !value.is_empty()))
    }
}

// What was sent may be a secret.
impl std::fmt::Debug for Parameters {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_set().entries(self.0.keys()).finish()
    }
}

/// A parameter that we know, and the most bytes that its value may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    name: &'static str,
    longest: usize,
}

impl Parameter {
    pub(crate) const fn new(name: &'static str, longest: usize) -> Self {
        Self { name, longest }
    }

    pub(crate) const fn name(self) -> &'static str {
        self.name
    }
}

/// Why a query or a form could not be taken apart at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreadable {
    /// It is longer than any honest one.
    TooLong {
        /// The most bytes that it may have.
        limit: usize,
        /// How many it has.
        received: usize,
    },
    /// It has more parameters than any honest one.
    TooMany {
        /// The most parameters that it may have.
        limit: usize,
    },
    /// A percent sign stands before something else than two hexadecimal digits, or the text is not UTF-8.
    NotFormEncoded,
}

impl Unreadable {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLong { .. } => "form-too-long",
            Self::TooMany { .. } => "too-many-parameters",
            Self::NotFormEncoded => "not-form-encoded",
        }
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLong { limit, received } => {
                write!(
                    out,
                    "the parameters have {received} bytes; {limit} is the most"
                )
            }
            Self::TooMany { limit } => write!(out, "there are more than {limit} parameters"),
            Self::NotFormEncoded => {
                out.write_str("the parameters are not application/x-www-form-urlencoded UTF-8")
            }
        }
    }
}

impl std::error::Error for Unreadable {}

/// Why one parameter could not be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterFault {
    /// It was sent more than once (RFC 6749 3.1).
    Repeated {
        /// Its name.
        parameter: &'static str,
    },
    /// It is longer than any honest one.
    TooLong {
        /// Its name.
        parameter: &'static str,
        /// The most bytes that it may have.
        limit: usize,
        /// How many it has.
        received: usize,
    },
    /// It holds a control character.
    ControlCharacter {
        /// Its name.
        parameter: &'static str,
    },
}

impl ParameterFault {
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

impl std::fmt::Display for ParameterFault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Repeated { parameter } => write!(out, "{parameter} was sent more than once"),
            Self::TooLong {
                parameter,
                limit,
                received,
            } => {
                write!(out, "{parameter} has {received} bytes; {limit} is the most")
            }
            Self::ControlCharacter { parameter } => {
                write!(out, "{parameter} holds a control character")
            }
        }
    }
}

impl std::error::Error for ParameterFault {}

/// Undoes form encoding, and refuses what the encoding does not know.
///
/// The usual decoders leave `%zz` as it is and replace what is not UTF-8: then two readers
/// of one request may see two values.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => hex(bytes.next()?)? << 4 | hex(bytes.next()?)?,
            other => other,
        });
    }
    String::from_utf8(decoded).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLOR: Parameter = Parameter::new("color", 8);

    fn color(encoded: &str) -> Result<Option<String>, ParameterFault> {
        let parameters = Parameters::read(encoded).unwrap();
        parameters
            .value(COLOR)
            .map(|value| value.map(str::to_owned))
    }

    #[test]
    fn a_parameter_has_one_value_or_none() {
        let repeated = Err(ParameterFault::Repeated { parameter: "color" });
        for (encoded, expected) in [
            ("color=red", Ok(Some("red".to_owned()))),
            ("size=9&color=red&", Ok(Some("red".to_owned()))),
            ("color=a+b%20c", Ok(Some("a b c".to_owned()))),
            ("c%6flor=%C3%A9", Ok(Some("é".to_owned()))),
            ("color=a=b", Ok(Some("a=b".to_owned()))),
            ("", Ok(None)),
            ("color", Ok(None)),
            ("color=", Ok(None)),
            ("Color=red", Ok(None)),
            ("color=red&color=red", repeated.clone()),
            ("color=red&color=", repeated.clone()),
            ("color=red&c%6Flor=blue", repeated),
        ] {
            assert_eq!(color(encoded), expected, "{encoded}");
        }
    }

    #[test]
    fn a_value_may_be_as_long_as_its_limit_and_no_longer() {
        assert_eq!(color("color=12345678"), Ok(Some("12345678".to_owned())));
        let too_long = ParameterFault::TooLong {
            parameter: "color",
            limit: 8,
            received: 9,
        };
        assert_eq!(color("color=123456789"), Err(too_long));
    }

    #[test]
    fn a_control_character_is_refused() {
        for encoded in ["color=a%00", "color=%0D%0A", "color=%7F", "color=%C2%85"] {
            let fault = ParameterFault::ControlCharacter { parameter: "color" };
            assert_eq!(color(encoded), Err(fault), "{encoded}");
        }
    }

    #[test]
    fn broken_encoding_is_refused() {
        for encoded in [
            "color=%",
            "color=%4",
            "color=%zz",
            "color=%+1",
            "%ff=1",
            "color=%C3%28",
        ] {
            let refusal = Parameters::read(encoded).unwrap_err();
            assert_eq!(refusal, Unreadable::NotFormEncoded, "{encoded}");
        }
    }

    #[test]
    fn length_and_number_are_limited() {
        let at_limit = "a".repeat(LONGEST_FORM);
        assert!(Parameters::read(&at_limit).is_ok());
        let refusal = Parameters::read(&format!("{at_limit}a")).unwrap_err();
        let received = LONGEST_FORM + 1;
        assert_eq!(
            refusal,
            Unreadable::TooLong {
                limit: LONGEST_FORM,
                received
            }
        );

        assert!(Parameters::read(&"a=1&".repeat(MOST_PARAMETERS)).is_ok());
        let refusal = Parameters::read(&"a=1&".repeat(MOST_PARAMETERS + 1)).unwrap_err();
        assert_eq!(
            refusal,
            Unreadable::TooMany {
                limit: MOST_PARAMETERS
            }
        );
    }

    #[test]
    fn debugging_output_shows_names_without_values() {
        let parameters = Parameters::read("client_secret=hidden").unwrap();
        assert_eq!(format!("{parameters:?}"), r#"{"client_secret"}"#);
    }
}
