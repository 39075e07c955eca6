// How long screens take with much on them: a table that is scrolled, a full board, many addresses that a database tells of.
import { drop } from "../support/chromium.mjs";
import { many } from "../support/database.mjs";
import { xmlFile } from "../support/files.mjs";
import { report } from "../support/reports.mjs";

const RUNS = 5;
const ROWS = 20_000;

const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
const figure = (name, most, times) => ({ name, most, median: median(times), shortest: Math.min(...times) });

async function visit(page, hash) {
  await page.evaluate((hash) => { location.hash = hash; }, hash);
  await page.locator('html[data-screens="ready"]').waitFor();
}

/** A report of so many records, each with a source of its own. */
export function wide() {
  const one = report(4, ROWS);
  one.records.forEach((record, place) => Object.assign(record, { ip: `10.0.${place >> 8}.${place & 255}`, count: ROWS - place, signatures: 1 }));
  return [xmlFile(one)];
}

/** The page's longest task by the processor's time, while its table of sources is scrolled: 150 slow steps, then 50 that jump. */
export async function scroll(page) {
  await visit(page, "v1&show=sources");
  await page.locator(`.sources table[aria-rowcount="${ROWS + 1}"] tbody th a`).first().waitFor();
  const session = await page.context().newCDPSession(page);
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const events = [];
    const collect = ({ value }) => events.push(...value);
    session.on("Tracing.dataCollected", collect);
    await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["toplevel"] } });
    await page.locator(".sources .grid-box").evaluate(async (box) => {
      box.scrollTop = 0;
      for (let step = 0; step < 200; step += 1) {
        box.scrollTop += step < 150 ? 90 : 11_000;
        await new Promise((resolve) => { requestAnimationFrame(resolve); });
      }
      await new Promise((resolve) => { setTimeout(resolve, 300); });
    });
    const complete = new Promise((resolve) => { session.once("Tracing.tracingComplete", resolve); });
    await session.send("Tracing.end");
    await complete;
    session.off("Tracing.dataCollected", collect);
    const thread = ({ pid, tid }) => `${pid} ${tid}`;
    const main = new Set(events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(thread));
    const tasks = events.filter((event) => /RunTask$/.test(event.name) && main.has(thread(event)));
    if (tasks.length < 200) throw new Error(`only ${tasks.length} tasks in the trace`);
    times.push(Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1_000)));
  }
  return [figure("the longest task", 50, times)];
}

/** Reports of 400 domains. */
export const domains = () => Array.from({ length: 400 }, (_, place) => xmlFile(report(place + 1, 4, { domain: `d${place}.example`, id: `${place}` }), `${place}.xml`));

/** How long the board takes until its first rows are whole. */
export async function board(page) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    await visit(page, "v1&show=files");
    times.push(await page.evaluate(async () => {
      const from = performance.now();
      location.hash = "v1&show=domains";
      while (!document.querySelector(".domains tbody tr[aria-rowindex] .spark")) await new Promise((done) => requestAnimationFrame(done));
      return performance.now() - from;
    }));
  }
  return [figure("until the board shows", 300, times)];
}

/** A report of ten thousand addresses. */
export const scattered = () => [many().report];

/** From the drop of a database until all addresses are told, and until the table shows it. */
export async function told(page) {
  const { networks } = many();
  await visit(page, "v1&group=network");
  const measured = page.evaluate((name) => new Promise((resolve) => {
    const times = {};
    let start;
    addEventListener("drop", () => { start = performance.now(); }, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (!times.told && document.querySelector(".databases")?.textContent.includes(name)) times.told = performance.now() - start;
      if (!times.shown && document.querySelector(".groups [role=grid]")?.textContent.includes("AS64496")) times.shown = performance.now() - start;
      if (times.told && times.shown) {
        observer.disconnect();
        resolve(times);
      }
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  }), networks.name);
  await drop(page, [networks]);
  const times = await measured;
  return [figure("until all addresses are told", 300, [times.told]), figure("until the table shows it", 600, [times.shown])];
}
