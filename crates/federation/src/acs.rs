//! The assertion consumer service: where identity providers send people back.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use i18n::Localizer;
use jiff::SignedDuration;
use oidc::authorization::{AuthorizationErrorKind, AuthorizationResponse, ResponseMode};
use runtime::app::App;
use runtime::secret_token::SecretToken;
use saml::{Claims, Rejection};
use service::console_session;
use service::console_session::{NewSession, SessionScope};
use service::sign_in::discovery::Destination;
use service::sign_in::error::Refusal;
use service::sign_in::expectation::{decryption, expectation, trust};
use store::{ConsoleSignInMethod, IdpInitiated, MemberId};
use web::{Cookie, RequestLanguage, user_agent};

use super::app_picker::onward;
use super::attempt_log::Record;
use super::authn_request::depart;
use super::diagnose::{refine, with_lookalike};
use super::failed_sign_in::{Refused, answer};
use super::pending_sign_in::{Arrival, Claimed};
use super::persist::{Entry, commit};
use super::posted_form::Posted;
use super::redirect::{deliver, issuer, see_other};
use super::sign_in_flow::Asked;
use super::test_sign_in::conclude;

/// `POST /saml/{connection}/acs`
pub(super) async fn post(
    State(app): State<App>,
    Path(id): Path<String>,
    language: RequestLanguage,
    request: Request,
) -> Response {
    let ended = land(&app, &id, request).await;
    answer(&app, language, ended)
}

/// `GET /saml/{connection}/acs`: somebody has opened the address to see whether it is there.
pub(super) async fn opened(State(app): State<App>, language: RequestLanguage) -> Response {
    let mut response = answer(&app, language, Err(Refusal::OpenedByHand.into()));
    response
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

/// Takes what was posted for a connection to the person's next address.
///
/// # Errors
///
/// With why it goes no further.
pub(super) async fn land(app: &App, id: &str, request: Request) -> Result<Response, Refused> {
    let received = match Posted::receive(request).await {
        // What an identity provider sends to the wrong address is for its administrator to know; a broken form is not.
        Err(refusal) if !matches!(refusal, Refusal::Saml(_)) => return Err(refusal.into()),
        received => received,
    };
    let destination = Destination::find(app, id).await?;
    let mut record = Record::begin(app, &destination);
    let (headers, posted) = match received {
        Ok(received) => received,
        Err(refusal) => return Err(record.refused(app, refusal).await),
    };
    record.messages.response = Some(posted.response.clone());
    let claimed = match Claimed::find(app, &destination, &posted).await {
        Ok(claimed) => claimed,
        Err(refusal) => return Err(record.refused(app, refusal).await),
    };
    record.messages.request = claimed.authn_request().map(str::to_owned);
    if let Some(test) = claimed.test(app, &headers) {
        return conclude(app, (claimed, test), (&headers, &posted)).await;
    }
    let ended = attempt(app, &destination, (claimed, &headers, &posted), &mut record).await;
    match ended {
        Ok(response) => Ok(response),
        Err(refusal) => Err(record.refused(app, refusal).await),
    }
}

/// Reads first, judges with nothing held open, then writes everything at once.
async fn attempt(
    app: &App,
    destination: &Destination,
    (claimed, headers, posted): (Claimed, &HeaderMap, &Posted),
    record: &mut Record,
) -> Result<Response, Refusal> {
    destination.check(app)?;
    let arrival = claimed.check(app, headers)?;
    if let Asked::Test(_) = arrival.asked() {
        // Tests go another way, which signs nobody in.
        return Err(Refusal::NotAsked);
    }
    record.pending = arrival.pending().cloned();
    record.back = back(app, &arrival);
    record.languages = arrival.asked().languages().to_vec();
    let policy = destination.connection.settings.idp_initiated;
    let is_unasked = matches!(arrival, Arrival::Unasked);
    let judged = judge(app, destination, (&arrival, posted), record).await;
    if is_unasked && policy == IdpInitiated::Reject {
        return Err(unasked(judged));
    }
    let claims = judged?;
    if is_unasked && policy == IdpInitiated::Restart {
        return restart(app, destination, headers).await;
    }
    check_freshness(destination, &arrival, &claims)?;
    let cookie = SecretToken::generate();
    let entry = Entry::draw(app, destination, &arrival, &claims, &cookie)?;
    let kept = (record.accepted(app), record.sealed(app));
    let member = commit(app, &entry, &kept)
        .await
        .map_err(|refusal| with_lookalike(refusal, &claims))?;
    app.metrics.count_sign_in("accepted");
    let text = RequestLanguage::from_headers(headers).localizer(&record.languages);
    let mut response = match arrival.asked() {
        Asked::Console => into_console(app, destination, headers, member).await?,
        Asked::Application(_) | Asked::Nobody | Asked::Test(_) => {
            go_on(app, text, &arrival, &entry).await?
        }
    };
    response
        .headers_mut()
        .append(header::SET_COOKIE, Cookie::Session.set(app, &cookie));
    Ok(response)
}

/// Why a response that nobody asked for is refused: what is wrong with it in itself helps the administrator more.
fn unasked(judged: Result<Claims, Refusal>) -> Refusal {
    match judged {
        Ok(_) => Refusal::NotAsked,
        Err(Refusal::Saml(rejection))
            if matches!(*rejection, Rejection::UnexpectedInResponseTo { .. }) =>
        {
            Refusal::NotAsked
        }
        Err(refusal) => refusal,
    }
}

/// An identity provider's own beginning only makes us ask it: the answer to that is bound to this browser, so nobody
/// can be signed in to somebody else's account by a form on a foreign page.
///
/// It has been judged before, so that an identity provider which loses our handle does not go round in a circle: its
/// second response answers a request and is no beginning.
async fn restart(
    app: &App,
    destination: &Destination,
    headers: &HeaderMap,
) -> Result<Response, Refusal> {
    let browser = Cookie::Browser.get_or_create(app, headers);
    let departure = depart(app, destination, &Asked::Nobody, &browser.hash).await?;
    Ok(departure.response(
        app,
        RequestLanguage::from_headers(headers).localizer(&[]),
        &browser,
    ))
}

/// Judges a response by the settings of the destination, keeps the checks, and looks closer at what is refused.
///
/// # Errors
///
/// When it is not to be believed.
pub(super) async fn judge(
    app: &App,
    destination: &Destination,
    answered: (&Arrival, &Posted),
    record: &mut Record,
) -> Result<Claims, Refusal> {
    match judge_by_settings(app, destination, answered, record).await {
        Err(refusal) => Err(refine(app, destination, answered, refusal).await),
        judged => judged,
    }
}

async fn judge_by_settings(
    app: &App,
    destination: &Destination,
    (arrival, posted): (&Arrival, &Posted),
    record: &mut Record,
) -> Result<Claims, Refusal> {
    let connection = &destination.connection;
    let keys = app.keys.connection_decryption(connection).await?;
    let expectation = expectation(app, destination, arrival.in_response_to(), app.clock.now());
    let decryption = decryption(connection, &keys);
    let judgement = saml::judge(
        &posted.response,
        &trust(connection)?,
        &decryption,
        &expectation,
    );
    record.checks = judgement.checks;
    Ok(judgement.verdict?.into_claims())
}

/// Not every identity provider heeds ForceAuthn, and the application relies on it.
fn check_freshness(
    destination: &Destination,
    arrival: &Arrival,
    claims: &Claims,
) -> Result<(), Refusal> {
    let Arrival::Awaited(awaited) = arrival else {
        return Ok(());
    };
    let Some(earliest) = awaited
        .asked
        .earliest_authentication(awaited.pending.created_at)
    else {
        return Ok(());
    };
    let tolerance = destination
        .connection
        .settings
        .clock_tolerance
        .max(SignedDuration::from_secs(0));
    match claims.authenticated_at {
        Some(at) if at + tolerance >= earliest => Ok(()),
        Some(_) | None => Err(Refusal::NotAuthenticatedAnew),
    }
}

async fn go_on(
    app: &App,
    text: Localizer,
    arrival: &Arrival,
    entry: &Entry,
) -> Result<Response, Refusal> {
    match (arrival.asked(), entry.grant()) {
        (Asked::Application(request), Some(grant)) => Ok(deliver(
            app,
            text,
            &AuthorizationResponse::with_code(&request, &grant.secret, &issuer(app)?),
        )),
        (Asked::Application(_) | Asked::Nobody | Asked::Console | Asked::Test(_), _) => {
            onward(app, text).await
        }
    }
}

/// Lets a member into the console of the organization whose identity provider has named them, and nowhere else.
async fn into_console(
    app: &App,
    destination: &Destination,
    headers: &HeaderMap,
    member: MemberId,
) -> Result<Response, Refusal> {
    let organization = destination.organization.id.clone();
    let place = organization.clone();
    let member = app
        .store
        .snapshot()
        .await?
        .organization(&place)
        .member(&member)
        .await?;
    let person = member.ok_or(Refusal::Deactivated)?.person;
    let new = NewSession {
        person,
        method: ConsoleSignInMethod::Sso,
        scope: SessionScope::Connection(organization, destination.connection.id.clone()),
        user_agent: user_agent(headers),
    };
    let token = console_session::begin(app, new).await?;
    let cookie = Cookie::Console.set(app, &token);
    let mut response = see_other("/console");
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// The address by which the application that waits hears that nobody comes.
fn back(app: &App, arrival: &Arrival) -> Option<String> {
    let asked = arrival.asked();
    let request = asked
        .request()
        .filter(|request| request.response_mode == ResponseMode::Query)?;
    let issuer = issuer(app).ok()?;
    Some(
        AuthorizationResponse::with_error(request, &AuthorizationErrorKind::AccessDenied, &issuer)
            .location(),
    )
}
