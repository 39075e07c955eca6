//! Answers counted from the reports as they were made, row by row, without any of the engine's code.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use dmarcscope::analysis::{
    Column, Day, DayRow, Dimension, Filter, Group, Groups, Key, Order, ReportKey, Series, Term, Totals, Zone,
};
use dmarcscope::report::Figures;
use dmarcscope::report::verdict::Outcome;

use crate::support::{Made, Row};

/// The word of a row's outcome, by the rules of RFC 7489 §6.6.4 and RFC 9989 §5.3.5.
pub fn outcome(report: &Made, row: &Row) -> &'static str {
    let Some([disposition, dkim, spf]) = row.evaluated else { return "unknown" };
    if dkim == Some("pass") || spf == Some("pass") {
        return match (disposition, dkim, spf) {
            (Some("quarantine" | "reject"), ..) => "passed_yet_acted",
            (_, Some("pass"), Some("pass")) => "passed_both",
            (_, Some("pass"), _) => "passed_dkim",
            _ => "passed_spf",
        };
    }
    match (disposition, dkim, spf) {
        (_, None, _) | (_, _, None) => "unknown",
        (Some("quarantine"), ..) => "quarantined",
        (Some("reject"), ..) => "rejected",
        (Some("none"), ..) => delivered(report, row),
        _ => "disposition_unknown",
    }
}

fn delivered(report: &Made, row: &Row) -> &'static str {
    let is_below = row.from.is_some() && report.domain.is_some() && row.from != report.domain;
    let asked = if is_below { report.sp.or(report.p) } else { report.p };
    let level = ["none", "quarantine", "reject"].iter().position(|word| Some(*word) == asked).unwrap_or(0);
    let level = if report.pct == Some("0") { level.saturating_sub(1) } else { level };
    match (level, row.reason) {
        (0, _) => "monitoring",
        (_, Some(reason @ ("forwarded" | "mailing_list" | "local_policy" | "sampled_out"))) => reason,
        (_, Some(_)) => "other_reason",
        (1, None) if report.pct == Some("50") => "sampled_out",
        _ => "unexplained",
    }
}

fn verdict(outcome: &str) -> &'static str {
    match outcome {
        "unknown" => "unknown",
        passed if passed.starts_with("passed") => "pass",
        _ => "fail",
    }
}

/// A source as the store groups it: an address, mapped ones as IPv4, or the text.
fn source(row: &Row) -> Result<IpAddr, String> {
    row.source.parse::<IpAddr>().map(|address| address.to_canonical()).map_err(|_| row.source.clone())
}

pub fn day(report: &Made, zone: &Zone) -> Option<Day> {
    let at = match (report.begin, report.end) {
        (Some(begin), Some(end)) => begin + (end - begin) / 2,
        (begin, end) => begin.or(end)?,
    };
    let mut offset = zone.offsets.first().map_or(0, |(_, offset)| *offset);
    for (from, new) in &zone.offsets {
        if *from <= at {
            offset = *new;
        }
    }
    Some(((at + i64::from(offset)) as f64 / 86_400.0).floor() as Day)
}

/// Matches letter by letter, with `*` for any run.
fn like(pattern: &[char], text: &[char]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some(('*', rest)), _) => like(rest, text) || text.split_first().is_some_and(|(_, text)| like(pattern, text)),
        (Some((a, pattern)), Some((b, text))) => a == b && like(pattern, text),
        _ => false,
    }
}

fn is_like(patterns: &[dmarcscope::analysis::Pattern], text: Option<&str>) -> bool {
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<_>>();
    text.is_some_and(|text| patterns.iter().any(|pattern| like(&letters(&pattern.0), &letters(text))))
}

fn bits(address: IpAddr) -> String {
    match address {
        IpAddr::V4(four) => four.octets().iter().map(|byte| format!("{byte:08b}")).collect(),
        IpAddr::V6(six) => six.octets().iter().map(|byte| format!("{byte:08b}")).collect(),
    }
}

/// Whether a clause asks about whole reports; if so, whether this one meets it.
fn of_report(term: &Term, report: &Made, zone: &Zone) -> Option<bool> {
    Some(match term {
        Term::Domain(patterns) => is_like(patterns, report.domain.as_deref()),
        Term::Reporter(patterns) => is_like(patterns, report.org.as_deref()),
        Term::Period(periods) => {
            day(report, zone).is_some_and(|day| periods.iter().any(|period| period.first <= day && day <= period.last))
        }
        _ => return None,
    })
}

fn of_row(term: &Term, report: &Made, row: &Row) -> bool {
    let outcome = outcome(report, row);
    match term {
        Term::From(patterns) => is_like(patterns, row.from.as_deref()),
        Term::Ip(networks) => source(row).is_ok_and(|address| {
            networks.iter().any(|network| {
                let is_of_a_kind = network.address.is_ipv4() == address.is_ipv4();
                let prefix = usize::from(network.prefix);
                is_of_a_kind && bits(network.address)[..prefix] == bits(address)[..prefix]
            })
        }),
        Term::Outcome(words) => words.iter().any(|word| word.word() == outcome),
        Term::Verdict(words) => words.iter().any(|word| word.word() == verdict(outcome)),
        Term::Disposition(words) => {
            let own = row.evaluated.and_then(|[disposition, ..]| disposition);
            words.iter().any(|word| Some(dmarcscope::report::keyword::Word::word(*word)) == own)
        }
        _ => unreachable!("asked of reports"),
    }
}

/// Reports and rows that a filter takes, and whether it asks of rows.
pub struct Taken<'a> {
    all: &'a [Made],
    reports: Vec<&'a Made>,
    rows: Vec<(&'a Made, &'a Row)>,
    asks_of_rows: bool,
    zone: &'a Zone,
}

pub fn taken<'a>(made: &'a [Made], filter: &Filter, zone: &'a Zone) -> Taken<'a> {
    let meets = |report: &&Made| {
        filter.clauses.iter().all(|clause| of_report(&clause.term, report, zone).is_none_or(|is| is != clause.negated))
    };
    let reports: Vec<&Made> = made.iter().filter(meets).collect();
    let of_rows: Vec<_> =
        filter.clauses.iter().filter(|clause| of_report(&clause.term, &Made::new("", []), zone).is_none()).collect();
    let all = reports.iter().flat_map(|report| report.rows.iter().map(move |row| (*report, row)));
    let rows = all.filter(|(report, row)| of_rows.iter().all(|c| of_row(&c.term, report, row) != c.negated)).collect();
    Taken { all: made, rows, asks_of_rows: !of_rows.is_empty(), zone, reports }
}

fn add(figures: &mut Figures, report: &Made, row: &Row) {
    figures.records += 1;
    match verdict(outcome(report, row)) {
        "pass" => figures.passed += row.count,
        "fail" => figures.failed += row.count,
        _ => figures.unknown += row.count,
    }
}

impl Taken<'_> {
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        self.rows.iter().for_each(|(report, row)| add(&mut totals.figures, report, row));
        let has_row = |report: &Made| self.rows.iter().any(|(other, _)| std::ptr::eq(*other, report));
        let is_seen = |report: &&&Made| has_row(report) || !self.asks_of_rows && report.rows.is_empty();
        let seen: Vec<&&Made> = self.reports.iter().filter(is_seen).collect();
        let days: Vec<Day> = seen.iter().filter_map(|report| day(report, self.zone)).collect();
        Totals {
            reports: seen.len() as u64,
            sources: self.rows.iter().filter_map(|(_, row)| source(row).ok()).collect::<BTreeSet<_>>().len() as u64,
            reporters: seen.iter().map(|report| &report.org).collect::<BTreeSet<_>>().len() as u64,
            domains: seen.iter().map(|report| &report.domain).collect::<BTreeSet<_>>().len() as u64,
            first: days.iter().min().copied(),
            last: days.iter().max().copied(),
            ..totals
        }
    }

    pub fn series(&self) -> Series {
        let place = |word| Outcome::ALL.iter().position(|outcome| outcome.word() == word).unwrap();
        let mut series = Series::default();
        let mut days: BTreeMap<Day, [u64; Outcome::COUNT]> = BTreeMap::new();
        self.reports.iter().filter_map(|report| day(report, self.zone)).for_each(|day| {
            days.entry(day).or_default();
        });
        for (report, row) in &self.rows {
            let messages = match day(report, self.zone) {
                Some(day) => days.entry(day).or_default(),
                None => &mut series.dateless,
            };
            messages[place(outcome(report, row))] += row.count;
        }
        let is_long = |on: Day| {
            self.reports.iter().any(|report| {
                day(report, self.zone) == Some(on)
                    && report.end.zip(report.begin).is_some_and(|(end, begin)| end - begin > 26 * 60 * 60)
            })
        };
        let reports = |on: Day| self.reports.iter().filter(|report| day(report, self.zone) == Some(on)).count() as u32;
        let row = |(day, messages)| DayRow { day, messages, reports: reports(day), missing: 0, long: is_long(day) };
        series.days = days.into_iter().map(row).collect();
        self.mark_missing(&mut series.days);
        series
    }

    /// Who reported on five of the seven days before a day, or after it, and not on the day, is missing on it.
    fn mark_missing(&self, rows: &mut Vec<DayRow>) {
        let seen: BTreeSet<(&Option<String>, Day)> =
            self.reports.iter().filter_map(|report| Some((&report.org, day(report, self.zone)?))).collect();
        let reporters: BTreeSet<_> = seen.iter().map(|(who, _)| *who).collect();
        let (Some(first), Some(last)) = (rows.first().map(|row| row.day), rows.last().map(|row| row.day)) else {
            return;
        };
        for day in first..=last {
            let mut missing = 0;
            for who in &reporters {
                let on = |days: std::ops::Range<Day>| days.filter(|day| seen.contains(&(*who, *day))).count();
                let is_usual = on(day - 7..day) >= 5 || on(day + 1..day + 8) >= 5;
                missing += u32::from(on(day..day + 1) == 0 && is_usual);
            }
            if missing == 0 {
                continue;
            }
            match rows.iter_mut().find(|row| row.day == day) {
                Some(row) => row.missing = missing,
                None => rows.push(DayRow { day, missing, ..DayRow::default() }),
            }
        }
        rows.sort_by_key(|row| row.day);
    }

    fn key(&self, made: &Made) -> Key {
        let report = self.all.iter().position(|other| std::ptr::eq(other, made)).unwrap() as u32;
        Key::Report(Box::new(ReportKey {
            reporter: made.org.clone(),
            domain: made.domain.clone(),
            begin: made.begin,
            end: made.end,
            report_id: made.id.clone(),
            report,
        }))
    }

    pub fn groups(&self, by: Dimension, order: Order, skip: u32, take: u32) -> Groups {
        let mut groups: Vec<Group> = Vec::new();
        for (report, row) in &self.rows {
            let text = |text: &Option<String>| text.clone().map_or(Key::Absent, Key::Text);
            let key = match by {
                Dimension::Source => source(row).map_or_else(Key::Text, Key::Address),
                Dimension::HeaderFrom => text(&row.from),
                Dimension::Domain => text(&report.domain),
                Dimension::Reporter => text(&report.org),
                Dimension::Report => self.key(report),
            };
            let place = groups.iter().position(|group| group.key == key).unwrap_or_else(|| {
                groups.push(Group { key, figures: Figures::default(), first: None, last: None });
                groups.len() - 1
            });
            let group = &mut groups[place];
            add(&mut group.figures, report, row);
            let day = day(report, self.zone);
            group.first = [group.first, day].into_iter().flatten().min();
            group.last = [group.last, day].into_iter().flatten().max();
        }
        if by == Dimension::Report && !self.asks_of_rows {
            for report in self.reports.iter().filter(|report| report.rows.is_empty()) {
                let day = day(report, self.zone);
                let figures = Figures::default();
                groups.push(Group { key: self.key(report), figures, first: day, last: day });
            }
        }
        groups.sort_by(|a, b| a.key.cmp(&b.key));
        if order.by == Column::Key {
            if !order.ascending {
                groups.reverse();
            }
        } else {
            // A stable sort leaves ties in the order of the key.
            groups.sort_by_key(|group| {
                let value = match order.by {
                    Column::Key => 0,
                    Column::Messages => group.figures.messages() as i64,
                    Column::Passed => group.figures.passed as i64,
                    Column::Failed => group.figures.failed as i64,
                    Column::Unknown => group.figures.unknown as i64,
                    Column::First => group.first.map_or(0, i64::from),
                    Column::Last => group.last.map_or(0, i64::from),
                };
                let is_dateless = matches!(order.by, Column::First | Column::Last) && group.first.is_none();
                (is_dateless, if order.ascending { value } else { -value })
            });
        }
        let total = groups.len() as u64;
        Groups { total, rows: groups.into_iter().skip(skip as usize).take(take as usize).collect() }
    }
}
