// Files too large to be held, for the cases that show that they need not be. Written piece by piece, and not kept.
import { createWriteStream, readFileSync } from "node:fs";
import { once } from "node:events";

import { message } from "../support/mail.mjs";

const MIB = 2 ** 20;

/** Writes pieces one after the other. */
async function write(path, pieces) {
  const stream = createWriteStream(path);
  for (const piece of pieces) if (!stream.write(piece)) await once(stream, "drain");
  stream.end();
  await once(stream, "finish");
}

/** A mailbox of so many MiB: the reports in these files as mails, each among ordinary mail with an attachment. */
export async function mailbox(path, mebibytes, files) {
  const each = Math.floor((mebibytes * MIB) / files.length);
  const separator = "From a@b.example Mon Jan  1 00:00:00 2024\n";
  const line = `${Buffer.from("ordinary mail with some attachment, as people have it").toString("base64")}\n`;
  function* mails() {
    for (const file of files) {
      const report = message(readFileSync(file));
      const rest = Math.max(0, each - report.length - 500);
      const attachment = line.repeat(Math.floor(rest / line.length));
      yield `${separator}${report}\n${separator}From: a@b.example\nTo: c@d.example\nSubject: holidays\nMIME-Version: 1.0\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n${attachment}\n`;
    }
  }
  await write(path, mails());
}

/** One report of so many MiB; gives what it sums up to. */
export async function single(path, mebibytes) {
  const totals = { messages: 0, passed: 0, failed: 0, unknown: 0, reports: 1, records: 0, sources: 5_000, reporters: 1, domains: 1 };
  function* pieces() {
    yield `<?xml version="1.0" encoding="UTF-8"?>\n<feedback>\n  <report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email><report_id>1</report_id>
    <date_range><begin>1790294400</begin><end>1790380799</end></date_range></report_metadata>
  <policy_published><domain>example.org</domain><adkim>r</adkim><aspf>r</aspf><p>none</p><sp>none</sp><pct>100</pct></policy_published>\n`;
    for (let size = 0; size < mebibytes * MIB;) {
      const number = totals.records;
      const [count, source, result] = [(number % 9) + 1, number % totals.sources, number % 3 ? "pass" : "fail"];
      const record = `  <record>
    <row>
      <source_ip>192.0.${source >> 8}.${source & 255}</source_ip>
      <count>${count}</count>
      <policy_evaluated>
        <disposition>none</disposition>
        <dkim>${result}</dkim>
        <spf>fail</spf>
      </policy_evaluated>
    </row>
    <identifiers>
      <envelope_to>receiver.example</envelope_to>
      <envelope_from>bounces.vendor.example</envelope_from>
      <header_from>example.org</header_from>
    </identifiers>
    <auth_results>
      <dkim>
        <domain>example.org</domain>
        <selector>s${number % 7}</selector>
        <result>${result}</result>
      </dkim>
      <spf>
        <domain>bounces.vendor.example</domain>
        <scope>mfrom</scope>
        <result>pass</result>
      </spf>
    </auth_results>
  </record>\n`;
      totals.records += 1;
      totals.messages += count;
      totals[result === "pass" ? "passed" : "failed"] += count;
      size += record.length;
      yield record;
    }
    yield "</feedback>\n";
  }
  await write(path, pieces());
  return totals;
}
