// What needs attention: the sample's story comes out as it was written, and each number is that of the filter behind it.
import assert from "node:assert/strict";
import test from "node:test";

import { give, headline, metrics, open, settled, useChromium, visit } from "./support/chromium.mjs";
import { xmlFile } from "./support/files.mjs";
import { report } from "./support/reports.mjs";
import { SAMPLE } from "./support/states.mjs";

useChromium();

/** The findings, once each has its number. */
async function findings(page) {
  await page.waitForFunction(() => {
    const all = [...document.querySelectorAll(".attention li")];
    return document.querySelector(".attention ol") && all.every((item) => item.dataset.messages);
  });
  return page.locator(".attention li").evaluateAll((items) => items.map((item) => ({
    ...item.dataset, text: item.innerText, href: item.querySelector("a.door").getAttribute("href"),
  })));
}

async function sample(t) {
  const page = await open(t);
  await give(page, [SAMPLE]);
  await settled(page, 1);
  await page.locator(".findings li").first().waitFor();
  return page;
}

test("the sample's story comes out as it was written", async (t) => {
  const page = await sample(t);
  await page.getByRole("button", { name: /^Show all \d/ }).first().click();
  const all = await findings(page);
  const of = (cause, name) => all.find((item) => item.cause === cause && item.text.includes(name));
  const told = [
    // The newsletter signs as itself only: below the domain, and for the invitations in the domain's own name.
    ["vendor-dkim-only", "news.harbour.example", "custom-dkim", 2525],
    ["vendor-dkim-only", "larkletter.example signs harbour.example", "custom-dkim", 656],
    // The thing to find: a new server that nobody authenticated.
    ["own-server-unauthenticated", "192.0.2.200", "authenticate-server", 1081],
    // The CRM passes by SPF only.
    ["no-dkim", "198.51.100.77", "custom-dkim", 8057],
    ["dns-trouble", "crm.harbour.example", "check-dns", 23],
    // The wave, and what was forged now and then.
    ["spoofing", "Nothing proves mail from 111 addresses", "whose-address", undefined],
    ["spoofing", "Mail from 36 addresses is proven for parcel-notice.example only", "whose-address", 554],
    // Forwarders, and the list.
    ["forwarding", "pass", undefined, 2664],
    ["mailing-list", "", undefined, 612],
  ];
  for (const [cause, name, step, messages] of told) {
    const found = of(cause, name);
    assert.ok(found, `${cause}: ${name}`);
    if (step) assert.equal(found.step, step, name);
    if (messages) assert.equal(Number(found.messages), messages, `${cause}: ${name}`);
  }
  assert.ok(all[0].text.includes("Do this first") && all[0].cause === "vendor-dkim-only", all[0].text);
  assert.deepEqual(all.slice(0, 2).map((item) => item.cause), ["vendor-dkim-only", "own-server-unauthenticated"]);
  assert.deepEqual(page.log, []);
});

test("every number is that of the filter that it leads to", async (t) => {
  const page = await sample(t);
  await page.getByRole("button", { name: /^Show all \d/ }).first().click();
  for (const { href, messages, text } of await findings(page)) {
    assert.ok(text.includes(Number(messages).toLocaleString("en-US")), text);
    await visit(page, href.slice(1));
    await headline(page, Number(messages), `${href}: ${text}`);
  }
});

test("whose verdicts are counted is one choice for every figure", async (t) => {
  const page = await sample(t);
  const before = await metrics(page);
  await page.getByRole("group", { name: "Verdicts" }).getByRole("link", { name: "worked out here" }).click();
  await page.locator("#filter-chip-0").waitFor();
  await page.locator(".findings li[data-messages]").first().waitFor();
  assert.match(page.url(), /only=judge%3Aours/);
  const after = await metrics(page);
  assert.equal(after.messages, before.messages, "nothing is left out");
  // The figures of the first program, the chart's own sums and the groups are of one engine.
  const sums = await page.locator("[data-by=by-outcome] tbody tr").evaluateAll((rows) => rows.map((row) => row.innerText));
  assert.ok(sums.length > 0);
  for (const { href, messages } of await findings(page)) {
    assert.match(href, /judge%3Aours/);
    await visit(page, href.slice(1));
    await page.waitForFunction((wanted) => document.querySelector('[data-metric="messages"]').dataset.value === wanted, messages);
  }
  await visit(page, "v1&only=judge:ours");
  await page.getByRole("group", { name: "Verdicts" }).getByRole("link", { name: "the reporters'" }).click();
  await page.waitForFunction(() => location.hash.length < 5);
  assert.deepEqual(await metrics(page), before);
  assert.deepEqual(page.log, []);
});

test("what passed before and fails now is told with the day", async (t) => {
  const page = await open(t);
  const day = (number) => {
    const made = report(1, 1, { domain: "shop.example", id: `turned-${number}` });
    const evaluated = number < 5 ? { disposition: "none", dkim: "pass", spf: "pass" } : { disposition: "none", dkim: "fail", spf: "fail" };
    const begin = 1_790_000_000 - (1_790_000_000 % 86_400) + number * 86_400;
    return xmlFile({ ...made, begin, end: begin + 86_399, records: made.records.map((record) => ({ ...record, evaluated, count: 40 })) }, `${number}.xml`);
  };
  await give(page, Array.from({ length: 10 }, (_, number) => day(number)));
  await settled(page, 10);
  const turned = page.locator('.news li[data-turned="news-source"]');
  await turned.waitFor();
  const messages = await turned.getAttribute("data-messages");
  assert.match(await turned.innerText(), /200 of 200 messages fail; before that 200 of 200 passed/);
  await visit(page, (await turned.locator("a").getAttribute("href")).slice(1));
  await page.waitForFunction((wanted) => document.querySelector('[data-metric="messages"]').dataset.value === wanted, messages);
  assert.equal((await metrics(page)).failed, 200);
});

test("a source's screen says why its mail fails, and what to do", async (t) => {
  const page = await sample(t);
  await visit(page, "v1&source=192.0.2.200");
  const likely = page.locator(".likely");
  await likely.locator("code").waitFor();
  assert.equal(await likely.getAttribute("data-cause"), "own-server-unauthenticated");
  assert.equal(await likely.locator("code").innerText(), "ip4:192.0.2.200");
  await visit(page, "v1&source=192.0.2.10");
  await page.locator('.likely:not([data-cause="own-server-unauthenticated"])').waitFor();
});

test("when all is well it says so", async (t) => {
  const page = await open(t);
  const evaluated = { disposition: "none", dkim: "pass", spf: "pass" };
  const well = report(1, 3, { domain: "shop.example" });
  well.records = well.records.map((record) => ({ ...record, evaluated, from: "shop.example", signatures: 1 }));
  await give(page, [xmlFile(well)]);
  await settled(page, 1);
  await page.locator(".attention-well").waitFor();
  assert.equal(await page.locator(".findings li").count(), 0);
});
