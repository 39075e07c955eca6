//! A JSON object a line and row.

use super::Row;
use super::json::{Json, flag};
use crate::report::keyword::{Keyword, Word};

/// A row's line: the columns of [`csv`](super::csv) by their names; `reasons`, `dkim` and `spf` are arrays of objects.
pub fn row(row: &Row<'_>, out: &mut Vec<u8>) {
    let (report, record) = (&row.head.report, &row.record);
    let policy = &report.policy;
    let mut json = Json::new(out, false);
    json.open(b'{');
    json.field("xml_schema", report.version.as_deref());
    json.field("org_name", report.org_name.as_deref());
    json.field("org_email", report.email.as_deref());
    json.field("org_extra_contact_info", report.extra_contact_info.as_ref().map(|contact| contact.text.as_str()));
    json.field("report_id", report.report_id.as_deref());
    let [begin, end] = row.head.period.each_ref().map(|second| Some(second.as_str()).filter(|text| !text.is_empty()));
    json.field("begin_date", begin);
    json.field("end_date", end);
    json.name("errors");
    json.open(b'[');
    report.errors.iter().for_each(|error| json.text(Some(&error.text)));
    json.close(b']');
    json.field("domain", policy.domain.as_deref());
    json.field("adkim", stated(&policy.adkim));
    json.field("aspf", stated(&policy.aspf));
    json.field("p", stated(&policy.p));
    json.field("sp", stated(&policy.sp));
    json.field("np", stated(&policy.np));
    json.field("pct", policy.pct.as_deref());
    json.field("fo", policy.fo.as_deref());
    json.field("testing", stated(&policy.testing));
    json.field("discovery_method", stated(&policy.discovery_method));
    json.field("source_ip_address", row.source().as_deref());
    json.plain_field("count", &record.count.to_string());
    for (name, aligned) in ["spf_aligned", "dkim_aligned", "dmarc_aligned"].into_iter().zip(row.aligned()) {
        json.plain_field(name, flag(aligned));
    }
    json.field("disposition", record.evaluated.as_ref().and_then(|it| stated(&it.disposition)));
    json.name("reasons");
    json.open(b'[');
    for reason in &record.reasons {
        json.open(b'{');
        json.field("type", stated(&reason.kind));
        json.field("comment", reason.comment.as_deref());
        json.close(b'}');
    }
    json.close(b']');
    json.field("envelope_from", record.envelope_from.as_deref());
    json.field("header_from", record.header_from.as_deref());
    json.field("envelope_to", record.envelope_to.as_deref());
    json.name("dkim");
    json.open(b'[');
    for result in &record.dkim {
        json.open(b'{');
        json.field("domain", result.domain.as_deref());
        json.field("selector", result.selector.as_deref());
        json.field("result", stated(&result.result));
        json.field("human_result", result.human_result.as_deref());
        json.close(b'}');
    }
    json.close(b']');
    json.name("spf");
    json.open(b'[');
    for result in &record.spf {
        json.open(b'{');
        json.field("domain", result.domain.as_deref());
        json.field("scope", stated(&result.scope));
        json.field("result", stated(&result.result));
        json.field("human_result", result.human_result.as_deref());
        json.close(b'}');
    }
    json.close(b']');
    json.field("outcome", Some(row.outcome.word()));
    json.field("our_verdict", Some(row.ours.verdict().word()));
    json.field("our_difference", Some(row.ours.difference().word()));
    json.field("generator", report.generator.as_deref());
    json.field("file", Some(row.head.file.as_str()).filter(|name| !name.is_empty()));
    json.close(b'}');
    out.push(b'\n');
}

/// A word, where the field says anything.
pub fn stated<T: Word>(word: &Keyword<T>) -> Option<&str> {
    word.is_stated().then(|| word.text())
}
