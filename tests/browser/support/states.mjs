// Every screen and every state of the page that people look at: the one list for whatever goes through all of them.
//
// { name, files, count, change, hash, steps, until }: the page is opened (`change` is the server's), `files` are given, and once
// `count` of them (all, if not said) are told of, the address becomes `hash` and `steps(page)` are gone. `until` is a selector
// to wait for; without one, everything asked for has come. A screen of the page that is made should be added to `SCREENS`,
// what it looks like with little, much or odd data to `STATES`, what opens on it to `OPENED`.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { calm, give, open, settled, visit } from "./chromium.mjs";
import { KNOWN, database } from "./database.mjs";
import { faulty } from "./faults.mjs";
import { file, gzFile, layered, xmlFile, zipFile } from "./files.mjs";
import { alike, report, reports } from "./reports.mjs";

/** The data that the page itself offers. */
export const SAMPLE = { name: "sample.zip", mimeType: "", buffer: readFileSync(fileURLToPath(new URL("../../../assets/sample.zip", import.meta.url))) };

const CALM = 'html[data-phase="ready"][data-screens="ready"]';

/** Without spaces, dots or hyphens to break at. */
const LONG = "Bundesvereinigung".repeat(12).slice(0, 200);
/** As long as a name can be, of labels as long as they can be. */
const LONG_DOMAIN = `${["a", "b", "c"].map((letter) => letter.repeat(63)).join(".")}.example`;

/** Follows the first link on the screen to another kind of view. */
const follow = (part) => async (page) => {
  await page.locator(`#screens a[href*="${part}"]`).first().click();
  await calm(page);
};
const press = (name) => async (page) => {
  await page.locator("#screens").getByRole("button", { name }).first().click();
  await calm(page);
};
const unfold = (selector) => async (page) => {
  await page.locator(selector).first().click();
  await calm(page);
};
/** Opens a row of a table beside it, where nothing in the row leads elsewhere. */
const beside = (table) => async (page) => {
  await page.locator(`${table} tbody tr[aria-rowindex] td`).nth(4).click({ position: { x: 3, y: 3 } });
  await page.locator(".drawer").waitFor();
  await calm(page);
};
/** Opens what a chip asks, or what may be asked. */
const asked = (selector, field) => async (page) => {
  await page.locator(selector).click();
  if (field) await page.locator(`[data-field="${field}"]`).click();
  await calm(page);
};
const typed = (text, key, seen) => async (page) => {
  await page.keyboard.press("/");
  await page.locator("#filter-input").fill(text);
  if (seen) await page.locator(seen).first().waitFor();
  await page.keyboard.press(key);
  await calm(page);
};
const all = (...steps) => async (page) => { for (const step of steps) await step(page); };

/** Gives every domain a label. */
const label = async (page) => {
  await page.locator(".domains thead input").check();
  await page.getByRole("button", { name: "Name them" }).click();
  await page.locator("#label-name").fill(LONG.slice(0, 80));
  await page.keyboard.press("Enter");
  await page.locator("[data-label]").waitFor();
  await calm(page);
};

/** The reports of a month in which every record was judged alike. */
function judged(evaluated, from = 1) {
  const alike = (made) => ({ ...made, dialect: "plain", records: made.records.map((record) => ({ ...record, evaluated })) });
  return reports(12, from, 5).map((made) => xmlFile(alike(made)));
}

const over = async (page) => page.evaluate(() => {
  const data = new DataTransfer();
  data.items.add(new File(["x"], "report.xml"));
  document.body.dispatchEvent(new DragEvent("dragenter", { dataTransfer: data, bubbles: true, cancelable: true }));
});

const longNames = () => [
  xmlFile(report(1, 4, { org: LONG, domain: LONG_DOMAIN, id: LONG.toLowerCase() }), `${LONG}.xml`),
  xmlFile(report(2, 4, { org: `${LONG}, Abteilung Post`, domain: "shop.example" })),
  zipFile(`${LONG.slice(0, 190)}.zip`, [xmlFile(report(3)), file(`${LONG}.txt`, "Nothing.")]),
  xmlFile(report(1, 4, { org: LONG, domain: LONG_DOMAIN, id: LONG.toLowerCase() }), `copy of ${LONG}.xml`),
];

const addresses = () => Array.from({ length: 40 }, (_, place) => ({
  ...report(place, 1).records[0], ip: `2001:db8:1234:5678:9abc:def0:1234:${(0x1000 + place * 977).toString(16)}`,
}));

const broken = () => [
  file("notes.txt", "Nothing."), file("empty.xml", ""), file("archive.zip", "PK\x03\x04 and no more"), file("picture.png", "\x89PNG\r\n\x1a\n0000"),
  file("page.xml", "<html><body>Not found</body></html>"),
];

const odd = () => [
  ...reports(9, 1, 30).map((made) => gzFile(made)), xmlFile(report(3, 30)), file("cut.xml", xmlFile(report(11, 30)).buffer.subarray(0, 6_000)),
  zipFile("several.zip", [xmlFile(report(12)), file("notes.txt", "Nothing."), xmlFile(report(13))]), ...broken(),
];

/** Reading that does not come to its end, past the number of records from which on the reader hands over what it has. */
const held = {
  change: faulty({ name: "held.xml", way: "hang" }), files: () => [SAMPLE, zipFile("autumn.zip", alike(60, 60)), file("held.xml", "<feedback/>")],
};

/** Every screen, with the sample data. */
export const SCREENS = [
  { name: "empty", until: "#sample" },
  { name: "drag", steps: over, until: ".overlay-shown" },
  { name: "reading", ...held, count: 0, until: 'html[data-phase="reading"]:has([data-by] tbody tr) #cancel' },
  { name: "overview", files: () => [SAMPLE] },
  { name: "senders", files: () => [SAMPLE], hash: "v1&show=senders" },
  { name: "sender", files: () => [SAMPLE], hash: "v1&only=sender:larkletter.example&show=senders" },
  { name: "sources", files: () => [SAMPLE], hash: "v1&show=sources" },
  { name: "source", files: () => [SAMPLE], hash: "v1&show=sources", steps: follow("source=") },
  { name: "reports", files: () => [SAMPLE], hash: "v1&show=reports" },
  { name: "report", files: () => [SAMPLE], hash: "v1&show=reports", steps: follow("report=") },
  { name: "files", files: odd, hash: "v1&show=files" },
  { name: "groups", files: () => [SAMPLE], hash: "v1&group=from" },
  { name: "domains", files: () => [SAMPLE], hash: "v1&show=domains" },
  { name: "compare", files: () => [SAMPLE], hash: `v1&only=period:2026-06-16..2026-06-30&show=compare&against=period:2026-06-01..2026-06-15` },
];

/** What is easily forgotten. */
export const STATES = [
  { name: "no-match", files: () => [SAMPLE], hash: "v1&only=from:nowhere.example" },
  { name: "no-match-senders", files: () => [SAMPLE], hash: "v1&only=from:nowhere.example&show=senders" },
  { name: "no-such-sender", files: () => [SAMPLE], hash: "v1&only=sender:nobody.example&show=senders" },
  { name: "nothing-proven", files: () => [SAMPLE], hash: "v1&only=sender:?&show=senders" },
  { name: "long-names-senders", files: longNames, hash: "v1&show=senders" },
  { name: "by-our-verdicts", files: () => [SAMPLE], hash: "v1&only=judge:ours" },
  { name: "no-match-sources", files: () => [SAMPLE], hash: "v1&only=from:nowhere.example&show=sources" },
  { name: "no-match-reports", files: () => [SAMPLE], hash: "v1&only=from:nowhere.example&show=reports" },
  { name: "no-such-source", files: () => [SAMPLE], hash: "v1&source=192.0.2.254" },
  { name: "no-such-report", files: () => [SAMPLE], hash: "v1&report=99999" },
  { name: "no-such-filter", files: () => [SAMPLE], hash: `v1&only=nonsense:&tab=${LONG}` },
  { name: "many-filters", files: () => [SAMPLE], hash: `v1&only=${encodeURIComponent(`verdict:fail period:2026 from:${LONG_DOMAIN},shop.example -ip:203.0.113.0/24 -reporter:"${LONG}" ${LONG},"two words"`)}` },
  { name: "one-report", files: () => [xmlFile(report(1, 3))] },
  { name: "one-day", files: () => [1, 31, 61].map((number) => xmlFile(report(number, 6))) },
  { name: "all-pass", files: () => judged({ disposition: "none", dkim: "pass", spf: "pass" }) },
  { name: "all-fail", files: () => judged({ disposition: "reject", dkim: "fail", spf: "fail" }) },
  { name: "all-unknown", files: () => judged(undefined) },
  { name: "long-names", files: longNames },
  { name: "long-names-source", files: longNames, hash: "v1&show=sources", steps: follow("source=") },
  { name: "long-names-reports", files: longNames, hash: "v1&show=reports" },
  { name: "long-names-report", files: longNames, hash: "v1&show=reports", steps: follow("report=") },
  { name: "no-match-groups", files: () => [SAMPLE], hash: "v1&only=from:nowhere.example&group=from" },
  { name: "no-match-domains", files: () => [SAMPLE], hash: "v1&only=from:nowhere.example&show=domains" },
  { name: "no-match-compare", files: () => [SAMPLE], hash: "v1&only=from:nowhere.example&show=compare&against=period:2020" },
  { name: "compare-same", files: () => [SAMPLE], hash: "v1&show=compare" },
  { name: "one-day-domains", files: () => [1, 31, 61].map((number) => xmlFile(report(number, 6))), hash: "v1&show=domains" },
  { name: "one-day-compare", files: () => [1, 31, 61].map((number) => xmlFile(report(number, 6))), hash: "v1&only=verdict:fail&show=compare" },
  { name: "long-names-domains", files: longNames, hash: "v1&show=domains", steps: label },
  { name: "long-names-compare", files: longNames, hash: "v1&show=compare&against=period:2020&of=domain" },
  { name: "groups-of-two", files: () => [SAMPLE], hash: "v1&group=source,dkim_domain" },
  { name: "long-names-groups", files: longNames, hash: "v1&group=domain,reporter" },
  { name: "long-names-files", files: longNames, hash: "v1&show=files" },
  { name: "ipv6-sources", files: () => [xmlFile(report(1, 1, { records: addresses() }))], hash: "v1&show=sources" },
  { name: "ipv6-source", files: () => [xmlFile(report(1, 1, { records: addresses() }))], hash: "v1&show=sources", steps: follow("source=") },
  { name: "stopped-by-a-limit", files: () => [layered("long.xml.gz", 128, report(1), report(2))], hash: "v1&show=files" },
  { name: "cancelled", ...held, count: 0, steps: async (page) => {
    await page.locator('html[data-phase="reading"]:has([data-by] tbody tr)').waitFor();
    await page.locator("#cancel").click();
    await settled(page, 3);
  } },
  { name: "reader-replaced", change: faulty({ name: "bad.xml", way: "panic" }), files: () => [file("bad.xml", "<feedback/>"), xmlFile(report(1))] },
  { name: "all-refused", files: broken },
  { name: "all-refused-files", files: broken, hash: "v1&show=files" },
  { name: "all-refused-sources", files: broken, hash: "v1&show=sources" },
  { name: "no-records", files: () => [xmlFile(report(1, 0))] },
  { name: "no-records-report", files: () => [xmlFile(report(1, 0))], hash: "v1&show=reports", steps: follow("report=") },
];

/** What opens on a screen. */
export const OPENED = [
  { name: "chart-table", files: () => [SAMPLE], steps: unfold("#screens .trend details > summary") },
  { name: "chart-day", files: () => [SAMPLE], steps: (page) => page.locator('#screens [role="application"]').focus() },
  { name: "attention-all", files: () => [SAMPLE], steps: press(/^Show all 7/) },
  { name: "card-long", files: () => [SAMPLE], steps: press(/^Show all 10/) },
  { name: "source-drawer", files: () => [SAMPLE], hash: "v1&show=sources", steps: beside(".sources") },
  { name: "report-drawer", files: () => [SAMPLE], hash: "v1&show=reports", steps: beside(".reports") },
  { name: "record-drawer", files: () => [SAMPLE], hash: "v1&show=reports", steps: all(follow("report="), beside(".report")), until: ".record .facts" },
  { name: "report-xml", files: () => [SAMPLE], hash: "v1&show=reports", steps: all(follow("report="), press("Show the XML")) },
  { name: "source-mark", files: () => [SAMPLE], hash: "v1&source=192.0.2.200", steps: unfold(".marks summary"), until: "#mark-standing" },
  { name: "filter-judge", files: () => [SAMPLE], hash: "v1&only=judge:ours", steps: asked("#filter-chip-0"), until: ".judges input" },
  { name: "filter-fields", files: () => [SAMPLE], steps: asked("#filter-add"), until: ".field" },
  { name: "filter-values", files: () => [SAMPLE], hash: "v1&only=from:harbour.example", steps: asked("#filter-chip-0"), until: ".value" },
  { name: "filter-address", files: () => [SAMPLE], hash: "v1&only=-ip:203.0.113.0/24", steps: asked("#filter-chip-0"), until: ".value" },
  { name: "filter-days", files: () => [SAMPLE], hash: "v1&only=period:2026-06", steps: asked("#filter-chip-0"), until: ".day" },
  { name: "filter-text", files: () => [SAMPLE], steps: asked("#filter-add", "text"), until: ".panel" },
  { name: "filter-typed", files: () => [SAMPLE], hash: "v1&only=verdict:fail", steps: typed("verdict:fail from:", "ArrowDown", "[role=option]"), until: '[role=option][aria-selected="true"]' },
  { name: "filter-error", files: () => [SAMPLE], steps: typed("verdict:fail frmo:x ip:192.0.2.1", "Enter"), until: ".typed-spot" },
  { name: "domains-named", files: () => [SAMPLE], hash: "v1&show=domains", steps: label },
  { name: "domains-naming", files: () => [SAMPLE], hash: "v1&show=domains", steps: async (page) => {
    await page.locator(".domains thead input").check();
    await page.getByRole("button", { name: "Name them" }).click();
    await page.locator("#label-name").waitFor();
  } },
  { name: "compare-table", files: () => [SAMPLE], hash: "v1&only=from:harbour.example&show=compare", steps: unfold(".compare-trends summary") },
  { name: "share", files: () => [SAMPLE], steps: (page) => page.locator("#share-open").click(), until: ".share" },
  { name: "share-filtered", files: () => [SAMPLE], hash: `v1&only=from:${LONG_DOMAIN}`, steps: async (page) => {
    await page.locator("#share-open").click();
    await page.locator('input[name="share-kind"][value="raw"]').check();
  }, until: ".share" },
  { name: "share-made", files: () => [SAMPLE], steps: async (page) => {
    await page.locator("#share-open").click();
    await page.locator("#share-make").click();
  }, until: ".share-made" },
  { name: "country-map", files: () => [SAMPLE], hash: "v1&group=country", steps: (page) => give(page, [database(KNOWN)]), until: ".world [data-country]" },
  { name: "whois-known", files: () => [SAMPLE], hash: "v1&show=sources", steps: all((page) => give(page, [database(KNOWN)]), follow("source=")), until: ".whois .facts div" },
  { name: "whois-batch", files: () => [SAMPLE], hash: "v1&show=sources", steps: unfold(".whois-batch summary"), until: "#batch-count" },
  { name: "whois-consent", files: () => [xmlFile(report(1, 1, { records: [{ ...report(1, 1).records[0], ip: "8.8.8.8" }] }))], hash: "v1&source=8.8.8.8", steps: press("Look it up"), until: "dialog[open] .consent-hosts li" },
  { name: "file-items", files: odd, hash: "v1&show=files", steps: press(/^Show what is in it/) },
];

/** Opens the page in a state. */
export async function enter(t, { name, files, count, change, hash, steps, until = CALM }, options = {}) {
  const page = await open(t, { change, ...options });
  if (files) {
    const given = files();
    await give(page, given);
    if (count !== 0) await settled(page, count ?? given.length);
  }
  if (hash) await visit(page, hash);
  await steps?.(page);
  await page.locator(until).first().waitFor().catch((error) => { throw new Error(`${name}: ${error.message}`); });
  return page;
}
