// Chromium, and what a test does with the page: gives it files and reads what it shows.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

import { site } from "./site.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

let browser;

/** Starts the browser that pages are opened in; `close` it in the end. */
export async function launch() {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
  return browser;
}

/** How many times slower than this machine the page shall be: `SLOW=4 node --test …` shows what a test takes for granted. */
const SLOW = Number(process.env.SLOW ?? 1);

/** One browser for all tests of a file. */
export function useChromium() {
  before(launch);
  after(() => browser?.close());
}

/**
 * Opens the page in a context of its own. `change` and `base` are the server's; `hash` is the view; `as` are options of the
 * browser's context, `prepare` gets the context before the page is there.
 * The page carries `log`: console errors, uncaught errors, refusals of the policy, dialogs, requests to others.
 */
export async function open(t, { hash = "", address, as, prepare, ...options } = {}) {
  const url = address ?? (await site(t, options));
  const context = await browser.newContext({ locale: "en-US", timezoneId: "UTC", ...as });
  t.after(() => context.close());
  await prepare?.(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000 * SLOW);
  if (SLOW > 1) await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: SLOW });
  page.log = [];
  page.on("console", (message) => ["error", "assert"].includes(message.type()) && page.log.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.log.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    page.log.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(url).origin && !["blob:", "data:"].includes(protocol)) page.log.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    // The first to hear: whoever waits for it is told in the same turn as the page.
    window.heard = location.hash;
    addEventListener("hashchange", () => { window.heard = location.hash; });
    addEventListener("securitypolicyviolation", (event) => console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(`${url}${hash}`);
  await page.locator("#file-input").waitFor({ state: "attached" });
  return page;
}

/** Gives files to the picker. */
export const give = (page, files) => page.locator("#file-input").setInputFiles(files);

/** Drops files on the page as a person would: entering, moving over, letting go. */
export function drop(page, files, target = "body") {
  const plain = files.map(({ name, buffer }) => ({ name, text: buffer.toString("latin1") }));
  return page.evaluate(([plain, target]) => {
    const data = new DataTransfer();
    for (const { name, text } of plain) data.items.add(new File([Uint8Array.from(text, (sign) => sign.charCodeAt(0))], name));
    for (const type of ["dragenter", "dragover", "drop"]) {
      document.querySelector(target).dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, [plain, target]);
}

/** Waits until everything is read and the ledger tells of `files` files in all. */
export async function settled(page, files, timeout = 20_000 * SLOW) {
  const count = `${files.toLocaleString("en-US")} file${files === 1 ? "" : "s"}:`;
  const shown = page.locator('html[data-phase="ready"][data-screens="ready"]:not(:has([aria-busy="true"])) .ledger > p', { hasText: new RegExp(`^${count}`) });
  await shown.first().waitFor({ timeout });
}

/** Waits until the screen that the address names is there, with all that it asks for. */
export async function calm(page) {
  // A change of the address is heard some time after it; what it asks is asked before the second frame after that.
  await page.waitForFunction(() => window.heard === location.hash);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.locator('html[data-phase="empty"], html[data-screens="ready"]:not(:has([aria-busy="true"]))').waitFor();
}

/** Goes to a view by its address. */
export async function visit(page, hash) {
  await page.evaluate((hash) => { location.hash = hash; }, hash);
  await calm(page);
  await page.locator('html[data-phase="ready"]').waitFor();
}

/** Goes to a screen by its link, and waits until it is there. */
export async function go(page, name) {
  await page.locator("nav.screens").getByRole("link", { name, exact: true }).click();
  await page.locator(`nav.screens a[aria-current]`, { hasText: name }).waitFor();
  await calm(page);
}

/** The headline figures. */
export function metrics(page) {
  return page.locator("[data-metric]").evaluateAll((cells) => Object.fromEntries(cells.map((cell) => [cell.dataset.metric, Number(cell.dataset.value)])));
}

/**
 * Waits until the headline tells of so many messages: the first program asks for its figures by itself, and says nothing of it.
 * `what` is said where it never does.
 */
export async function headline(page, messages, what = "the headline") {
  const isThere = (wanted) => document.querySelector('[data-metric="messages"]')?.dataset.value === String(wanted);
  await page.waitForFunction(isThere, messages).catch(async () => assert.equal((await metrics(page)).messages, messages, what));
}

/** The figures are these, and their parts make up the whole. */
export async function shows(page, expected) {
  await headline(page, expected.messages);
  const found = await metrics(page);
  assert.deepEqual(found, expected);
  assert.equal(found.passed + found.failed + found.unknown, found.messages);
}

/** The ledger's rows that are shown: `[name, status]` each, and the words of the notes. */
export async function ledger(page) {
  await page.evaluate(() => {
    const address = new URLSearchParams(location.hash.slice(1) || "v1=");
    if (address.get("show") !== "files") location.hash = "v1&show=files";
  });
  await calm(page);
  const all = page.locator(".ledger:not(.ledger-card)");
  await all.filter({ has: page.locator(".entry") }).or(all.filter({ hasText: /^0 files/m })).waitFor();
  return page.locator(".entry").evaluateAll((entries) => entries.map((entry) => ({
    name: entry.querySelector(".entry-name").textContent,
    status: entry.dataset.ledgerStatus,
    holds: entry.querySelector(".entry-holds").textContent,
    notes: [...entry.querySelectorAll(".notes li")].map((note) => note.textContent),
  })));
}

/** Names and status alone, by name. */
export const statuses = async (page) => Object.fromEntries((await ledger(page)).map(({ name, status }) => [name, status]));

/** Notes every change of phase and messages from now on; `seen()` gives them. */
export async function watch(page) {
  await page.evaluate(() => {
    window.seen = [];
    const look = () => {
      const phase = document.documentElement.dataset.phase;
      const messages = Number(document.querySelector('[data-metric="messages"]')?.dataset.value ?? 0);
      const last = window.seen.at(-1);
      if (last?.phase !== phase || last.messages !== messages) window.seen.push({ phase, messages, time: performance.now() });
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
    look();
  });
  return () => page.evaluate(() => window.seen);
}

/**
 * Waits until figures show while reading goes on, and clicks. Gives the milliseconds from the click to `ready`, as an ordinary
 * machine with nothing else to do would take them: right after, a fixed piece of work tells how much slower this one is.
 */
export function cancelInTheMiddle(page) {
  return page.evaluate(() => new Promise((resolve, reject) => {
    const ORDINARY = 40; // milliseconds that the work takes on the machine whose speeds the README tells
    const work = () => {
      const start = performance.now();
      let state = 1;
      for (let round = 0; round < 2e7; round += 1) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
      }
      window.worked = state;
      return performance.now() - start;
    };
    const root = document.documentElement;
    let clicked;
    const look = () => {
      const messages = Number(document.querySelector('[data-metric="messages"]')?.dataset.value ?? 0);
      if (clicked === undefined && messages > 0) {
        if (root.dataset.phase !== "reading") return reject(new Error("all was read before there was a middle"));
        clicked = performance.now();
        document.querySelector("#cancel").click();
      } else if (clicked !== undefined && root.dataset.phase === "ready") {
        observer.disconnect();
        const time = performance.now() - clicked;
        resolve(time / Math.max(1, work() / ORDINARY));
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  }));
}
