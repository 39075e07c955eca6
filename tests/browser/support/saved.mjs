// What a test does with the dialog that saves: makes a file and takes it off the page.
import { readFile } from "node:fs/promises";

/** Makes a file of a kind in the dialog and gives its name, bytes and the words about it. `checks` are ids of boxes to tick. */
export async function save(page, kind, checks = []) {
  const [made] = await saveAll(page, kind, checks);
  return made;
}

/** The same where several files are made. */
export async function saveAll(page, kind, checks = []) {
  await page.locator("#share-open").click();
  await page.locator(`input[name="share-kind"][value="${kind}"]`).check();
  for (const id of checks) await page.locator(`#${id}`).check();
  await page.locator("#share-make").click();
  await page.locator(".share-made, .share-state .problem").waitFor({ timeout: 60_000 });
  const files = [];
  for (const row of await page.locator(".share-made li").all()) {
    const [download] = await Promise.all([page.waitForEvent("download"), row.locator("a").click()]);
    files.push({ name: download.suggestedFilename(), bytes: await readFile(await download.path()), told: await row.innerText() });
  }
  await page.keyboard.press("Escape");
  await page.locator(".middle-dialog[open]").waitFor({ state: "detached" });
  return files;
}
