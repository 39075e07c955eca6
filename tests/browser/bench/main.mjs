// Drives Chromium through the cases and prints what it finds; run by scripts/bench.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { chromium } from "playwright-core";

import { server } from "../../../scripts/serve.mjs";
import { cancelInTheMiddle } from "../support/chromium.mjs";
import { DIST, workerScript } from "../support/site.mjs";
import { CASES, filesOf } from "./cases.mjs";
import { clicks } from "./clicks.mjs";
import { pageProbe, workerProbe } from "./probes.mjs";
import { print, printTimes } from "./table.mjs";
import { CATEGORIES, tasks } from "./tasks.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const METRICS = ["messages", "passed", "failed", "unknown", "reports", "records", "sources", "reporters", "domains"];

const words = process.argv.slice(2);
const at = words.indexOf("--runs");
const runs = at < 0 ? 1 : Number(words.splice(at, 2)[1]);
const names = words.length ? words : Object.keys(CASES);
if (!(runs > 0) || names.some((name) => !CASES[name])) {
  console.error(`usage: scripts/bench [--runs N] [${Object.keys(CASES).join("|")}]…`);
  process.exit(2);
}

/** The most memory that the page's process ever held, in bytes; null where the system does not tell. */
async function peak(browser, page) {
  try {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    await session.detach();
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    // A spare one waits beside the page's: the page's is the larger.
    const sizes = renderers.map(({ id }) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))[1]) * 1024);
    return Math.max(...sizes);
  } catch {
    return null;
  }
}

/** Opens the page and waits until it takes files; unless that is `early`, until all of it is loaded. */
async function ready(page, url, early) {
  await page.goto(url);
  await page.waitForFunction(() => document.querySelector("#file-input"));
  const isLoaded = () => performance.getEntriesByType("resource").some(({ name, responseEnd }) => name.includes("/suffixes.txt") && responseEnd > 0);
  if (!early) await page.waitForFunction(isLoaded);
}

/** Gives the files to a new page, waits until all is read, and measures what is done then. */
async function done(url, files, measure) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
  try {
    const page = await browser.newPage({ locale: "en-US", timezoneId: "UTC", viewport: { width: 1440, height: 900 } });
    await ready(page, url);
    await page.locator("#file-input").setInputFiles(files);
    await page.locator('html[data-phase="ready"]').waitFor({ timeout: 600_000 });
    await page.locator('html[data-screens="ready"]').waitFor();
    return await measure(page);
  } finally {
    await browser.close();
  }
}

/** Gives the files to a new page, cancels once there are figures, and tells how long that takes in milliseconds. */
async function cancelled(url, { files }) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
  try {
    const page = await browser.newPage({ locale: "en-US", timezoneId: "UTC" });
    await ready(page, url);
    await page.locator("#file-input").setInputFiles(files);
    return await cancelInTheMiddle(page);
  } finally {
    await browser.close();
  }
}

/** Gives the files of a case to a new page, in a new browser so that its memory is its own, and waits until all is read. */
async function measure(url, { files, totals }, early) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
  try {
    const page = await browser.newPage({ locale: "en-US", timezoneId: "UTC" });
    const memory = {};
    page.on("console", (message) => {
      if (message.type() === "debug") {
        const told = JSON.parse(message.text());
        memory[told.bench] = Math.max(memory[told.bench] ?? 0, told.memory);
      } else console.error(`page: ${message.text()}`);
    });
    await page.addInitScript(pageProbe);
    await browser.startTracing(page, { categories: CATEGORIES });
    await ready(page, url, early);
    await page.locator("#file-input").setInputFiles(files);
    await page.waitForFunction(() => window.bench.ready, null, { timeout: 600_000 });
    // Long frames are told of a little later.
    await page.waitForTimeout(300);
    const { page: main, store: stored } = tasks((await browser.stopTracing()).toString());
    const found = await page.evaluate(() => window.bench);
    const workers = await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.bench)));
    const metrics = await page.locator("[data-metric]").evaluateAll((cells) => Object.fromEntries(cells.map((cell) => [cell.dataset.metric, Number(cell.dataset.value)])));
    const during = ({ startTime, duration }) => startTime + duration > found.start && startTime < found.ready;
    return {
      first: (found.first - found.start) / 1000,
      ready: (found.ready - found.start) / 1000,
      tasks: main,
      storeTasks: stored,
      frames: found.frames.filter(during).sort((a, b) => b.duration - a.duration).slice(0, 5),
      turns: workers.find(({ role }) => role === "store")?.turns ?? {},
      memory: { ...memory, process: await peak(browser) },
      wrong: METRICS.filter((name) => metrics[name] !== totals[name]).map((name) => `${name}: ${metrics[name]}, not ${totals[name]}`),
    };
  } finally {
    await browser.close();
  }
}

const host = server(DIST, "", workerScript(`(${workerProbe})();`));
host.listen(0, "127.0.0.1");
await once(host, "listening");
const results = [];
for (const name of names) {
  const { made, measure: own = clicks } = CASES[name];
  const set = made ? { files: made() } : await filesOf(CASES[name]);
  for (let run = 0; run < runs; run += 1) {
    const url = `http://127.0.0.1:${host.address().port}/`;
    if (CASES[name].clicks || made) {
      const found = await done(url, set.files, own);
      results.push({ case: name, times: found, wrong: [] });
      printTimes(name, CASES[name], found);
      continue;
    }
    const result = await measure(url, set, CASES[name].early);
    if (CASES[name].cancel) result.cancelled = (await cancelled(url, set)) / 1000;
    results.push({ case: name, ...result });
    print(name, CASES[name], result);
  }
  set.end();
}
host.closeAllConnections();
host.close();
console.log(`\n${JSON.stringify({ cpus: cpus().length, cpu: cpus()[0]?.model, results })}`);
process.exitCode = results.some(({ wrong }) => wrong.length) ? 1 : 0;
