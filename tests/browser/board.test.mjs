// The board of domains and their labels: every figure is the engine's, labels are given, taken, kept in a file and filtered by.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { calm, give, go, headline, metrics, open, settled, useChromium, visit } from "./support/chromium.mjs";
import { grouped, told } from "./support/engine.mjs";
import { file, gzFile, xmlFile } from "./support/files.mjs";
import { report, reports } from "./support/reports.mjs";
import { SAMPLE } from "./support/states.mjs";

useChromium();

const FILES = [SAMPLE, ...reports(12, 1, 12).map((made) => gzFile(made))];
const number = (text) => Number(text.replaceAll(",", ""));

const rows = (page) => page.locator("#screens .domains table[role=grid]").evaluate((table) => {
  const heads = [...table.querySelectorAll("thead th")].map((head) => (head.querySelector("button.sort") ?? head).textContent.replace(/\s+i$/, "").trim());
  return [...table.querySelectorAll("tbody tr[aria-rowindex]")].map((row) => Object.fromEntries([...row.cells].map((cell, place) => [heads[place], (cell.querySelector(".unseen") ?? cell).textContent.trim()])));
});

async function opened(t, hash = "v1&show=domains", files = FILES) {
  const page = await open(t);
  await give(page, files);
  await settled(page, files.length);
  await visit(page, hash);
  return page;
}

test("each domain's row says what the engine says of it, whatever the filter", async (t) => {
  const page = await opened(t);
  for (const filter of ["", "verdict:fail", "period:2026-06-10..2026-06-20", 'reporter:"Receiver One"', "from:nowhere.example"]) {
    await visit(page, `v1&show=domains${filter ? `&only=${encodeURIComponent(filter)}` : ""}`);
    const { rows: expected } = grouped(FILES, filter, ["domain"], ["reporter"]);
    const found = await rows(page);
    assert.deepEqual(found.map((row) => row.Domain), expected.map(({ key }) => key), filter);
    for (const [place, row] of found.entries()) {
      const { key, messages, failed, within } = expected[place];
      const what = `${filter}, ${key}`;
      assert.deepEqual([number(row.Messages), number(row.Fail), number(row.Reporters)], [messages, failed, within.reporter], what);
      const days = grouped(FILES, `${filter} domain:${key}`, ["day"]).rows;
      assert.ok(row.Trend.includes(`: ${days[0].messages.toLocaleString("en-US")}.`), `${what}: ${row.Trend}`);
      const worst = grouped(FILES, `${filter} domain:${key} verdict:fail`, ["source"]).rows[0];
      assert.equal(row["What fails most"], worst ? `${worst.key} · ${worst.messages.toLocaleString("en-US")}` : "", what);
      const published = grouped(FILES, `${filter} domain:${key}`, ["published"]).rows;
      assert.equal(row["Published policy"], published[0].key + (published.length > 1 ? ` +${published.length - 1}` : ""), what);
    }
  }
  assert.deepEqual(page.log, []);
});

test("a domain is opened, and the source that fails most", async (t) => {
  const page = await opened(t);
  const [first] = await rows(page);
  const failing = first["What fails most"];
  await page.locator(".domains tbody tr[aria-rowindex] a", { hasText: failing }).first().click();
  await calm(page);
  const [source, messages] = failing.split(" · ");
  await page.locator("#screens h2", { hasText: source }).first().waitFor();
  await headline(page, number(messages));
  await page.goBack();
  await calm(page);
  await page.locator(".domains .grid-box").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await calm(page);
  await headline(page, number(first.Messages));
});

test("domains are named by keys, the label has their figures, and the whole page is filtered to it", async (t) => {
  const page = await opened(t);
  const names = (await rows(page)).map((row) => row.Domain);
  await page.locator(".domains .grid-box").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Name them" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("#label-name:focus").waitFor();
  await page.keyboard.type("Acme: Ltd");
  await page.keyboard.press("Enter");
  const label = page.locator('[data-label="Acme: Ltd"]');
  await label.waitFor();
  await page.locator(".domains .grid-box:focus").waitFor();
  const engine = told(FILES, `domain:${names.slice(0, 2).join()}`).totals;
  await page.locator(`[data-label][data-messages="${engine.messages}"]`).waitFor();
  await calm(page);
  assert.deepEqual((await rows(page)).map((row) => row.Labels), names.map((_, place) => (place < 2 ? "Acme: Ltd" : "")));

  await label.getByRole("link", { name: "Acme: Ltd" }).click();
  await calm(page);
  await headline(page, engine.messages);
  assert.deepEqual(await metrics(page), { ...await metrics(page), ...engine });
  assert.match(await page.evaluate(() => decodeURIComponent(location.hash)), /only=label:"Acme:\+Ltd"/);
  assert.equal(decodeURIComponent(await page.evaluate(() => location.hash)).includes(names[0]), false, "the address knows the label by its name only");
  await visit(page, "v1&group=label");
  const grid = await page.locator(".groups tbody tr[aria-rowindex]").evaluateAll((rows) => rows.map((row) => [row.cells[1].innerText, row.cells[2].innerText]));
  assert.deepEqual(grid.find(([name]) => name === "Acme: Ltd"), ["Acme: Ltd", engine.messages.toLocaleString("en-US")]);

  // Off one of them again, and then off all.
  await go(page, "Domains");
  await visit(page, "v1&show=domains");
  await page.locator(".domains tbody input").first().check();
  await page.getByRole("button", { name: "Name them" }).click();
  await page.locator("#label-name").fill("acme: ltd");
  await page.getByRole("button", { name: "Take it off" }).click();
  await label.getByText("1 domain, 1 seen").waitFor();
  await page.getByRole("button", { name: "Remove the label Acme: Ltd from all its domains" }).click();
  await label.waitFor({ state: "detached" });
  assert.deepEqual(page.log, []);
});

test("labels go into a file and come back from it; lines that are none are told", async (t) => {
  const page = await opened(t);
  const names = (await rows(page)).map((row) => row.Domain);
  const text = `# mine\nShops: ${names[0]}\nshops: ${names[1].toUpperCase()}\nnonsense\nUnseen: nowhere.example\n`;
  await page.locator("#labels-file").setInputFiles(file("labels.txt", text));
  await page.locator(".labels-said", { hasText: "3 lines were read. This line is no label and was left out: 4." }).waitFor();
  await page.locator('[data-label="Unseen"]', { hasText: "1 domain, 0 seen" }).waitFor();
  const engine = told(FILES, `domain:${names.slice(0, 2).join()}`).totals;
  await page.locator(`[data-label="Shops"][data-messages="${engine.messages}"]`).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save labels as a file" }).click()]);
  assert.equal(download.suggestedFilename(), "dmarcscope-labels.txt");
  const saved = await readFile(await download.path(), "utf8");
  assert.deepEqual(saved.split("\n").slice(1), [...[names[0], names[1]].sort().map((name) => `Shops: ${name}`), "Unseen: nowhere.example", ""]);
  assert.deepEqual(page.log, []);
});

test("the board holds 400 domains", async (t) => {
  const files = Array.from({ length: 400 }, (_, place) => xmlFile(report(place + 1, 4, { domain: `d${place}.example`, id: `${place}` }), `${place}.xml`));
  const page = await opened(t, "v1&show=domains", files);
  await page.locator(".domains tbody tr[aria-rowindex] .spark").first().waitFor();
  assert.equal((await page.locator(".domains .grid-summary").innerText()).trim(), "400 domains");
  assert.deepEqual(page.log, []);
});

test("policy changes found in the reports are told, newest first", async (t) => {
  const change = (number, more, p) => { const made = report(number, 3, { domain: "shop.example", dialect: "plain", ...more }); return { made, p }; };
  const files = [[1, "none"], [2, "none"], [3, "quarantine"], [5, "quarantine"], [6, "reject"]].map(([number, p]) => {
    const { buffer, ...rest } = xmlFile(change(number).made);
    return { ...rest, buffer: Buffer.from(buffer.toString().replace("<p>reject</p>", `<p>${p}</p>`).replace("<sp>none</sp>", `<sp>${p}</sp>`)) };
  });
  const page = await opened(t, "v1&show=domains", files);
  const expected = told(files).policies.rows;
  assert.equal(expected.length, 2);
  const found = await page.locator(".change-list > li").evaluateAll((all) => all.map((row) => [...row.querySelectorAll(".change-domain, code")].map((cell) => cell.textContent)));
  assert.deepEqual(found, expected.map(({ domain, before, after }) => [domain, before, after]));
  assert.deepEqual(found, [["shop.example", "p=quarantine", "p=reject"], ["shop.example", "p=none", "p=quarantine"]]);
});
