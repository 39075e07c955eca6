// How long a click takes until every figure and chart of the screen has followed, among a million rows.

/** Clicks on the first values of each, for medians. */
const CLICKS = 5;

/** What is clicked: from the overview, and back to it each time. `most` are the milliseconds that are wanted at the most. */
const KINDS = [
  { name: "a domain, on the overview", most: 150, hashes: (doors) => doors },
  { name: "a verdict, on the overview", most: 150, hashes: () => ["#v1&only=verdict%3Afail", "#v1&only=verdict%3Apass"] },
  { name: "any text, on the overview", most: 250, hashes: () => ["bakery", "mail", "k1", "relay", "news"].map((text) => `#v1&only=${text}`) },
  { name: "sources", most: 150, hashes: () => ["#v1&show=sources"] },
  { name: "the board of domains", most: 300, hashes: () => ["#v1&show=domains"] },
  { name: "groups by DKIM domain", most: 250, hashes: () => ["#v1&group=dkim_domain"] },
  { name: "groups by signature", most: 250, hashes: () => ["#v1&group=signature"] },
  { name: "groups by From domain and reporter", most: 250, hashes: () => ["#v1&group=from,reporter"] },
  { name: "failing beside all, by From domain", most: 250, hashes: () => ["#v1&show=compare&against=verdict%3Afail"] },
];

/** Milliseconds after which the screens say that nothing more comes, which is no waiting. */
const SETTLED = 50;

/**
 * Runs in the page: goes to a view and waits until the screens have settled on it. Gives the milliseconds until every figure and
 * chart is there, and until what needs attention is too.
 */
async function follow([hash, settled]) {
  const root = document.documentElement;
  const start = performance.now();
  location.hash = hash;
  let figures;
  await new Promise((resolve) => {
    // Every view asks for something: until it has, what is there is of the view before.
    let hasAsked = false;
    const look = () => {
      const state = root.dataset.screens;
      const isBusy = state !== "ready" || document.querySelector('[aria-busy="true"]');
      hasAsked ||= isBusy;
      const isWaiting = state === "busy" || document.querySelector('[aria-busy="true"]:not(.attention *)');
      if (hasAsked && !isWaiting) figures ??= performance.now() - start - (isBusy ? 0 : settled);
      if (hasAsked && !isBusy) resolve(); else setTimeout(look, 2);
    };
    look();
  });
  return [figures, performance.now() - start - settled];
}

const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** The medians of all kinds of clicks on a page that has read its files. */
export async function clicks(page) {
  await page.locator('[data-by="by-from"] tbody a').first().waitFor();
  await page.locator('html[data-screens="ready"]').waitFor();
  const doors = await page.locator('[data-by="by-from"] tbody a').evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const found = [];
  for (const { name, most, hashes } of KINDS) {
    const times = [];
    const late = [];
    const all = hashes(doors);
    for (let click = 0; click < CLICKS; click += 1) {
      const [figures, everything] = await page.evaluate(follow, [all[click % all.length], SETTLED]);
      times.push(figures);
      late.push(everything);
      await page.evaluate(follow, ["#v1", SETTLED]);
    }
    found.push({ name, most, median: median(times), shortest: Math.min(...times) });
    if (name.includes("overview")) found.push({ name: "  what needs attention too", median: median(late), shortest: Math.min(...late) });
  }
  return found;
}
