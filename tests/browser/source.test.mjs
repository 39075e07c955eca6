// A report's XML again, read anew from the file.
import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { give, go, open, settled, useChromium } from "./support/chromium.mjs";
import { file, folder, gzFile, xmlFile, zipFile } from "./support/files.mjs";
import { report, xml } from "./support/reports.mjs";

useChromium();

const entry = (page, name) => page.locator(".entry", { has: page.locator(".entry-name").getByText(name, { exact: true }) });
const show = (page, name) => entry(page, name).getByRole("button", { name: "Show the XML" }).click();

/** The report itself, without what stands around its root element. */
const body = (report) => xml(report).slice(xml(report).indexOf("<feedback")).trim();

test("the XML of a report in a file, a gzip and a zip", async (t) => {
  const page = await open(t);
  const [plain, gzip, stored, deflated, inner] = [1, 2, 3, 4, 6].map((number) => report(number, 6));
  const files = [
    xmlFile(plain, "plain.xml"), gzFile(gzip, "gzip.xml.gz"), zipFile("stored.zip", [xmlFile(stored)]),
    // The first entry of a zip is stored, the second deflated: what comes first here is no report.
    zipFile("deflated.zip", [file("readme.txt", "A report follows."), xmlFile(deflated)]), zipFile("inner.zip", [gzFile(inner)]),
  ];
  await give(page, files);
  await settled(page, files.length);
  await go(page, "Files");
  for (const [name, report] of [["plain.xml", plain], ["gzip.xml.gz", gzip], ["stored.zip", stored], ["deflated.zip", deflated], ["inner.zip", inner]]) {
    // What holds several items is unfolded first.
    await entry(page, name).waitFor();
    const unfold = entry(page, name).getByRole("button", { name: "Show what is in it" });
    if (await unfold.count()) await unfold.click();
    await show(page, name);
    const text = await entry(page, name).locator("pre.source").textContent();
    assert.equal(text.slice(text.indexOf("<feedback")).trim(), body(report), name);
  }
  const hide = entry(page, "plain.xml").getByRole("button", { name: "Hide the XML" });
  await hide.click();
  await entry(page, "plain.xml").locator("pre.source").waitFor({ state: "detached" });
  assert.deepEqual(page.log, []);
});

test("two reports' XML asked for at once both come", async (t) => {
  const page = await open(t);
  await give(page, [xmlFile(report(1), "one.xml"), xmlFile(report(2), "two.xml")]);
  await settled(page, 2);
  await go(page, "Files");
  await page.evaluate(() => document.querySelectorAll(".entry-actions button").forEach((button) => button.click()));
  await page.locator("pre.source").nth(1).waitFor();
});

test("a file that has changed or gone since is told of", async (t) => {
  const page = await open(t);
  const names = ["changed.xml", "changed.xml.gz", "changed.zip", "gone.xml", "same.xml"];
  const files = [
    xmlFile(report(1), names[0]), gzFile(report(2), names[1]), zipFile(names[2], [xmlFile(report(3))]),
    xmlFile(report(4), names[3]), xmlFile(report(5), names[4]),
  ];
  const path = await folder(t, files);
  await give(page, names.map((name) => join(path, name)));
  await settled(page, files.length);
  await go(page, "Files");
  await writeFile(join(path, names[0]), xml(report(6, 5)));
  await writeFile(join(path, names[1]), gzFile(report(7, 5)).buffer);
  await writeFile(join(path, names[2]), zipFile(names[2], [xmlFile(report(8, 5))]).buffer);
  await rm(join(path, names[3]));
  for (const name of names.slice(0, 4)) {
    await show(page, name);
    const words = await entry(page, name).locator(".problem").innerText();
    assert.match(words, /has changed since|cannot be read again/, name);
    assert.equal(await entry(page, name).locator("pre.source").count(), 0, name);
  }
  await show(page, "same.xml");
  assert.ok((await entry(page, "same.xml").locator("pre.source").textContent()).includes(report(5).id));
  // The figures are of what was read: they stay.
  assert.equal(await page.locator('[data-metric="reports"]').getAttribute("data-value"), "5");
  assert.deepEqual(page.log, []);
});
