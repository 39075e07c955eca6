// What leaves the page comes in again as the same, and nothing leaves that was not asked for.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { inflateRawSync } from "node:zlib";
import { chromium } from "playwright-core";

import { give, metrics, open, settled, shows, useChromium, visit } from "./support/chromium.mjs";
import { file, folder, gzFile, xmlFile, zipFile } from "./support/files.mjs";
import { figures, reports } from "./support/reports.mjs";
import { save, saveAll } from "./support/saved.mjs";
import { site } from "./support/site.mjs";

useChromium();

/** The texts of a zip's members, by name: read through its directory. */
function members(bytes) {
  const all = {};
  let at = 0;
  while (bytes.readUInt32LE(at) === 0x04034b50) {
    const [method, packed, name] = [bytes.readUInt16LE(at + 8), bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26)];
    const start = at + 30 + name + bytes.readUInt16LE(at + 28);
    const data = bytes.subarray(start, start + packed);
    all[bytes.toString("utf8", at + 30, at + 30 + name)] = String(method ? inflateRawSync(data) : data);
    at = start + packed;
  }
  return all;
}

/** The data inside of a page that is one file. */
const inside = (html) => members(Buffer.from(/data-part="reports\/reports\.zip">([^<]*)</.exec(html)[1], "base64"));

test("reports come in again as they went out: written anew, and as they came", async (t) => {
  const all = reports(6);
  const page = await open(t);
  const files = [gzFile(all[0]), xmlFile(all[1]), zipFile("some.zip", all.slice(2).map((report) => xmlFile(report)))];
  await give(page, files);
  await settled(page, 3);
  const anew = await save(page, "reports");
  const raw = await save(page, "raw");
  assert.equal(Object.keys(members(raw.bytes)).length, 6);
  assert.ok(Object.values(members(raw.bytes)).every((text) => all.some((report) => String(xmlFile(report).buffer).includes(text))));
  for (const { name, bytes } of [anew, raw]) {
    const other = await open(t);
    await give(other, [file(name, bytes)]);
    await settled(other, 1);
    await shows(other, figures(all));
  }
  assert.deepEqual(page.log, []);
});

test("tables and reports in every form hold what the filter shows, and nothing else", async (t) => {
  const all = reports(6);
  const page = await open(t);
  await give(page, all.map((report) => gzFile(report)));
  await settled(page, 6);
  const [wanted] = all;
  // Names that the wanted report does not have itself.
  const own = String(xmlFile(wanted).buffer);
  const names = all.slice(1).flatMap((report) => [report.id.split("@")[0], report.org, report.domain, xmlFile(report).name, ...report.records.map(({ ip }) => ip)]);
  const excluded = names.filter((name) => !own.includes(name));
  assert.ok(excluded.length > 15);
  await visit(page, `#v1&only=${encodeURIComponent(`report:${wanted.id}`)}`);
  const shown = await metrics(page);
  for (const kind of ["csv", "ndjson", "parsedmarc", "reports", "page", "summary"]) {
    const { name, bytes, told } = await save(page, kind);
    const text = { reports: () => JSON.stringify(members(bytes)), page: () => JSON.stringify(inside(String(bytes))) }[kind]?.() ?? String(bytes);
    assert.ok(bytes.length > 100, name);
    assert.match(told, / [kM]B/);
    for (const name of excluded) assert.ok(!text.includes(name), `${kind} tells of ${name}`);
    if (kind === "ndjson") {
      const rows = text.trim().split("\n").map((line) => JSON.parse(line));
      assert.equal(rows.reduce((sum, row) => sum + row.count, 0), shown.messages);
    }
    if (kind === "parsedmarc") assert.equal(JSON.parse(text).length, 1);
  }
  assert.deepEqual(page.log, []);
});

test("a page that is one file opens from the disk without a network, on the same view", async (t) => {
  const all = reports(5);
  const page = await open(t);
  await give(page, all.map((report) => xmlFile(report)));
  await settled(page, 5);
  await visit(page, "#v1&show=sources");
  const { bytes } = await save(page, "page");
  const html = String(bytes);
  const total = (await metrics(page)).messages;
  assert.ok(html.includes("<table>") && html.replaceAll(",", "").includes(`<td>${total}</td>`), "its figures are there without scripts");
  const at = await folder(t, [file("saved.html", bytes)]);
  const saved = await open(t, {
    address: pathToFileURL(join(at, "saved.html")).href,
    prepare: (context) => context.setOffline(true),
  });
  await saved.locator('html[data-phase="ready"]').waitFor();
  assert.equal(new URL(saved.url()).hash, "#v1&show=sources");
  await saved.locator(".grid tbody tr[aria-rowindex]").first().waitFor();
  await shows(saved, figures(all));
  // What is in it can be saved from it too, and it keeps nothing.
  const again = await save(saved, "ndjson");
  assert.equal(String(again.bytes).trim().split("\n").reduce((sum, line) => sum + JSON.parse(line).count, 0), total);
  const kept = await saved.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length]);
  assert.deepEqual(kept, [0, 0, "", 0]);
  assert.deepEqual(saved.log, []);
  assert.deepEqual(page.log, []);
});

test("what is made unrecognizable is in no file, a page among them", async (t) => {
  const [report] = reports(1);
  const page = await open(t);
  await give(page, [xmlFile(report, "secret-name.xml")]);
  await settled(page, 1);
  const redact = ["share-addresses", "share-local-parts", "share-file-names"];
  const source = String(xmlFile(report).buffer);
  const addresses = [...source.matchAll(/<source_ip>([^<]+)</g)].map(([, address]) => address).filter((address) => !address.endsWith(".0"));
  assert.ok(addresses.length > 0);
  for (const kind of ["page", "csv"]) {
    const { bytes } = await save(page, kind, redact);
    const text = kind === "page" ? JSON.stringify(inside(String(bytes))) : String(bytes);
    for (const hidden of [...addresses, "secret-name"]) assert.ok(!text.includes(hidden), `${kind} tells of ${hidden}`);
  }
});

test("a file for each label has its domains alone", async (t) => {
  const all = reports(4);
  const domains = [...new Set(all.map((report) => report.domain))];
  const beside = await folder(t, [
    ...all.map((report, place) => xmlFile(report, `${place}.xml`)),
    file("index.txt", `labels.txt\n${all.map((_, place) => `${place}.xml`).join("\n")}\n`),
    file("labels.txt", domains.map((domain, place) => `Client ${place}: ${domain}`).join("\n")),
  ]);
  const page = await open(t, { beside });
  await settled(page, 4);
  await page.locator("#share-open").click();
  await page.locator("#share-each").waitFor();
  await page.keyboard.press("Escape");
  const files = await saveAll(page, "page", ["share-each"]);
  assert.deepEqual(files.map(({ name }) => name), domains.map((_, place) => `dmarc-Client-${place}.html`));
  for (const [place, { bytes }] of files.entries()) {
    const told = JSON.stringify(inside(String(bytes)));
    assert.ok(told.includes(`<domain>${domains[place]}</domain>`));
    for (const other of domains.filter((_, other) => other !== place)) assert.ok(!told.includes(`<domain>${other}</domain>`));
  }
});

test("the page works in a frame and under a name of an intranet, over plain http", async (t) => {
  const all = reports(3);
  const beside = await folder(t, [...all.map((report, place) => xmlFile(report, `${place}.xml`)), file("index.txt", "0.xml\n1.xml\n2.xml\n")]);
  const url = new URL(await site(t, { beside }));
  const named = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP *.intranet 127.0.0.1"],
  });
  t.after(() => named.close());
  const page = await named.newPage({ locale: "en-US" });
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(`http://dmarc.intranet:${url.port}${url.pathname}`);
  await page.locator('html[data-phase="ready"][data-screens="ready"]').waitFor();
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await shows(page, figures(all));
  await save(page, "csv");
  // A page of another site of the same network: browsers keep those of the internet out of it.
  const wiki = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end(`<title>Wiki</title><link rel="icon" href="data:,"><iframe src="http://dmarc.intranet:${url.port}${url.pathname}" width="1000" height="800"></iframe>`);
  });
  t.after(() => wiki.close());
  await new Promise((done) => wiki.listen(0, "127.0.0.1", done));
  await page.goto(`http://wiki.intranet:${wiki.address().port}/`);
  const frame = page.frameLocator("iframe");
  await frame.locator('html[data-phase="ready"][data-screens="ready"]').waitFor();
  assert.equal(Number(await frame.locator('[data-metric="messages"]').getAttribute("data-value")), figures(all).messages);
  assert.deepEqual(errors, []);
});

test("a chart is saved as a picture that needs nothing else, and a table with all its rows", async (t) => {
  const page = await open(t);
  await give(page, reports(6).map((report) => gzFile(report)));
  await settled(page, 6);
  const button = (name) => page.locator("#screens").getByRole("button", { name, exact: true });
  const taken = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), button(name).first().click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const svg = await taken("Save as SVG");
  assert.match(svg.name, /\.svg$/);
  const text = String(svg.bytes);
  assert.ok(text.startsWith("<svg") && !/class=|var\(|light-dark|style=/.test(text), "nothing hangs on a style sheet");
  assert.ok(/<text[^>]*>Messages a day<\/text>/.test(text) && text.includes("sans-serif") && /fill="rgb\(/.test(text));
  const png = await taken("Save as PNG");
  assert.equal(png.bytes.toString("latin1", 1, 4), "PNG");
  assert.ok(png.bytes.readUInt32BE(16) > 600 && png.bytes.length > 5_000, "it is as large as the chart, and not empty");
  await visit(page, "#v1&show=sources");
  const csv = await taken("Save as CSV");
  const lines = String(csv.bytes).replace("\u{FEFF}", "").trim().split("\r\n");
  assert.equal(lines.length - 1, figures(reports(6)).sources);
  assert.deepEqual(page.log, []);
});
