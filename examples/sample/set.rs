//! All files of the set, by reporter, policy domain and day.

use crate::model::{Domain, Habit, Periods, Reporter};
use crate::report::Report;
use crate::reporters::REPORTERS;
use crate::story::{CUT_OFF, DOMAINS, LAST_DAY, RESENT, SENDERS, START};
use crate::volume::{self, Rows};

/// A day in seconds.
const DAY: i64 = 86_400;

/// A file of the set.
#[derive(Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// All files.
pub fn files() -> Vec<File> {
    let mut files = Vec::new();
    for reporter in &REPORTERS {
        for domain in &DOMAINS {
            let days = periods(reporter).into_iter();
            for report in days.filter_map(|(first, last)| report(reporter, domain, first, last)) {
                add(&mut files, &report);
            }
        }
    }
    files
}

fn add(files: &mut Vec<File>, report: &Report) {
    let (name, mut bytes) = (report.file_name(), report.xml().into_bytes());
    let place = (report.reporter.domain, report.domain.name, report.day);
    if place == CUT_OFF {
        bytes.truncate(bytes.len() * 3 / 5);
    }
    files.push(File { name: format!("{name}.xml"), bytes: bytes.clone() });
    if place == RESENT {
        // A resend has the same name; this is what saving it beside the first one makes of it.
        files.push(File { name: format!("{name} (1).xml"), bytes });
    }
}

/// First and last day of each of a reporter's reports.
fn periods(reporter: &Reporter) -> Vec<(u8, u8)> {
    match reporter.periods {
        Periods::Daily { except } => (1..=LAST_DAY).filter(|day| !except.contains(day)).map(|day| (day, day)).collect(),
        Periods::Weekly(begins) => begins.iter().map(|day| (*day, day + 6)).collect(),
        Periods::Some(days) => days.iter().map(|day| (*day, *day)).collect(),
    }
}

/// The report on a period, if there is anything to report.
fn report(reporter: &'static Reporter, domain: &'static Domain, first: u8, last: u8) -> Option<Report> {
    let mut rows = Vec::new();
    let own = |to: &[&str]| to.contains(&reporter.domain);
    for sender in SENDERS.iter().filter(|sender| sender.domain == domain.name && own(sender.to)) {
        let mut seen = Rows::new();
        (first..=last).for_each(|day| volume::add(&mut seen, sender, reporter, day));
        rows.extend(seen.into_iter().map(|(address, count)| (sender, address, count)));
    }
    let midnight = |day: u8| START + i64::from(day) * DAY - reporter.hours_ahead * 3_600;
    let range = (midnight(first - 1), midnight(last) - i64::from(reporter.has(Habit::EndsBeforeMidnight)));
    (!rows.is_empty()).then_some(Report { reporter, domain, day: first, range, rows })
}
