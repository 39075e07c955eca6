// Firefox by WebDriver BiDi, for a look whether the page works in another engine at all.
import { after, before } from "node:test";
import puppeteer from "puppeteer-core";

import { site } from "./site.mjs";

let browser;

/** One browser for all tests of a file. */
export function useFirefox() {
  before(async () => {
    browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr", headless: true });
  });
  after(() => browser?.close());
}

/** Opens the page; `page.log` holds the errors of its console. */
export async function open(t, options) {
  const url = await site(t, options);
  const page = await browser.newPage();
  t.after(() => page.close());
  page.setDefaultTimeout(20_000);
  page.log = [];
  page.on("console", (message) => message.type() === "error" && page.log.push(message.text()));
  page.on("pageerror", (error) => page.log.push(String(error)));
  await page.goto(url);
  await page.waitForSelector("#file-input");
  return page;
}

/** Gives files of the disk to the picker. */
export const give = async (page, ...paths) => (await page.$("#file-input")).uploadFile(...paths);

/** Waits until everything is read and the ledger tells of `files` files in all. */
export const settled = (page, files) => page.waitForFunction(
  (files) => document.documentElement.dataset.phase === "ready" && document.documentElement.dataset.screens === "ready" && document.querySelector(".ledger > p")?.textContent.startsWith(`${files} file`), {}, files,
);

/** The headline figures. */
export const metrics = (page) => page.evaluate(
  () => Object.fromEntries([...document.querySelectorAll("[data-metric]")].map((cell) => [cell.dataset.metric, Number(cell.dataset.value)])),
);
