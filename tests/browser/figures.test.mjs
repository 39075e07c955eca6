// Every figure on every screen is the one that the engine tells natively for the same filter.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, give, headline as counts, metrics, open, settled, useChromium, visit } from "./support/chromium.mjs";
import { told } from "./support/engine.mjs";
import { gzFile, xmlFile } from "./support/files.mjs";
import { report, reports } from "./support/reports.mjs";
import { SAMPLE } from "./support/states.mjs";

useChromium();

/** The sample, reports of every dialect and verdict, one of them twice, and something that is none. */
const FILES = [
  SAMPLE, ...reports(8, 1, 12).map((made) => gzFile(made)), xmlFile(report(3, 12), "again.xml"), { name: "notes.txt", mimeType: "", buffer: Buffer.from("Nothing.") },
];
const FILTERS = [
  "", "from:shop.example", "period:2026-06-03..2026-06-20", "period:2026-09", "verdict:fail", "verdict:unknown", 'reporter:"Receiver One"',
  "ip:203.0.113.0/24", "-verdict:pass from:*.example", "from:nowhere.example",
];

const number = (text) => (/^[\d,]+$/.test(text.trim()) ? Number(text.replaceAll(",", "")) : text.trim());
const figures = ({ messages, passed, failed, unknown }) => [messages, passed, failed, unknown];
const address = (filter, rest = "") => `v1${filter ? `&only=${encodeURIComponent(filter)}` : ""}${rest}`;
const dayName = (iso, options) => new Date(`${iso}T00:00Z`).toLocaleDateString("en-US", { timeZone: "UTC", ...options });

/**
 * The rows on screen of a table or grid: for each the texts of its cells by their heads. A table may hold only those rows that
 * are in view.
 */
const rows = (page, scope) => page.locator(scope).evaluate((scope) => {
  // A head may hold the button that explains it, and the sign of the order.
  const text = (cell) => (cell.querySelector("button.sort")?.innerText ?? cell.innerText).replace(/\s+i$/, "").trim();
  const texts = (row) => [...row.querySelectorAll('th, td, [role="rowheader"], [role="gridcell"], [role="cell"], [role="columnheader"]')].map(text);
  const all = [...scope.querySelectorAll('tr, [role="row"]')];
  const head = all.find((row) => row.querySelector('thead th, [role="columnheader"], th[scope="col"]'));
  const heads = texts(head);
  // Rows that only keep the place of others say nothing.
  const said = all.filter((row) => row !== head && row.getAttribute("aria-hidden") !== "true");
  return said.map((row) => Object.fromEntries(texts(row).map((text, place) => [heads[place], text])));
});

/** The figures of a row by the words of its heads. */
const counted = (row) => ["Messages", "Pass", "Fail", "Unknown"].map((head) => number(row[head]));

function headline(found, { totals }, what) {
  assert.deepEqual(found, totals, what);
  assert.equal(found.passed + found.failed + found.unknown, found.messages, what);
}

/** Where an engine's list is cut to what is shown: the rows shown are the first of it, whatever the order of equals. */
function begins(shown, all, by, what) {
  const known = new Map(all.map((group) => [by(group), figures(group).join()]));
  for (const [key, values] of shown) assert.equal(values.join(), known.get(key), `${what}: ${key}`);
  const messages = shown.map(([, values]) => values[0]);
  assert.deepEqual(messages, all.slice(0, shown.length).map((group) => group.messages), `${what}: the biggest come first`);
}

async function overview(page, engine, what) {
  const cards = await page.locator("[data-by]").evaluateAll((cards) => cards.map((card) => ({
    by: card.dataset.by,
    rows: [...card.querySelectorAll("tbody tr[data-messages]")].map(({ dataset, cells }) => [cells[0].innerText, Number(dataset.messages), Number(dataset.passed), cells]).map(([name, messages, passed, cells]) => ({
      name, messages, passed, texts: [...cells].map((cell) => cell.innerText),
    })),
  })));
  const dimensions = { "by-from": "from", "by-reporter": "reporter", "by-domain": "domain", "by-source": "source" };
  for (const { by, rows } of cards.filter(({ by }) => by in dimensions)) {
    const groups = engine.groups[dimensions[by]];
    assert.ok(rows.length > 0 || groups.length === 0, `${what}, ${by}: there are rows`);
    const known = new Map(groups.map((group) => [group.key ?? "not stated", group]));
    for (const { name, messages, passed, texts } of rows) {
      const group = known.get(name);
      assert.deepEqual([messages, passed], [group?.messages, group?.passed], `${what}, ${by}: ${name}`);
      assert.ok(texts.map(number).includes(messages), `${what}, ${by}: ${name} says ${texts}, not ${messages}`);
    }
    // Sources stand by how much of theirs fails, all else by messages.
    const size = by === "by-source" ? ({ messages, passed, unknown = 0 }) => messages - passed - unknown : ({ messages }) => messages;
    const biggest = groups.map(size).sort((a, b) => b - a).slice(0, rows.length);
    assert.deepEqual(rows.map(({ name }) => size(known.get(name))), biggest, `${what}, ${by}`);
  }
  // Their names are written in words; the order of equals is the engine's too.
  const worded = { "by-outcome": "outcome", "by-disposition": "disposition", "by-dkim": "dkim", "by-spf": "spf", "by-envelope": "envelope" };
  for (const { by, rows } of cards.filter(({ by }) => by in worded)) {
    const groups = engine.groups[worded[by]];
    assert.ok(rows.length > 0 || groups.length === 0, `${what}, ${by}: there are rows`);
    assert.deepEqual(rows.map(({ messages, passed }) => [messages, passed]), groups.slice(0, rows.length).map(({ messages, passed }) => [messages, passed]), `${what}, ${by}`);
    for (const { messages, texts } of rows) assert.ok(texts.map(number).includes(messages), `${what}, ${by}: ${texts}`);
  }
  if (engine.totals.records > 0) await trend(page, engine, what);
}

// In the order of the engine's fates.
const FATES = ["Pass", "Pass, yet quarantined or rejected", "Fail, rejected", "Fail, quarantined", "Fail, delivered by exception", "Fail, delivered: policy none", "Fail, what was done is not known", "Verdict unknown"];

/** The chart's table has each day with each fate, and sums up to the headline. */
async function trend(page, engine, what) {
  await page.locator("#screens .trend details > summary").first().click();
  const table = page.locator("#screens .trend details table").first();
  await table.locator("tbody tr").first().waitFor();
  const found = await rows(page, "#screens .trend details table >> nth=0");
  const counted = found.filter((row) => typeof number(row.Messages ?? "") === "number");
  const days = new Map(counted.map((row) => [row.Time.split("\n")[0].replace(/(holds a|no report).*$/, "").trim(), row]));
  let sum = 0;
  for (const [iso, messages] of Object.entries(engine.days)) {
    const row = days.get(dayName(iso, { month: "short", day: "numeric" }));
    assert.ok(row, `${what}: ${iso} is in ${[...days.keys()]}`);
    for (const [place, fate] of FATES.entries()) {
      assert.equal(fate in row ? number(row[fate]) : 0, messages[place], `${what}: ${iso}, ${fate}`);
    }
    const whole = messages.reduce((a, b) => a + b, 0);
    assert.equal(number(row.Messages), whole, `${what}: ${iso}`);
    sum += whole;
  }
  assert.equal(days.size, Object.keys(engine.days).length, `${what}: no other days`);
  assert.equal(sum + engine.dateless.reduce((a, b) => a + b, 0), engine.totals.messages, what);
}

test("every figure on every screen equals the engine's, whatever the filter", async (t) => {
  const page = await open(t);
  await give(page, FILES);
  await settled(page, FILES.length);
  // The columns that are hidden at first; the choice stays.
  await visit(page, address("", "&show=sources"));
  await page.locator(".sources summary.button").click();
  for (const label of ["Pass", "Unknown"]) await page.locator(".sources details:has(> summary.button)").getByLabel(label, { exact: true }).check();
  await page.keyboard.press("Escape");
  for (const filter of FILTERS) {
    const engine = told(FILES, filter);
    const what = filter || "no filter";
    const days = Object.keys(engine.days);
    // One bar a day up to a year; these files span less.
    assert.ok(days.length < 370, what);

    await visit(page, address(filter));
    await counts(page, engine.totals.messages, what);
    headline(await metrics(page), engine, `${what}, overview`);
    await overview(page, engine, `${what}, overview`);

    await visit(page, address(filter, "&show=sources"));
    headline(await metrics(page), engine, `${what}, sources`);
    const sources = (await rows(page, "#screens")).map((row) => [row.Source, counted(row)]);
    assert.ok(sources.length >= Math.min(engine.groups.source.length, 5), `${what}: ${sources.length} sources are shown`);
    begins(sources, engine.groups.source, ({ key }) => key ?? "not stated", `${what}, sources`);

    await visit(page, address(filter, "&show=reports"));
    headline(await metrics(page), engine, `${what}, reports`);
    const shown = (await rows(page, "#screens")).map((row) => counted(row).join());
    assert.deepEqual(shown.map((values) => number(values.split(",")[0])), engine.groups.report.slice(0, shown.length).map(({ messages }) => messages), `${what}, reports`);
    const known = engine.groups.report.map((group) => figures(group).join());
    for (const values of shown) assert.ok(known.includes(values), `${what}, reports: ${values}`);

    await visit(page, address(filter, "&show=files"));
    headline(await metrics(page), engine, `${what}, files`);
    const { total, tally } = engine.files;
    const words = { read: "read", recognised: "recognised", mended: "mended", duplicate: "duplicate", partial: "partly read", refused: "refused" };
    const parts = Object.entries(words).filter(([status]) => tally[status] > 0).map(([status, word]) => `${tally[status]} ${word}`);
    assert.ok((await page.locator("#screens").innerText()).includes(`${total} files: ${parts.join(", ")}.`), `${what}: ${parts}`);
  }
  assert.deepEqual(page.log, []);
});

test("a source's figures are those of a filter for it", async (t) => {
  const page = await open(t);
  await give(page, FILES);
  await settled(page, FILES.length);
  for (const filter of ["", "verdict:fail"]) {
    const { groups } = told(FILES, filter);
    for (const { key } of [groups.source[0], groups.source[7], groups.source.at(-1)]) {
      const engine = told(FILES, `${filter} ip:${key}`);
      await visit(page, address(filter, `&source=${encodeURIComponent(key)}`));
      await page.locator("#screens h2", { hasText: key }).first().waitFor();
      await counts(page, engine.totals.messages, key);
      headline(await metrics(page), engine, key);
      await overview(page, engine, `${filter} ${key}`);
    }
  }
  assert.deepEqual(page.log, []);
});

test("a report's figures are those of its records", async (t) => {
  const page = await open(t);
  await give(page, FILES);
  await settled(page, FILES.length);
  const { groups } = told(FILES);
  for (const place of [0, 1, 5]) {
    await visit(page, address("", "&show=reports"));
    await page.locator('#screens a[href*="report="]').nth(place).click();
    await calm(page);
    const id = await page.locator("#screens dl > div", { hasText: "Report id" }).locator("dd").innerText();
    const group = groups.report.find(({ key }) => key.id === id);
    const text = await page.locator("#screens").innerText();
    assert.ok(text.includes(`${group.records} records, ${group.messages.toLocaleString("en-US")} messages`), `${id}: ${JSON.stringify(group)}`);
    const shown = (await rows(page, "#screens")).map((row) => number(row.Messages));
    const sum = shown.reduce((a, b) => a + b, 0);
    assert.ok(shown.length === group.records ? sum === group.messages : sum < group.messages, `${id}: ${shown}`);
  }
});
