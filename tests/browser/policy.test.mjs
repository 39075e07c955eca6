// The policy in index.html holds in the page and in its workers: nothing goes anywhere, no text becomes a program.
import assert from "node:assert/strict";
import test from "node:test";

import { give, go, open, settled, shows, useChromium } from "./support/chromium.mjs";
import { gzFile, xmlFile, zipFile } from "./support/files.mjs";
import { figures, reports } from "./support/reports.mjs";
import { built, stranger, workerScript } from "./support/site.mjs";

useChromium();

/** Runs in the page or in a worker: what it managed to do, by name. Empty where the policy holds. */
async function probe(origin) {
  const done = [];
  const tries = {
    fetch: () => fetch(`${origin}/fetch`),
    beacon: () => new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.onload = resolve;
      request.onerror = reject;
      request.open("GET", `${origin}/xhr`);
      request.send();
    }),
    socket: () => new Promise((resolve, reject) => {
      // The stranger hangs up; it being asked at all is what counts, and it tells.
      const socket = new WebSocket(`${origin.replace("http", "ws")}/socket`);
      socket.onopen = socket.onclose = resolve;
      socket.onerror = reject;
    }),
    events: () => new Promise((resolve, reject) => {
      const source = new EventSource(`${origin}/events`);
      source.onopen = resolve;
      source.onerror = reject;
    }),
    script: () => {
      if (self.importScripts) return importScripts(`${origin}/script.js`);
      return new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src: `${origin}/script.js`, onload: resolve, onerror: reject });
        document.head.append(script);
      });
    },
    image: () => new Promise((resolve, reject) => {
      if (!self.document) return reject();
      Object.assign(new Image(), { src: `${origin}/image.png`, onload: resolve, onerror: reject });
    }),
    module: () => import(`${origin}/module.js`),
    eval: () => (0, eval)("1"),
    function: () => new Function("return 1")(),
    inline: () => {
      if (!self.document) throw new Error();
      const script = Object.assign(document.createElement("script"), { textContent: "self.inline = true" });
      document.head.append(script);
      if (!self.inline) throw new Error();
    },
    worker: () => new Promise((resolve, reject) => {
      const worker = new Worker(`${origin}/worker.js`);
      worker.onerror = reject;
    }),
  };
  for (const [name, attempt] of Object.entries(tries)) {
    const within = new Promise((_, reject) => setTimeout(reject, 2_500));
    await Promise.race([(async () => attempt())(), within]).then(() => done.push(name), () => {});
  }
  return done;
}

/** Serves the page with the probe in its start script and before the worker's glue. */
function probing(origin, policy) {
  const call = `self.probed = (${probe})(${JSON.stringify(origin)});`;
  const worker = workerScript(call);
  return (name) => {
    if (/^start-.*\.js$/.test(name)) return `${built(/^start-.*\.js$/).bytes}\n${call}`;
    if (["", "index.html"].includes(name) && !policy) {
      const html = String(built(/^index\.html$/).bytes);
      const bare = html.replace(/<meta[^>]*Content-Security-Policy[^>]*>/i, "");
      assert.notEqual(bare, html);
      return bare;
    }
    return worker(name);
  };
}

/** Waits until the page has all its own files, of which the list of suffixes is the last. */
const loaded = (page) => page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name, responseEnd }) => name.includes("suffixes") && responseEnd > 0));

/** What the probe managed in the page and in its first worker. */
async function probed(t, other, policy) {
  const page = await open(t, { change: probing(other.origin, policy) });
  const worker = page.workers()[0] ?? (await page.waitForEvent("worker"));
  assert.match(worker.url(), /^blob:/);
  return { page: await page.evaluate(() => self.probed), worker: await worker.evaluate(() => self.probed), log: page.log };
}

test("nothing gets out of the page or its workers, and no text is run", async (t) => {
  const other = await stranger(t);
  const found = await probed(t, other, true);
  assert.deepEqual([found.page, found.worker], [[], []]);
  assert.deepEqual(other.asked, [], "the stranger was asked for nothing");
});

test("without the policy the same attempts succeed: it is the policy that holds", async (t) => {
  const other = await stranger(t);
  const found = await probed(t, other, false);
  for (const where of ["page", "worker"]) {
    for (const way of ["fetch", "beacon", "script", "eval", "function"]) assert.ok(found[where].includes(way), `${way} in the ${where}: ${found[where]}`);
  }
  for (const path of ["/fetch", "/xhr", "/socket", "/script.js", "/image.png"]) assert.ok(other.asked.includes(path), `${path}: ${other.asked}`);
});

test("the ordinary run of things offends no policy, asks no other origin and leaves no error", async (t) => {
  const page = await open(t);
  const all = reports(6, 1, 30);
  await loaded(page);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await give(page, [xmlFile(all[0]), gzFile(all[1]), zipFile("rest.zip", all.slice(2).map((report) => xmlFile(report)))]);
  await settled(page, 3);
  await shows(page, figures(all));
  await page.locator('[data-by="by-from"] tbody a').first().click();
  await page.locator(".chip").waitFor();
  await page.locator(".chart-table summary").click();
  await page.locator(".chart-table tbody tr").first().waitFor();
  for (const screen of ["Sources", "Reports", "Files"]) await go(page, screen);
  await page.getByRole("button", { name: "Show the XML" }).first().click();
  await page.locator("pre.source").waitFor();
  assert.deepEqual(page.log, []);
  // The tab's icon comes when it likes.
  const others = asked.filter((url) => !url.startsWith("blob:") && !url.endsWith("/icon.svg"));
  assert.deepEqual(others, [], "files are read without any request");
});

test("once the page is there it needs no network", async (t) => {
  const page = await open(t);
  await loaded(page);
  await page.context().setOffline(true);
  const failed = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
  const all = reports(3, 1, 8);
  await give(page, all.map((report) => xmlFile(report)));
  await settled(page, 3);
  await shows(page, figures(all));
  for (const screen of ["Sources", "Reports", "Files"]) await go(page, screen);
  await go(page, "Reports");
  await page.locator(".reports tbody th a").first().click();
  await page.locator(".report tbody tr[aria-rowindex] th").first().click();
  // Our own verdict needs the list of suffixes.
  await page.locator(".drawer .explained", { hasText: "Worked out anew" }).waitFor();
  // Chromium fetches the tab's icon again whenever it likes, and complains.
  assert.deepEqual(failed.filter((url) => !url.endsWith("/icon.svg")), []);
  assert.deepEqual(page.log.filter((line) => !line.includes("ERR_INTERNET_DISCONNECTED")), []);
});
