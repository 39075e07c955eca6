// Takes pictures of the page: node tests/browser/screenshots.mjs [FOLDER] [NAME…] | --readme
import { mkdirSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { calm, launch } from "./support/chromium.mjs";
import { OPENED, SCREENS, STATES, enter } from "./support/states.mjs";

const WIDTHS = [390, 1440, 2560];
const SCHEMES = ["light", "dark"];
/** The README's: which state, in which scheme and size, and how much of the page from its top. */
const README = [
  { state: "overview", colorScheme: "light", width: 1440, height: 900, file: "overview-light.png" },
  { state: "overview", colorScheme: "dark", width: 1440, height: 900, file: "overview-dark.png" },
  { state: "source", colorScheme: "light", width: 1440, height: 760, file: "source-light.png" },
  { state: "source", colorScheme: "dark", width: 1440, height: 760, file: "source-dark.png" },
  { state: "report", colorScheme: "light", width: 390, height: 844, file: "report-phone-light.png", at: "#screens h2" },
  { state: "report", colorScheme: "dark", width: 390, height: 844, file: "report-phone-dark.png", at: "#screens h2" },
];
const ALL = [...SCREENS, ...STATES, ...OPENED];

/** Opens the page in a state, does something with it, and closes it and its server. */
async function withPage(state, options, look) {
  const ends = [];
  try {
    await look(await enter({ after: (end) => ends.unshift(end) }, state, options));
  } finally {
    for (const end of ends) await end();
  }
}

async function everything(folder, names) {
  mkdirSync(folder, { recursive: true });
  for (const state of ALL.filter(({ name }) => names.length === 0 || names.includes(name))) {
    await withPage(state, {}, async (page) => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: width < 500 ? 844 : Math.round(width / 1.6) });
        await calm(page);
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: join(folder, `${state.name}-${width}-${colorScheme}.png`), fullPage: true });
        }
      }
    });
    console.log(state.name);
  }
}

async function readme(folder) {
  mkdirSync(folder, { recursive: true });
  for (const { state, colorScheme, width, height, file, at } of README) {
    const found = ALL.find(({ name }) => name === state);
    await withPage(found, { as: { colorScheme, viewport: { width, height } } }, async (page) => {
      if (at) await page.locator(at).first().evaluate((element) => scrollTo(0, element.getBoundingClientRect().top - 24));
      const path = join(folder, file);
      await page.screenshot({ path });
      const { size } = statSync(path);
      console.log(`${path}: ${Math.ceil(size / 1_000)} kB`);
      if (size > 200_000) process.exitCode = 1;
    });
  }
}

const browser = await launch();
const [first, ...names] = process.argv.slice(2);
if (first === "--readme") await readme(fileURLToPath(new URL("../../assets/screens", import.meta.url)));
else {
  const folder = first ?? mkdtempSync(join(tmpdir(), "dmarcscope-screens-"));
  await everything(folder, names);
  console.log(folder);
}
await browser.close();
