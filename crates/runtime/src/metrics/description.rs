//! The names of the metrics, and what each one is.

/// From a cached page to the time limit of a response.
pub(super) const DURATION_BUCKETS_SECONDS: [f64; 15] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0,
];

pub(super) const REQUESTS: &str = "vestibule_requests_total";
pub(super) const REQUEST_SECONDS: &str = "vestibule_request_seconds";
pub(super) const SIGN_INS: &str = "vestibule_sign_ins_total";
pub(super) const MAILS: &str = "vestibule_mails_total";
pub(super) const MAILS_QUEUED: &str = "vestibule_mails_queued";
pub(super) const DNS_CHECKS: &str = "vestibule_dns_checks_total";
pub(super) const METADATA_FETCHES: &str = "vestibule_metadata_fetches_total";
pub(super) const JOB_FAILURES: &str = "vestibule_job_failures_total";
pub(super) const JOB_LAST_SUCCESS: &str = "vestibule_job_last_success_timestamp_seconds";
pub(super) const ACTIVE_CONNECTIONS: &str = "vestibule_active_connections";
pub(super) const BUILD_INFO: &str = "vestibule_build_info";
pub(super) const CPU_SECONDS: &str = "process_cpu_seconds_total";
pub(super) const RESIDENT_MEMORY: &str = "process_resident_memory_bytes";
pub(super) const VIRTUAL_MEMORY: &str = "process_virtual_memory_bytes";
pub(super) const OPEN_FDS: &str = "process_open_fds";
pub(super) const MAX_FDS: &str = "process_max_fds";
pub(super) const THREADS: &str = "process_threads";
pub(super) const START_TIME: &str = "process_start_time_seconds";

pub(super) const HISTOGRAMS: &[(&str, &str)] = &[(
    REQUEST_SECONDS,
    "Duration of requests by route and class of status",
)];

pub(super) const COUNTERS: &[(&str, &str)] = &[
    (REQUESTS, "Answered requests by method, route and status"),
    (
        SIGN_INS,
        "Finished sign-ins by code: accepted, or why they failed",
    ),
    (MAILS, "Mails by result: sent, or dropped for good"),
    (DNS_CHECKS, "Lookups of domain records by result"),
    (METADATA_FETCHES, "Fetches of metadata from a URL by result"),
    (JOB_FAILURES, "Failed runs of each background job"),
    (
        "vestibule_store_units_total",
        "Units of work that the database ran, retries included",
    ),
    (
        "vestibule_store_commits_total",
        "Commits; on SQLite many units share one",
    ),
    (
        "vestibule_store_rollbacks_total",
        "Units of work that were rolled back",
    ),
    (
        "vestibule_store_rejected_total",
        "Units of work that were rejected because the queue was full",
    ),
    (
        "vestibule_store_retries_total",
        "Units of work that ran again after a conflict",
    ),
    (CPU_SECONDS, "Processor time, in whole seconds"),
];

pub(super) const GAUGES: &[(&str, &str)] = &[
    (MAILS_QUEUED, "Mails that are not sent yet"),
    (JOB_LAST_SUCCESS, "When each background job last succeeded"),
    (
        ACTIVE_CONNECTIONS,
        "Active connections by when their last signing certificate expires: expired, within 7 days, within 30 days, or later",
    ),
    (BUILD_INFO, "The version of Vestibule; always 1"),
    (
        "vestibule_store_queued",
        "Units of work that wait to be written",
    ),
    (
        "vestibule_store_waiting_reads",
        "Reads that wait for a database connection",
    ),
    (
        "vestibule_store_connections_max",
        "The largest number of database connections; on SQLite those that read",
    ),
    (
        "vestibule_store_connections_open",
        "Open database connections",
    ),
    (
        "vestibule_store_connections_in_use",
        "Database connections that run a transaction",
    ),
    (RESIDENT_MEMORY, "Resident memory"),
    (VIRTUAL_MEMORY, "Address space"),
    (OPEN_FDS, "Open files and sockets"),
    (MAX_FDS, "The largest number of open files and sockets"),
    (THREADS, "Threads"),
    (START_TIME, "When the process started"),
];
