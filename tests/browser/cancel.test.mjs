// Cancel ends reading at once; what was read stays, what was not is told.
import assert from "node:assert/strict";
import test from "node:test";

import { cancelInTheMiddle, give, ledger, metrics, open, settled, shows, useChromium } from "./support/chromium.mjs";
import { slowDisk } from "./support/faults.mjs";
import { file, folder, xmlFile, zipFile } from "./support/files.mjs";
import { alike, figures, report, reports, xml } from "./support/reports.mjs";

useChromium();

/** How many files have which status, as the ledger's summary tells. */
async function tally(page) {
  const [, total, rest] = /^([\d,]+) files?: (.*)\.$/.exec(await page.locator(".ledger > p").first().innerText());
  const number = (text) => Number(text.replaceAll(",", ""));
  const counts = rest.split(", ").map((part) => /^([\d,]+) (.*)$/.exec(part));
  return { total: number(total), ...Object.fromEntries(counts.map(([, count, status]) => [status, number(count)])) };
}

test("cancel in the middle of a zip of thousands of reports", async (t) => {
  const all = alike(4_000, 60);
  const path = await folder(t, [zipFile("large.zip", all)]);
  const page = await open(t);
  await give(page, `${path}/large.zip`);
  const time = await cancelInTheMiddle(page);
  t.diagnostic(`${Math.round(time)} ms`);
  assert.ok(time < 1_000, `ready after ${time} ms`);
  const one = figures([all[0].report]);
  const found = await metrics(page);
  assert.ok(found.records > 0 && found.records < 4_000 * one.records, JSON.stringify(found));
  assert.equal(found.passed + found.failed + found.unknown, found.messages);
  // Whole reports, and perhaps the one that was in hand: at least as many messages as the whole ones have.
  const whole = Math.floor(found.records / one.records);
  assert.ok(found.messages >= whole * one.messages && found.messages < (whole + 1) * one.messages, JSON.stringify(found));
  const [entry] = await ledger(page);
  assert.equal(entry.status, "partial");
  assert.match(entry.notes.join(), /cancelled before the end/);
  assert.ok(entry.holds.endsWith(`${found.messages.toLocaleString("en-US")} messages`), `${entry.holds}, but ${found.messages} in the figures`);
  // What was read stays, and reading goes on when asked: another file, and the same one whole.
  await give(page, [xmlFile(report(2))]);
  await settled(page, 2);
  const after = await metrics(page);
  assert.equal(after.messages, found.messages + figures([report(2)]).messages);
  assert.equal(after.reports, found.reports + 1);
  await give(page, `${path}/large.zip`);
  await settled(page, 3, 30_000);
  await shows(page, figures([...all.map(({ report }) => report), report(2)]));
  assert.deepEqual(page.log, []);
});

test("cancel in the middle of thousands of files", async (t) => {
  const all = alike(3_000, 12);
  const path = await folder(t, all);
  const page = await open(t);
  await page.locator("#folder-input").setInputFiles(path);
  const time = await cancelInTheMiddle(page);
  t.diagnostic(`${Math.round(time)} ms`);
  assert.ok(time < 1_000, `ready after ${time} ms`);
  await settled(page, 3_000);
  const { read = 0, refused = 0, "partly read": partly = 0, total } = await tally(page);
  assert.equal(read + refused + partly, total, "every file is told of, once");
  assert.ok(read > 0 && refused > 0, `${read} read, ${refused} refused`);
  assert.equal(partly, 0, "small files are handed over whole or not at all");
  const one = figures([all[0].report]);
  const found = await metrics(page);
  assert.deepEqual([found.reports, found.messages, found.records], [read, read * one.messages, read * one.records]);
  const unread = (await ledger(page)).filter(({ status }) => status === "refused");
  for (const { name, notes } of unread) assert.match(notes.join(), /cancelled/, name);
  await give(page, [xmlFile(report(2))]);
  await settled(page, 3_001);
  const after = await metrics(page);
  assert.equal(after.messages, found.messages + figures([report(2)]).messages);
  assert.deepEqual(page.log, []);
});

test("what is dropped right after a cancel is read to its end", async (t) => {
  // Chromium lets an ended worker run on for up to two seconds: neither what it still delivers nor that it is done with it
  // may get in the way of the next reader, which here is at work for longer than that.
  const first = alike(5_000, 60);
  const padding = `<!--${" ".repeat(1 << 20)}-->`; // past the size up to which files are fetched whole
  const second = reports(14, 2).map((report) => file(`${report.number}.slow.xml`, `${xml(report)}${padding}`));
  const path = await folder(t, [zipFile("first.zip", first)]);
  const page = await open(t, { change: slowDisk(400, "slow.xml") });
  await give(page, `${path}/first.zip`);
  await cancelInTheMiddle(page);
  await give(page, second);
  await settled(page, 15);
  const found = await metrics(page);
  const entries = await ledger(page);
  const { holds } = entries.find(({ name }) => name === "first.zip");
  const kept = Number(/, ([\d,]+) messages?$/.exec(holds)[1].replaceAll(",", ""));
  for (const { name, status } of entries) assert.ok(name === "first.zip" || status === "read" || status === "mended", `${name}: ${status}`);
  assert.equal(found.messages, kept + figures(reports(14, 2)).messages);
});

test("a second helping waits for the first, and cancel gives up both", async (t) => {
  const page = await open(t);
  const all = alike(2_500, 60);
  const path = await folder(t, [zipFile("first.zip", all), zipFile("second.zip", [xmlFile(report(2))])]);
  await give(page, `${path}/first.zip`);
  await page.locator("#cancel").waitFor();
  await give(page, `${path}/second.zip`);
  await cancelInTheMiddle(page);
  await settled(page, 2);
  const found = Object.fromEntries((await ledger(page)).map(({ name, status, notes }) => [name, [status, notes.join()]]));
  assert.equal(found["first.zip"][0], "partial");
  assert.equal(found["second.zip"][0], "refused");
  assert.match(found["second.zip"][1], /cancelled/);
});
