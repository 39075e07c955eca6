// Reports that lie beside the page: it opens on them by itself.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { calm, give, ledger, open, settled, shows, statuses, useChromium } from "./support/chromium.mjs";
import { file, folder, gzFile, xmlFile, zipFile } from "./support/files.mjs";
import { figures, reports } from "./support/reports.mjs";

useChromium();

const list = (...lines) => file("index.txt", `${lines.join("\n")}\n`);

test("the page opens on the reports beside it, a reload takes up what is new, and more can be dropped", async (t) => {
  const [first, second, third, fourth, fifth] = reports(5);
  const odd = gzFile(second, "100% odd #name?.xml.gz");
  const beside = await folder(t, [xmlFile(first, "first.xml"), odd, list("# a comment", "index.txt", "first.xml", odd.name, "2026/")]);
  await mkdir(join(beside, "2026"));
  await writeFile(join(beside, "2026", "third.zip"), zipFile("third.zip", [{ name: "third.xml", buffer: xmlFile(third).buffer }]).buffer);
  await writeFile(join(beside, "2026", "index.txt"), "third.zip\r\n");
  const page = await open(t, { beside });
  await settled(page, 3);
  await shows(page, figures([first, second, third]));
  assert.deepEqual(Object.keys(await statuses(page)).sort(), ["100% odd #name?.xml.gz", "2026/third.zip", "first.xml"]);

  await writeFile(join(beside, "fourth.xml"), xmlFile(fourth).buffer);
  await writeFile(join(beside, "index.txt"), `first.xml\n${odd.name}\n2026/third.zip\nfourth.xml\n`);
  await page.reload();
  await page.evaluate(() => { location.hash = ""; });
  await settled(page, 4);
  await shows(page, figures([first, second, third, fourth]));
  await give(page, [xmlFile(fifth)]);
  await settled(page, 5);
  await shows(page, figures(reports(5)));
  assert.deepEqual(page.log, []);
});

test("what cannot be had of the list is said, and the rest is read", async (t) => {
  const [first] = reports(1);
  const beside = await folder(t, [xmlFile(first, "first.xml"), list("missing.xml", "first.xml", "none/", "https://elsewhere.invalid/a.xml")]);
  const page = await open(t, { beside });
  await settled(page, 4);
  await shows(page, figures([first]));
  const told = await ledger(page);
  const notes = Object.fromEntries(told.map(({ name, notes }) => [name, notes.join(" ")]));
  assert.match(notes["missing.xml"], /404/);
  assert.match(notes["none/"], /index\.txt/);
  assert.equal((await statuses(page))["first.xml"], "read");
  assert.equal(Object.keys(notes).length, 4);
});

test("a list that is none is said, and a host that sends a page in its place has none", async (t) => {
  const binary = await folder(t, [file("index.txt", Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))]);
  const page = await open(t, { beside: binary });
  await settled(page, 1);
  assert.match((await ledger(page))[0].name, /index\.txt/);

  const html = await folder(t, [file("index.txt", "<!doctype html><title>Nothing here</title>")]);
  const other = await open(t, { beside: html });
  await other.locator('html[data-phase="empty"]').waitFor();
  await other.waitForFunction(() => performance.getEntriesByType("resource").some(({ name, responseEnd }) => name.includes("/reports/index.txt") && responseEnd > 0));
  await calm(other);
  assert.equal(await other.locator(".dropzone").count(), 1);
  assert.deepEqual(other.log, []);
});

test("labels beside the page are taken", async (t) => {
  const [first] = reports(1);
  const labels = file("labels.txt", `Acme Ltd: ${first.domain}\n`);
  const beside = await folder(t, [xmlFile(first, "first.xml"), labels, list("first.xml", "labels.txt")]);
  const page = await open(t, { beside });
  await settled(page, 1);
  await page.evaluate(() => { location.hash = "v1&show=domains"; });
  await page.locator('[data-label="Acme Ltd"]').waitFor();
  assert.deepEqual(page.log, []);
});
