//! Forms, read from pages whose markup is our own: attributes in double quotes, nothing left out.

use hyper::Method;
use url::Url;

use super::{BrowserError, Page};

/// A form of a page, as it would be submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Where it goes.
    pub action: Url,
    /// How it goes there.
    pub method: Method,
    /// Its fields with the values that they came with; a button's is not among them until it is pressed.
    pub fields: Vec<(String, String)>,
    buttons: Vec<(String, String)>,
}

impl Form {
    /// Fills in a field.
    ///
    /// # Errors
    ///
    /// When there is none of this name.
    pub fn fill(mut self, name: &str, value: &str) -> Result<Self, BrowserError> {
        let Some(field) = self.fields.iter_mut().find(|(field, _)| field == name) else {
            return Err(BrowserError::NotFound(format!(
                "the form to {} has no field {name}",
                self.action
            )));
        };
        value.clone_into(&mut field.1);
        Ok(self)
    }

    /// Presses the button with this name and value.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn press(mut self, name: &str, value: &str) -> Result<Self, BrowserError> {
        let button = (name.to_owned(), value.to_owned());
        if !self.buttons.contains(&button) {
            return Err(BrowserError::NotFound(format!(
                "the form to {} has no button {name}={value}",
                self.action
            )));
        }
        self.fields.push(button);
        Ok(self)
    }

    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.fields
            .iter()
            .chain(&self.buttons)
            .any(|(field, _)| field == name)
    }
}

/// The forms of a page.
pub(super) fn forms(page: &Page) -> Vec<Form> {
    let pieces = page
        .text
        .split("<form")
        .skip(1)
        .filter_map(|piece| piece.split("</form>").next());
    pieces.filter_map(|piece| form(page, piece)).collect()
}

/// `piece` begins after the name of the form's tag.
fn form(page: &Page, piece: &str) -> Option<Form> {
    let (start, content) = piece.split_once('>')?;
    let action = attribute(start, "action").unwrap_or_default();
    let is_post =
        attribute(start, "method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
    let mut form = Form {
        action: page.url.join(&action).ok()?,
        method: if is_post { Method::POST } else { Method::GET },
        fields: Vec::new(),
        buttons: Vec::new(),
    };
    for piece in content.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or_default();
        read_tag(&mut form, tag);
    }
    Some(form)
}

fn read_tag(form: &mut Form, tag: &str) {
    let value = || attribute(tag, "value").unwrap_or_default();
    let kind = tag.split_whitespace().next().unwrap_or_default();
    match (kind, attribute(tag, "name")) {
        ("input" | "textarea", Some(name)) => form.fields.push((name, value())),
        ("select", Some(name)) => form.fields.push((name, String::new())),
        ("button", Some(name)) => form.buttons.push((name, value())),
        ("option", None) => choose(form, tag, value()),
        _ => {}
    }
}

/// Of the options of the field before them, the first one counts unless another is selected.
fn choose(form: &mut Form, tag: &str, value: String) {
    if let Some((_, chosen)) = form.fields.last_mut()
        && (chosen.is_empty() || tag.ends_with(" selected"))
    {
        *chosen = value;
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| unescaped(value))
}

/// Resolves the references that our templates write.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (reference, remainder) = after.split_once(';').unwrap_or((after, ""));
        out.extend(character(reference));
        rest = remainder;
    }
    out + rest
}

fn character(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use hyper::{HeaderMap, StatusCode};

    use super::*;

    fn page(text: &str) -> Page {
        Page {
            url: Url::parse("http://127.0.0.1:1/a/b?c").unwrap(),
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_form_is_submitted_as_it_came_but_for_what_was_filled_in() {
        let page = page(
            "<form action=\"/x\"><input name=\"no\"></form><form method=\"post\" action=\"?d\">\
             <input type=\"hidden\" name=\"a\" value=\"1 &#38; &quot;2&#x22;\"><input name=\"b\">\
             <select name=\"c\"><option value=\"i\">I</option><option value=\"ii\" selected>II</option></select>\
             <button name=\"d\" value=\"go\">Go</button></form>",
        );
        let form = page.form_with("d").unwrap();
        assert_eq!(form.action.as_str(), "http://127.0.0.1:1/a/b?d");
        assert_eq!(form.method, Method::POST);
        let form = form.fill("b", "x").unwrap().press("d", "go").unwrap();
        let fields: Vec<_> = form
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            fields,
            [("a", "1 & \"2\""), ("b", "x"), ("c", "ii"), ("d", "go")]
        );
        form.clone().fill("e", "").unwrap_err();
        form.press("d", "stop").unwrap_err();
    }
}
