//! Signs members in to a deployment, as many as it takes, and tells how many and how fast.
//!
//! ```sh
//! cargo run --release -p testkit --example load -- \
//!     --key vst_… --public-url http://localhost:8080 --clients 16 --seconds 30 \
//!     --node http://127.0.0.1:8080 --node http://127.0.0.1:8081
//! ```
//!
//! It creates an organization, a connection and an application through the API. Every sign-in is of a new member, and
//! has four requests: authorize, the identity provider's response, token and userinfo. With several nodes, each request
//! goes to the next one. Without `--node`, all go to `--public-url`. Nodes must be on this machine.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Read as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64_simd::STANDARD;
use flate2::read::DeflateDecoder;
use hyper::{Method, Request, header};
use serde_json::{Value, json};
use testkit::browser::{Browser, Page};
use testkit::identity_provider::{
    IdentityProviderConfig, IdpBehavior, PracticeKey, ResponseBuilder, ResponseTarget,
    SignatureScope, User,
};
use testkit::{Environment, IdentityProvider};

type AnyError = Box<dyn Error + Send + Sync>;

const IDP_URL: &str = "http://localhost:9";
const REDIRECT_URI: &str = "http://localhost:9/callback";
const STEPS: [&str; 4] = ["authorize", "response", "token", "userinfo"];

#[tokio::main]
async fn main() -> Result<(), AnyError> {
    let arguments = Arguments::parse()?;
    let target = Arc::new(Target::create(&arguments).await?);
    let start = Instant::now();
    let end = start + Duration::from_secs(arguments.seconds);
    let clients: Vec<_> = (0..arguments.clients)
        .map(|_| tokio::spawn(sign_in_until(Arc::clone(&target), end)))
        .collect();
    let mut result = Measured::default();
    for client in clients {
        result.merge(client.await?);
    }
    result.print(start.elapsed());
    Ok(())
}

struct Arguments {
    public_url: String,
    nodes: Vec<String>,
    key: String,
    clients: usize,
    seconds: u64,
}

impl Arguments {
    fn parse() -> Result<Self, AnyError> {
        let mut parsed = Self {
            public_url: "http://localhost:8080".to_owned(),
            nodes: Vec::new(),
            key: String::new(),
            clients: 8,
            seconds: 10,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            let value = arguments
                .next()
                .ok_or_else(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--public-url" => parsed.public_url = value,
                "--node" => parsed.nodes.push(value),
                "--key" => parsed.key = value,
                "--clients" => parsed.clients = value.parse()?,
                "--seconds" => parsed.seconds = value.parse()?,
                _ => return Err(format!("there is no option {name}").into()),
            }
        }
        if parsed.key.is_empty() {
            return Err("--key is missing: create one with vestibule api-key create load".into());
        }
        if parsed.nodes.is_empty() {
            parsed.nodes.push(parsed.public_url.clone());
        }
        Ok(parsed)
    }
}

/// What the sign-ins are for.
struct Target {
    nodes: Vec<String>,
    next_node: AtomicUsize,
    next_user: AtomicUsize,
    /// The host of the public URL, which every request names.
    host: String,
    organization: String,
    client_id: String,
    client_secret: String,
    key: PracticeKey,
    response_target: ResponseTarget,
}

impl Target {
    async fn create(arguments: &Arguments) -> Result<Self, AnyError> {
        let key = PracticeKey::generate()?;
        let config = IdentityProviderConfig {
            base_url: IDP_URL.to_owned(),
            signing_key: PracticeKey::from_der(key.private_key_der(), key.certificate_der())?,
            untrusted_key: PracticeKey::generate()?,
            users: &[],
        };
        let provider = IdentityProvider::new(config, Environment::new(now, || [0; 32]));
        let host = arguments
            .public_url
            .trim_start_matches("http://")
            .to_owned();
        let api = async |path: &str, body: Value| -> Result<Value, AnyError> {
            let request = Request::post("/")
                .header(header::HOST, &host)
                .header(header::AUTHORIZATION, format!("Bearer {}", arguments.key))
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.to_string())?;
            let url = format!("{}/api/v1{path}", arguments.nodes[0]);
            let page = Browser::default().send(&url, request).await?;
            if !page.status.is_success() {
                return Err(format!("POST {path}: {} {}", page.status, page.text).into());
            }
            Ok(page.json()?)
        };
        let slug = format!("load-{}", now());
        let organization = json!({"name": "Load", "slug": slug, "plan": "enterprise"});
        api("/organizations", organization).await?;
        let domain = json!({"domain": format!("{slug}.example")});
        api(&format!("/organizations/{slug}/domains"), domain).await?;
        let connection = json!({
            "name": "Load",
            "metadata_xml": provider.metadata()?,
            "attributes": {"email": "email", "groups": "groups"},
        });
        let connections = format!("/organizations/{slug}/connections");
        let connection = api(&connections, connection).await?;
        let text =
            |value: &Value, field: &str| value[field].as_str().unwrap_or_default().to_owned();
        let activate = format!("{connections}/{}/activate", text(&connection, "id"));
        api(&activate, Value::Null).await?;
        let application = json!({"name": slug, "redirect_uris": [REDIRECT_URI]});
        let application = api("/applications", application).await?;
        Ok(Self {
            nodes: arguments.nodes.clone(),
            next_node: AtomicUsize::new(0),
            next_user: AtomicUsize::new(0),
            host,
            client_id: text(&application, "id"),
            client_secret: text(&application, "client_secret"),
            key,
            response_target: ResponseTarget {
                entity_id: text(&connection, "entity_id"),
                acs_url: text(&connection, "acs_url"),
                in_response_to: None,
            },
            organization: slug,
        })
    }

    /// The URL of a path at the next node.
    fn url(&self, path: &str) -> String {
        let node = self.next_node.fetch_add(1, Ordering::Relaxed) % self.nodes.len();
        format!("{}{path}", self.nodes[node])
    }

    async fn get(&self, browser: &mut Browser, path: &str) -> Result<Page, AnyError> {
        let request = Request::get("/").header(header::HOST, &self.host);
        let request = request.body(String::new())?;
        Ok(browser.send(&self.url(path), request).await?)
    }

    async fn post(
        &self,
        browser: &mut Browser,
        path: &str,
        form: &[(&str, &str)],
    ) -> Result<Page, AnyError> {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let request = Request::builder()
            .method(Method::POST)
            .header(header::HOST, &self.host)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form)?;
        Ok(browser.send(&self.url(path), request).await?)
    }

    /// Signs in one new member. Adds the time of each step.
    async fn sign_in(&self, measured: &mut Measured) -> Result<(), AnyError> {
        let number = self.next_user.fetch_add(1, Ordering::Relaxed);
        let mut browser = Browser::default();
        let mut clock = Instant::now();
        let mut step = |step: usize| {
            measured.times[step].push(clock.elapsed());
            clock = Instant::now();
        };
        let authorize = format!(
            "/authorize?response_type=code&client_id={}&redirect_uri={REDIRECT_URI}&scope=openid%20email\
             &state=s&nonce=n&organization={}&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\
             &code_challenge_method=S256",
            self.client_id, self.organization
        );
        let page = self.get(&mut browser, &authorize).await?;
        let request = page
            .location_parameter("SAMLRequest")
            .ok_or_else(|| failed(&page))?;
        let relay_state = page.location_parameter("RelayState").unwrap_or_default();
        step(0);

        let response = STANDARD.encode_to_string(self.response(number, &request)?);
        let acs_path = self.response_target.acs_url.split(&self.host).nth(1);
        let form = [("SAMLResponse", &*response), ("RelayState", &*relay_state)];
        let acs_path = acs_path.unwrap_or_default();
        let page = self.post(&mut browser, acs_path, &form).await?;
        let code = page
            .location_parameter("code")
            .ok_or_else(|| failed(&page))?;
        step(1);

        let credentials = format!("{}:{}", self.client_id, self.client_secret);
        let request = Request::post("/")
            .header(header::HOST, &self.host)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(
                header::AUTHORIZATION,
                format!("Basic {}", STANDARD.encode_to_string(credentials)),
            )
            .body(format!(
                "grant_type=authorization_code&code={code}&redirect_uri={REDIRECT_URI}\
                 &code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
            ))?;
        let page = browser.send(&self.url("/token"), request).await?;
        let tokens = page.json()?;
        let token = tokens["access_token"]
            .as_str()
            .ok_or_else(|| failed(&page))?;
        step(2);

        let request = Request::get("/")
            .header(header::HOST, &self.host)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(String::new())?;
        let page = browser.send(&self.url("/userinfo"), request).await?;
        if !page.status.is_success() {
            return Err(failed(&page));
        }
        step(3);
        Ok(())
    }

    /// A signed response for a new user of the identity provider.
    fn response(&self, number: usize, request: &str) -> Result<String, AnyError> {
        let deflated = STANDARD.decode_to_vec(request)?;
        let mut xml = String::new();
        DeflateDecoder::new(deflated.as_slice()).read_to_string(&mut xml)?;
        let id = xml
            .split(" ID=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let target = ResponseTarget {
            in_response_to: id.map(str::to_owned),
            ..self.response_target.clone()
        };
        let leak = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
        let user = User {
            username: "user",
            name_id: leak(format!("{}-{number}", self.organization)),
            first_name: "Ada",
            last_name: "Lovelace",
            email: leak(format!("user-{number}@{}.example", self.organization)),
            title: "Analyst",
            groups: &["analysts", "everybody"],
        };
        let builder = ResponseBuilder {
            issuer: &format!("{IDP_URL}/metadata"),
            target: &target,
            key: &self.key,
            signature_scope: SignatureScope::Assertion,
            now: now(),
            id: &format!("_{}_{number}", self.organization),
        };
        Ok(builder.build_success(&user, IdpBehavior::Valid)?)
    }
}

/// The start of a page that is not the expected one.
fn failed(page: &Page) -> AnyError {
    let text: String = page.text.chars().take(200).collect();
    format!("{} {}: {text}", page.url.path(), page.status).into()
}

async fn sign_in_until(target: Arc<Target>, end: Instant) -> Measured {
    let mut measured = Measured::default();
    while Instant::now() < end {
        let start = Instant::now();
        match target.sign_in(&mut measured).await {
            Ok(()) => measured.sign_ins.push(start.elapsed()),
            Err(error) => *measured.failures.entry(error.to_string()).or_default() += 1,
        }
    }
    measured
}

#[derive(Default)]
struct Measured {
    sign_ins: Vec<Duration>,
    times: [Vec<Duration>; STEPS.len()],
    /// How often each failure happened.
    failures: BTreeMap<String, usize>,
}

impl Measured {
    fn merge(&mut self, other: Self) {
        self.sign_ins.extend(other.sign_ins);
        for (own, other) in self.times.iter_mut().zip(other.times) {
            own.extend(other);
        }
        for (failure, count) in other.failures {
            *self.failures.entry(failure).or_default() += count;
        }
    }

    fn print(mut self, elapsed: Duration) {
        let count = self.sign_ins.len();
        let failed: usize = self.failures.values().sum();
        let rate = count as f64 / elapsed.as_secs_f64();
        println!("{count} sign-ins, {failed} failed, {rate:.0} per second");
        print_times("sign-in", &mut self.sign_ins);
        for (name, times) in STEPS.iter().zip(&mut self.times) {
            print_times(name, times);
        }
        for (failure, count) in &self.failures {
            println!("{count} × {failure}");
        }
    }
}

fn print_times(name: &str, times: &mut [Duration]) {
    times.sort();
    let at = |part: f64| {
        let index = (times.len() as f64 * part) as usize;
        times
            .get(index)
            .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    let (p50, p99, max) = (at(0.5), at(0.99), at(0.999_999));
    println!("{name:10} p50 {p50:7.1} ms  p99 {p99:7.1} ms  max {max:7.1} ms");
}

/// Seconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "a program, whose time is the real one"
)]
fn now() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| elapsed.as_secs() as i64)
}
