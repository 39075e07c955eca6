// A reader that stops or hangs costs the file it was at, and nothing else.
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";

import { give, ledger, metrics, open, settled, shows, statuses, useChromium } from "./support/chromium.mjs";
import { folder, xmlFile, zipFile } from "./support/files.mjs";
import { faulty, faultyStore } from "./support/faults.mjs";
import { alike, figures, report, reports } from "./support/reports.mjs";

useChromium();

const LARGE = 2500; // records: past the mebibyte up to which files are fetched whole
const PANIC = /panicked at .*(capacity overflow|assertion)/s; // the program's own words: it was no mere exception
const bad = (size, name = "bad.xml") => xmlFile(report(99, size), name);

/** The page over, with everything read but the file at fault; the entry of that one. */
async function survives(page, files, good) {
  await settled(page, files, 40_000);
  await shows(page, figures(good));
  const entries = await ledger(page);
  const others = entries.filter(({ name }) => name !== "bad.xml");
  assert.ok(others.every(({ status }) => status === "read"), JSON.stringify(others.filter(({ status }) => status !== "read")));
  assert.equal(others.length, files - 1);
  const entry = entries.find(({ name }) => name === "bad.xml");
  assert.ok(["partial", "refused"].includes(entry?.status), JSON.stringify(entry));
  // The page reads on: one more file, by the same readers.
  await give(page, [xmlFile(report(77))]);
  await settled(page, files + 1);
  await shows(page, figures([...good, report(77)]));
  return entry;
}

for (const way of ["panic", "throw"]) {
  test(`${way}: a small file among forty`, async (t) => {
    const page = await open(t, { change: faulty({ name: "bad.xml", way }) });
    const good = reports(40);
    const files = good.map((report) => xmlFile(report));
    files.splice(21, 0, bad(5));
    await give(page, files);
    const entry = await survives(page, 41, good);
    assert.match(entry.notes.join(), /stopped at this file/);
    assert.match(await page.locator(".problem").innerText(), /stopped at bad\.xml/);
    if (way === "panic") assert.match(page.log.join("\n"), PANIC);
  });

  test(`${way}: a large file between two small ones`, async (t) => {
    const page = await open(t, { change: faulty({ name: "bad.xml", way }) });
    await give(page, [xmlFile(report(1)), bad(LARGE), xmlFile(report(2))]);
    const entry = await survives(page, 3, reports(2));
    assert.match(entry.notes.join(), /stopped at this file/);
    if (way === "panic") assert.match(page.log.join("\n"), PANIC);
  });
}

test("panic: a large file after another large one", async (t) => {
  const page = await open(t, { change: faulty({ name: "bad.xml", way: "panic" }) });
  const good = [report(1, LARGE), report(2), report(3, LARGE)];
  await give(page, [xmlFile(good[0]), bad(LARGE), ...good.slice(1).map((report) => xmlFile(report))]);
  await survives(page, 4, good);
});

test("panic: the first and the last file given, and the only one", async (t) => {
  const page = await open(t, { change: faulty({ name: "bad.xml", way: "panic" }) });
  await give(page, [bad(5)]);
  await settled(page, 1);
  assert.equal((await metrics(page)).messages, 0);
  await give(page, [bad(6, "first.bad.xml"), xmlFile(report(1)), xmlFile(report(2)), bad(7, "last.bad.xml")]);
  await settled(page, 5);
  await shows(page, figures(reports(2)));
  const { [`bad.xml`]: only, "first.bad.xml": first, "last.bad.xml": last } = await statuses(page);
  assert.deepEqual([only, first, last], ["refused", "refused", "refused"]);
});

test("panic in the middle of a large file: what was handed over before stays and is told", async (t) => {
  const page = await open(t, { change: faulty({ name: "bad.xml", way: "panic", block: 3 }) });
  const large = report(99, 40_000);
  const file = xmlFile(large, "bad.xml");
  assert.ok(file.buffer.length > 16 << 20, "more than three blocks of four mebibytes");
  await give(page, [xmlFile(report(1)), file, xmlFile(report(2))]);
  await settled(page, 3);
  const entry = (await ledger(page)).find(({ name }) => name === "bad.xml");
  assert.equal(entry.status, "partial");
  const others = figures(reports(2));
  const found = await metrics(page);
  assert.equal(found.passed + found.failed + found.unknown, found.messages);
  // The records that came through are the file's first ones: the figures are exactly those of so many.
  const kept = found.records - others.records;
  assert.ok(kept > 0 && kept < large.records.length, `${kept} records`);
  assert.deepEqual(found, figures([...reports(2), { ...large, records: large.records.slice(0, kept) }]));
  assert.match(entry.holds, new RegExp(`1 report, ${kept.toLocaleString("en-US")} records`));
});

test("panic: while the store still has much to take in", async (t) => {
  const all = alike(4_000, 60);
  const path = await folder(t, [zipFile("large.zip", all), bad(5)]);
  const page = await open(t, { change: faulty({ name: "bad.xml", way: "panic" }) });
  await give(page, [join(path, "large.zip"), join(path, "bad.xml")]);
  await survives(page, 2, all.map(({ report }) => report));
});

test("refuse: a file that the browser cannot read, small or large", async (t) => {
  const page = await open(t, { change: faulty({ name: "bad.xml", way: "refuse" }) });
  await give(page, [xmlFile(report(1)), bad(5), bad(LARGE, "large.bad.xml"), xmlFile(report(2))]);
  await settled(page, 4);
  await shows(page, figures(reports(2)));
  const entries = (await ledger(page)).filter(({ name }) => name.endsWith("bad.xml"));
  assert.deepEqual(entries.map(({ status }) => status), ["refused", "refused"]);
  for (const { notes } of entries) assert.match(notes.join(), /The disk is on fire/);
  assert.equal(await page.locator(".notices .problem").count(), 0, "no fault of the page");
});

// The watchdog waits ten seconds: both at a time, in pages of their own.
test("hang: a small and a large file are given up and the others read", async (t) => {
  const hang = async (size) => {
    const page = await open(t, { change: faulty({ name: "bad.xml", way: "hang" }) });
    const good = reports(4);
    const files = good.map((report) => xmlFile(report));
    files.splice(2, 0, bad(size));
    await give(page, files);
    await page.locator('html[data-phase="reading"]').waitFor();
    // The page itself is alive meanwhile.
    await page.locator("#cancel").waitFor();
    const entry = await survives(page, 5, good);
    assert.match(entry.notes.join(), /no sign of life for 10 seconds/);
    assert.match(await page.locator(".problem").innerText(), /stopped at bad\.xml/);
  };
  await Promise.all([hang(5), hang(LARGE)]);
});

test("the store stops: the page says so, and a reload helps", async (t) => {
  let change = faultyStore(2);
  const page = await open(t, { change: (...file) => change?.(...file) });
  await give(page, [xmlFile(report(1)), xmlFile(report(2))]);
  const problem = page.locator(".notices .problem");
  await problem.waitFor();
  assert.match(await problem.innerText(), /has stopped/);
  // Alive: it takes files, and its buttons work.
  await give(page, [xmlFile(report(3))]);
  assert.match(await problem.innerText(), /has stopped/);
  change = undefined;
  await Promise.all([page.waitForEvent("load"), problem.getByRole("button", { name: "Reload" }).click()]);
  await page.locator('html[data-phase="empty"]').waitFor();
  await give(page, [xmlFile(report(1))]);
  await settled(page, 1);
  await shows(page, figures([report(1)]));
});

test("the store stops: the page tells its last words and no longer pretends to read", async (t) => {
  const page = await open(t, { change: faultyStore(2) });
  await give(page, [xmlFile(report(1)), xmlFile(report(2))]);
  const problem = page.locator(".notices .problem");
  await problem.filter({ hasText: "RuntimeError" }).or(problem.filter({ hasText: "capacity overflow" })).waitFor();
  await page.locator("#cancel").waitFor({ state: "detached" });
  assert.match(await problem.innerText(), /capacity overflow/);
});

test("the store stops before the first file: the page says so", async (t) => {
  const change = (name) => faultyStore(0)(name);
  const page = await open(t, { change });
  await give(page, [xmlFile(report(1))]);
  await page.locator(".notices .problem", { hasText: "has stopped" }).waitFor();
});
