// The screens behind the first figures: loaded when those are there, from the same store, with the same numbers.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, give, go, metrics, open, settled, shows, statuses, useChromium } from "./support/chromium.mjs";
import { file, gzFile, xmlFile } from "./support/files.mjs";
import { figures, report, reports, xml } from "./support/reports.mjs";

useChromium();

/** A table's rows as lists of their cells' texts. */
const rows = (page, table) => page.locator(`${table} tbody tr[aria-rowindex]`).evaluateAll((rows) => rows.map((row) => [...row.cells].slice(1).map((cell) => cell.innerText)));
const number = (text) => Number(text.replaceAll(",", ""));
const messages = (report) => report.records.reduce((sum, record) => sum + record.count, 0);

test("nothing of them is loaded before the page and its reader are there, and all of it without being asked for", async (t) => {
  const page = await open(t);
  const later = ["screens-start.js", "screens.js", "screens_bg.wasm", "screens.css", "suffixes.txt", "senders.tsv"];
  const times = await page.waitForFunction((later) => {
    const all = performance.getEntriesByType("resource").filter(({ responseEnd }) => responseEnd > 0);
    const of = (name) => all.find((entry) => entry.name.includes(`/${name}`));
    const reader = of("worker_bg.wasm");
    return reader && later.every(of) && later.map((name) => of(name).startTime - reader.responseEnd);
  }, later);
  for (const [place, time] of (await times.jsonValue()).entries()) assert.ok(time >= 0, `${later[place]}: ${time} ms after the reader`);
  await give(page, [xmlFile(report(1))]);
  await page.locator(".trend").waitFor();
  assert.deepEqual(page.log, []);
});

test("the reports, sorted, and each with all that it says", async (t) => {
  const page = await open(t);
  const all = reports(6, 1, 4);
  await give(page, all.map((report, place) => (place % 2 ? gzFile(report) : xmlFile(report))));
  await settled(page, 6);
  await page.getByRole("link", { name: "Reports" }).click();
  await page.locator(".reports tbody tr[aria-rowindex]").nth(5).waitFor();
  await calm(page);
  const sums = (await rows(page, ".reports")).map((cells) => number(cells[3]));
  assert.deepEqual(sums, all.map(messages).sort((a, b) => b - a));
  const total = (await metrics(page)).messages;
  assert.equal(sums.reduce((a, b) => a + b), total, "the reports make up the headline");
  await page.locator(".reports thead button", { hasText: "Messages" }).click();
  await page.locator('.reports th[aria-sort="ascending"]').waitFor();
  await page.waitForFunction(() => {
    const counts = [...document.querySelectorAll(".reports tbody tr[aria-rowindex]")].map((row) => Number(row.cells[4].innerText.replaceAll(",", "")));
    return counts.every((count, place) => place === 0 || counts[place - 1] <= count);
  });

  await page.locator(".reports tbody th a").first().click();
  const shown = page.locator(".report");
  await shown.waitFor();
  const id = await shown.locator(".facts div", { hasText: "Report id" }).locator("dd").innerText();
  const made = all.find((report) => report.id === id);
  assert.ok(made, id);
  await shown.locator("tbody tr[aria-rowindex]").first().waitFor();
  await calm(page);
  const records = await rows(page, ".report");
  assert.deepEqual(records.map((cells) => [cells[0], number(cells[1])]), made.records.map(({ ip, count }) => [ip, count]));
  await shown.getByRole("button", { name: "Show the XML" }).click();
  await shown.locator("pre.source").waitFor();
  assert.ok((await shown.locator("pre.source").textContent()).includes(id));
  await page.goBack();
  await page.locator(".reports").waitFor();
  assert.deepEqual(page.log, []);
});

test("what is pasted is read: a report's text, or files; nothing is taken from a field", async (t) => {
  const page = await open(t);
  const paste = (target, text, name) => page.evaluate(([target, text, name]) => {
    const data = new DataTransfer();
    if (name) data.items.add(new File([text], name)); else data.setData("text/plain", text);
    document.querySelector(target).dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, [target, text, name]);
  await paste("body", xml(report(1)));
  await settled(page, 1);
  await paste("body", xml(report(2)), "two.xml");
  await settled(page, 2);
  await shows(page, figures([report(1), report(2)]));
  await go(page, "Files");
  await paste(".find input", xml(report(3)));
  // Had it been taken, it would stand between these.
  await paste("body", xml(report(4)), "four.xml");
  await settled(page, 3);
  assert.deepEqual(Object.keys(await statuses(page)).sort(), ["four.xml", "pasted text", "two.xml"]);
  assert.deepEqual(page.log, []);
});

test("the files are found by a part of their name and by what became of them", async (t) => {
  const page = await open(t);
  const files = [...reports(60).map((report, place) => xmlFile(report, `day ${place}.xml`)), file("Notes.txt", "Nothing."), xmlFile(report(1), "again.xml")];
  await give(page, files);
  await settled(page, files.length);
  await go(page, "Files");
  const shown = async () => (await page.locator(".entry-name").allInnerTexts()).sort();
  const found = (text) => page.locator(".ledger [role=status]", { hasText: text }).waitFor();
  await page.getByRole("searchbox").fill("NOTES");
  await found("1 of 62 files shown.");
  assert.deepEqual(await shown(), ["Notes.txt"]);
  await page.getByRole("searchbox").fill("day 5");
  await found("11 of 62 files shown.");
  await page.getByRole("searchbox").fill("");
  await page.getByRole("button", { name: "1 duplicate" }).click();
  await found("1 of 62 files shown.");
  assert.deepEqual(await shown(), ["again.xml"]);
  await page.getByRole("button", { name: "All" }).click();
  await page.getByRole("button", { name: "Show more" }).click();
  await page.locator(".entry").nth(61).waitFor();
  assert.deepEqual(page.log, []);
});

test("the sample data is read as if it had been dropped", async (t) => {
  const page = await open(t);
  await page.locator("#sample").click();
  await settled(page, 1);
  const { passed, failed, reports, reporters } = await metrics(page);
  assert.deepEqual({ passed, failed, reports, reporters }, { passed: 77_963, failed: 8_376, reports: 251, reporters: 8 });
  assert.deepEqual(page.log, []);
});
