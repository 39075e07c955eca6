// A click on a cell leads to what it tells of: a number to just those messages, a day to that day.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, give, headline, metrics, open, settled, useChromium, visit } from "./support/chromium.mjs";
import { SAMPLE } from "./support/states.mjs";

useChromium();

/** Columns that count messages, and what their doors add to the filter. */
const COUNTS = { Messages: "", Pass: "verdict:pass", Fail: "verdict:fail", Unknown: "verdict:unknown" };

async function opened(t, hash) {
  const page = await open(t);
  await give(page, [SAMPLE]);
  await settled(page, 1);
  await visit(page, hash);
  return page;
}

/** The doors of the first rows: column, text and place they lead to. */
const doors = (page, rows) => page.locator("#screens table[role=grid]").first().evaluate((table, rows) => {
  const heads = [...table.querySelectorAll("thead th")].map((head) => (head.querySelector("button.sort") ?? head).textContent.replace(/\s+i$/, "").trim());
  return [...table.querySelectorAll("tbody tr[aria-rowindex]")].slice(0, rows).flatMap((row) => [...row.cells].flatMap((cell, place) => {
    const link = cell.querySelector("a");
    return link ? [{ head: heads[place], text: cell.innerText.trim(), hash: link.hash.slice(1), stop: link.tabIndex }] : [];
  }));
}, rows);

for (const [name, hash, heads] of [
  ["sources", "v1&show=sources", ["Messages", "Fail"]],
  ["reports", "v1&show=reports", ["Messages", "Pass", "Fail"]],
  ["groups", "v1&group=reporter", ["Messages", "Pass", "Fail"]],
  ["groups under a filter", "v1&only=verdict%3Afail&group=from", ["Messages", "Fail"]],
  ["domains", "v1&show=domains", ["Messages", "Fail"]],
]) {
  test(`a number in the table of ${name} leads to just those messages`, async (t) => {
    const page = await opened(t, hash);
    const all = await doors(page, 6);
    for (const head of heads) assert.ok(all.some((door) => door.head === head), `${head} among ${all.map((door) => door.head)}`);
    assert.ok(all.every(({ stop }) => stop === -1), "the table is one stop of the Tab key");
    for (const { head, text, hash } of all.filter(({ head }) => head in COUNTS)) {
      await visit(page, hash);
      await headline(page, Number(text.replaceAll(",", "")), `${head} ${text} leads to ${hash}`);
      if (COUNTS[head]) assert.ok(decodeURIComponent(hash).includes(COUNTS[head]), `${head}: ${hash}`);
    }
    assert.deepEqual(page.log, []);
  });
}

test("a day leads to that day, and a click does so without opening the row", async (t) => {
  const page = await opened(t, "v1&group=reporter");
  const [day] = (await doors(page, 1)).filter(({ head }) => head === "Last seen");
  assert.match(decodeURIComponent(day.hash), /period:\d{4}-\d\d-\d\d/);
  await page.locator(".groups table[role=grid] tbody tr[aria-rowindex] td a", { hasText: day.text }).first().click();
  await calm(page);
  assert.equal(await page.evaluate(() => location.hash), `#${day.hash}`);
  assert.equal(await page.locator(".drawer").count(), 0);
  assert.ok((await metrics(page)).messages > 0);
});

test("the values of a report's records lead to its records with them", async (t) => {
  const page = await opened(t, "v1&report=0");
  const all = await doors(page, 4);
  for (const head of ["Messages", "From", "Disposition"]) {
    assert.ok(all.some((door) => door.head.startsWith(head)), `${head} among ${all.map((door) => door.head)}`);
  }
  const record = (await metrics(page)).messages;
  for (const { head, hash } of all) {
    await visit(page, hash);
    const { messages } = await metrics(page);
    assert.ok(messages > 0 && messages < record, `${head}: ${messages} behind ${hash}`);
    assert.match(decodeURIComponent(hash), /reporter:.*report:/, head);
  }
  assert.deepEqual(page.log, []);
});
