// Two sets of records side by side: every figure is the engine's, quick choices are the right ones, doors lead to their numbers.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, give, headline, open, settled, useChromium, visit } from "./support/chromium.mjs";
import { compared, told } from "./support/engine.mjs";
import { gzFile } from "./support/files.mjs";
import { reports } from "./support/reports.mjs";
import { SAMPLE } from "./support/states.mjs";

useChromium();

const FILES = [SAMPLE, ...reports(12, 1, 12).map((made) => gzFile(made))];
const number = (text) => Number(text.replaceAll(",", "").replace("−", "-"));

async function opened(t, hash) {
  const page = await open(t);
  await give(page, FILES);
  await settled(page, FILES.length);
  await visit(page, hash);
  return page;
}

const address = (own, other, more = "") => `v1&show=compare${own && `&only=${encodeURIComponent(own)}`}${other && `&against=${encodeURIComponent(other)}`}${more}`;

/** Both filters of the address. */
const filters = (page) => page.evaluate(() => { const all = new URLSearchParams(location.hash.slice(1)); return [all.get("only") ?? "", all.get("against") ?? ""]; });

const PAIRS = [
  ["period:2026-06-16..2026-06-30", "period:2026-06-01..2026-06-15"], ["from:harbour.example", "from:harbour-shop.example"],
  ["period:2026-06", "period:2026-09"], ["verdict:fail", ""], ["domain:harbour.example period:2026-06-20..2026-06-24", "domain:nowhere.example"],
];

test("figures, trends and groups of both sides are the engine's, and so is the order of what changed", async (t) => {
  const page = await opened(t, "v1");
  for (const [own, other] of PAIRS) {
    for (const by of ["from", "source", "outcome"]) {
      const what = `${own} | ${other} | ${by}`;
      await visit(page, address(own, other, by === "from" ? "" : `&of=${by}`));
      const sides = [own, other].map((filter) => told(FILES, filter));
      const figures = await page.locator("[data-figure]").evaluateAll((rows) => rows.map(({ dataset }) => [dataset.figure, Number(dataset.own), Number(dataset.other)]));
      assert.ok(figures.length === 9, what);
      for (const [name, mine, theirs] of figures) assert.deepEqual([mine, theirs], sides.map(({ totals }) => totals[name]), `${what}: ${name}`);
      const expected = compared(FILES, own, other, by);
      const found = await page.locator(".compared tbody tr[aria-rowindex]").evaluateAll((rows) => rows.map((row) => [...row.cells].slice(2, 8).map((cell) => cell.innerText.trim())));
      assert.match(await page.locator(".compared .grid-summary").innerText(), new RegExp(`^${expected.all.toLocaleString("en-US")} group`), what);
      for (const [place, cells] of found.entries()) {
        const { own: mine, other: theirs } = expected.rows[place];
        assert.deepEqual(cells.map(number).map(Math.abs), [mine.messages - theirs.messages, mine.messages, theirs.messages, mine.failed - theirs.failed, mine.failed, theirs.failed].map(Math.abs), `${what}, row ${place}`);
        assert.deepEqual([cells[0], cells[3]].map((text) => Math.sign(number(text.replace("+", "")))), [mine.messages - theirs.messages, mine.failed - theirs.failed].map(Math.sign), `${what}, row ${place}`);
      }
      const bars = await page.locator(".compared .group-bars > li").evaluateAll((bars) => bars.map(({ dataset }) => Number(dataset.own) - Number(dataset.other)));
      assert.deepEqual(bars, expected.rows.slice(0, 10).map(({ own: mine, other: theirs }) => mine.messages - theirs.messages).filter((change) => change), `${what}: the chart`);
    }
    const details = page.locator(".compare-trends details");
    if (await details.count()) {
      await details.locator("summary").click();
      await details.locator("tbody tr").first().waitFor({ state: "attached" });
      const sums = await details.locator("tbody tr").evaluateAll((rows) => rows.reduce((sums, { cells }) => sums.map((sum, place) => sum + Number(cells[[1, 2, 4, 5][place]].textContent.replaceAll(",", ""))), [0, 0, 0, 0]));
      const all = [own, other].flatMap((filter) => { const { totals } = told(FILES, filter); return [totals.messages, totals.failed]; });
      assert.deepEqual(sums, all, `${own} | ${other}: the trends' table`);
    }
  }
  assert.deepEqual(page.log, []);
});

test("the same length before, a day, a change of policy, another filter, and the other way round", async (t) => {
  const page = await opened(t, address("from:harbour.example period:2026-06-15..2026-06-21", ""));
  await page.getByRole("link", { name: "With the same length of time before" }).click();
  await calm(page);
  assert.deepEqual(await filters(page), ["from:harbour.example period:2026-06-15..2026-06-21", "from:harbour.example period:2026-06-08..2026-06-14"]);
  await page.getByRole("link", { name: "Swap the two" }).click();
  await calm(page);
  assert.deepEqual(await filters(page), ["from:harbour.example period:2026-06-08..2026-06-14", "from:harbour.example period:2026-06-15..2026-06-21"]);

  await visit(page, address("", ""));
  await page.locator(".compare-none").waitFor();
  await page.getByRole("link", { name: "The last 7 days with the 7 before" }).click();
  await calm(page);
  const { days } = told(FILES);
  const last = Object.keys(days).sort().at(-1);
  assert.ok((await filters(page))[0].endsWith(`..${last}`), `${await filters(page)}`);
  await page.locator("#compare-day").fill("2026-06-10");
  await page.keyboard.press("Enter");
  await calm(page);
  assert.deepEqual(await filters(page), ["period:2026-06-10..2026-07-07", "period:2026-05-13..2026-06-09"]);

  await visit(page, address("", ""));
  const change = told(FILES).policies.rows.at(-1);
  await page.locator(".compare-choices nav a", { hasText: `${change.domain} before and after` }).last().click();
  await calm(page);
  assert.ok((await filters(page)).every((filter) => filter.includes(`domain:${change.domain}`)));
  assert.ok((await filters(page))[0].includes(`period:${change.day}..`));

  await page.locator("#compare-text").fill("from:harbour.example nonsense:x");
  await page.keyboard.press("Enter");
  await page.locator("#compare-bad", { hasText: "look at character 22" }).waitFor();
  await page.locator("#compare-text").fill("verdict:pass");
  await page.keyboard.press("Enter");
  await calm(page);
  assert.equal((await filters(page))[1], "verdict:pass");
  assert.deepEqual(page.log, []);
});

test("a number of either side leads to just its messages", async (t) => {
  const page = await opened(t, "v1");
  for (const [own, other] of PAIRS.slice(0, 3)) {
    const hash = address(own, other);
    await visit(page, hash);
    const doors = await page.locator(".compare-table a.door, .compared tbody tr[aria-rowindex] td.grid-number a.door").evaluateAll((doors) => doors.slice(0, 16).map((door) => [door.getAttribute("href"), door.textContent.split(" ")[0]]));
    assert.ok(doors.length >= 10, hash);
    for (const [href, text] of doors) {
      await visit(page, href.slice(1));
      await headline(page, number(text), `${hash} → ${href}`);
    }
  }
});
