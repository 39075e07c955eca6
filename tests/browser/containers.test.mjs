// What people have: mail in every wrapping, archives inside each other, and files made to do harm.
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";

import { cancelInTheMiddle, give, go, ledger, metrics, open, settled, shows, statuses, useChromium } from "./support/chromium.mjs";
import { file, folder, gzFile, layered, xmlFile, zipFile } from "./support/files.mjs";
import { mailOf, mailbox, message, msgFile, note } from "./support/mail.mjs";
import { alike, figures, report, reports, xml } from "./support/reports.mjs";

useChromium();

test("a Maildir folder is read whole, by content", async (t) => {
  const page = await open(t);
  const all = reports(4);
  const path = await folder(t, []);
  await Promise.all(["cur", "new", "tmp"].map((name) => mkdir(join(path, name))));
  for (const [place, report] of all.entries()) {
    await writeFile(join(path, place % 2 ? "cur" : "new", `1642966915.${place}.host${place % 2 ? ":2,S" : ""}`), mailOf(report));
  }
  await writeFile(join(path, "cur", "1642966999.9.host:2,"), note());
  await writeFile(join(path, "dovecot-uidlist"), "3 V1 N1");
  await page.locator("#folder-input").setInputFiles(path);
  await settled(page, 6);
  await shows(page, figures(all));
  const found = await statuses(page);
  assert.deepEqual(Object.values(found).sort(), ["read", "read", "read", "read", "refused", "refused"]);
  assert.deepEqual(page.log, []);
});

test("a mailbox is read message by message, and what is in it can be found and saved", async (t) => {
  const page = await open(t);
  const all = reports(60);
  const messages = all.map(mailOf);
  messages.splice(7, 0, note("=1+1"), note("something else"));
  await give(page, [mailbox("Inbox", messages)]);
  await settled(page, 1);
  await shows(page, figures(all));
  await go(page, "Files");
  const entry = page.locator(".entry").first();
  assert.equal(await entry.getAttribute("data-ledger-status"), "partial");
  assert.match(await entry.innerText(), /60 read, 2 refused/);
  await entry.getByRole("button", { name: /Show what is in it \(62\)/ }).click();
  await entry.locator(".item").first().waitFor();
  assert.deepEqual(await entry.locator(".item").evaluateAll((items) => items.slice(0, 3).map((item) => item.dataset.itemStatus)), ["refused", "refused", "read"]);
  await entry.getByRole("searchbox").fill(all[41].id);
  await page.waitForFunction(() => document.querySelectorAll(".item").length === 1);
  await entry.locator(".item a").click();
  await page.locator("#screens h2", { hasText: all[41].domain }).waitFor();
  await go(page, "Files");
  // The search for files looks inside them.
  await page.getByPlaceholder("Find a file or something in one").fill("nowhere to be found");
  await page.locator(".entry").waitFor({ state: "detached" });
  await page.getByPlaceholder("Find a file or something in one").fill("SOMETHING ELSE");
  await page.locator(".entry").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save the list as CSV" }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  assert.equal(lines.length, 63);
  assert.ok(lines[0].startsWith('\u{FEFF}"File","Inside","What became of it"'), lines[0]);
  assert.ok(lines[8].startsWith('"Inbox","#8 =1+1","Refused","","","","","","",""'), lines[8]);
  assert.ok(lines.slice(1).every((line) => line.startsWith('"Inbox","#')));
  assert.deepEqual(page.log, []);
});

test("an Outlook message, and archives inside each other", async (t) => {
  const page = await open(t);
  const [one, two, three, four] = [report(1, 20), report(2), report(3), report(4)];
  const inner = zipFile("inner.zip", [xmlFile(two), file("mail.eml", mailOf(three))]);
  const archive = zipFile("outer.zip", [file("readme.txt", "words"), file("deep.zip.gz", gzipSync(inner.buffer)), msgFile("m.msg", Buffer.from(xml(report(5, 20))))]);
  await give(page, [msgFile("one.msg", Buffer.from(xml(one))), archive, file("four.eml", message(gzFile(four).buffer))]);
  await settled(page, 3);
  await shows(page, figures([one, two, three, four, report(5, 20)]));
  assert.deepEqual(await statuses(page), { "one.msg": "read", "outer.zip": "partial", "four.eml": "read" });
  // The source of a report is found again through all of it.
  await go(page, "Files");
  const entry = page.locator(".entry", { hasText: "outer.zip" });
  await entry.getByRole("button", { name: /Show what is in it/ }).click();
  const item = entry.locator(".item", { hasText: "mail.eml" });
  await item.getByRole("button", { name: "Show the XML" }).click();
  await item.locator("pre", { hasText: three.id.split("@")[0] }).waitFor();
  assert.deepEqual(page.log, []);
});

test("a bomb between two good files costs nobody anything", async (t) => {
  const page = await open(t);
  const member = gzipSync(Buffer.alloc(1 << 20, " "), { level: 9 });
  const bomb = gzipSync(Buffer.concat([gzipSync("<?xml version=\"1.0\"?><list>"), ...Array(1024).fill(member)]));
  await give(page, [gzFile(report(1), "1.xml.gz"), file("bomb.gz", bomb), gzFile(report(2), "2.xml.gz")]);
  await settled(page, 3);
  await shows(page, figures([report(1), report(2)]));
  const [entry] = await ledger(page);
  assert.equal(entry.name, "bomb.gz");
  assert.match(entry.notes.join(), /as files made to do harm do/);
  assert.deepEqual(page.log, []);
});

test("what a limit stopped is read whole where a person wants it", async (t) => {
  const page = await open(t);
  const [first, last, other] = [report(1), report(2), report(3)];
  await give(page, [layered("long.xml.gz", 1024, first, last), xmlFile(other, "other.xml"), xmlFile(first, "twin.xml")]);
  await settled(page, 3);
  await shows(page, figures([first, other]));
  await go(page, "Files");
  const entry = page.locator(".entry", { hasText: "long.xml.gz" });
  assert.match(await entry.innerText(), /as files made to do harm do/);
  // Ten times as much is not enough for this one; after that there is no such limit.
  await entry.getByRole("button", { name: "Read it whole anyway" }).click();
  await page.waitForFunction(() => /more than 5,000 times its size/.test(document.querySelector("#screens").innerText), null, { timeout: 60_000 });
  await settled(page, 3);
  await shows(page, figures([first, other]));
  await entry.getByRole("button", { name: "Read it whole anyway" }).click();
  await entry.locator(".entry-holds", { hasText: "2 reports" }).waitFor({ timeout: 60_000 });
  await settled(page, 3);
  await shows(page, figures([first, other, last]));
  await page.waitForFunction(() => !document.querySelector("#screens").innerText.includes("Read it whole anyway"));
  assert.equal(await page.locator(".entry").count(), 3, "no entry is added");
  // The source of the report behind the limit is found again.
  await entry.getByRole("button", { name: /Show what is in it/ }).click();
  const item = entry.locator(".item", { hasText: last.id });
  await item.getByRole("button", { name: "Show the XML" }).click();
  await item.locator("pre", { hasText: last.id.split("@")[0] }).waitFor();
  assert.deepEqual(page.log, []);
});

test("a second reading can be cancelled, and may fail, without loss", async (t) => {
  const page = await open(t);
  const [first, last] = [report(1), report(2)];
  await give(page, layered("long.xml.gz", 16_384, first, last));
  await settled(page, 1);
  await shows(page, figures([first]));
  await go(page, "Files");
  const again = page.getByRole("button", { name: "Read it whole anyway" });
  await again.click();
  await page.waitForFunction(() => /more than 5,000 times/.test(document.querySelector("#screens").innerText), null, { timeout: 60_000 });
  await settled(page, 1);
  await again.click();
  await page.locator("#cancel").waitFor();
  // Not while it is being read.
  await again.waitFor({ state: "detached" });
  const started = Date.now();
  await page.locator("#cancel").click();
  await settled(page, 1);
  assert.ok(Date.now() - started < 1_000, `${Date.now() - started} ms`);
  await shows(page, figures([first]));
  await again.waitFor();
  assert.match(await page.locator(".entry").innerText(), /cancelled before the end/);
  assert.deepEqual(page.log, []);
});

test("cancel in the middle of a mailbox", async (t) => {
  const all = alike(4_000, 60);
  const path = await folder(t, [mailbox("Inbox", all.map(({ buffer }) => message(gzipSync(buffer))))]);
  const page = await open(t);
  await give(page, `${path}/Inbox`);
  const time = await cancelInTheMiddle(page);
  t.diagnostic(`${Math.round(time)} ms`);
  assert.ok(time < 1_000, `ready after ${time} ms`);
  const one = figures([all[0].report]);
  const found = await metrics(page);
  assert.ok(found.records > 0 && found.records < 4_000 * one.records, JSON.stringify(found));
  const [entry] = await ledger(page);
  assert.equal(entry.status, "partial");
  assert.match(entry.notes.join(), /cancelled before the end/);
  assert.deepEqual(page.log, []);
});
