// Reports as plain objects, what they must add up to, and their XML as real reporters write it.

const DAY = 86_400;
const FIRST = 1_788_220_800; // 2026-09-01T00:00Z

/** The same numbers on every run: a fixture that fails once fails again. */
export function dice(seed) {
  let state = seed >>> 0 || 1;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const DIALECTS = ["plain", "verbose", "rfc9990", "sparse"];

/** A report with `size` records. Different numbers give different reports; every dialect and verdict occurs. */
export function report(number, size = 4, more = {}) {
  const roll = dice(number * 7919 + 17);
  const dialect = DIALECTS[number % DIALECTS.length];
  const domain = ["shop.example", "news.example", "corp.example"][roll(3)];
  const begin = FIRST + (number % 30) * DAY;
  const records = Array.from({ length: size }, (_, place) => {
    const record = {
      ip: roll(4) ? `203.0.${113 + roll(3)}.${roll(250) + 1}` : `2001:db8:${roll(40).toString(16)}::${(roll(60) + 1).toString(16)}`,
      count: 1 + roll(900),
      evaluated: { disposition: "none", dkim: roll(3) ? "pass" : "fail", spf: roll(2) ? "pass" : "fail" },
      from: roll(4) ? domain : `mail.${domain}`,
      signatures: 1 + roll(3),
    };
    if (record.evaluated.dkim === "fail" && record.evaluated.spf === "fail") {
      record.evaluated.disposition = ["none", "quarantine", "reject"][roll(3)];
    }
    // Some reporters leave the evaluation out: nobody can tell those messages' verdict.
    if (place === 2 && dialect === "sparse") record.evaluated = undefined;
    return record;
  });
  return {
    number, dialect, domain, begin, end: begin + DAY - 1, records,
    org: ["Receiver One", "mailbox.example", "Großpost & Söhne"][number % 3], id: `${number}.${begin}@receiver.example`, ...more,
  };
}

/** Several reports, numbered on from `first`. */
export const reports = (count, first = 1, size = 4) => Array.from({ length: count }, (_, place) => report(first + place, size));

function verdict({ evaluated }) {
  if (!evaluated) return "unknown";
  return evaluated.dkim === "pass" || evaluated.spf === "pass" ? "passed" : "failed";
}

/** Reports that differ in their id only, so that each adds the same to every figure: the report, a name and its XML. */
export function alike(count, size) {
  const first = report(1, size);
  const text = xml(first);
  return Array.from({ length: count }, (_, place) => {
    const id = `${first.id}#${place}`;
    return { report: { ...first, id }, name: `${place}.xml`, buffer: Buffer.from(text.replace(first.id, id)) };
  });
}

/** What the page must show for these reports, each counted once. */
export function figures(reports) {
  const sum = { messages: 0, passed: 0, failed: 0, unknown: 0, reports: reports.length, records: 0 };
  const [sources, reporters, domains] = [new Set(), new Set(), new Set()];
  for (const report of reports) {
    reporters.add(report.org);
    domains.add(report.domain);
    for (const record of report.records) {
      sum.records += 1;
      sum.messages += record.count;
      sum[verdict(record)] += record.count;
      sources.add(record.ip);
    }
  }
  return { ...sum, sources: sources.size, reporters: reporters.size, domains: domains.size };
}

export const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

/** The report's XML. */
export function xml(report) {
  const line = (name, value) => (value === undefined ? "" : `<${name}>${escaped(value)}</${name}>`);
  const nine = report.dialect === "rfc9990";
  const root = {
    plain: "<feedback>",
    verbose: '<feedback xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><version>1.0</version>',
    rfc9990: '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0"><version>1.0</version>',
    sparse: "<feedback>",
  }[report.dialect];
  const metadata = [
    line("org_name", report.org), line("email", "dmarc-noreply@receiver.example"),
    report.dialect === "sparse" ? "" : line("extra_contact_info", "https://receiver.example/dmarc"),
    line("report_id", report.id), `<date_range>${line("begin", report.begin)}${line("end", report.end)}</date_range>`,
    nine ? line("generator", "reporter 2.1") : "",
  ];
  const policy = [
    line("domain", report.domain), nine ? "" : line("adkim", "r") + line("aspf", "r"), line("p", "reject"), line("sp", "none"),
    nine ? line("testing", "n") + line("discovery_method", "treewalk") : line("pct", 100),
  ];
  const records = report.records.map((record) => recordXml(record, report, line));
  const parts = [
    `${root}`, `<report_metadata>${metadata.join("")}</report_metadata>`, `<policy_published>${policy.join("")}</policy_published>`,
    ...records, "</feedback>",
  ];
  // Google's and Microsoft's stand indented, others come in one line.
  const space = report.dialect === "verbose" || report.dialect === "plain" ? "\n  " : "";
  return `<?xml version="1.0" encoding="UTF-8" ?>\n${parts.join(space)}\n`;
}

function recordXml({ ip, count, evaluated, from, signatures }, { dialect, domain }, line) {
  const reason = evaluated?.dkim === "fail" && evaluated.spf === "fail" && evaluated.disposition === "none" && dialect !== "plain"
    ? `<reason>${line("type", "forwarded")}${line("comment", "looks forwarded, downgrade to none")}</reason>` : "";
  const judged = evaluated
    ? `<policy_evaluated>${line("disposition", evaluated.disposition)}${line("dkim", evaluated.dkim)}${line("spf", evaluated.spf)}${reason}</policy_evaluated>` : "";
  const dkim = Array.from({ length: signatures }, (_, place) => {
    const result = evaluated?.dkim === "pass" && place === 0 ? "pass" : ["fail", "permerror", "neutral"][place % 3];
    const human = dialect === "rfc9990" ? '<human_result lang="en">key found</human_result>' : "";
    const named = line("domain", place ? `esp${place}.example` : domain) + line("selector", `s${place + 1}`);
    return `<dkim>${named}${line("result", result)}${human}</dkim>`;
  }).join("");
  const spf = `<spf>${line("domain", domain)}${dialect === "sparse" ? "" : line("scope", "mfrom")}${line("result", evaluated?.spf ?? "none")}</spf>`;
  const envelope = dialect === "verbose" ? line("envelope_to", "outlook.example") + line("envelope_from", domain) : "";
  const row = `<row>${line("source_ip", ip)}${line("count", count)}${judged}</row>`;
  const identifiers = `<identifiers>${envelope}${line("header_from", from)}</identifiers>`;
  return `<record>${row}${identifiers}<auth_results>${dkim}${spf}</auth_results></record>`;
}
