use super::cursor::Cursor;
use super::reader::Step;
use super::{XmlFault, chars};

/// Production 66 and the five predefined entities of 4.6.
pub(super) fn reference(cursor: &mut Cursor<'_>) -> Step<char> {
    // The longest reference that means anything is `&#x10FFFF;`; a few leading zeros are common enough.
    const LONGEST: usize = 16;
    const BROKEN: XmlFault =
        XmlFault::Syntax("'&' begins no reference that XML defines without a DTD");
    cursor.eat_byte(b'&');
    let name =
        cursor.take_until(|byte| byte == b';' || !(byte.is_ascii_alphanumeric() || byte == b'#'));
    if name.len() > LONGEST || !cursor.eat_byte(b';') {
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
    let number = match number.strip_prefix('x') {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
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
