// Terms that open their text in place; a report's XML, coloured and copied.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, give, go, open, settled, useChromium } from "./support/chromium.mjs";
import { file, xmlFile } from "./support/files.mjs";
import { report, reports, xml } from "./support/reports.mjs";

useChromium();

const shown = (page) => page.locator(".term-text:popover-open");

/** What is open, by id. */
const open_texts = (page) => shown(page).evaluateAll((texts) => texts.map((text) => text.id));

/** The ids that the terms on the screen point at. */
const targets = (page) => page.locator("button.term, button.about").evaluateAll((buttons) => buttons.map((button) => button.getAttribute("popovertarget")));

async function loaded(t, files = reports(8).map((made) => xmlFile(made))) {
  const page = await open(t);
  await give(page, files);
  await settled(page, files.length);
  await page.locator(".glossary").waitFor({ state: "attached" });
  return page;
}

/** Every screen's terms, each screen with a function that goes there. */
const SCREENS = [
  ["overview", (page) => page.locator(".trend").waitFor()],
  ["sources", async (page) => {
    await go(page, "Sources");
    await page.locator(".sources tbody th a").first().waitFor();
  }],
  ["reports", async (page) => {
    await page.getByRole("link", { name: "Reports" }).click();
    await page.locator(".reports tbody th a").first().waitFor();
  }],
  ["a report", async (page) => {
    await page.locator(".reports tbody th a").first().click();
    await page.locator(".facts .term").first().waitFor();
  }],
];

test("every term opens its text by click and by keyboard, Esc closes it", async (t) => {
  const page = await loaded(t);
  const seen = new Set();
  for (const [screen, go] of SCREENS) {
    await go(page);
    await calm(page);
    const ids = await targets(page);
    assert.ok(ids.length >= 8, `${screen} has ${ids.length} terms`);
    for (const id of new Set(ids)) {
      assert.equal(await page.locator(`#${id}`).count(), 1, `${screen}: a text for ${id}`);
      if (seen.has(id)) continue;
      seen.add(id);
      const button = page.locator(`button[popovertarget="${id}"]:not(.term-close)`).first();
      await button.click();
      assert.deepEqual(await open_texts(page), [id]);
      const text = page.locator(`#${id}`);
      assert.ok((await text.locator("h2").innerText()).length > 0, id);
      assert.ok((await text.locator("p").first().innerText()).length > 30, id);
      const { box, seen: rect } = await text.evaluate((text) => {
        const { left, top, right, bottom } = text.getBoundingClientRect();
        return { box: [left, top, right, bottom], seen: [innerWidth, innerHeight] };
      });
      assert.ok(box[0] >= 0 && box[1] >= 0 && box[2] <= rect[0] && box[3] <= rect[1], `${id} at ${box} in ${rect}`);
      await page.keyboard.press("Escape");
      assert.deepEqual(await open_texts(page), []);
      for (const key of ["Enter", "Space"]) {
        await button.focus();
        await page.keyboard.press(key);
        assert.deepEqual(await open_texts(page), [id], `${id} by ${key}`);
        await page.keyboard.press("Escape");
        assert.deepEqual(await open_texts(page), []);
        assert.ok(await button.evaluate((button) => button === document.activeElement), `${id}: focus stays on its button`);
      }
    }
  }
  assert.ok(seen.size >= 20, [...seen].join(" "));
  assert.deepEqual(page.log, []);
});

test("a text stands beside its button, tells where it is from, and one closes the other", async (t) => {
  const page = await loaded(t);
  const first = page.locator('.term[popovertarget="term-verdict-fail"]');
  await first.click();
  const [button, text] = [await first.boundingBox(), await shown(page).boundingBox()];
  assert.ok(Math.abs(text.x - button.x) < 4 && text.y > button.y && text.y < button.y + button.height + 24, JSON.stringify({ button, text }));
  const link = shown(page).locator("a");
  assert.equal(await link.getAttribute("href"), "https://www.rfc-editor.org/rfc/rfc9989#section-5.3.5");
  assert.deepEqual(await link.evaluate(({ target, rel }) => [target, rel]), ["_blank", "noreferrer noopener"]);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "term-close");
  await page.locator('.term[popovertarget="term-source"]').first().focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await open_texts(page), ["term-source"]);
  await shown(page).locator(".term-close").click();
  assert.deepEqual(await open_texts(page), []);
  // On a phone it is at the foot of the window.
  await page.setViewportSize({ width: 390, height: 844 });
  await first.click();
  const sheet = await shown(page).boundingBox();
  assert.deepEqual([sheet.x, Math.round(sheet.width), Math.round(sheet.y + sheet.height)], [0, 390, 844]);
  assert.deepEqual(page.log, []);
});

async function source(page) {
  await page.getByRole("link", { name: "Reports" }).click();
  await page.locator(".reports tbody th a").first().click();
  await page.locator(".report").getByRole("button", { name: "Show the XML" }).click();
  await page.locator(".report pre.source").waitFor();
}

/** A report as one line. What stands before its root element is not shown. */
const LINE = xml(report(3)).replace(/>\s+</g, "><").replace(/^[^]*?(?=<feedback)/, "").trim();

test("a report's XML is coloured, can be indented, and is copied as shown", async (t) => {
  const page = await loaded(t, [file("line.xml", LINE)]);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await source(page);
  const shown = page.locator(".report pre.source");
  assert.equal(await shown.textContent(), LINE);
  assert.ok(await shown.locator(".xml-tag").count() > 20);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const copy = page.locator(".report").getByRole("button", { name: "Copy the XML" });
  await copy.click();
  await page.getByRole("status").getByText("Copied", { exact: true }).waitFor();
  assert.equal(await copied(), LINE);
  await page.getByLabel("A line for each element").check();
  const indented = await shown.textContent();
  assert.ok(indented.split("\n").length > 20, indented);
  assert.equal(indented.replace(/>\s+</g, "><"), LINE);
  await copy.click();
  // That something was copied it said before.
  await page.waitForFunction(async (wanted) => (await navigator.clipboard.readText()) === wanted, indented);
  assert.deepEqual(page.log, []);
});

for (const [how, script] of [
  ["has no clipboard", () => { delete Navigator.prototype.clipboard; }],
  ["is refused the clipboard", () => { Clipboard.prototype.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError")); }],
]) {
  test(`a page that ${how} copies a selection, or says that it cannot`, async (t) => {
    const page = await open(t);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.addInitScript(script);
    await page.reload();
    await give(page, [file("line.xml", LINE)]);
    await settled(page, 1);
    await source(page);
    const copy = page.locator(".report").getByRole("button", { name: "Copy the XML" });
    // What the browser copies by itself is told by the event.
    await page.evaluate(() => document.addEventListener("copy", () => { window.copied = document.activeElement.value; }));
    await copy.click();
    await page.getByRole("status").getByText("Copied", { exact: true }).waitFor();
    assert.equal(await page.evaluate(() => window.copied), LINE);
    assert.ok(await copy.evaluate((button) => button === document.activeElement));
    assert.equal(await page.locator("textarea").count(), 0);
    await page.evaluate(() => { document.execCommand = () => false; });
    await copy.click();
    await page.getByText("Copying is not allowed here").waitFor();
    assert.deepEqual(page.log, []);
  });
}

test("the marks of the tab, of home screens and of links are there and are what they should be", async (t) => {
  const page = await open(t);
  const named = await page.evaluate(() => ({
    icon: document.querySelector('link[rel="icon"]').href,
    touch: document.querySelector('link[rel="apple-touch-icon"]').href,
    social: new URL(document.querySelector('meta[property="og:image"]').content, document.baseURI).href,
  }));
  const sizes = await page.evaluate(async (named) => Object.fromEntries(await Promise.all(Object.entries(named).map(async ([name, src]) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    return [name, [image.naturalWidth, image.naturalHeight]];
  }))), named);
  assert.deepEqual([sizes.touch, sizes.social], [[180, 180], [1200, 630]]);
  const [width, height] = sizes.icon;
  assert.ok(width === height && width > 0, `${width} × ${height}`);
  assert.deepEqual(page.log, []);
});
