use super::Redaction;
use crate::protocol::{RowPage, RowReport};
use crate::report::keyword::{Evaluation, Keyword};
use crate::report::ours::Ours;
use crate::report::verdict::{Outcome, Verdict};
use crate::report::{Record, Report};

/// A report, with what is worked out once for all its rows.
#[derive(Clone, Debug)]
pub struct Head {
    /// All but its records.
    pub report: Report,
    /// The name of the file that it came in.
    pub file: String,
    /// Its own name: the last on the way to it, or the file's.
    pub name: String,
    /// First and last second of the period, as [`time()`] writes them.
    pub period: [String; 2],
}

/// A record on its way out.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// Its report.
    pub head: &'a Head,
    /// The record.
    pub record: Record<'a>,
    /// What happened to its messages.
    pub outcome: Outcome,
    /// Our own verdict.
    pub ours: Ours,
}

impl Head {
    /// Of a report, the `number`-th of the file that is written.
    #[must_use]
    pub fn of(of: &RowReport, number: u64, redaction: Redaction) -> Self {
        let mut report = of.report.clone();
        redaction.report(&mut report);
        let (file, name) = if redaction.file_names {
            (String::new(), format!("report-{number:06}"))
        } else {
            let last = of.locator.steps.iter().rev().find_map(|step| step.name()).unwrap_or(&of.file.1);
            (of.file.1.clone(), last.rsplit(['/', '\\']).next().unwrap_or_default().to_owned())
        };
        let period = [report.begin, report.end].map(|second| second.map(time).unwrap_or_default());
        Self { report, file, name, period }
    }
}

impl Head {
    /// Its name as an XML file, whatever it came in.
    #[must_use]
    pub fn member(&self) -> String {
        const WRAPPINGS: [&str; 9] = [".gz", ".tgz", ".tar", ".zip", ".eml", ".msg", ".mbox", ".xml", "."];
        let bare = WRAPPINGS.iter().fold(self.name.as_str(), |name, ending| name.strip_suffix(ending).unwrap_or(name));
        format!("{bare}.xml")
    }
}

impl<'a> Row<'a> {
    /// The row at a place of a page.
    #[must_use]
    pub fn of(page: &'a RowPage, place: usize, head: &'a Head, redaction: Redaction) -> Option<Self> {
        let (count, entry) = page.rows.get(place)?;
        let (outcome, ours) = *page.judged.get(place)?;
        let mut record = page.tables.record(count, entry)?;
        redaction.record(&mut record);
        Some(Self { head, record, outcome, ours })
    }

    /// The source as text.
    #[must_use]
    pub fn source(&self) -> Option<String> {
        let text = || self.record.source_text.as_deref().map(ToOwned::to_owned);
        self.record.source.map(|address| address.to_string()).or_else(text)
    }
}

/// A second since the epoch as `2026-10-01 00:00:00`, in UTC; the bare number where no calendar reaches.
#[must_use]
pub fn time(second: i64) -> String {
    match time::OffsetDateTime::from_unix_timestamp(second) {
        Ok(at) => {
            let (date, (hour, minute, second)) = (at.date(), at.to_hms());
            format!("{date} {hour:02}:{minute:02}:{second:02}")
        }
        Err(_) => second.to_string(),
    }
}

impl Row<'_> {
    /// Whether SPF, DKIM and either of them pass aligned, by the reporter's word; none where it does not tell.
    #[must_use]
    pub fn aligned(&self) -> [Option<bool>; 3] {
        let evaluated = self.record.evaluated.as_ref();
        let passes = |word: &Keyword<Evaluation>| word.is_stated().then(|| word.known() == Some(Evaluation::Pass));
        let [spf, dkim] = [evaluated.map(|it| &it.spf), evaluated.map(|it| &it.dkim)].map(|word| word.and_then(passes));
        let dmarc = match self.outcome.verdict() {
            Verdict::Pass => Some(true),
            Verdict::Fail => Some(false),
            Verdict::Unknown => None,
        };
        [spf, dkim, dmarc]
    }
}
