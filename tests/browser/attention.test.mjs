// What needs attention: the sample's story comes out as it was written, and each number is that of the filter behind it.
import assert from "node:assert/strict";
import test from "node:test";

import { give, headline, open, settled, useChromium, visit } from "./support/chromium.mjs";
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
    ["spoofing", "Nothing proves mail from 36 addresses", "whose-address", 554],
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
