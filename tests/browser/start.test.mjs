// How the page starts its workers: whatever the server calls the program, and never with another build's.
import assert from "node:assert/strict";
import test from "node:test";

import { give, open, settled, shows, statuses, useChromium } from "./support/chromium.mjs";
import { faulty, slowDisk } from "./support/faults.mjs";
import { folder, xmlFile, zipFile } from "./support/files.mjs";
import { alike, figures, report, reports } from "./support/reports.mjs";
import { built } from "./support/site.mjs";

useChromium();

test("programs served as unnamed bytes start", async (t) => {
  const page = await open(t, {
    change: (name, headers) => {
      if (name.endsWith(".wasm")) headers["content-type"] = "application/octet-stream";
    },
  });
  const types = [];
  page.on("response", (response) => response.url().includes(".wasm") && types.push(response.headers()["content-type"]));
  await page.reload();
  await give(page, reports(3).map((report) => xmlFile(report)));
  await settled(page, 3);
  await shows(page, figures(reports(3)));
  assert.ok(types.length >= 2 && types.every((type) => type === "application/octet-stream"), `${types}`);
  assert.deepEqual(page.log, []);
});

/** The worker program with another build's name in it. */
function otherBuild(build) {
  const { bytes } = built(/^worker_bg\.wasm$/);
  const at = bytes.indexOf(build);
  assert.notEqual(at, -1, "the build's name stands in the program");
  assert.equal(bytes.indexOf(build, at + 1), -1, "once");
  bytes.write("0123456789abcdef", at);
  return bytes;
}

/** The build's name: what the page asks for its worker by. */
async function nameOfBuild(t) {
  const page = await open(t);
  const asked = await Promise.all([page.waitForRequest(/worker_bg\.wasm\?/), page.reload()]);
  return new URL(asked[0].url()).search.slice(1);
}

test("a worker of another build is told of, and a reload helps", async (t) => {
  const build = await nameOfBuild(t);
  assert.match(build, /^[0-9a-f]{16}$/);
  let other = otherBuild(build);
  const page = await open(t, { change: (name) => (name === "worker_bg.wasm" ? other : undefined) });
  const problem = page.locator(".notices .problem");
  await problem.waitFor();
  assert.match(await problem.innerText(), /different versions/);
  // A file given now is not read; the page neither falls over it nor forgets what it said.
  await give(page, [xmlFile(reports(1)[0])]);
  assert.match(await problem.innerText(), /different versions/);
  assert.deepEqual(page.log, []);
  other = undefined;
  await Promise.all([page.waitForEvent("load"), problem.getByRole("button", { name: "Reload" }).click()]);
  await give(page, reports(2).map((report) => xmlFile(report)));
  await settled(page, 2);
  await shows(page, figures(reports(2)));
  assert.equal(await problem.count(), 0);
});

test("with a worker of another build the page does not pretend to read", async (t) => {
  const other = otherBuild(await nameOfBuild(t));
  const page = await open(t, { change: (name) => (name === "worker_bg.wasm" ? other : undefined) });
  await page.locator(".notices .problem").waitFor();
  await give(page, [xmlFile(reports(1)[0])]);
  // Whatever it draws is drawn within a tenth of a second: it must come to rest without a bar that never moves.
  await page.locator('html:not([data-phase="empty"])').waitFor();
  await page.locator('html:not([data-phase="reading"])').waitFor();
  assert.equal(await page.locator("#cancel").count(), 0);
});

for (const [what, change] of [
  ["is missing", () => (name, headers) => {
    // The server cannot say 404 here; a page in the program's place is what many hosts send instead.
    if (name !== "worker_bg.wasm") return undefined;
    headers["content-type"] = "text/html";
    return "<!doctype html><title>Not found</title>";
  }],
  ["has a glue that fails", () => (name) => (name === "worker.js" ? "throw new Error('broken glue');" : undefined)],
]) {
  test(`a worker program that ${what} is told of`, async (t) => {
    const page = await open(t, { change: change() });
    await page.locator(".notices .problem").waitFor();
    assert.match(await page.locator(".notices .problem").innerText(), /cannot start|has stopped/);
    await page.getByRole("button", { name: "Reload" }).waitFor();
  });
}

/** Names the program of each worker. */
const named = (name) => (/^worker(-fast)?\.js$/.test(name) ? `self.program = "${name}";\n${built(new RegExp(`^${name}$`)).bytes}` : undefined);
/** The program of the one worker that is left: that another has ended is told some time after it was. */
async function program(page) {
  while (page.workers().length > 1) await page.workers()[0].waitForEvent("close");
  return page.workers()[0].evaluate(() => self.program);
}

/** Opens the page on a line that brings the store's program once `come` is called. */
async function early(t, options = {}) {
  let come;
  const whole = new Promise((resolve) => { come = resolve; });
  const prepare = (context) => context.route("**/worker-fast_bg.wasm?*", async (route) => {
    await whole;
    await route.continue();
  });
  t.after(come);
  return [await open(t, { prepare, ...options }), come];
}

const SCREENS = () => performance.getEntriesByType("resource").some(({ name }) => name.includes("/screens_bg.wasm"));

test("the store takes the place of what stood in for it", async (t) => {
  const page = await open(t, { change: named });
  await page.waitForFunction(SCREENS);
  assert.equal(await program(page), "worker-fast.js");
  await give(page, reports(3).map((report) => xmlFile(report)));
  await settled(page, 3);
  await shows(page, figures(reports(3)));
  await page.locator(".trend").waitFor();
  assert.deepEqual(page.log, []);
});

test("the first figures are there without it, and it takes over what was read", async (t) => {
  const [page, come] = await early(t, { change: named });
  await give(page, reports(3).map((report) => xmlFile(report)));
  await shows(page, figures(reports(3)));
  assert.equal(await page.evaluate(SCREENS), false);
  assert.equal(await program(page), "worker.js");
  come();
  await settled(page, 3);
  await shows(page, figures(reports(3)));
  assert.equal(await program(page), "worker-fast.js");
  await give(page, [xmlFile(reports(4)[3])]);
  await settled(page, 4);
  await shows(page, figures(reports(4)));
  assert.deepEqual(page.log, []);
});

test("it takes over in the middle of a file, and what still comes", async (t) => {
  const all = alike(3_000, 60);
  const path = await folder(t, [zipFile("large.zip", all)]);
  const slow = slowDisk(150);
  const change = (name) => named(name) && `self.program = "${name}";\n${slow(name)}`;
  const [page, come] = await early(t, { change });
  await give(page, `${path}/large.zip`);
  await page.waitForFunction(() => Number(document.querySelector('[data-metric="messages"]')?.dataset.value ?? 0) > 0);
  assert.equal(await page.locator("html").getAttribute("data-phase"), "reading");
  come();
  await page.waitForFunction(SCREENS);
  await settled(page, 1, 60_000);
  await shows(page, figures(all.map(({ report }) => report)));
  // Once nobody reads, nothing is left of what stood in: the store alone is at work.
  assert.equal(await program(page), "worker-fast.js");
  assert.deepEqual(page.log, []);
});

test("a reader that stopped before it came is told of once", async (t) => {
  const [page, come] = await early(t, { change: faulty({ name: "bad.xml", way: "panic" }) });
  await give(page, [xmlFile(report(1)), xmlFile(report(99, 2_500), "bad.xml"), xmlFile(report(2))]);
  await page.locator(".notices .problem").waitFor();
  come();
  await settled(page, 3);
  await shows(page, figures(reports(2)));
  assert.equal((await statuses(page))["bad.xml"], "refused");
});

test("a filter in the address waits for it", async (t) => {
  const [page, come] = await early(t, { hash: "#v1&only=domain%3Aa.example" });
  const both = ["a.example", "b.example"].map((domain, place) => report(place + 1, 3, { domain }));
  await give(page, both.map((report) => xmlFile(report)));
  await page.locator('html[data-phase="reading"]').waitFor();
  come();
  await settled(page, 2);
  await shows(page, figures(both.slice(0, 1)));
  assert.deepEqual(page.log, []);
});

for (const [what, change] of [
  ["is missing", (name, headers) => {
    if (!name.startsWith("worker-fast")) return undefined;
    headers["content-type"] = "text/html";
    return "<!doctype html><title>Not found</title>";
  }],
  ["fails", (name) => (name === "worker-fast.js" ? "throw new Error('broken glue');" : undefined)],
]) {
  test(`where the store ${what} the page says so and offers a reload`, async (t) => {
    const page = await open(t, { change });
    const problem = page.locator(".notices .problem");
    await problem.waitFor();
    assert.match(await problem.innerText(), /could not be loaded|has stopped/);
    await problem.getByRole("button", { name: "Reload" }).waitFor();
  });
}
