//! What the operating system knows about this process.

/// One value. The names and meanings are those of Prometheus' own client libraries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProcessMetric {
    Counter(&'static str, u64),
    Gauge(&'static str, u64),
}

/// Empty where the values cannot be read.
#[cfg(target_os = "linux")]
pub(super) fn read() -> Vec<ProcessMetric> {
    linux::read().unwrap_or_default()
}

#[cfg(not(target_os = "linux"))]
pub(super) fn read() -> Vec<ProcessMetric> {
    Vec::new()
}

#[cfg(target_os = "linux")]
mod linux {
    use procfs::WithCurrentSystemInfo as _;
    use procfs::process::{LimitValue, Process};
    use procfs::{ProcResult, boot_time_secs, ticks_per_second};

    use super::ProcessMetric::{self, Counter, Gauge};
    use crate::metrics::description::{
        CPU_SECONDS, MAX_FDS, OPEN_FDS, RESIDENT_MEMORY, START_TIME, THREADS, VIRTUAL_MEMORY,
    };

    pub(super) fn read() -> ProcResult<Vec<ProcessMetric>> {
        let process = Process::myself()?;
        let stat = process.stat()?;
        let open_files = process.limits()?.max_open_files.soft_limit;
        let seconds = |ticks: u64| ticks / ticks_per_second().max(1);
        Ok(vec![
            Counter(CPU_SECONDS, seconds(stat.utime + stat.stime)),
            Gauge(RESIDENT_MEMORY, stat.rss_bytes().get()),
            Gauge(VIRTUAL_MEMORY, stat.vsize),
            Gauge(OPEN_FDS, process.fd_count()? as u64),
            Gauge(
                MAX_FDS,
                match open_files {
                    LimitValue::Value(limit) => limit,
                    LimitValue::Unlimited => u64::MAX,
                },
            ),
            Gauge(THREADS, u64::try_from(stat.num_threads).unwrap_or_default()),
            Gauge(START_TIME, boot_time_secs()? + seconds(stat.starttime)),
        ])
    }
}
