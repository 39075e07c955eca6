// Files in by every way, and the figures that come out.
import assert from "node:assert/strict";
import { join } from "node:path";
import { mkdir, writeFile } from "node:fs/promises";
import test from "node:test";

import { drop, give, ledger, metrics, open, settled, shows, statuses, useChromium, watch } from "./support/chromium.mjs";
import { slowDisk } from "./support/faults.mjs";
import { file, folder, gzFile, xmlFile, zipFile } from "./support/files.mjs";
import { figures, report, reports, xml } from "./support/reports.mjs";

useChromium();

/** XML, gzip, and a zip with XML and gzip in it: reports 1 to 11. */
function mixed() {
  const all = reports(11);
  const inside = all.slice(4).map((report, place) => (place % 3 === 2 ? gzFile(report) : xmlFile(report)));
  return { all, files: [xmlFile(all[0]), gzFile(all[1]), xmlFile(all[2]), gzFile(all[3]), zipFile("a week.zip", inside)] };
}

test("picked files give the right figures, below a sub-path", async (t) => {
  const page = await open(t, { base: "/some/path" });
  const { all, files } = mixed();
  await give(page, files);
  await settled(page, 5);
  await shows(page, figures(all));
  assert.deepEqual(Object.values(await statuses(page)), Array(5).fill("read"));
  assert.deepEqual(page.log, []);
});

test("files dropped on the page give the right figures", async (t) => {
  const page = await open(t, { base: "" });
  const { all, files } = mixed();
  await drop(page, files);
  await settled(page, 5);
  await shows(page, figures(all));
  // Dropped on what has come since, too.
  await drop(page, [xmlFile(report(12))], ".tiles");
  await settled(page, 6);
  await shows(page, figures([...all, report(12)]));
  assert.equal(await page.locator(".overlay-shown").count(), 0, "the overlay is gone");
  assert.deepEqual(page.log, []);
});

test("the overlay stands while files are held over the page, and other things pass through", async (t) => {
  const page = await open(t);
  const drag = (type, kind) => page.evaluate(([type, kind]) => {
    const data = new DataTransfer();
    if (kind === "file") data.items.add(new File(["x"], "x.xml"));
    else data.setData("text/plain", "x");
    const event = new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector("main").dispatchEvent(event);
    return event.defaultPrevented;
  }, [type, kind]);
  const overlay = page.locator(".overlay-shown");
  assert.equal(await drag("dragenter", "file"), true);
  await overlay.waitFor();
  await drag("dragenter", "file"); // into a child: two enters, one leave
  await drag("dragleave", "file");
  assert.equal(await overlay.count(), 1);
  await drag("dragleave", "file");
  await overlay.waitFor({ state: "detached" });
  assert.equal(await drag("dragover", "text"), false, "a text that is dragged is not ours");
});

test("a folder is read with all below it, and names tell the way", async (t) => {
  const page = await open(t);
  const [one, two, three] = reports(3, 20);
  const path = await folder(t, [xmlFile(one, "one.xml")]);
  await mkdir(join(path, "deep", "er"), { recursive: true });
  await writeFile(join(path, "deep", "two.xml.gz"), gzFile(two).buffer);
  await writeFile(join(path, "deep", "er", "three.xml"), xml(three));
  await page.locator("#folder-input").setInputFiles(path);
  await settled(page, 3);
  await shows(page, figures([one, two, three]));
  const names = (await ledger(page)).map(({ name }) => name.split("/").slice(1).join("/")).sort();
  assert.deepEqual(names, ["deep/er/three.xml", "deep/two.xml.gz", "one.xml"]);
});

test("figures fill while files come in, as from a slow disk", async (t) => {
  const page = await open(t, { change: slowDisk(400) });
  const all = reports(6, 1, 2500);
  const files = all.map((report) => xmlFile(report));
  assert.ok(files.every(({ buffer }) => buffer.length > 1 << 20), "read bit by bit, not fetched whole");
  const seen = await watch(page);
  await give(page, files);
  await settled(page, files.length);
  const expected = figures(all);
  await shows(page, expected);
  const filling = (await seen()).filter(({ phase, messages }) => phase === "reading" && messages > 0 && messages < expected.messages);
  assert.ok(filling.length >= 3, `figures before the end: ${filling.length}`);
  const order = (await seen()).map(({ messages }) => messages);
  assert.deepEqual(order, [...order].sort((a, b) => a - b), "figures only grow");
});

test("the same file again is a duplicate and counts once", async (t) => {
  const page = await open(t);
  const { all, files } = mixed();
  await give(page, files);
  await settled(page, 5);
  await give(page, files);
  await settled(page, 10);
  await shows(page, figures(all));
  const duplicates = (await ledger(page)).filter(({ status }) => status === "duplicate");
  assert.deepEqual(duplicates.map(({ name }) => name).sort(), files.map(({ name }) => name).sort());
  // The same report in another wrapping under another name is the same report.
  await give(page, [gzFile(all[0], "again.xml.gz")]);
  await settled(page, 11);
  await shows(page, figures(all));
  assert.equal((await statuses(page))["again.xml.gz"], "duplicate");
});

test("what is no report is refused by name and does not count", async (t) => {
  const page = await open(t);
  const whole = xml(report(31, 12));
  const before = await metrics(page);
  assert.deepEqual(before, {}, "no figures before the first file");
  await give(page, [
    xmlFile(report(30)), file("empty.xml", ""), file("notes.txt", "Nothing of interest."), file("page.html", "<!doctype html><title>x</title>"),
    file("cut.xml", whole.slice(0, whole.lastIndexOf("<record>") + 40)),
  ]);
  await settled(page, 5);
  const found = await statuses(page);
  assert.deepEqual([found["empty.xml"], found["notes.txt"], found["page.html"], found["cut.xml"]], ["refused", "refused", "refused", "partial"]);
  const cut = report(31, 12);
  await shows(page, figures([report(30), { ...cut, records: cut.records.slice(0, -1) }]));
});
