//! What the story is told in: domains, reporters, senders.

/// What a DMARC record asks for; the order is the strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Policy {
    /// Nothing: only reports.
    None,
    /// Treat as suspicious.
    Quarantine,
    /// Do not accept.
    Reject,
}

impl Policy {
    /// The keyword in a report.
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Quarantine => "quarantine",
            Self::Reject => "reject",
        }
    }
}

/// A policy domain and the DMARC records it publishes over the month, the earliest first.
#[derive(Debug)]
pub struct Domain {
    /// Its name.
    pub name: &'static str,
    /// The records.
    pub records: &'static [Published],
}

/// A DMARC record. Alignment is relaxed.
#[derive(Debug)]
pub struct Published {
    /// The first day of the month on which it holds.
    pub from_day: u8,
    /// For the domain itself.
    pub p: Policy,
    /// For its subdomains.
    pub sp: Option<Policy>,
    /// For subdomains that do not exist.
    pub np: Option<Policy>,
}

impl Domain {
    /// The record on a day.
    pub fn published(&self, day: u8) -> &Published {
        let held = self.records.iter().rev().find(|record| record.from_day <= day);
        held.unwrap_or(&self.records[0])
    }
}

/// Someone who receives mail and reports on it. The habits stay the same from report to report.
#[derive(Debug)]
pub struct Reporter {
    /// The organization's name.
    pub name: &'static str,
    /// Its domain.
    pub domain: &'static str,
    /// How much of all mail it receives, in 1,000.
    pub share: u64,
    /// Which days its reports cover.
    pub periods: Periods,
    /// Its days begin so many hours before those of UTC.
    pub hours_ahead: i64,
    /// What it writes of RFC 9990; nothing if it follows RFC 7489.
    pub modern: Option<Modern>,
    /// Its smaller habits.
    pub habits: &'static [Habit],
    /// How it makes its report identifiers.
    pub id: IdStyle,
    /// Writes `envelope_to`: the domain it receives for.
    pub envelope_to: Option<&'static str>,
    /// What it reports as errors, and on which days.
    pub errors: &'static [(u8, &'static str)],
    /// The reason it gives for delivering what a forwarder broke, if it does.
    pub forwarders: Option<&'static str>,
    /// The reason it gives for delivering what a mailing list broke, if it does.
    pub lists: Option<&'static str>,
    /// One level of indentation; nothing at all between the tags where it is absent.
    pub indent: Option<&'static str>,
}

impl Reporter {
    /// Whether it has a habit.
    pub fn has(&self, habit: Habit) -> bool {
        self.habits.contains(&habit)
    }
}

/// Something that some reporters do. Without it: `envelope_from`, the scope of SPF and the selector of DKIM are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// The end it states is the last second of the period, not the first one after it.
    EndsBeforeMidnight,
    /// Writes `version`.
    Version,
    /// Writes `extra_contact_info`.
    Contact,
    /// Writes `sp` even where it only repeats `p`.
    AlwaysSp,
    /// Leaves `envelope_from` out.
    NoEnvelopeFrom,
    /// Leaves the scope of SPF results out.
    NoScope,
    /// Leaves DKIM selectors out (RFC 9990 requires them).
    NoSelector,
    /// Says in words why a signature did not pass.
    HumanResult,
    /// Gives reasons for delivering even while the policy asks for nothing.
    AlwaysReasons,
}

/// Which days reports cover.
#[derive(Debug)]
pub enum Periods {
    /// One day each, except on these days, whose reports never came.
    Daily {
        /// Days without a report.
        except: &'static [u8],
    },
    /// A week each, beginning on these days.
    Weekly(&'static [u8]),
    /// One day each, only on these: on others there is nothing to report.
    Some(&'static [u8]),
}

/// What is new in RFC 9990.
#[derive(Debug)]
pub struct Modern {
    /// The prefix of every tag.
    pub prefix: &'static str,
    /// `generator`.
    pub generator: &'static str,
    /// `discovery_method`.
    pub discovery: &'static str,
}

/// How report identifiers look.
#[derive(Clone, Copy, Debug)]
pub enum IdStyle {
    /// A long number.
    Number,
    /// The policy domain and the begin.
    DomainAndBegin,
    /// A number in an e-mail address, in angle brackets.
    Address,
}

/// One kind of mail: where it comes from, in whose name, and what a receiver finds when it checks.
#[derive(Debug)]
pub struct Sender {
    /// What it is; it stands in no report.
    pub who: &'static str,
    /// The policy domain.
    pub domain: &'static str,
    /// The domain that people see.
    pub header_from: &'static str,
    /// That domain does not exist: `np` is for it.
    pub invented_name: bool,
    /// The domain of the return path.
    pub envelope_from: &'static str,
    /// What SPF says of the address for the return path.
    pub spf: &'static str,
    /// All DKIM signatures.
    pub dkim: &'static [Signature],
    /// Where it comes from.
    pub addresses: Addresses,
    /// How much there is.
    pub volume: Volume,
    /// Domains of the reporters that receive it.
    pub to: &'static [&'static str],
    /// What it went through.
    pub by_way_of: Way,
}

/// A DKIM signature.
#[derive(Debug)]
pub struct Signature {
    /// The signing domain.
    pub domain: &'static str,
    /// Its selector.
    pub selector: &'static str,
    /// What checking gives.
    pub result: &'static str,
}

/// Where mail comes from.
#[derive(Debug)]
pub enum Addresses {
    /// These, with their shares in per cent.
    These(&'static [(&'static str, u64)]),
    /// Some of very many: about one address for so many messages.
    Crowd(u64),
}

/// How many messages all reporters together see.
#[derive(Debug)]
pub enum Volume {
    /// So many on a full day, and how full each day of the week is in per cent, Monday first.
    Weekly(u64, [u64; 7]),
    /// On these days only, so many each.
    Days(&'static [(u8, u64)]),
    /// From that day on, and so many more with each day.
    Growing(u8, u64),
}

/// What mail went through on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Nothing.
    Direct,
    /// A forwarder.
    Forwarder,
    /// A mailing list.
    List,
}
