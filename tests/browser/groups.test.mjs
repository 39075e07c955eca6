// Groups by anything: every figure is the engine's, every door leads to what it says, and it works by keys.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, give, headline, open, settled, useChromium, visit } from "./support/chromium.mjs";
import { grouped } from "./support/engine.mjs";
import { gzFile } from "./support/files.mjs";
import { reports } from "./support/reports.mjs";
import { rows } from "./support/rows.mjs";
import { SAMPLE } from "./support/states.mjs";

useChromium();

const FILES = [SAMPLE, ...reports(8, 1, 12).map((made) => gzFile(made))];
const number = (text) => Number(text.replaceAll(",", ""));

async function opened(t, hash = "v1&group=from") {
  const page = await open(t);
  await give(page, FILES);
  await settled(page, FILES.length);
  await visit(page, hash);
  return page;
}

/** Every dimension of reports that can be chosen. What is known of addresses from elsewhere the engine by itself does not know. */
const choices = (page) => page.locator('#groups-by optgroup:not([label="The address"]) option').evaluateAll((options) => options.map(({ value }) => value));

test("every dimension can be chosen and its figures are the engine's", async (t) => {
  const page = await opened(t);
  const all = await choices(page);
  assert.ok(all.length >= 20, `${all}`);
  for (const by of all) {
    await page.locator('#groups-by').selectOption(by);
    await calm(page);
    assert.match(await page.evaluate(() => location.hash), new RegExp(`group=${by}(%2C|$)`));
    const { all: count, total, rows: expected } = grouped(FILES, "", [by], ["source", "reporter"]);
    const found = await rows(page, "#screens .groups table[role=grid]");
    assert.equal(total, count);
    assert.match(await page.locator(".groups .grid-summary").innerText(), new RegExp(`^${count.toLocaleString("en-US")} group`), by);
    assert.ok(found.length >= Math.min(count, 10), `${by}: ${found.length}`);
    for (const [place, row] of found.entries()) {
      const { messages, passed, failed, unknown, within } = expected[place];
      const told = ["Messages", "Pass", "Fail", "Unknown"].map((head) => number(row[head]));
      assert.deepEqual(told, [messages, passed, failed, unknown], `${by}, row ${place}`);
      assert.deepEqual([number(row.Sources), number(row.Reporters)], [within.source, within.reporter], `${by}, row ${place}`);
    }
    const bars = await page.locator(".group-bars > li").evaluateAll((bars) => bars.map((bar) => Number(bar.dataset.messages)));
    assert.deepEqual(bars, expected.slice(0, 10).map(({ messages }) => messages), `${by}: the chart`);
  }
  assert.deepEqual(page.log, []);
});

test("pairs of two dimensions are the engine's, under a filter too", async (t) => {
  const page = await opened(t);
  for (const [pair, filter] of [["source,dkim_domain", ""], ["from,reporter", "verdict:fail"], ["dkim_domain,dkim_result", "from:*.example"], ["month,outcome", ""], ["domain,day", "-verdict:pass"]]) {
    await visit(page, `v1&${filter ? `only=${encodeURIComponent(filter)}&` : ""}group=${pair}`);
    const { all, rows: expected } = grouped(FILES, filter, pair.split(","), ["source", "reporter"]);
    const found = await rows(page, "#screens .groups table[role=grid]");
    assert.match(await page.locator(".groups .grid-summary").innerText(), new RegExp(`^${all.toLocaleString("en-US")} pair`), pair);
    for (const [place, row] of found.entries()) {
      const { messages, passed, failed, unknown, within } = expected[place];
      assert.deepEqual(["Messages", "Pass", "Fail", "Unknown"].map((head) => number(row[head])), [messages, passed, failed, unknown], `${pair}, row ${place}`);
      assert.deepEqual([number(row.Sources), number(row.Reporters)], [within.source, within.reporter], `${pair}, row ${place}`);
    }
  }
  assert.deepEqual(page.log, []);
});

test("a door leads to just the messages of its number", async (t) => {
  const page = await opened(t);
  for (const hash of ["v1&group=from", "v1&group=dkim_domain", "v1&group=selector,source&only=dkim_domain%3Aesp1.example", "v1&group=day,reporter", "v1&group=reason&only=verdict%3Afail"]) {
    await visit(page, hash);
    const doors = await page.locator(".groups tbody tr[aria-rowindex]").evaluateAll((rows) => rows.slice(0, 4).flatMap((row) => [...row.querySelectorAll("td.grid-number a.door")].filter((door) => /^[\d,]+$/.test(door.textContent) && !/show=|group=/.test(door.hash)).map((door) => [door.getAttribute("href"), door.textContent])));
    assert.ok(doors.length > 3, hash);
    for (const [href, text] of doors) {
      await visit(page, href.slice(1));
      await headline(page, number(text), `${hash} → ${href}`);
    }
  }
  assert.deepEqual(page.log, []);
});

test("it is chosen, ordered, searched and opened by keys alone", async (t) => {
  const page = await opened(t);
  const first = page.locator('#groups-by');
  await first.focus();
  await page.keyboard.type("Reporter");
  await calm(page);
  assert.match(await page.evaluate(() => location.hash), /group=reporter$/);
  // The choice keeps the focus, so that the next one can be tried.
  assert.equal(await page.evaluate(() => document.activeElement.id), "groups-by");
  await page.locator("#groups-and").focus();
  await page.keyboard.type("Month");
  await calm(page);
  assert.match(await page.evaluate(() => location.hash), /group=reporter(,|%2C)month$/);
  await page.locator(".groups thead button.sort", { hasText: "Fail" }).focus();
  await page.keyboard.press("Enter");
  await page.locator('.groups th[aria-sort="descending"]', { hasText: "Fail" }).waitFor();
  await page.locator("#pairs-search").fill("receiver one");
  await page.locator(".groups .grid-summary", { hasText: " of " }).waitFor();
  await calm(page);
  await page.locator(".groups .grid-box").focus();
  await page.keyboard.press("ArrowDown");
  const failed = number((await rows(page, "#screens .groups table[role=grid]"))[0].Messages);
  await page.keyboard.press("Enter");
  await calm(page);
  await headline(page, failed);
  assert.match(await page.evaluate(() => location.hash), /only=/);
});

test("nothing to group, one group, an address that names no dimension", async (t) => {
  const page = await opened(t, "v1&only=from%3Anowhere.example&group=source,from");
  await page.locator(".nothing").waitFor();
  assert.equal(await page.locator(".group-bars").count(), 0);
  await visit(page, "v1&only=from%3Ashop.example&group=from");
  assert.equal(await page.locator(".group-bars > li").count(), 1);
  await visit(page, "v1&group=shape");
  await page.locator(".problem", { hasText: "group=shape" }).waitFor();
  assert.deepEqual(page.log, []);
});
