use super::cursor::Cursor;
use super::error::ParseResult;
use super::{XmlFault, chars};

/// Production 66 and the five predefined entities of 4.6.
pub(super) fn parse_reference(cursor: &mut Cursor<'_>) -> ParseResult<char> {
    // `&#1114111;` is the largest code point; leading zeros are allowed.
    const MAX_DIGITS: usize = 7;
    const BROKEN: XmlFault =
        XmlFault::Syntax("'&' begins no reference that XML defines without a DTD");
    cursor.eat_byte(b'&');
    let name =
        cursor.take_until(|byte| byte == b';' || !(byte.is_ascii_alphanumeric() || byte == b'#'));
    if !cursor.eat_byte(b';') {
        return Err(BROKEN);
    }
    let number = match name {
        "amp" => return Ok('&'),
        "lt" => return Ok('<'),
        "gt" => return Ok('>'),
        "quot" => return Ok('"'),
        "apos" => return Ok('\''),
        _ => name.strip_prefix('#').ok_or(BROKEN)?,
    };
    let (digits, radix) = number
        .strip_prefix('x')
        .map_or((number, 10), |hexadecimal| (hexadecimal, 16));
    let significant = digits.trim_start_matches('0');
    if digits.is_empty() || significant.len() > MAX_DIGITS {
        return Err(BROKEN);
    }
    // Only zeros: U+0000, which XML forbids.
    let number = if significant.is_empty() {
        Ok(0)
    } else {
        u32::from_str_radix(significant, radix)
    };
    let c = number.ok().and_then(char::from_u32).ok_or(BROKEN)?;
    if chars::is_char(c) {
        Ok(c)
    } else {
        Err(XmlFault::Syntax(
            "a reference names a character that XML cannot hold",
        ))
    }
}
