// A whole visit by keys alone: nothing is out of reach, the focus can always be seen, and it is never lost.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, headline, metrics, open, settled, useChromium } from "./support/chromium.mjs";
import { SCREENS, enter } from "./support/states.mjs";

useChromium();

/**
 * What has the focus, and how well that can be seen: the contrast of its ring, or of the ring around it, with what lies
 * behind. Rings are outlines, or strokes where the focus is within a drawing.
 */
const focused = (page) => page.evaluate(() => {
  const at = document.activeElement;
  const numbers = (color) => {
    const found = color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return color.startsWith("color(") ? found.map((part, place) => (place < 3 ? part * 255 : part)) : found;
  };
  const light = (color) => {
    const [r, g, b] = numbers(color).slice(0, 3).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let around = element.parentElement; around; around = around.parentElement) {
      const color = getComputedStyle(around).backgroundColor;
      if ((numbers(color)[3] ?? 1) === 1) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const rings = [at, at.closest("label"), ...at.querySelectorAll(":scope > rect, :scope > th")].filter(Boolean).map((element) => {
    const style = getComputedStyle(element);
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return contrast(style.outlineColor, behind(element));
    // A table's row has lines above and below its cells.
    const line = element.tagName === "TH" && style.boxShadow.match(/^(rgb[^)]*\)|color[^)]*\)) 0px 2px 0px 0px inset/);
    if (line) return contrast(line[1], style.backgroundColor);
    const isRing = element.tagName === "rect" && style.stroke !== "none" && element.getAttribute("class")?.includes("ring");
    return isRing && parseFloat(style.strokeWidth) >= 2 ? contrast(style.stroke, behind(element)) : 0;
  });
  const shown = (at.closest("label") ?? at).getBoundingClientRect();
  return {
    tag: at.tagName, name: (at.getAttribute("aria-label") && at.closest(".chip") ? at.getAttribute("aria-label") : at.id || at.getAttribute("aria-label") || at.textContent || "").trim().slice(0, 60),
    href: at.getAttribute("href") ?? "", ring: Math.max(...rings),
    isInView: shown.bottom > 0 && shown.top < innerHeight && shown.right > 0 && shown.left < innerWidth && shown.width > 0,
  };
});

/** The focus is somewhere, in view and with a ring around it. */
async function seen(page, what) {
  // Somebody who takes an element away has a moment to choose where the focus goes.
  await page.waitForFunction(() => document.activeElement && document.activeElement !== document.body)
    .catch(() => assert.fail(`the focus is lost: ${what}`));
  await calm(page);
  const at = await focused(page);
  assert.notEqual(at.tag, "BODY", `the focus is lost: ${what}`);
  assert.ok(at.ring >= 3, `${what}: the ring around ${at.tag} “${at.name}” stands out by ${at.ring} : 1`);
  assert.ok(at.isInView, `${what}: ${at.tag} “${at.name}” has the focus and is out of view`);
  return at;
}

/** Presses Tab until what has the focus passes `test`. */
async function tabTo(page, what, test, key = "Tab") {
  const passed = [];
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press(key);
    if (await page.evaluate(() => document.activeElement === document.body)) continue; // past the last stop, on the way round
    const at = await focused(page);
    passed.push(at.name);
    if (test(at)) return seen(page, what);
  }
  return assert.fail(`Tab does not come to ${what}: ${passed}`);
}

for (const colorScheme of ["light", "dark"]) {
  test(`the focus can be seen at each stop of each screen, ${colorScheme}`, async (t) => {
    for (const state of SCREENS.filter(({ name }) => !["drag", "reading"].includes(name))) {
      const page = await enter(t, state, { as: { colorScheme } });
      const first = {};
      for (let step = 0; step < 40; step += 1) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(() => document.activeElement === document.body)) break;
        const at = await focused(page);
        assert.ok(at.ring >= 3, `${state.name}: the ring around ${at.tag} “${at.name}” stands out by ${at.ring} : 1`);
        assert.ok(at.isInView, `${state.name}: ${at.tag} “${at.name}” has the focus and is out of view`);
        first.at ??= at;
      }
      assert.ok(first.at, `${state.name}: there is something to come to`);
      await page.context().close();
    }
  });
}

test("a visit by keys alone", async (t) => {
  const page = await open(t);
  const enterKey = async (what) => {
    await page.keyboard.press("Enter");
    await calm(page);
    return seen(page, what);
  };
  await tabTo(page, "the sample", ({ name }) => name === "sample");
  await page.keyboard.press("Enter");
  await settled(page, 1);
  await seen(page, "after the sample was read");
  const { messages } = await metrics(page);

  for (const screen of ["Sources", "Reports", "Files", "Overview"]) {
    await tabTo(page, `the way to ${screen}`, ({ tag, name }) => tag === "A" && name === screen);
    const at = await enterKey(`after going to ${screen}`);
    assert.equal(at.name, screen, "the focus stays on the way there");
  }

  // The chart: arrows go from bar to bar, Enter shows only that time.
  await tabTo(page, "the chart", ({ tag }) => tag === "g");
  const readout = page.locator('#screens [aria-live="polite"]').first();
  const newest = await readout.innerText();
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(([at, before]) => document.querySelector(at).innerText !== before, ['#screens [aria-live="polite"]', newest]);
  await enterKey("after a day was chosen");
  assert.equal(await page.locator(".chip").count(), 1);
  await page.waitForFunction((all) => Number(document.querySelector('[data-metric="messages"]').dataset.value) < all, messages);

  // A filter's door, and the filters again.
  const isDoor = ({ tag, href }) => tag === "A" && /only=.*reporter/.test(href);
  await tabTo(page, "a reporter", isDoor);
  await enterKey("after a reporter was chosen");
  assert.equal(await page.locator(".chip").count(), 2);
  const isRemoval = ({ tag, name }) => tag === "BUTTON" && /^Remove/.test(name);
  for (const left of [1, 0]) {
    await tabTo(page, "a filter's removal", isRemoval, "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction((left) => document.querySelectorAll(".chip").length === left, left);
    await calm(page);
    const at = await seen(page, "after a filter was removed");
    if (left) assert.ok(isRemoval(at), `the next filter has the focus, not ${at.name}`);
  }
  await headline(page, messages);

  // A source, and back.
  await tabTo(page, "the way to Sources", ({ tag, name }) => tag === "A" && name === "Sources");
  await enterKey("at the sources");
  await intoTable(page, "sources");
  await enterKey("in a source's drawer");
  const isPage = ({ tag, name }) => tag === "BUTTON" && name === "Open as a page";
  await tabTo(page, "the source's page", isPage);
  const source = await enterKey("at a source");
  assert.match(await page.evaluate(() => location.hash), /source=/);
  assert.notEqual(source.tag, "A");
  await page.goBack(); // Alt+Left, which the browser has and no headless one
  await calm(page);

  // A report, and its XML.
  await tabTo(page, "the way to Reports", ({ tag, name }) => tag === "A" && name === "Reports");
  await enterKey("at the reports");
  await intoTable(page, "reports");
  await enterKey("in a report's drawer");
  await tabTo(page, "the report's page", isPage);
  await enterKey("at a report");
  assert.match(await page.evaluate(() => location.hash), /report=/);
  await tabTo(page, "the XML's button", ({ name }) => name === "Show the XML");
  await page.keyboard.press("Enter");
  await page.locator("#screens pre").waitFor();
  await seen(page, "beside the XML");
  assert.deepEqual(page.log, []);
});

/** Comes to the first row of a table, which is one stop of Tab, by its arrows. */
async function intoTable(page, name) {
  await tabTo(page, "the table", ({ name: at }) => at === `${name}-box`);
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-rowindex") === "2");
  return seen(page, "the first row");
}
