// Long tables: only what is seen is in the document, and everything can be reached, ordered, selected and copied.
import assert from "node:assert/strict";
import test from "node:test";

import { give, go, open, settled, useChromium } from "./support/chromium.mjs";
import { xmlFile } from "./support/files.mjs";
import { report } from "./support/reports.mjs";

useChromium();

const COUNT = 20_000;
const ip = (place) => `10.${place >> 16}.${(place >> 8) & 255}.${place & 255}`;

/** A report of 20,000 records, each with a source of its own, with fewer messages each. */
function large() {
  const one = report(4, COUNT);
  one.records.forEach((record, place) => Object.assign(record, { ip: ip(place), count: COUNT - place, signatures: 1 }));
  return one;
}

const file = xmlFile(large());

/** The heads of the columns that are shown at first. */
const HEADS = [
  "Source", "Messages", "Pass %", "Fail", "DKIM aligned", "SPF aligned", "DKIM signatures", "SPF results", "From", "Reporters", "First seen", "Last seen",
];

/** The rows that are drawn and there: their numbers and the texts of their cells but the first. */
const rows = (page, table = ".sources") => page.locator(`${table} tbody tr[aria-rowindex]`).evaluateAll((rows) => rows
  .filter((row) => !row.querySelector(".grid-wait"))
  .map((row) => ({ index: Number(row.ariaRowIndex ?? row.getAttribute("aria-rowindex")), cells: [...row.cells].slice(1).map((cell) => cell.innerText) })));

/** Waits until every row that is seen is there. */
async function steady(page, table = ".sources") {
  await page.waitForFunction((table) => {
    // Right after a click the table may not be there yet.
    const box = document.querySelector(`${table} .grid-box`)?.getBoundingClientRect();
    if (!box) return false;
    const seen = [...document.querySelectorAll(`${table} tbody tr[aria-rowindex]`)].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > box.top + 1 && top < box.bottom - 1;
    });
    return seen.length > 5 && seen.every((row) => !row.querySelector(".grid-wait"));
  }, table);
}

const scroll = (page, top, table = ".sources") => page.locator(`${table} .grid-box`).evaluate((box, top) => { box.scrollTop = top; }, top);

async function opened(t, options) {
  const page = await open(t, options);
  await give(page, [file]);
  await settled(page, 1);
  await go(page, "Sources");
  await page.locator(`.sources table[aria-rowcount="${COUNT + 1}"]`).waitFor();
  await steady(page);
  return page;
}

const focused = (page) => page.evaluate(() => Number(document.activeElement.getAttribute("aria-rowindex")));

/** Waits until a row has the focus. */
const focusedAt = (page, row, what) => page.waitForFunction((row) => document.activeElement.getAttribute("aria-rowindex") === String(row), row)
  .catch(async () => assert.equal(await focused(page), row, what));

test("20,000 sources from end to end, with few rows in the document", async (t) => {
  const page = await opened(t);
  const check = async (first) => {
    await steady(page);
    const found = await rows(page);
    assert.ok(found.length >= 20 && await page.locator(".sources tbody tr").count() <= 120, `${found.length} rows`);
    for (const { index, cells } of found) assert.equal(cells[0], ip(index - 2), "the row of its number");
    assert.ok(found.some(({ index }) => index === first + 2), `${first} in ${found.map(({ index }) => index)}`);
  };
  await check(0);
  await scroll(page, 1e9);
  await page.locator(`.sources [aria-rowindex="${COUNT + 1}"]`).waitFor();
  await check(COUNT - 1);
  const height = await page.locator(".sources .grid-box").evaluate((box) => box.scrollHeight);
  for (const share of [0.5, 0.1, 0.9, 0.3]) {
    await scroll(page, height * share);
    await check(Math.floor(COUNT * share) + 2);
    assert.equal(await page.locator(".sources .grid-box").evaluate((box) => box.scrollHeight), height, "the bar stays as it is");
  }
  await scroll(page, 0);
  await page.locator('.sources [aria-rowindex="2"]').waitFor();
  await check(0);
  assert.deepEqual(page.log, []);
});

test("scrolling by steps and by jumps keeps few rows in the document", async (t) => {
  const page = await opened(t);
  const most = await page.locator(".sources .grid-box").evaluate(async (box) => {
    let most = 0;
    for (let step = 0; step < 200; step += 1) {
      box.scrollTop += step < 150 ? 90 : 11_000;
      await new Promise((resolve) => { requestAnimationFrame(resolve); });
      most = Math.max(most, box.querySelectorAll("tbody tr").length);
    }
    return most;
  });
  assert.ok(most >= 20 && most <= 120, `${most} rows`);
  await steady(page);
  const [{ index, cells }] = await rows(page);
  assert.ok(index > 10_000, `row ${index}`);
  assert.equal(cells[0], ip(index - 2), "the row of its number");
  assert.deepEqual(page.log, []);
});

test("the heads order, the menu hides, and both are as they were left", async (t) => {
  const page = await opened(t);
  await page.locator(".sources thead button", { hasText: "Messages" }).click();
  await page.locator('.sources th[aria-sort="ascending"]').waitFor();
  await page.locator(".sources tbody th", { hasText: ip(COUNT - 1) }).waitFor();
  await page.locator(".sources summary.button").click();
  await page.locator(".sources details:has(> summary.button)").getByLabel("First seen").uncheck();
  await page.keyboard.press("Escape");
  await page.locator(".sources details[open]").waitFor({ state: "detached" });
  const heads = HEADS.filter((head) => head !== "First seen");
  const shown = async () => (await page.locator(".sources thead th").allInnerTexts()).slice(1).map((text) => text.replace(/ [▲▼]|\s+i$/g, ""));
  assert.deepEqual(await shown(), heads);
  await scroll(page, 100_000);
  await steady(page);
  const before = await rows(page);
  await page.getByRole("link", { name: "Reports" }).click();
  await page.locator(".reports tbody th a").waitFor();
  await page.goBack();
  await steady(page);
  assert.deepEqual(await shown(), heads);
  assert.deepEqual((await rows(page)).map(({ cells }) => cells[0]), before.map(({ cells }) => cells[0]));
  assert.deepEqual(page.log, []);
});

test("rows are gone through, selected and copied by keys alone", async (t) => {
  const page = await opened(t);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator("#sources-box").focus();
  await page.keyboard.press("ArrowDown");
  await focusedAt(page, 2);
  await page.keyboard.press("End");
  await focusedAt(page, COUNT + 1);
  await steady(page);
  await page.keyboard.press("PageUp");
  await page.waitForFunction((most) => Number(document.activeElement.getAttribute("aria-rowindex")) < most, COUNT - 5);
  await page.keyboard.press("Home");
  await focusedAt(page, 2);
  await steady(page);
  await page.keyboard.press("Space");
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowUp");
  await page.locator(".grid-bar", { hasText: "4 rows selected" }).waitFor();
  assert.equal(await page.locator('.sources [aria-selected="true"]').count(), 4);
  await page.keyboard.press("Control+c");
  await page.locator(".grid-said", { hasText: "Copied 4 rows." }).waitFor();
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (kind) => (await item.getType(kind)).text();
    return { text: await read("text/plain"), html: await read("text/html") };
  });
  const lines = copied.text.trim().split(/\r?\n/).map((line) => line.split("\t"));
  assert.deepEqual(lines[0], HEADS);
  assert.deepEqual(lines.slice(1).map((cells) => [cells[0], cells[1]]), [0, 1, 2, 3].map((place) => [ip(place), String(COUNT - place)]));
  assert.match(copied.html, /<table>.*<th>Source<\/th>.*<td>10\.0\.0\.3<\/td>/s);
  // Many that were never seen.
  await page.keyboard.press("Shift+End");
  await page.locator(".grid-bar", { hasText: "10,000 rows selected" }).waitFor();
  await page.locator(".grid-said", { hasText: "most at once" }).waitFor();
  await page.locator(".grid-bar").getByRole("button", { name: "Copy" }).click();
  await page.locator(".grid-said", { hasText: "Copied 10,000 rows." }).waitFor();
  assert.equal((await page.evaluate(() => navigator.clipboard.readText())).trim().split("\n").length, 10_001);
  await page.locator(".grid-bar").getByRole("button", { name: "Clear" }).click();
  assert.equal(await page.locator('.sources [aria-selected="true"]').count(), 0);
  // Enter opens: a source beside the table, then alone.
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Open as a page" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("#screens h2", { hasText: ip(0) }).waitFor();
  assert.deepEqual(page.log, []);
});

test("without the clipboard of safe origins a selection is copied all the same, or it is said why not", async (t) => {
  const page = await opened(t);
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await page.locator('.sources [aria-rowindex="3"] input').click();
  await page.locator('.sources [aria-rowindex="6"] input').click({ modifiers: ["Shift"] });
  await page.evaluate(() => document.addEventListener("copy", () => { window.copied = document.activeElement.value; }));
  await page.locator(".grid-bar").getByRole("button", { name: "Copy" }).click();
  await page.locator(".grid-said", { hasText: "Copied 4 rows." }).waitFor();
  assert.deepEqual((await page.evaluate(() => window.copied)).trim().split(/\r?\n/).slice(1).map((line) => line.split("\t")[0]), [1, 2, 3, 4].map(ip));
  assert.equal(await page.locator("textarea").count(), 0);
  // A click with Shift selects rows, on a door too, and no text.
  await page.locator('.sources [aria-rowindex="9"] td a').first().click({ modifiers: ["Shift"] });
  await page.locator(".grid-bar", { hasText: "7 rows selected" }).waitFor();
  assert.equal(await page.evaluate(() => getSelection().toString()), "");
  await page.evaluate(() => { document.execCommand = () => false; });
  await page.locator(".grid-bar").getByRole("button", { name: "Copy" }).click();
  await page.locator(".grid-said", { hasText: "Not copied" }).waitFor();
  assert.deepEqual(page.log, []);
});

test("a search tells how many it found and shows those", async (t) => {
  const page = await opened(t);
  // Before the last sign no pause is long enough to ask.
  await page.locator("#sources-search").pressSequentially("10.0.0.1", { delay: 20 });
  // 10.0.0.1, .10 to .19 and .100 to .199.
  await page.locator(".sources .grid-summary", { hasText: /^111 of 20,000 sources$/ }).waitFor();
  await steady(page);
  assert.ok((await rows(page)).every(({ cells }) => cells[0].includes("10.0.0.1")));
  await page.locator("#sources-search").fill("");
  await page.locator(".sources .grid-summary", { hasText: /^20,000 sources$/ }).waitFor();
  assert.deepEqual(page.log, []);
});

test("the records of a report, and one of them whole", async (t) => {
  const page = await opened(t);
  await page.getByRole("link", { name: "Reports" }).click();
  await page.locator(".reports tbody tr[aria-rowindex] th a").click();
  await steady(page, ".report");
  await scroll(page, 1e9, ".report");
  await page.locator(`.report [aria-rowindex="${COUNT + 1}"]`).waitFor();
  await steady(page, ".report");
  const last = (await rows(page, ".report")).at(-1);
  assert.deepEqual(last.cells.slice(0, 2), [ip(COUNT - 1), "1"]);
  await page.locator(`.report [aria-rowindex="${COUNT + 1}"] th`).click();
  const drawer = page.locator(".drawer");
  await drawer.locator(".record .facts").waitFor();
  assert.equal(await drawer.locator(".drawer-title").innerText(), `${ip(COUNT - 1)} 20,000 of 20,000`);
  assert.ok((await drawer.innerText()).includes(ip(COUNT - 1)));
  await drawer.getByRole("button", { name: "Close" }).click();
  await drawer.waitFor({ state: "detached" });
  await focusedAt(page, COUNT + 1, "back where it was opened");
  assert.deepEqual(page.log, []);
});

test("a drawer shows a row whole and turns to the next in the table's order", async (t) => {
  const page = await opened(t);
  const drawer = page.locator(".drawer");
  const title = (place) => drawer.locator(".drawer-title", { hasText: `${ip(place)} ${(place + 1).toLocaleString("en")} of 20,000` });
  await page.locator('.sources [aria-rowindex="2"] td').nth(3).click();
  await title(0).waitFor();
  await drawer.locator(".trend, .card").first().waitFor();
  assert.ok(await drawer.getByRole("button", { name: "Previous" }).isDisabled());
  const next = drawer.getByRole("button", { name: "Next" });
  await next.focus();
  // Past the rows that were there at first.
  for (let step = 1; step <= 3; step += 1) {
    await page.keyboard.press("Enter");
    await title(step).waitFor();
  }
  assert.ok(await next.evaluate((button) => button === document.activeElement), "it may be pressed again");
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  await focusedAt(page, 5);
  // From the table it follows the keys; with the order it is another row's, and is gone.
  await page.keyboard.press("Enter");
  await title(3).waitFor();
  await page.locator("#sources-box").focus();
  await page.keyboard.press("End");
  await title(COUNT - 1).waitFor();
  assert.ok(await next.isDisabled());
  await drawer.getByRole("button", { name: "Open as a page" }).click();
  await page.locator(".screen-head h2", { hasText: ip(COUNT - 1) }).waitFor();
  assert.deepEqual(page.log, []);
});
