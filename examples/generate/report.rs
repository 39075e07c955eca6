//! Writes one report: its head, then row after row as they are drawn.

use std::io::{self, Write};

use crate::domains::{Domain, Policy};
use crate::plan::Plan;
use crate::record;
use crate::reporters::Reporter;
use crate::rng::Rng;
use crate::rows::Published;
use crate::scene::Scene;
use crate::totals::Totals;
use crate::xml::Xml;

/// Text is handed on in pieces of about this size, so that a report of any length takes little memory.
const PIECE: usize = 64 * 1024;

/// The name of a report's file, without an ending (RFC 9990 §4).
pub fn file_name(plan: &Plan, domain: &Domain, reporter: &Reporter) -> String {
    let (begin, end) = plan.range;
    format!("{}!{}!{begin}!{end}!{:016x}.xml", reporter.domain, domain.name, plan.unique)
}

/// Writes a report and counts what is in it.
pub fn write(
    seed: u64,
    plan: &Plan,
    domain: &Domain,
    reporter: &Reporter,
    totals: &mut Totals,
    out: &mut dyn Write,
) -> io::Result<()> {
    let p = domain.policy_on(plan.days.0);
    let published = Published { domain, p, sp: domain.sp.unwrap_or(p) };
    let mut xml = Xml::new(reporter.layout, reporter.prefix);
    head(&mut xml, plan, &published, reporter);
    totals.report(&reporter.name, &domain.name);

    let scene = Scene { seed, domain, reporter, days: plan.days, rows: plan.records };
    let wave = scene.wave();
    let mixture = scene.mixture(wave);
    let mut rng = Rng::new(&[seed, 20, plan.index]);
    for _ in 0..plan.records {
        let row = scene.row(&mixture, wave, &mut rng);
        // A few receivers leave their verdict out.
        let evaluated = (!rng.permille(3)).then(|| published.evaluate(&row, reporter, &mut rng));
        totals.row(&row, evaluated.as_ref());
        record::write(&mut xml, &row, evaluated.as_ref(), reporter);
        if xml.buffer.len() > PIECE {
            flush(&mut xml, totals, out)?;
        }
    }
    xml.close("feedback");
    xml.finish();
    flush(&mut xml, totals, out)
}

fn flush(xml: &mut Xml, totals: &mut Totals, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&xml.buffer)?;
    totals.xml_bytes += xml.buffer.len() as u64;
    xml.buffer.clear();
    Ok(())
}

/// A report's identifier, in one of the ways reporters make them.
fn report_id(plan: &Plan, domain: &Domain, reporter: &Reporter) -> String {
    let unique = plan.unique;
    match reporter.index % 5 {
        0 => unique.to_string(),
        1 => format!("{unique:016x}"),
        2 => format!("{}:{}:{unique:x}", domain.name, plan.range.0),
        3 => format!("<{unique:x}@{}>", reporter.domain),
        _ => format!("{}-{unique}", domain.name),
    }
}

fn head(xml: &mut Xml, plan: &Plan, published: &Published<'_>, reporter: &Reporter) {
    let namespace = match (reporter.modern, reporter.prefix, reporter.index % 12) {
        (true, "", _) => " xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\"",
        (true, ..) => " xmlns:ns0=\"urn:ietf:params:xml:ns:dmarc-2.0\"",
        (false, _, 5) => " xmlns=\"http://dmarc.org/dmarc-xml/0.1\"",
        _ => "",
    };
    xml.open("feedback", namespace);
    if reporter.version {
        xml.leaf("version", "1.0");
    }
    xml.open("report_metadata", "");
    xml.leaf("org_name", &reporter.name);
    xml.leaf("email", &format!("noreply-dmarc@{}", reporter.domain));
    if reporter.index % 5 < 3 {
        let lang = if reporter.modern { " lang=\"en\"" } else { "" };
        xml.leaf_with("extra_contact_info", lang, &format!("https://{}/dmarc?a=1&b=2", reporter.domain));
    }
    xml.leaf("report_id", &report_id(plan, published.domain, reporter));
    xml.open("date_range", "");
    xml.leaf("begin", &plan.range.0.to_string());
    xml.leaf("end", &plan.range.1.to_string());
    xml.close("date_range");
    if plan.unique.is_multiple_of(97) {
        xml.leaf("error", "DNS timed out for some of the messages");
    }
    if reporter.modern && !reporter.index.is_multiple_of(3) {
        xml.leaf("generator", "Example Reporter 3.1");
    }
    xml.close("report_metadata");
    policy(xml, published, reporter);
}

fn policy(xml: &mut Xml, published: &Published<'_>, reporter: &Reporter) {
    let domain = published.domain;
    let mode = |strict| if strict { "s" } else { "r" };
    xml.open("policy_published", "");
    xml.leaf("domain", &domain.name);
    if reporter.modern && reporter.index.is_multiple_of(2) {
        xml.leaf("discovery_method", "treewalk");
    }
    // Left out, both mean relaxed.
    if domain.strict_dkim || !reporter.index.is_multiple_of(4) {
        xml.leaf("adkim", mode(domain.strict_dkim));
    }
    if domain.strict_spf || !reporter.index.is_multiple_of(4) {
        xml.leaf("aspf", mode(domain.strict_spf));
    }
    xml.leaf("p", published.p.keyword());
    if domain.sp.is_some() || reporter.always_sp {
        xml.leaf("sp", published.sp.keyword());
    }
    if reporter.modern {
        if let Some(np) = domain.np {
            xml.leaf("np", np.keyword());
        }
        if domain.testing || !reporter.index.is_multiple_of(2) {
            xml.leaf("testing", if domain.testing && published.p > Policy::None { "y" } else { "n" });
        }
    } else if domain.pct < 100 || !reporter.index.is_multiple_of(3) {
        xml.leaf("pct", &domain.pct.to_string());
    }
    if reporter.index % 3 == 1 {
        xml.leaf("fo", "1");
    }
    xml.close("policy_published");
}
