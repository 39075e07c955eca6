// Everything can be done without a mouse.
import assert from "node:assert/strict";
import test from "node:test";

import { drop, give, go, metrics, open, settled, useChromium } from "./support/chromium.mjs";
import { faulty } from "./support/faults.mjs";
import { file, xmlFile } from "./support/files.mjs";
import { reports } from "./support/reports.mjs";

useChromium();

/** Walks the page by Tab; gives what had the focus, and what people can use but Tab never came to. */
async function walk(page) {
  await page.evaluate(() => { window.reached = []; });
  // Round once: past the last stop Tab leaves the page for the browser and comes back to the first. Far fewer than 200 stops.
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press("Tab");
    const isRound = await page.evaluate(() => {
      const at = document.activeElement;
      if (window.reached.includes(at)) return true;
      if (at && at !== document.body) window.reached.push(at);
      return false;
    });
    if (isRound) break;
  }
  return page.evaluate(() => {
    const name = (element) => element.id || element.getAttribute("class") || element.textContent.trim() || element.tagName;
    const usable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"]), [contenteditable], [role="button"]')];
    // What is in a row is reached by the table's own keys, which grid.test.mjs presses. A figure of a row on a card leads to no more
    // than the row's name does, with the headline figures' links after it: a short cut for the mouse, so that Tab is not long.
    const isShort = (element) => element.matches("td > .door, td > span > .door") && element.closest("tr").querySelector("th .door");
    const shown = usable.filter((element) => element.checkVisibility() && !element.disabled && !element.closest("[role=grid] tbody") && !isShort(element));
    return { reached: window.reached.map(name), missed: shown.filter((element) => !window.reached.includes(element)).map(name) };
  });
}

test("Tab comes to everything that can be used, on the empty page and on the full one", async (t) => {
  const page = await open(t);
  const empty = await walk(page);
  assert.deepEqual(empty, { reached: ["file-input", "folder-input", "sample"], missed: [] });
  await give(page, [...reports(6, 1, 8).map((report) => xmlFile(report)), file("notes.txt", "Nothing.")]);
  await settled(page, 7);
  await page.locator('[data-by="by-from"] tbody a').first().click();
  await page.locator(".chip").waitFor();
  await page.locator(".chart-table summary").click();
  const full = await walk(page);
  assert.deepEqual(full.missed, []);
  for (const name of ["file-input", "folder-input", "door", "about", "chart-stage"]) assert.ok(full.reached.includes(name), `${name}: ${full.reached}`);
  assert.equal(full.reached.filter((name) => name.startsWith("chart-stage")).length, 1, "the chart is one stop");
  await go(page, "Sources");
  const sources = await walk(page);
  assert.deepEqual(sources.missed, []);
  for (const name of ["sort", "sources-search", "sources-box"]) assert.ok(sources.reached.includes(name), `${name}: ${sources.reached}`);
  await go(page, "Files");
  await page.getByRole("button", { name: "Show the XML" }).first().click();
  await page.locator("pre.source").waitFor();
  const files = await walk(page);
  assert.deepEqual(files.missed, []);
  for (const name of ["source", "choice"]) assert.ok(files.reached.includes(name), `${name}: ${files.reached}`);
  await go(page, "Overview");
  assert.equal(await page.locator(".chart-frame").locator('[tabindex], a, button, input').count(), 1, "and holds no other");
});

test("arrows walk the chart's bars and tell each one's figures", async (t) => {
  const page = await open(t);
  const all = reports(6, 1, 8);
  await give(page, all.map((report) => xmlFile(report)));
  await settled(page, 6);
  const readout = page.locator(".chart-readout");
  await page.locator(".chart-stage").focus();
  const messages = (report) => report.records.reduce((sum, { count }) => sum + count, 0);
  const told = async (report) => {
    const day = new Date(report.begin * 1_000).toLocaleDateString("en-US", { dateStyle: "medium", timeZone: "UTC" });
    await readout.filter({ hasText: `${day}: ${messages(report).toLocaleString("en-US")} messages` }).waitFor();
  };
  await told(all[5]); // the newest comes first
  await page.keyboard.press("ArrowLeft");
  await told(all[4]);
  await page.keyboard.press("Home");
  await told(all[0]);
  await page.keyboard.press("ArrowRight");
  await told(all[1]);
  await page.keyboard.press("End");
  await told(all[5]);
});

test("a table is sorted, a source chosen and a filter removed by keys alone", async (t) => {
  const page = await open(t);
  await give(page, reports(6, 1, 8).map((report) => xmlFile(report)));
  await settled(page, 6);
  await go(page, "Sources");
  const head = page.locator(".sources thead th", { hasText: "Fail" });
  await head.getByRole("button", { name: "Fail" }).focus();
  await page.keyboard.press("Enter");
  await page.locator('.sources thead th[aria-sort="descending"]', { hasText: "Fail" }).waitFor();
  await page.keyboard.press("Space");
  await page.locator('.sources thead th[aria-sort="ascending"]', { hasText: "Fail" }).waitFor();
  const { messages } = await metrics(page);
  await page.locator("#sources-box").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Open as a page" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "All sources" }).waitFor();
  await page.locator('[data-by="by-from"] tbody a').first().focus();
  await page.keyboard.press("Enter");
  await page.locator(".chip").waitFor();
  await page.locator("#filter-remove-0").focus();
  await page.keyboard.press("Enter");
  await page.locator(".chip").waitFor({ state: "detached" });
  await page.getByRole("link", { name: "All sources" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(`[data-metric="messages"][data-value="${messages}"]`).waitFor();
});

test("cancel can be reached by Tab and pressed by Enter while reading goes on", async (t) => {
  const page = await open(t, { change: faulty({ name: "bad.xml", way: "hang" }) });
  await drop(page, [xmlFile(reports(1)[0]), file("bad.xml", "<feedback/>")]);
  await page.locator("#cancel").waitFor();
  for (let step = 0; step < 10 && !(await page.locator("#cancel:focus").count()); step += 1) await page.keyboard.press("Tab");
  assert.equal(await page.locator("#cancel:focus").count(), 1);
  await page.keyboard.press("Enter");
  await settled(page, 2);
  await page.locator("#cancel").waitFor({ state: "detached" });
});
