// The filter: every field asked by chip, by typing and, where there is a door, by a click; each time the headline figures are
// those that the engine tells natively for the words that the chip stands for.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, give, go, metrics, open, settled, useChromium, visit } from "./support/chromium.mjs";
import { told } from "./support/engine.mjs";
import { gzFile, xmlFile, zipFile } from "./support/files.mjs";
import { report, reports } from "./support/reports.mjs";

useChromium();

const all = reports(16, 1, 8);
const odd = report(40, 3);
odd.records[1] = { ...odd.records[1], ip: "mail gateway" };
const files = [
  ...all.slice(0, 10).map((made) => xmlFile(made)), gzFile(all[10]), xmlFile(odd, "odd.xml"),
  zipFile("autumn.zip", all.slice(11).map((made) => xmlFile(made))),
];

const memory = new Map();
/** The headline figures of a filter, natively. */
function engine(filter = "") {
  if (!memory.has(filter)) memory.set(filter, told(files, filter).totals);
  return memory.get(filter);
}

const clauses = (page) => page.locator(".chip").evaluateAll((chips) => chips.map((chip) => chip.dataset.clause));

/** Waits until the chips are as many, then until the figures are the engine's for what they stand for. Gives the filter. */
async function agreed(page, chips, what) {
  await page.waitForFunction((count) => document.querySelectorAll(".chip").length === count, chips).catch(() => {});
  await calm(page);
  const filter = (await clauses(page)).join(" ");
  assert.equal((await clauses(page)).length, chips, `${what}: ${filter}`);
  const expected = engine(filter);
  await page.waitForFunction((messages) => document.querySelector('[data-metric="messages"]').dataset.value === String(messages), expected.messages)
    .catch(() => {});
  await page.locator('html[data-phase="ready"]').waitFor();
  assert.deepEqual(await metrics(page), expected, `${what}: ${filter}`);
  return filter;
}

async function opened(t, hash = "") {
  const page = await open(t);
  await give(page, files);
  await settled(page, files.length);
  if (hash) await visit(page, hash);
  return page;
}

/** Opens the dialog for a new filter of a field. */
async function ask(page, field) {
  await page.locator("#filter-add").click();
  await page.locator(`[data-field="${field}"]`).click();
  await page.locator(`.filter-dialog[open] .panel`).waitFor();
  await calm(page);
}

// What cannot be applied can still be pressed.
const apply = (page) => page.locator(".filter-dialog").getByRole("button", { name: "Apply" }).click({ force: true });
const clear = async (page) => {
  await page.getByRole("button", { name: "Clear all" }).click();
  await page.locator(".chip").first().waitFor({ state: "detached" });
};

/** Every field of values; those whose records all have the same value here leave everything. */
const SAME = ["policy", "published", "ours", "differs"];
const LISTED = [
  "from", "ip", "envelope_from", "envelope_to", "source", "verdict", "outcome", "disposition", "reason", "dkim", "dkim_domain", "selector",
  "dkim_result", "signature", "spf", "spf_domain", "spf_scope", "spf_result", "spf_check", "reporter", "domain", "policy", "published", "report", "file",
  "ours", "differs", "sender",
];

const ADDRESS = ["network", "country", "city", "holder", "abuse", "ptr", "registry", "special"];

test("every field is asked by chip", async (t) => {
  const page = await opened(t);
  const whole = engine().messages;
  await page.locator("#filter-add").click();
  await page.locator("[data-field]").first().waitFor();
  const offered = await page.locator("[data-field]").evaluateAll((fields) => fields.map((field) => field.dataset.field));
  // What is known of addresses from elsewhere has tests of its own (whois.test.mjs), and so has whose verdicts are counted
  // (attention.test.mjs).
  assert.deepEqual(offered.sort(), [...LISTED, ...ADDRESS, "judge", "period", "text", "label"].sort());
  await page.keyboard.press("Escape");
  for (const field of LISTED) {
    await ask(page, field);
    const values = page.locator(".value");
    await values.first().waitFor();
    // Those listed last have the fewest messages; of several, two.
    const count = await values.count();
    await values.nth(count - 1).click();
    if (count > 2) await values.nth(count - 2).click();
    assert.equal(await values.nth(count - 1).locator("input").isChecked(), true, "what is chosen stays where it stands");
    await apply(page);
    const filter = await agreed(page, 1, field);
    assert.ok(filter.startsWith(`${field}:`), `${field}: ${filter}`);
    if (count > 2) assert.match(filter, /,/, "two values");
    if (!SAME.includes(field)) assert.ok(engine(filter).messages > 0 && engine(filter).messages < whole, `${filter} leaves some`);
    // The contrary, by one press.
    await page.locator(".chip-negate").click();
    await page.locator('.chip-negate[aria-pressed="true"]').waitFor();
    assert.equal(await agreed(page, 1, `not ${field}`), `-${filter}`);
    await clear(page);
  }
  assert.deepEqual(page.log, []);
});

test("days, words, ranges and patterns are asked by chip", async (t) => {
  const page = await opened(t);
  await ask(page, "period");
  await page.getByRole("button", { name: "Latest 7 days" }).click();
  await apply(page);
  const newest = Math.max(...all.map(({ begin }) => begin));
  const day = (second) => new Date(second * 1_000).toISOString().slice(0, 10);
  assert.equal(await agreed(page, 1, "seven days"), `period:${day(newest - 6 * 86_400)}..${day(newest)}`);
  await page.locator("#filter-chip-0").click();
  await page.getByLabel("First day").fill("2026-09-03");
  await page.getByLabel("Last day").fill("2026-09-02");
  await page.getByText("The last day is before the first").waitFor();
  await apply(page);
  assert.ok(await page.locator(".filter-dialog[open]").isVisible(), "what is no period is not applied");
  await page.getByLabel("Last day").fill("2026-09-05");
  await page.getByLabel("Last day").press("Enter");
  await page.locator('.chip[data-clause="period:2026-09-03..2026-09-05"]').waitFor();
  assert.equal(await page.locator(".chip-text").innerText(), "Sep 3 – 5, 2026");
  await agreed(page, 1, "days");
  await page.locator("#filter-chip-0").click();
  await page.getByRole("button", { name: "All", exact: true }).click();
  await apply(page);
  await agreed(page, 0, "all days");

  for (const [field, typed, clause, said] of [
    ["text", "shop.ex", "shop.ex", "Any text: “shop.ex”"],
    ["text", "looks forwarded", '"looks forwarded"', "Any text: “looks forwarded”"],
    ["ip", "203.0.114.0/24", "ip:203.0.114.0/24", "Source: 203.0.114.0/24"],
    ["from", "mail", "from:*mail*", "From: contains “mail”"],
    ["file", "*.gz", "file:*.gz", "File: ends with “.gz”"],
  ]) {
    await ask(page, field);
    await page.locator('.filter-dialog input[type="text"]').fill(typed);
    await page.keyboard.press("Enter");
    await page.locator(".chip").waitFor();
    assert.equal(await agreed(page, 1, typed), clause);
    assert.equal(await page.locator(".chip-text").innerText(), said);
    assert.equal(await page.locator(".chip-text").getAttribute("title"), clause);
    await clear(page);
  }
  await ask(page, "ip");
  await page.locator('.filter-dialog input[type="text"]').fill("203.0.113.0/40");
  await page.getByText("An address, or a range such as").waitFor();
  await apply(page);
  assert.ok(await page.locator(".filter-dialog[open]").isVisible(), "what is no range is not applied");
  assert.deepEqual(page.log, []);
});

test("a chip is changed, and offers what the rest of the filter leaves", async (t) => {
  const page = await opened(t, "v1&only=verdict:fail+from:shop.example");
  await page.locator("#filter-chip-1").click();
  await page.locator(".value").first().waitFor();
  await calm(page);
  const native = told(files, "verdict:fail").groups.from;
  const shown = await page.locator(".value").evaluateAll((values) => values.map((value) => [value.querySelector(".value-text").textContent, value.querySelector(".value-count").textContent]));
  assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(native.map(({ key, messages }) => [key, messages.toLocaleString("en-US")])));
  await page.locator(".value", { hasText: "news.example" }).first().click();
  await page.getByText("Exclude", { exact: true }).click();
  await apply(page);
  await page.locator(".chip-not").waitFor();
  const filter = await agreed(page, 2, "changed");
  assert.match(filter, /^verdict:fail -from:shop\.example,(mail\.)?news\.example$/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "filter-chip-1", "the focus is back");
  // A field of one value a record goes on with its own chip; nothing is lost by looking.
  await page.locator("#filter-add").click();
  await page.locator('[data-field="verdict"]').click();
  await page.locator(".value input:checked").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".filter-dialog[open]").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "filter-add");
  assert.equal(await agreed(page, 2, "left as it is"), filter);
});

const TYPED = [
  "from:shop.example", "domain:news.example", "reporter:*one", "report:*@receiver.example", "file:autumn.zip", "policy:reject", "source:*gate*",
  "envelope_from:shop.example,?", "envelope_to:*", "disposition:quarantine,reject", "reason:forwarded", "dkim:fail", "spf:pass", "dkim_domain:esp1.example",
  "selector:s2", "dkim_result:permerror", "spf_domain:corp.example", "spf_scope:?", "spf_result:fail", "signature:fail/*/s1", "spf_check:pass/*/mfrom",
  "ip:203.0.113.0/24,2001:db8::/32", "outcome:rejected,forwarded", "verdict:unknown", "period:2026-09-02..2026-09-09", '"looks forwarded"', "großpost",
  "ours:fail", "differs:reporter,left_out", "published:*reject*", "label:?", "sender:*example",
];

test("every field is asked by typing", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("/");
  const input = page.locator("#filter-input");
  await page.waitForFunction(() => document.activeElement.id === "filter-input");
  for (const clause of TYPED) {
    await input.fill(`${clause} -verdict:pass`);
    await page.keyboard.press("Enter");
    await page.locator(`.chip[data-clause=${JSON.stringify(clause)}]`).waitFor();
    assert.equal(await agreed(page, 2, clause), `${clause} -verdict:pass`);
  }
  assert.equal(new Set([...TYPED.map((clause) => /^([a-z_]+):/.exec(clause)?.[1] ?? "text")]).size, LISTED.length + 3, "every field");
  assert.deepEqual(page.log, []);
});

test("every door sets the chip of what it shows", async (t) => {
  const page = await opened(t);
  const doors = [
    ["from", '[data-by="by-from"] tbody a'], ["reporter", '[data-by="by-reporter"] tbody a'], ["outcome", '[data-by="by-outcome"] tbody a'],
    ["disposition", '[data-by="by-disposition"] tbody a'], ["verdict", '.figures a[href*="verdict"]'],
    ["signature", '.top-sources a[href*="signature"]'], ["spf_check", '.top-sources a[href*="spf_check"]'],
  ];
  for (const [field, selector] of doors) {
    await page.locator(selector).first().click();
    await page.locator(`.chip[data-clause^="${field}:"]`).waitFor();
    await agreed(page, 1, field);
    await clear(page);
    await calm(page);
  }
  // The chart: an entry of the legend, and a bar.
  await page.locator('.trend a[href*="outcome"]').first().click();
  await page.locator('.chip[data-clause^="outcome:"]').waitFor();
  await agreed(page, 1, "the legend");
  await page.locator(".chart-stage").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.locator('.chip[data-clause^="period:"]').waitFor();
  await agreed(page, 2, "a bar");
  assert.deepEqual(page.log, []);
});

test("what is wrong is pointed at, what may follow is offered", async (t) => {
  const page = await opened(t, "v1&only=verdict:fail");
  await page.getByRole("button", { name: "As text" }).click();
  const input = page.locator("#filter-input");
  const selected = () => input.evaluate((input) => input.value.slice(input.selectionStart, input.selectionEnd));
  for (const [text, spot, said] of [
    ["from:größe frmo:x dkim:fail", "frmo", "There is no field “frmo”. Did you mean from?"],
    ["ip:203.0.113.0/33", "203.0.113.0/33", "An address, or a range such as"],
    ["outcome:lost", "lost", "outcome knows no “lost”"],
    ["period:2026-13 from:a", "2026-13", "A day such as 2026-10-31"],
    ['reporter:"Receiver', '"Receiver', "This quote is not closed."],
    ["from:", "", "A value is missing here."],
    ["hostname:1", "hostname", "There is no field “hostname”. Fields are"],
  ]) {
    await input.fill(text);
    await page.keyboard.press("Enter");
    await page.locator(".typed-error", { hasText: said }).waitFor();
    assert.equal(await page.locator(".typed-spot").innerText(), spot, text);
    assert.equal(await selected(), spot, text);
    assert.equal(await input.getAttribute("aria-invalid"), "true");
  }
  assert.equal(await agreed(page, 1, "nothing of it holds"), "verdict:fail");
  await page.keyboard.press("Escape");
  if ((await input.inputValue()) !== "verdict:fail") await page.keyboard.press("Escape");
  assert.equal(await input.inputValue(), "verdict:fail", "Escape takes back");
  assert.equal(await page.locator(".typed-spot").count(), 0);

  // Fields, then values with their messages under the rest of the filter.
  await input.pressSequentially(" repo");
  const options = page.locator("#filter-choices [role=option]");
  await options.first().waitFor();
  assert.match(await options.first().innerText(), /^reporter:/);
  await page.keyboard.press("ArrowDown");
  assert.equal(await input.getAttribute("aria-activedescendant"), "filter-choice-0");
  await page.keyboard.press("Enter");
  assert.equal(await input.inputValue(), "verdict:fail reporter:");
  await page.locator("#filter-choices [role=option]", { hasText: '"Receiver One"' }).waitFor();
  const native = told(files, "verdict:fail").groups.reporter;
  const first = await options.first().evaluate((option) => [option.querySelector(".typed-about").textContent, option.querySelector(".value-count").textContent]);
  assert.equal(first[1], native[0].messages.toLocaleString("en-US"));
  await input.pressSequentially("receiver");
  await page.waitForFunction(() => document.querySelectorAll("#filter-choices [role=option]").length === 1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await input.inputValue(), 'verdict:fail reporter:"Receiver One"');
  await page.keyboard.press("Enter");
  assert.equal(await agreed(page, 2, "completed"), 'verdict:fail reporter:"Receiver One"');
  await page.keyboard.press("Escape");
  await input.waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "filter-type");
  assert.deepEqual(page.log, []);
});

test("changes are undone and done again, whatever screen is shown", async (t) => {
  const page = await opened(t);
  const undo = page.getByRole("button", { name: "Undo the last change" });
  assert.equal(await undo.isVisible(), false, "there is nothing to undo");
  await visit(page, "v1&only=verdict:fail");
  await visit(page, "v1&only=verdict:fail+dkim_domain:esp1.example");
  await go(page, "Sources");
  await undo.click();
  assert.equal(await agreed(page, 1, "undone"), "verdict:fail");
  assert.match(await page.evaluate(() => location.hash), /show=sources/, "the screen stays");
  await page.keyboard.press("Control+z");
  await agreed(page, 0, "undone by key");
  await page.keyboard.press("Control+z");
  await agreed(page, 0, "there is no more to undo");
  await go(page, "Overview");
  await page.keyboard.press("Control+Shift+z");
  assert.equal(await agreed(page, 1, "done again by key"), "verdict:fail");
  await page.getByRole("button", { name: "Redo the change" }).click();
  assert.equal(await agreed(page, 2, "done again"), "verdict:fail dkim_domain:esp1.example");
  // In a text field the keys are the field's own.
  await page.keyboard.press("/");
  await page.locator("#filter-input").press("Control+z");
  await agreed(page, 2, "in a text field");
  assert.deepEqual(page.log, []);
});

test("the whole filter is set by keys alone", async (t) => {
  const page = await opened(t);
  const at = () => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.field || document.activeElement.className);
  await page.locator("#filter-add").focus();
  await page.keyboard.press("Enter");
  await page.locator(".field").first().waitFor();
  assert.equal(await at(), "period", "the first field has the focus");
  for (let step = 0; step < 2; step += 1) await page.keyboard.press("ArrowDown");
  assert.equal(await at(), "from");
  await page.keyboard.press("Enter");
  await page.locator(".value").first().waitFor();
  await page.keyboard.type("corp");
  await page.waitForFunction(() => [...document.querySelectorAll(".value-text")].slice(1).every((value) => value.textContent.includes("corp")));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  const filter = await agreed(page, 1, "by keys");
  assert.match(filter, /^from:(mail\.)?corp\.example$/);
  assert.equal(await at(), "filter-add", "the focus is back");

  await page.locator("#filter-chip-0").focus();
  await page.keyboard.press("Enter");
  await page.locator(".filter-dialog[open] .value").first().waitFor();
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest(".filter-dialog") !== null), "Tab stays in the dialog");
  }
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.id === "filter-chip-0");
  await page.keyboard.press("-");
  await page.locator(".chip-not").waitFor();
  assert.equal(await agreed(page, 1, "excluded by key"), `-${filter}`);
  assert.equal(await at(), "filter-chip-0");
  await page.keyboard.press("Delete");
  await agreed(page, 0, "removed by key");
  await page.waitForFunction(() => document.activeElement.id === "filter-add");
  assert.deepEqual(page.log, []);
});
