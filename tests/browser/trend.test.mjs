// The trend: days chosen by drawing over them or by keys, bars of other lengths, days of the person's own time zone.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, give, open, settled, shows, useChromium, visit } from "./support/chromium.mjs";
import { xmlFile } from "./support/files.mjs";
import { figures, report, reports } from "./support/reports.mjs";

useChromium();

// One report a day, from 2 to 10 September 2026.
const all = reports(9, 1, 8);
const files = all.map((report) => xmlFile(report));
const date = ({ begin }, shift = 0) => new Date((begin + shift * 86_400) * 1_000).toISOString().slice(0, 10);

async function opened(t, options) {
  const page = await open(t, options);
  await give(page, files);
  await settled(page, files.length);
  return page;
}

/** Waits until the address and the figures are those of some reports' days. */
async function chosen(page, first, last, expected = all.slice(first, last + 1)) {
  const period = first === last ? date(all[first]) : `${date(all[first])}..${date(all[last])}`;
  await page.waitForFunction((hash) => decodeURIComponent(location.hash).includes(hash), `period:${period}`);
  await calm(page);
  await page.locator(`[data-metric="messages"][data-value="${figures(expected).messages}"]`).waitFor();
  await shows(page, figures(expected));
}

const labels = async (page) => {
  await page.locator(".chart-table summary").click();
  await page.locator(".chart-table tbody tr").first().waitFor();
  return page.locator(".chart-table tbody th").evaluateAll((heads) => heads.map((head) => head.firstChild.textContent));
};

test("days are drawn over with a pointer", async (t) => {
  const page = await opened(t);
  // What stands above it may be higher than the window.
  await page.locator(".chart-stage").scrollIntoViewIfNeeded();
  await calm(page);
  const { x, y, width } = await page.locator(".chart-hit").boundingBox();
  // The nine days share what is right of the counts.
  const stage = await page.locator(".chart-drawing .ink-axis").first().boundingBox();
  const at = (day) => [stage.x + (stage.width / 9) * (day + 0.5), y + 80];
  assert.ok(stage.width > width * 0.8 && stage.x >= x);
  await page.mouse.move(...at(5));
  await page.mouse.down();
  await page.mouse.move(...at(4));
  await page.mouse.move(...at(2), { steps: 4 });
  const messages = figures(all.slice(2, 6)).messages.toLocaleString("en-US");
  await page.locator(".chart-readout", { hasText: `Sep 4, 2026 – Sep 7, 2026: ${messages} messages` }).waitFor();
  await page.mouse.up();
  await chosen(page, 2, 5);
  const compared = () => page.evaluate(() => { const all = new URLSearchParams(location.hash.slice(1)); return ["show", "only", "against"].map((name) => all.get(name)); });
  await page.getByRole("link", { name: "Compare with the same length of time before" }).click();
  await calm(page);
  assert.deepEqual(await compared(), ["compare", `period:${date(all[2])}..${date(all[5])}`, `period:${date(all[2], -4)}..${date(all[1])}`]);
  await page.goBack();
  await calm(page);
  await page.getByRole("link", { name: "Show all days" }).click();
  await calm(page);
  await shows(page, figures(all));
  // The window may have been scrolled since.
  await page.locator(".chart-stage").scrollIntoViewIfNeeded();
  const again = await page.locator(".chart-drawing .ink-axis").first().boundingBox();
  await page.mouse.click(again.x + (again.width / 9) * 7.5, again.y - 40);
  await chosen(page, 7, 7);
  // A day that was picked: what came before it, and what since.
  await page.getByRole("link", { name: "Compare from this day on with the time before" }).click();
  await calm(page);
  assert.deepEqual(await compared(), ["compare", `period:${date(all[7])}..${date(all[7], 27)}`, `period:${date(all[7], -28)}..${date(all[6])}`]);
  const side = (name) => page.locator(`[data-figure="messages"]`).getAttribute(`data-${name}`);
  assert.deepEqual([await side("own"), await side("other")].map(Number), [all.slice(7), all.slice(0, 7)].map((side) => figures(side).messages));
  assert.deepEqual(page.log, []);
});

test("days are chosen by keys, and a choice is dropped", async (t) => {
  const page = await opened(t);
  const band = page.locator(".chart-run");
  await page.locator(".chart-stage").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowRight");
  await band.waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await band.waitFor({ state: "detached" });
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  await chosen(page, 2, 4);
});

test("a week begins as in the person's country, and one at the edge of a period does not widen it", async (t) => {
  const page = await opened(t);
  await page.getByRole("group", { name: "Bars" }).getByRole("link", { name: "Weeks" }).click();
  await calm(page);
  // 2 September 2026 is a Wednesday; in the United States weeks begin on Sunday.
  assert.deepEqual(await labels(page), ["Aug 30, 2026", "Sep 6, 2026"]);
  const german = await opened(t, { as: { locale: "de-DE" }, hash: "#v1&by=week" });
  assert.deepEqual(await labels(german), ["31.08.2026", "07.09.2026"]);
  const [first, last] = [date(all[1]), date(all[7])];
  await visit(page, `#v1&only=period%3A${first}..${last}&by=week`);
  await page.locator(".chart-stage").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  // The first week's bar, from 3 September on, where the period begins.
  await chosen(page, 1, 3);
});

test("days are those of the person's time zone where that is asked for", async (t) => {
  const page = await opened(t, { as: { timezoneId: "Pacific/Kiritimati" } });
  assert.equal((await labels(page))[0], "Sep 2");
  await page.getByRole("link", { name: "Yours (Pacific/Kiritimati)" }).click();
  await calm(page);
  // Fourteen hours before UTC: the middle of a report's day is the next day there.
  assert.equal(await page.locator(".chart-table tbody th").first().innerText(), "Sep 3");
  await shows(page, figures(all));
  await visit(page, `#v1&only=period%3A${date(all[2])}&time=local`);
  await shows(page, figures([all[1]]));
  await visit(page, `#v1&only=period%3A${date(all[2])}`);
  await shows(page, figures([all[2]]));
});

test("a reporter's broken clock leaves the other days room", async (t) => {
  const page = await open(t);
  const old = report(20, 3);
  const far = { ...old, begin: old.begin - 15 * 365 * 86_400, end: old.end - 15 * 365 * 86_400 };
  await give(page, [...files, xmlFile(far)]);
  await settled(page, files.length + 1);
  const shown = await labels(page);
  assert.equal(shown.length, 11, `the far day, what lies between, and nine days: ${shown}`);
  assert.equal(shown[1], "…");
  await page.locator(".chart-stage").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.locator(".chart-readout", { hasText: /2026: no report\.$/ }).waitFor();
});
