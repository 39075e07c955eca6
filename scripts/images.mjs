// Makes the images that other sites and home screens ask for, from the mark in styles/icon.svg: node scripts/images.mjs [FONT]
//
// What it writes to assets/ is kept in the repository; run it again when the mark, the name or the colours change. FONT is a
// font file for the words of the social card (the one kept there was made with Inter, npm @fontsource-variable/inter).
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const { chromium } = createRequire(join(root, "tests", "browser", "package.json"))("playwright-core");

const [NAVY, SKY, ORANGE, GREY] = ["#12436d", "#b5d9f7", "#f46a25", "#868d97"];
const mark = readFileSync(join(root, "styles", "icon.svg"), "utf8").replace(/<style>[^]*?<\/style>|<!--[^]*?-->/g, "");
const [font] = process.argv.slice(2);
const face = font ? `@font-face { font-family: Card; src: url(data:font/woff2;base64,${readFileSync(font, "base64")}); font-weight: 100 900 }` : "";

/** The mark on a ground that fills the whole square: systems cut their own corners. */
const icon = `<style>body { margin: 0; display: grid; place-items: center; height: 100vh; background: ${NAVY} }
  svg { width: 62%; fill: #fff; transform: translate(2%, 2%) }</style>${mark}`;

/** Days of an invented month: fewer messages at week-ends, failures that end. */
const days = Array.from({ length: 31 }, (_, day) => {
  const pass = (day % 7 > 4 ? 0.3 : 0.72) + ((day * 37) % 11) / 60;
  return { pass, fail: day < 19 ? 0.1 + ((day * 53) % 7) / 60 : 0.02, unknown: day % 5 === 2 ? 0.03 : 0 };
});
const bar = ({ pass, fail, unknown }) => `<i>${[[GREY, unknown], [ORANGE, fail], [SKY, pass]].map(([tone, part]) => `<b style="height:${part * 210}px;background:${tone}"></b>`).join("")}</i>`;
const card = `<style>${face}
  body { position: relative; margin: 0; height: 630px; background: ${NAVY}; color: #fff; font-family: Card, system-ui, sans-serif }
  header { display: flex; gap: 28px; align-items: center; padding: 76px 80px 0; font-size: 64px; font-weight: 700; letter-spacing: -0.025em }
  svg { width: 84px; fill: ${SKY} }
  p { max-width: 1000px; text-wrap: balance; margin: 44px 80px; font-size: 46px; font-weight: 500; line-height: 1.25; letter-spacing: -0.015em }
  div { position: absolute; inset: auto 80px 0; display: flex; gap: 8px; align-items: end }
  i { flex: 1 } b { display: block; margin-top: 3px }</style>
  <header>${mark}DMARCscope</header><p>Which of your mail fails DMARC, why, and what to do next</p><div>${days.map(bar).join("")}</div>`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
for (const [name, width, height, content] of [["icon-180.png", 180, 180, icon], ["social.png", 1200, 630, card]]) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<!doctype html><html lang="en"><body>${content}</body></html>`);
  await page.evaluate(() => document.fonts.ready);
  const path = join(root, "assets", name);
  await page.screenshot({ path });
  console.log(`${path}: ${statSync(path).size} bytes`);
  await page.close();
}
await browser.close();
