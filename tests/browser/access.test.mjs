// Every screen and state, for people who see little, use other colours, zoom in or want no motion.
import assert from "node:assert/strict";
import test from "node:test";

import { findings, useAxe } from "./support/axe.mjs";
import { calm, useChromium } from "./support/chromium.mjs";
import { OPENED, SCREENS, STATES, enter } from "./support/states.mjs";

useChromium();

const WIDTHS = [1440, 390];
const SCHEMES = ["light", "dark"];
/** 320 is 1280 at 400 %, as WCAG 1.4.10 asks; 720 is 1440 at 200 %. */
const NARROW = [320, 390, 720];

/** What people may set for their reading by WCAG 1.4.12. A sheet made by script is none that the policy refuses. */
const spaced = (page) => page.evaluate(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }");
  document.adoptedStyleSheets = [sheet];
});

/** By how much the page is wider than its window, and what reaches out of it. */
const excess = (page) => page.evaluate(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const out = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1);
  return [root.scrollWidth - root.clientWidth, ...out.slice(0, 5).map((element) => `${element.tagName}.${element.getAttribute("class")}`)];
});

async function look(page, { name }) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await findings(page), [], `${name}, ${colorScheme}, ${width} px`);
    }
  }
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  assert.deepEqual(await page.evaluate(() => document.getAnimations().map((animation) => animation.animationName ?? animation.transitionProperty)), [], `${name}: motion`);
  await page.emulateMedia({ forcedColors: "none", reducedMotion: "no-preference" });
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 900 });
    await calm(page);
    assert.deepEqual(await excess(page), [], `${name}: wider than ${width} px`);
  }
  await spaced(page);
  assert.deepEqual(await excess(page), [], `${name}: wider than 720 px with wide text`);
}

for (const state of [...SCREENS, ...STATES, ...OPENED]) {
  test(`axe finds nothing, nothing moves and nothing is too wide: ${state.name}`, async (t) => {
    const page = await enter(t, state, { prepare: useAxe });
    await look(page, state);
    // Behind a dialog nothing opens, and a drawer lies over what does.
    if (await page.locator("dialog:modal, .drawer").count()) return;
    // What explains a word, unfolds or drops down, each by itself.
    const openers = await page.locator("[popovertarget], main details:not([open]) > summary").elementHandles();
    for (const opener of openers.slice(0, 3)) {
      if (!(await opener.isVisible())) continue;
      await opener.click();
      assert.deepEqual(await findings(page), [], `${state.name}, opened: ${await opener.innerText()}`);
      await page.keyboard.press("Escape");
    }
  });
}
