//! A record in plain sentences: who sent it, what counts for DMARC, what came of it.
//!
//! It tells what the reporter says, and at the end whether the raw results bear it out.

use dmarcscope::protocol::RecordRow;
use dmarcscope::report::keyword::{AuthResult, Evaluation, Keyword};
use dmarcscope::report::verdict::Verdict;
use dmarcscope::text::Value;

use super::record::reason;
use super::ui::Ui;

/// A raw result: its domain and the result's word.
type Raw = (Option<String>, Keyword<AuthResult>);

/// The sentences, in the order in which they are read.
pub fn explained(words: &Ui, row: &RecordRow) -> Vec<String> {
    let record = &row.record;
    let absent = || words.say("source-absent");
    let source = match (&record.source, &record.source_text) {
        (Some(address), _) => address.to_string(),
        (None, Some(text)) => text.to_string(),
        (None, None) => absent(),
    };
    let from = record.header_from.as_deref().map_or_else(absent, Into::into);
    let who =
        [("messages", Value::Number(record.count)), ("source", Value::Text(&source)), ("from", Value::Text(&from))];
    let dkim: Vec<Raw> =
        record.dkim.iter().map(|raw| (raw.domain.clone().map(Into::into), raw.result.clone())).collect();
    let spf: Vec<Raw> = record.spf.iter().map(|raw| (raw.domain.clone().map(Into::into), raw.result.clone())).collect();
    let evaluated = record.evaluated.as_ref();
    let method = |name: &str, aligned: Option<&Keyword<Evaluation>>, raw: &[Raw]| {
        let (mut case, found) = told(aligned, raw, &from);
        // That another domain's signature is valid is not why: one of the author's own was there and broke.
        let own = raw.iter().find(|(domain, result)| {
            result.known() != Some(AuthResult::Pass) && domain.as_deref().is_some_and(|domain| is_of(domain, &from))
        });
        let own = own.filter(|_| case == "other" && name == "dkim");
        let own_domain = own.and_then(|(domain, _)| domain.clone()).unwrap_or_default();
        if own.is_some() {
            case = "broken";
        }
        let domain = found.and_then(|(domain, _)| domain.clone()).unwrap_or_else(absent);
        let result = own.or(found).map(|(_, result)| result.text().to_owned()).unwrap_or_default();
        let values = [
            ("domain", Value::Text(&domain)),
            ("own", Value::Text(&own_domain)),
            ("result", Value::Text(&result)),
            ("from", Value::Text(&from)),
            ("source", Value::Text(&source)),
        ];
        words.say_with(&format!("explain-{name}-{case}"), &values)
    };
    let verdict = match row.outcome.verdict() {
        Verdict::Pass => "explain-verdict-pass",
        Verdict::Fail => "explain-verdict-fail",
        Verdict::Unknown => "explain-verdict-unknown",
    };
    let reasons: Vec<String> = record.reasons.iter().map(reason).filter(|reason| !reason.is_empty()).collect();
    let reasons = reasons.join("; ");
    let mut said = vec![
        words.say_with("explain-who", &who),
        method("dkim", evaluated.map(|evaluated| &evaluated.dkim), &dkim),
        method("spf", evaluated.map(|evaluated| &evaluated.spf), &spf),
        words.say(verdict),
        words.say(&format!("explain-fate-{}", row.outcome.fate().word())),
    ];
    if !reasons.is_empty() {
        said.push(words.say_with("explain-reason", &[("reasons", Value::Text(&reasons))]));
    }
    let verdict = words.say(&format!("verdict-{}", row.ours.verdict().word()));
    let difference = row.ours.difference().word().replace('_', "-");
    said.push(words.say_with(&format!("explain-ours-{difference}"), &[("verdict", Value::Text(&verdict))]));
    said
}

/// Whether a domain is the author's, above it or below it.
fn is_of(domain: &str, from: &str) -> bool {
    let (domain, from) = (domain.to_lowercase(), from.to_lowercase());
    let below = |a: &str, b: &str| a.strip_suffix(b).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    below(&domain, &from) || below(&from, &domain)
}

/// Which case it is, and the raw result that shows it.
fn told<'a>(aligned: Option<&Keyword<Evaluation>>, raw: &'a [Raw], from: &str) -> (&'static str, Option<&'a Raw>) {
    let passes = |raw: &&Raw| raw.1.known() == Some(AuthResult::Pass);
    let Some(aligned) = aligned.filter(|word| word.is_stated()) else { return ("unstated", None) };
    if aligned.known() == Some(Evaluation::Pass) {
        // Of several, the one that is most like the author's domain.
        let fit = raw.iter().filter(passes).max_by_key(|(domain, _)| {
            domain.as_deref().map_or(0, |domain| common_end(&domain.to_lowercase(), &from.to_lowercase()))
        });
        return if fit.is_some() { ("pass", fit) } else { ("pass-unlisted", None) };
    }
    match raw.iter().find(passes) {
        Some(other) => ("other", Some(other)),
        None if raw.iter().all(|(_, result)| result.known() == Some(AuthResult::None)) => ("none", None),
        None => ("fail", raw.first()),
    }
}

/// How many labels two names share, from the end.
fn common_end(a: &str, b: &str) -> usize {
    a.rsplit('.').zip(b.rsplit('.')).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use dmarcscope::report::keyword::Disposition;
    use dmarcscope::report::ours::Ours;
    use dmarcscope::report::verdict::Outcome;
    use dmarcscope::report::{Dkim, Evaluated, Record, Spf};
    use dmarcscope::text::{Plain, Words};

    use super::*;

    fn said(
        dkim: (Evaluation, &[(&'static str, AuthResult)]),
        spf: (Evaluation, &[(&'static str, AuthResult)]),
        outcome: Outcome,
    ) -> String {
        let dkims = dkim.1.iter().map(|(domain, result)| Dkim {
            domain: Some((*domain).into()),
            result: Keyword::Known(*result),
            ..Dkim::default()
        });
        let spfs = spf.1.iter().map(|(domain, result)| Spf {
            domain: Some((*domain).into()),
            result: Keyword::Known(*result),
            ..Spf::default()
        });
        let record = Record {
            source: Some("192.0.2.1".parse().unwrap()),
            count: 2,
            header_from: Some("shop.example".into()),
            evaluated: Some(Evaluated {
                disposition: Keyword::Known(Disposition::None),
                dkim: Keyword::Known(dkim.0),
                spf: Keyword::Known(spf.0),
            }),
            dkim: dkims.collect(),
            spf: spfs.collect(),
            ..Record::default()
        };
        explained(
            &Ui(Rc::new(Words::english_screens(Box::new(Plain)))),
            &RecordRow { record, outcome, ours: Ours::UNJUDGED },
        )
        .join("\n")
    }

    #[test]
    fn a_signature_that_fits_is_named_before_one_that_does_not() {
        use AuthResult::{Fail, Pass};
        let text = said(
            (Evaluation::Pass, &[("vendor.example", Pass), ("mail.shop.example", Pass)]),
            (Evaluation::Fail, &[("bounce.vendor.example", Pass)]),
            Outcome::PassedDkim,
        );
        assert!(text.contains("2 messages came from 192.0.2.1 and named shop.example"), "{text}");
        assert!(text.contains("a valid signature of mail.shop.example fits shop.example"), "{text}");
        assert!(
            text.contains("bounce.vendor.example lists 192.0.2.1 as its sender, but that domain does not fit"),
            "{text}"
        );
        assert!(text.contains("passes DMARC"), "{text}");
        let text =
            said((Evaluation::Fail, &[("shop.example", Fail)]), (Evaluation::Fail, &[]), Outcome::FailedRejected);
        assert!(text.contains("the signature of shop.example was not valid (fail)"), "{text}");
        assert!(text.contains("there is no result") && text.contains("it did not arrive"), "{text}");
    }

    #[test]
    fn a_broken_signature_of_the_authors_own_is_the_cause_and_not_the_valid_one_of_another() {
        use AuthResult::{Fail, Pass};
        let dkim: &[_] = &[("list.example", Pass), ("shop.example", Fail)];
        let text = said((Evaluation::Fail, dkim), (Evaluation::Fail, &[]), Outcome::FailedMonitoring);
        assert!(
            text.contains("the signature of shop.example was not valid (fail); that of list.example is valid"),
            "{text}"
        );
    }

    #[test]
    fn what_the_report_leaves_out_is_said() {
        let text = said(
            (Evaluation::Pass, &[]),
            (Evaluation::Fail, &[("x.example", AuthResult::Softfail)]),
            Outcome::PassedDkim,
        );
        assert!(
            text.contains("though it lists no valid signature") && text.contains("the result was softfail"),
            "{text}"
        );
        let row = RecordRow { record: Record::default(), outcome: Outcome::Unknown, ours: Ours::UNJUDGED };
        let text = explained(&Ui(Rc::new(Words::english_screens(Box::new(Plain)))), &row).join("\n");
        assert!(text.contains("not stated") && text.contains("nobody can tell"), "{text}");
        assert!(!text.contains("explain-"), "{text}");
    }
}
