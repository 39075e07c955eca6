// How the page starts its workers: whatever the server calls the program, and never with another build's.
import assert from "node:assert/strict";
import test from "node:test";

import { give, open, settled, shows, useChromium } from "./support/chromium.mjs";
import { xmlFile } from "./support/files.mjs";
import { figures, reports } from "./support/reports.mjs";
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
  await page.locator('html:not([data-phase="reading"])').waitFor({ timeout: 3_000 });
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

for (const [what, change, fast] of [
  ["takes the first one's place", () => undefined, true],
  ["that is missing leaves the first one at work", (name, headers) => {
    if (!name.startsWith("worker-fast")) return undefined;
    headers["content-type"] = "text/html";
    return "<!doctype html><title>Not found</title>";
  }, false],
  ["that fails leaves the first one at work", (name) => (name === "worker-fast.js" ? "throw new Error('broken glue');" : undefined), false],
]) {
  test(`a worker made for speed ${what}`, async (t) => {
    const page = await open(t, {
      change: (name, headers) => change(name, headers) ?? (/^worker(-fast)?\.js$/.test(name) ? `self.program = "${name}";\n${built(new RegExp(`^${name}$`)).bytes}` : undefined),
    });
    // The screens come after it, and keep the store that is there by then.
    await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/screens_bg.wasm")));
    const [store, ...others] = page.workers();
    assert.deepEqual(others, []);
    assert.equal(await store.evaluate(() => self.program), fast ? "worker-fast.js" : "worker.js");
    await give(page, reports(3).map((report) => xmlFile(report)));
    await settled(page, 3);
    await shows(page, figures(reports(3)));
    await page.locator(".trend").waitFor();
    assert.deepEqual(page.log, []);
  });
}
