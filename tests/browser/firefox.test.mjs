// The page in Firefox: files in, figures right, cancel.
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";

import { folder, gzFile, xmlFile, zipFile } from "./support/files.mjs";
import { give, metrics, open, settled, useFirefox } from "./support/firefox.mjs";
import { alike, figures, report, reports } from "./support/reports.mjs";

useFirefox();

test("Firefox: files of every kind give the right figures", async (t) => {
  const all = [...reports(6), report(7, 2_500)];
  const files = [xmlFile(all[0], "a.xml"), gzFile(all[1], "b.xml.gz"), zipFile("c.zip", all.slice(2, 6).map((report) => xmlFile(report))), xmlFile(all[6], "d.xml")];
  const path = await folder(t, files);
  const page = await open(t);
  await give(page, ...files.map(({ name }) => join(path, name)));
  await settled(page, 4);
  assert.deepEqual(await metrics(page), figures(all));
  await page.$eval('[data-by="by-from"] tbody a', (link) => link.click());
  await page.waitForSelector(".chip");
  await page.$eval('nav.screens a[href*="files"]', (link) => link.click());
  await page.waitForSelector(".entry-actions button");
  await page.$$eval(".entry-actions button", (buttons) => buttons[0].click());
  await page.waitForSelector("pre.source");
  assert.deepEqual(page.log, []);
});

test("Firefox: cancel in the middle", async (t) => {
  const all = alike(4_000, 60);
  const path = await folder(t, [zipFile("large.zip", all), xmlFile(report(2), "small.xml")]);
  const page = await open(t);
  await page.evaluate(() => {
    const root = document.documentElement;
    const look = () => {
      const messages = Number(document.querySelector('[data-metric="messages"]')?.dataset.value ?? 0);
      if (window.clicked === undefined && messages > 0) {
        window.phaseThen = root.dataset.phase;
        window.clicked = performance.now();
        document.querySelector("#cancel")?.click();
      } else if (window.clicked !== undefined && root.dataset.phase === "ready") window.took ??= performance.now() - window.clicked;
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await give(page, join(path, "large.zip"));
  await page.waitForFunction(() => window.took !== undefined);
  const { took, phaseThen } = await page.evaluate(() => ({ took: window.took, phaseThen: window.phaseThen }));
  assert.equal(phaseThen, "reading");
  // A second is what is promised, and tested in Chromium with regard to the machine: here it is that the rest is not read.
  t.diagnostic(`ready after ${took} ms`);
  const found = await metrics(page);
  const whole = figures(all.map(({ report }) => report));
  assert.ok(found.messages > 0 && found.messages < whole.messages, JSON.stringify(found));
  await page.waitForSelector(".entry");
  assert.equal(await page.$eval(".entry", (entry) => entry.dataset.ledgerStatus), "partial");
  await give(page, join(path, "small.xml"));
  await settled(page, 2);
  assert.equal((await metrics(page)).messages, found.messages + figures([report(2)]).messages);
  assert.deepEqual(page.log, []);
});
