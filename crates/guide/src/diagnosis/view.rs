//! The explanations of a sign-in attempt as JSON, for the API and `--json`.

use i18n::Localizer;
use runtime::app::App;
use saml::{ValueDifference, ValuePiece};
use serde::Serialize;
use service::sign_in_attempt::AttemptView;
use utoipa::ToSchema;

use super::check::CheckLine;
use super::{Cause, CheckOutcome, DiagnosedAttempt, Diagnosis, FixLink};

/// A sign-in attempt with its checks and their explanations, which are those of the console. Explanations are plain text
/// in the language of `Accept-Language` (English, French, Dutch or German): text to type or to recognize exactly stands
/// between backticks.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DiagnosedSignInAttempt)]
pub struct DiagnosedAttemptView {
    #[serde(flatten)]
    pub attempt: AttemptView,
    /// Why the sign-in failed; `null` if it did not.
    pub diagnosis: Option<DiagnosisView>,
    /// The checks that failed.
    pub failed_checks: Vec<CheckView>,
    /// What an administrator must know although the user signs in.
    pub warnings: Vec<CheckView>,
    /// Whether `diagnosis`, `failed_checks` and `warnings` are about the decrypted assertion. The sender of an encrypted
    /// assertion learns only that it was rejected; `code` and `checks` are what the sender learned.
    pub is_decrypted: bool,
}

/// The explanation of an error code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Diagnosis)]
pub struct DiagnosisView {
    /// The error code that is explained.
    #[schema(example = "audience-mismatch")]
    pub code: &'static str,
    /// What happened, in one sentence.
    pub summary: String,
    /// The likely causes, the most likely first.
    pub causes: Vec<CauseView>,
    /// The page of the console with the setting that fixes the cause. `null` if the cause is fixed elsewhere, for example
    /// at the identity provider.
    pub settings_url: Option<String>,
    /// The page about the error code.
    pub documentation_url: String,
}

/// A possible cause of an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Cause)]
pub struct CauseView {
    pub cause: String,
    /// How to fix it; `null` if `cause` includes the fix.
    pub fix: Option<String>,
}

/// A check that failed, or that warns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ExplainedCheck)]
pub struct CheckView {
    /// The name in `checks`.
    pub name: String,
    pub title: String,
    /// What a warning means.
    pub explanation: Option<String>,
    /// More details, in English.
    pub detail: Option<String>,
    /// The expected value. A description such as `at most 512` is in the language of the explanations.
    pub expected: Option<String>,
    /// The received value.
    pub received: Option<String>,
    /// How the two values differ, if they look alike.
    pub difference: Option<DifferenceView>,
    /// The explanation of a failure.
    pub diagnosis: Option<DiagnosisView>,
}

/// How an expected and a received value differ that look alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ValueDifference)]
pub struct DifferenceView {
    /// `blank`, `invisible`, `scheme`, `port`, `percent-encoding`, `case`, `look-alike` or `slash`.
    pub kinds: Vec<&'static str>,
    /// The kinds as a sentence.
    pub text: Option<String>,
    /// The expected value, in pieces that are equal or different.
    pub expected: Vec<PieceView>,
    /// The received value, in pieces that are equal or different.
    pub received: Vec<PieceView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ValuePiece)]
pub struct PieceView {
    pub text: String,
    pub is_different: bool,
}

impl DiagnosedAttemptView {
    pub fn new(app: &App, text: Localizer, attempt: DiagnosedAttempt) -> Self {
        let renderer = ViewRenderer {
            app,
            text,
            attempt: &attempt,
        };
        let diagnosis = attempt.diagnosis.as_ref();
        let diagnosis = diagnosis.map(|diagnosis| renderer.diagnosis(diagnosis));
        Self {
            diagnosis,
            failed_checks: renderer.checks(CheckOutcome::Failed),
            warnings: renderer.checks(CheckOutcome::Warning),
            is_decrypted: attempt.is_decrypted,
            attempt: attempt.attempt,
        }
    }
}

struct ViewRenderer<'r> {
    app: &'r App,
    text: Localizer,
    attempt: &'r DiagnosedAttempt,
}

impl ViewRenderer<'_> {
    fn checks(&self, outcome: CheckOutcome) -> Vec<CheckView> {
        let checks = self.attempt.checks.0.iter();
        let checks = checks.filter(|check| check.outcome == outcome);
        checks.map(|check| self.check(check)).collect()
    }

    fn check(&self, check: &CheckLine) -> CheckView {
        let difference = check.difference.as_ref();
        CheckView {
            name: check.name.clone(),
            title: check.title.clone(),
            explanation: check.reason.clone(),
            detail: check.detail.clone(),
            expected: check.expected.clone(),
            received: check.received.clone(),
            difference: difference.map(|difference| DifferenceView {
                text: check.difference_sentence(&self.text),
                ..DifferenceView::from(difference)
            }),
            diagnosis: check.diagnosis.as_ref().map(|found| self.diagnosis(found)),
        }
    }

    fn diagnosis(&self, diagnosis: &Diagnosis) -> DiagnosisView {
        let base = &self.app.config.public_url;
        let link = FixLink::for_code(diagnosis.code);
        DiagnosisView {
            code: diagnosis.code.as_str(),
            summary: diagnosis.summary.to_string(),
            causes: diagnosis.causes.iter().map(CauseView::from).collect(),
            settings_url: link.map(|link| format!("{base}{}", self.attempt.fix_path(&link))),
            documentation_url: format!("{base}/console/error-codes/{}", diagnosis.code),
        }
    }
}

impl From<&Cause> for CauseView {
    fn from(cause: &Cause) -> Self {
        Self {
            cause: cause.cause.to_string(),
            fix: cause.fix.as_ref().map(ToString::to_string),
        }
    }
}

impl From<&ValueDifference> for DifferenceView {
    fn from(difference: &ValueDifference) -> Self {
        let pieces = |pieces: &[ValuePiece]| pieces.iter().map(PieceView::from).collect();
        Self {
            kinds: difference.kinds.iter().map(|kind| kind.code()).collect(),
            text: None,
            expected: pieces(&difference.expected),
            received: pieces(&difference.received),
        }
    }
}

impl From<&ValuePiece> for PieceView {
    fn from(piece: &ValuePiece) -> Self {
        Self {
            text: piece.text.clone(),
            is_different: piece.is_different,
        }
    }
}
