//! Reads forms from the markup that our own templates write: attributes in double quotes, every tag closed.

use hyper::Method;
use url::Url;

use super::{BrowserError, Page};

/// A form of a page, as it would be submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub action: Url,
    pub method: Method,
    /// The fields with their initial values. Unchecked boxes are not included, nor buttons until they are pressed.
    pub fields: Vec<(String, String)>,
    unchecked: Vec<(String, String)>,
    buttons: Vec<(String, String)>,
}

impl Form {
    /// Fills in an existing field.
    pub fn fill(mut self, name: &str, value: &str) -> Result<Self, BrowserError> {
        match self.fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, current)) => value.clone_into(current),
            None => return Err(self.not_found(&format!("field {name}"))),
        }
        Ok(self)
    }

    /// Checks the box with this name and value.
    pub fn check(mut self, name: &str, value: &str) -> Result<Self, BrowserError> {
        let is_wanted = |(field, option): &(String, String)| field == name && option == value;
        match self.unchecked.iter().position(is_wanted) {
            Some(index) => self.fields.push(self.unchecked.remove(index)),
            None => return Err(self.not_found(&format!("unchecked box {name}={value}"))),
        }
        Ok(self)
    }

    /// Presses the button with this name and value.
    pub fn press(mut self, name: &str, value: &str) -> Result<Self, BrowserError> {
        let button = (name.to_owned(), value.to_owned());
        if !self.buttons.contains(&button) {
            return Err(self.not_found(&format!("button {name}={value}")));
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
            .chain(&self.unchecked)
            .chain(&self.buttons)
            .any(|(field, _)| field == name)
    }

    fn not_found(&self, what: &str) -> BrowserError {
        BrowserError::NotFound(format!("the form to {} has no {what}", self.action))
    }

    /// `text` is the text between this tag and the next one.
    fn add_tag(&mut self, tag: &str, text: &str) {
        let value = || attribute(tag, "value").unwrap_or_default();
        let element = tag.split_whitespace().next().unwrap_or_default();
        let is_box = matches!(
            attribute(tag, "type").as_deref(),
            Some("checkbox" | "radio")
        );
        match (element, attribute(tag, "name")) {
            ("input", Some(name)) if is_box && !has_flag(tag, "checked") => {
                self.unchecked.push((name, value()));
            }
            ("input", Some(name)) => self.fields.push((name, value())),
            ("textarea", Some(name)) => self.fields.push((name, unescape(text))),
            ("select", Some(name)) => self.fields.push((name, String::new())),
            ("button", Some(name)) => self.buttons.push((name, value())),
            ("option", None) => self.add_option(tag, value()),
            _ => {}
        }
    }

    /// Selects an option of the last field when it is the first one, or is marked as selected.
    fn add_option(&mut self, tag: &str, value: String) {
        if let Some((_, selected)) = self.fields.last_mut()
            && (selected.is_empty() || has_flag(tag, "selected"))
        {
            *selected = value;
        }
    }
}

pub(super) fn parse_forms(page: &Page) -> Vec<Form> {
    page.text
        .split("<form")
        .skip(1)
        .filter_map(|rest| rest.split("</form>").next())
        .filter_map(|markup| parse_form(page, markup))
        .collect()
}

/// `markup` starts after `<form`.
fn parse_form(page: &Page, markup: &str) -> Option<Form> {
    let (start, content) = markup.split_once('>')?;
    let action = attribute(start, "action").unwrap_or_default();
    let is_post =
        attribute(start, "method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
    let mut form = Form {
        action: page.url.join(&action).ok()?,
        method: if is_post { Method::POST } else { Method::GET },
        fields: Vec::new(),
        unchecked: Vec::new(),
        buttons: Vec::new(),
    };
    for piece in content.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        form.add_tag(tag, text);
    }
    Some(form)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| unescape(value))
}

fn has_flag(tag: &str, name: &str) -> bool {
    tag.split_whitespace().any(|word| word == name)
}

/// Resolves character references.
fn unescape(text: &str) -> String {
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

    fn fields(form: &Form) -> Vec<(&str, &str)> {
        let fields = form.fields.iter();
        fields
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }

    #[test]
    fn a_form_is_submitted_with_its_initial_values_and_what_was_filled_in() {
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
        assert_eq!(
            fields(&form),
            [("a", "1 & \"2\""), ("b", "x"), ("c", "ii"), ("d", "go")]
        );
        form.clone().fill("e", "").unwrap_err();
        form.press("d", "stop").unwrap_err();
    }

    #[test]
    fn text_areas_have_their_text_and_unchecked_boxes_are_not_submitted() {
        let page = page(
            "<form method=\"post\"><textarea name=\"a\">1 &lt; 2</textarea>\
             <input type=\"checkbox\" name=\"b\" value=\"1\"><input type=\"checkbox\" name=\"b\" value=\"2\" checked>\
             <input type=\"radio\" name=\"c\" value=\"1\"></form>",
        );
        let form = page.form_with("c").unwrap();
        assert_eq!(fields(&form), [("a", "1 < 2"), ("b", "2")]);
        assert_eq!(page.field("a").as_deref(), Some("1 < 2"));
        let form = form.check("b", "1").unwrap();
        assert_eq!(fields(&form), [("a", "1 < 2"), ("b", "2"), ("b", "1")]);
        form.clone().check("b", "2").unwrap_err();
        form.check("d", "1").unwrap_err();
    }
}
