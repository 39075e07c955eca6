// Who sends: the table and a sender whole, what a person says of them, and that as a file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { calm, give, metrics, open, settled, useChromium, visit } from "./support/chromium.mjs";
import { file, folder } from "./support/files.mjs";
import { SAMPLE } from "./support/states.mjs";

useChromium();

const ROWS = ".senders tbody tr[aria-rowindex]";

async function sample(t) {
  const page = await open(t);
  await give(page, [SAMPLE]);
  await settled(page, 1);
  return page;
}

/** The rows of the table, by the words of their heads. */
const rows = (page, table = ".senders") => page.locator(`${table} table`).evaluate((table) => {
  const text = (cell) => cell.innerText.trim();
  const heads = [...table.querySelectorAll("thead th")].map(text);
  return [...table.querySelectorAll("tbody tr[aria-rowindex]")].map((row) =>
    Object.fromEntries([...row.children].map((cell, place) => [heads[place], text(cell)])));
});

/** Says something of the sender whose screen it is. */
async function say(page, { standing, name, note }) {
  if (standing) await page.locator("#mark-standing").selectOption(standing);
  if (name !== undefined) await page.locator("#mark-name").fill(name);
  if (note !== undefined) await page.locator("#mark-note").fill(note);
  await page.getByRole("button", { name: "Keep it" }).click();
  await calm(page);
}

test("every sender has its cause, and opens", async (t) => {
  const page = await sample(t);
  await page.locator("nav.screens").getByRole("link", { name: "Senders" }).click();
  await page.locator(`${ROWS} >> text=Likely`).first().waitFor();
  const all = await rows(page);
  const letter = all.find((row) => row.Sender === "larkletter.example");
  assert.match(letter["Why it fails"], /vendor's domain only/);
  assert.match(letter["What to do"], /Have larkletter\.example sign with DKIM/);
  const sum = all.reduce((sum, row) => sum + Number(row.Messages.replaceAll(",", "")), 0);
  assert.equal(sum, (await metrics(page)).messages, "every message has a sender, or none");
  await page.locator(ROWS).filter({ hasText: "larkletter.example" }).first().focus();
  await page.locator(ROWS).filter({ hasText: "larkletter.example" }).getByRole("link", { name: "larkletter.example" }).click();
  await page.locator(".sender-sources tbody tr[aria-rowindex]").first().waitFor();
  await page.locator(".findings li[data-cause='vendor-dkim-only'] code, .findings li[data-cause='vendor-dkim-only'] button").first().waitFor();
  const addresses = await rows(page, ".sender-sources");
  assert.ok(addresses.length > 0 && addresses.every((row) => row["Why it fails"] !== ""), JSON.stringify(addresses));
  const messages = addresses.reduce((sum, row) => sum + Number(row.Messages.replaceAll(",", "")), 0);
  assert.equal(messages, (await metrics(page)).messages);
  await page.getByRole("link", { name: "All senders" }).click();
  await page.locator(ROWS).nth(2).waitFor();
  assert.deepEqual(page.log, []);
});

test("what a person says of a sender changes what is told, and goes as a file", async (t) => {
  const page = await sample(t);
  await visit(page, "v1&source=192.0.2.200");
  await page.locator('.likely[data-cause="own-server-unauthenticated"]').waitFor();
  await page.getByText("Say whose it is").click();
  await say(page, { standing: "not-ours", name: "Stranger", note: "asked everyone" });
  await page.locator('.likely[data-cause="spoofing"]').waitFor();
  assert.match(await page.locator(".likely").innerText(), /Not yours, as you say/);
  assert.match(await page.locator(".marks").innerText(), /192\.0\.2\.200: not ours, Stranger, asked everyone/);
  await visit(page, "v1&only=sender:192.0.2.200&show=senders");
  await page.locator("h2", { hasText: "Stranger" }).waitFor();
  await say(page, { standing: "ours" });
  await page.locator(".findings li[data-cause='own-server-unauthenticated']").waitFor();

  await visit(page, "v1&show=senders");
  await page.locator(ROWS).filter({ hasText: "Stranger (192.0.2.200)" }).waitFor();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save what you said as a file" }).click();
  const text = readFileSync(await (await saved).path(), "utf8");
  assert.match(text, /^# Senders of DMARCscope.*\nours \| 192\.0\.2\.200 \| Stranger \| asked everyone\n$/);

  // Elsewhere it is read in, with what is no mark told; or dropped like reports.
  const other = await sample(t);
  await visit(other, "v1&show=senders");
  await other.locator("#marks-file").setInputFiles(file("x.txt", `${text}nonsense\n`));
  await other.getByText("1 sender was read. This line says nothing of a sender and was left out: 3.").waitFor();
  await other.locator(ROWS).filter({ hasText: "Stranger (192.0.2.200)" }).waitFor();
  await give(other, [file("dmarcscope-senders (1).txt", text.replace("Stranger", "Neighbour"))]);
  await other.locator(ROWS).filter({ hasText: "Neighbour (192.0.2.200)" }).waitFor();
  assert.equal((await metrics(other)).reports, (await metrics(page)).reports);
  assert.deepEqual([...page.log, ...other.log], []);
});

test("what is said of senders may lie beside the page", async (t) => {
  const marks = file("senders.txt", "allowed | larkletter.example | The newsletter\n");
  const beside = await folder(t, [SAMPLE, marks, file("index.txt", "sample.zip\nsenders.txt\n")]);
  const page = await open(t, { beside });
  await settled(page, 1);
  await visit(page, "v1&show=senders");
  await page.locator(ROWS).filter({ hasText: "The newsletter (larkletter.example)" }).waitFor();
});
