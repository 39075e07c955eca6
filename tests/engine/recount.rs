//! Answers counted from the reports as they were made, row by row, without any of the engine's code.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use dmarcscope::analysis::{
    Ask, Column, Compared, Day, DayRow, Dimension, Field, Filter, Group, Groups, Key, Order, Period, Policies,
    PolicyChange, ReportKey, Series, Sides, Term, Totals, Within, Zone,
};
use dmarcscope::report::Figures;
use dmarcscope::report::verdict::Outcome;

use super::values::{Spellings, contains, everything, keys, labels, published, takes, takes_parts, texts};
use crate::support::{Made, Row};

type Rowed<'a> = (&'a Made, &'a Row);

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
    let is_below = match (&row.from, &report.domain) {
        (Some(from), Some(domain)) => !from.eq_ignore_ascii_case(domain),
        _ => false,
    };
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

pub fn verdict(outcome: &str) -> &'static str {
    match outcome {
        "unknown" => "unknown",
        passed if passed.starts_with("passed") => "pass",
        _ => "fail",
    }
}

/// A source as the store groups it: an address, mapped ones as IPv4, or the text.
pub fn source(row: &Row) -> Result<IpAddr, String> {
    row.source.parse::<IpAddr>().map(|address| address.to_canonical()).map_err(|_| row.source.clone())
}

/// The name of a report's file.
pub fn file(report: &Made) -> String {
    format!("Box {}/Report.xml", report.id.as_deref().unwrap_or_default())
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

fn bits(address: IpAddr) -> String {
    match address {
        IpAddr::V4(four) => four.octets().iter().map(|byte| format!("{byte:08b}")).collect(),
        IpAddr::V6(six) => six.octets().iter().map(|byte| format!("{byte:08b}")).collect(),
    }
}

/// Whether a clause asks about whole reports; if so, whether this one meets it.
fn of_report(term: &Term, report: &Made, zone: &Zone) -> Option<bool> {
    Some(match term {
        Term::Text(field, patterns) => {
            let file = file(report);
            let value = match field {
                Field::File => Some(file.as_str()),
                Field::Domain => report.domain.as_deref(),
                Field::Reporter => report.org.as_deref(),
                Field::Report => report.id.as_deref(),
                Field::Policy => report.p,
                Field::Published => {
                    let policy = published(report);
                    return Some(patterns.iter().any(|pattern| takes(pattern, policy.as_deref())));
                }
                Field::Label => {
                    let labels = labels(report);
                    let is_met = |pattern| match &labels[..] {
                        [] => takes(pattern, None),
                        labels => labels.iter().any(|label| takes(pattern, Some(label))),
                    };
                    return Some(patterns.iter().any(is_met));
                }
                _ => return None,
            };
            patterns.iter().any(|pattern| takes(pattern, value))
        }
        Term::Period(periods) => {
            day(report, zone).is_some_and(|day| periods.iter().any(|period| period.first <= day && day <= period.last))
        }
        _ => return None,
    })
}

fn of_row(term: &Term, report: &Made, row: &Row) -> bool {
    let outcome = outcome(report, row);
    match term {
        Term::Text(field, patterns) => patterns.iter().any(|pattern| match texts(*field, report, row) {
            Some(values) if values.is_empty() => takes(pattern, None),
            Some(values) => values.iter().any(|value| takes(pattern, Some(value))),
            None => false,
        }),
        Term::Signature(all) => all.iter().any(|parts| takes_parts(parts.as_ref(), &row.dkim)),
        Term::SpfCheck(all) => all.iter().any(|parts| takes_parts(parts.as_ref(), &row.spf)),
        Term::Ip(networks) => source(row).is_ok_and(|address| {
            networks.iter().any(|network| {
                let is_of_a_kind = network.address.is_ipv4() == address.is_ipv4();
                let prefix = usize::from(network.prefix);
                is_of_a_kind && bits(network.address)[..prefix] == bits(address)[..prefix]
            })
        }),
        Term::Outcome(words) => words.iter().any(|word| word.word() == outcome),
        Term::Verdict(words) => words.iter().any(|word| word.word() == verdict(outcome)),
        Term::Words(words) => {
            let all: Vec<String> = everything(report, row).iter().map(|text| text.to_lowercase()).collect();
            words.iter().any(|word| all.iter().any(|text| text.contains(&word.to_lowercase())))
        }
        // The reporters' are looked at in these.
        Term::Judge(_) => true,
        Term::Period(_) => unreachable!("asked of reports"),
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

/// The month of a day, found by going to its ends.
fn month(at: Day) -> Period {
    let name = |day: Day| Period { first: day, last: day }.to_string()[..7].to_owned();
    let (mut first, mut last) = (at, at);
    while name(first - 1) == name(at) {
        first -= 1;
    }
    while name(last + 1) == name(at) {
        last += 1;
    }
    Period { first, last }
}

fn add(figures: &mut Figures, report: &Made, row: &Row) {
    figures.records += 1;
    match verdict(outcome(report, row)) {
        "pass" => figures.passed += row.count,
        "fail" => figures.failed += row.count,
        _ => figures.unknown += row.count,
    }
}

fn distinct<'a>(texts: impl Iterator<Item = &'a Option<String>>) -> u64 {
    texts.map(|text| text.as_ref().map(|text| text.to_lowercase())).collect::<BTreeSet<_>>().len() as u64
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
            reporters: distinct(seen.iter().map(|report| &report.org)),
            domains: distinct(seen.iter().map(|report| &report.domain)),
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
            domain: made.domain.as_ref().map(|domain| domain.to_lowercase()),
            begin: made.begin,
            end: made.end,
            report_id: made.id.clone(),
            report,
        }))
    }

    /// A row's keys as they are spelt. A report without any row has one where groups are reports.
    fn keys(&self, by: Dimension, spellings: &Spellings, report: &Made, row: Option<&Row>) -> Vec<Key> {
        let days = |day: Option<Day>, is_whole: bool| match day {
            Some(day) if is_whole => Key::Days(month(day)),
            Some(day) => Key::Days(Period { first: day, last: day }),
            None => Key::Absent,
        };
        match by {
            Dimension::Report => vec![self.key(report)],
            Dimension::Day | Dimension::Month => vec![days(day(report, self.zone), by == Dimension::Month)],
            by => keys(by, report, row.unwrap()).iter().map(|key| spellings.shown(key)).collect(),
        }
    }

    pub fn groups(&self, ask: &Ask) -> Groups {
        let (by, order, skip, take, find, within, most) = match ask {
            Ask::Groups { by, order, skip, take, find, within, most } => {
                (vec![*by], order, skip, take, find, within, most)
            }
            Ask::Pairs { by, order, skip, take, find, within, most } => {
                (by.to_vec(), order, skip, take, find, within, most)
            }
            _ => panic!(),
        };
        let spellings: Vec<Spellings> = by.iter().map(|by| Spellings::of(*by, self.all)).collect();
        let keys = |report: &'_ Made, row: Option<&'_ Row>| {
            let all = |place: usize| self.keys(by[place], &spellings[place], report, row);
            if by.len() == 1 {
                return all(0);
            }
            let pairs = all(0).into_iter().flat_map(|a| all(1).into_iter().map(move |b| (a.clone(), b)));
            pairs.map(|pair| Key::Pair(Box::new(pair))).collect::<BTreeSet<Key>>().into_iter().collect()
        };
        let mut groups: Vec<(Group, Vec<Rowed<'_>>)> = Vec::new();
        let empty = self.reports.iter().filter(|report| report.rows.is_empty());
        let empty = empty.filter(|_| by == [Dimension::Report] && !self.asks_of_rows);
        let all =
            self.rows.iter().map(|(report, row)| (*report, Some(*row))).chain(empty.map(|report| (*report, None)));
        for (report, row) in all {
            for key in keys(report, row) {
                let place = groups.iter().position(|(group, _)| group.key == key).unwrap_or_else(|| {
                    let (figures, within) = (Figures::default(), Vec::new());
                    groups.push((Group { key, figures, first: None, last: None, within }, Vec::new()));
                    groups.len() - 1
                });
                let (group, rows) = &mut groups[place];
                if let Some(row) = row {
                    add(&mut group.figures, report, row);
                    rows.push((report, row));
                }
                let day = day(report, self.zone);
                group.first = [group.first, day].into_iter().flatten().min();
                group.last = [group.last, day].into_iter().flatten().max();
            }
        }
        let all = groups.len() as u64;
        groups.retain(|(group, _)| find.is_empty() || contains(&group.key, &find.to_lowercase()));
        groups.sort_by(|(a, _), (b, _)| a.key.cmp(&b.key));
        if order.by == Column::Key {
            if !order.ascending {
                groups.reverse();
            }
        } else {
            // A stable sort leaves ties in the order of the key.
            groups.sort_by_key(|(group, _)| {
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
        let given = groups.into_iter().skip(*skip as usize).take(*take as usize);
        let inside = |rows: &[Rowed<'_>]| within.iter().map(|by| self.within(*by, rows, *most)).collect();
        let rows = given.map(|(group, rows)| Group { within: inside(&rows), ..group }).collect();
        Groups { all, total, rows }
    }

    /// The groups of these records and of others, by how much they differ.
    pub fn compared(&self, ask: &Ask, others: &Self) -> Compared {
        let Ask::Compare { by, order, skip, take, find, .. } = ask else { panic!() };
        let by_key = Order { by: Column::Key, ascending: true };
        let (find, within) = (find.clone(), Vec::new());
        let groups = Ask::Groups { by: *by, order: by_key, skip: 0, take: u32::MAX, find, within, most: 0 };
        let mut both: BTreeMap<Key, [Figures; 2]> = BTreeMap::new();
        for (side, taken) in [self, others].into_iter().enumerate() {
            for group in taken.groups(&groups).rows {
                both.entry(group.key).or_default()[side] = group.figures;
            }
        }
        let Ask::Groups { by, order: by_key, skip: none, take: every, within, most, .. } = groups else { panic!() };
        let whole = Ask::Groups { by, order: by_key, skip: none, take: every, find: String::new(), within, most };
        let all = [self, others].map(|taken| taken.groups(&whole).rows);
        let all = all.iter().flatten().map(|group| &group.key).collect::<BTreeSet<_>>().len() as u64;
        let mut rows: Vec<Sides> = both.into_iter().map(|(key, [own, other])| Sides { key, own, other }).collect();
        let column = |figures: &Figures| match order.by {
            Column::Messages => figures.messages() as i64,
            Column::Passed => figures.passed as i64,
            Column::Failed => figures.failed as i64,
            Column::Unknown => figures.unknown as i64,
            Column::Key | Column::First | Column::Last => 0,
        };
        if order.by == Column::Key && !order.ascending {
            rows.reverse();
        }
        let sign = if order.ascending { 1 } else { -1 };
        rows.sort_by_key(|row| sign * (column(&row.own) - column(&row.other)).abs());
        let total = rows.len() as u64;
        let rows = rows.into_iter().skip(*skip as usize).take(*take as usize).collect();
        Compared { all, total, rows }
    }

    /// Day by day what most reports saw, and where that is another thing than the time before.
    pub fn policies(&self, take: u32) -> Policies {
        let mut days: BTreeMap<(Option<String>, Day), BTreeMap<String, u32>> = BTreeMap::new();
        for report in &self.reports {
            if let (Some(day), Some(policy)) = (day(report, self.zone), published(report)) {
                let domain = report.domain.as_ref().map(|domain| domain.to_lowercase());
                *days.entry((domain, day)).or_default().entry(policy).or_default() += 1;
            }
        }
        let (mut last, mut rows) = (BTreeMap::<Option<String>, String>::new(), Vec::new());
        for ((domain, day), seen) in days {
            let most = *seen.values().max().unwrap();
            let mut first = seen.into_iter().filter(|(_, reports)| *reports == most).map(|(policy, _)| policy);
            let before = last.get(&domain).cloned();
            let policy = match &before {
                Some(before) => {
                    let all: Vec<String> = first.collect();
                    all.iter().find(|policy| *policy == before).unwrap_or(&all[0]).clone()
                }
                None => first.next().unwrap(),
            };
            last.insert(domain.clone(), policy.clone());
            if let Some(before) = before.filter(|before| *before != policy) {
                let domain = domain.map_or(Key::Absent, Key::Text);
                rows.push(PolicyChange { domain, day, before: Key::Text(before), after: Key::Text(policy) });
            }
        }
        rows.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.domain.cmp(&b.domain)));
        let total = rows.len() as u64;
        rows.truncate(take as usize);
        Policies { total, rows }
    }

    fn within(&self, by: Dimension, rows: &[Rowed<'_>], most: u32) -> Within {
        let spellings = Spellings::of(by, self.all);
        let mut values: BTreeMap<Key, Figures> = BTreeMap::new();
        for (report, row) in rows {
            for key in self.keys(by, &spellings, report, Some(row)).into_iter().collect::<BTreeSet<_>>() {
                add(values.entry(key).or_default(), report, row);
            }
        }
        let total = values.len() as u64;
        let mut top: Vec<(Key, Figures)> = values.into_iter().collect();
        top.sort_by_key(|(_, figures)| std::cmp::Reverse(figures.messages()));
        top.truncate(most as usize);
        Within { total, top }
    }
}
