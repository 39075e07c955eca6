// The view lives in the address: it comes back with it, and goes with it.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, give, go, open, settled, shows, useChromium } from "./support/chromium.mjs";
import { xmlFile } from "./support/files.mjs";
import { figures, reports } from "./support/reports.mjs";

useChromium();

const all = reports(9, 1, 8);
const files = all.map((report) => xmlFile(report));

/** What the figures are of records that pass `test`: reports without any such record do not count. */
function only(test) {
  const cut = all.map((report) => ({ ...report, records: report.records.filter((record) => test(record, report)) }));
  return figures(cut.filter(({ records }) => records.length > 0));
}

const hash = (page) => page.evaluate(() => location.hash);
const chips = (page) => page.locator(".chip").evaluateAll((chips) => chips.map((chip) => chip.dataset.clause));

/** Waits for the chips, then for the figures that belong to them: those are asked for once the address has changed. */
async function filtered(page, wanted, expected) {
  await page.waitForFunction(({ wanted, messages }) => {
    const chips = [...document.querySelectorAll(".chip")].map((chip) => chip.dataset.clause);
    return JSON.stringify(chips) === JSON.stringify(wanted) && document.querySelector('[data-metric="messages"]').dataset.value === String(messages);
  }, { wanted, messages: expected.messages });
  await shows(page, expected);
}

async function opened(t, options) {
  const page = await open(t, options);
  await give(page, files);
  await settled(page, files.length);
  return page;
}

test("a click on a domain narrows the view to it; reload, back and forward keep up", async (t) => {
  const page = await opened(t);
  await shows(page, figures(all));
  const domain = page.locator('[data-by="by-from"] tbody a').first();
  const from = await domain.innerText();
  const expected = only((record) => record.from === from);
  assert.ok(expected.messages > 0 && expected.messages < figures(all).messages);
  await domain.click();
  await filtered(page, [`from:${from}`], expected);
  assert.equal(await hash(page), `#v1&only=${encodeURIComponent(`from:${from}`)}`);
  await calm(page);
  assert.equal(await page.locator('[data-by="by-from"] tbody tr').count(), 1);

  await page.goBack();
  await filtered(page, [], figures(all));
  await page.goForward();
  await filtered(page, [`from:${from}`], expected);

  await page.reload();
  await give(page, files);
  await settled(page, files.length);
  await filtered(page, [`from:${from}`], expected);

  await page.getByRole("button", { name: `Remove: From: ${from}` }).click();
  await filtered(page, [], figures(all));
  assert.deepEqual(page.log, []);
});

test("a source's screen is about that source alone", async (t) => {
  const page = await opened(t);
  await go(page, "Sources");
  const source = page.locator(".sources tbody th a").first();
  const ip = await source.innerText();
  const expected = only((record) => record.ip === ip);
  await source.click();
  await filtered(page, [], expected);
  assert.equal(await hash(page), `#v1&source=${encodeURIComponent(ip)}`);
  await page.getByRole("heading", { name: ip }).waitFor();
  await calm(page);
  const sum = await page.locator('[data-by="by-reporter"] tbody tr').evaluateAll((rows) => rows.reduce((sum, row) => sum + Number(row.dataset.messages), 0));
  assert.equal(sum, expected.messages);
  await page.goBack();
  await filtered(page, [], figures(all));
  assert.deepEqual(page.log, []);
});

test("an address with several filters, and one filter taken away", async (t) => {
  const page = await opened(t, { hash: `#v1&only=${encodeURIComponent("from:shop.example,mail.shop.example -verdict:pass")}` });
  const isShop = ({ from }) => ["shop.example", "mail.shop.example"].includes(from);
  const passes = ({ evaluated }) => evaluated?.dkim === "pass" || evaluated?.spf === "pass";
  await filtered(page, ["from:shop.example,mail.shop.example", "-verdict:pass"], only((record) => isShop(record) && !passes(record)));
  await page.getByRole("button", { name: "Remove: Verdict: not Pass" }).click();
  await filtered(page, ["from:shop.example,mail.shop.example"], only(isShop));
});

test("a click on a bar narrows the view to its day", async (t) => {
  const page = await opened(t);
  await page.locator(".chart-stage").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  const day = new Date(all[0].begin * 1_000).toISOString().slice(0, 10);
  await filtered(page, [`period:${day}`], figures([all[0]]));
});

test("what in the address is no filter is said and left out", async (t) => {
  const page = await opened(t, { hash: "#v1&only=nonsense:&tab=map" });
  await shows(page, figures(all));
  const said = (await page.locator(".filter .problem").allInnerTexts()).join("\n");
  assert.match(said, /left out: nonsense:/);
  assert.match(said, /left out: tab=map/);
  assert.deepEqual(await chips(page), []);
  // Typed into the address while the page stands.
  await page.evaluate(() => { location.hash = "#v1&only=verdict%3Afail&%00%FF=%E0%A4%A"; });
  await filtered(page, ["verdict:fail"], only(({ evaluated }) => evaluated?.dkim === "fail" && evaluated.spf === "fail"));
  assert.equal(await page.locator(".filter .problem").count(), 1);
  assert.deepEqual(page.log, []);
});
