// Text of reports and names of files stay text, whatever stands in them.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, give, go, ledger, open, settled, useChromium } from "./support/chromium.mjs";
import { file, xmlFile, zipFile } from "./support/files.mjs";
import { escaped, report } from "./support/reports.mjs";

useChromium();

// Each would leave an element behind if it became markup anywhere, whether the policy lets it run or not.
const ATTACKS = [
  '<img src=x onerror="alert(1)">', "<script>alert(1)</script>", '"><svg onload=alert(1)><x-mark>',
  "'><iframe srcdoc='<script>alert(1)</script>'></iframe>", "<x-mark>{{7*7}}${7*7}</x-mark>", "javascript:alert(1)", "&lt;x-mark&gt;",
];

/** A report with the text in every field that holds one. */
function attack(text, place, write) {
  const field = (name, value = text) => `<${name}>${write(value)}</${name}>`;
  return `<?xml version="1.0"?>
<feedback>${field("version")}
<report_metadata>${field("org_name")}${field("email")}${field("extra_contact_info")}${field("report_id", `${place} ${text}`)}
<date_range><begin>1788220800</begin><end>1788307199</end></date_range>${field("error")}${field("generator")}</report_metadata>
<policy_published>${["domain", "adkim", "aspf", "p", "sp", "np", "pct", "fo", "testing", "discovery_method"].map((name) => field(name)).join("")}</policy_published>
<record><row>${field("source_ip", `${place} ${text}`)}<count>3</count><policy_evaluated>${field("disposition")}${field("dkim")}<spf>pass</spf>
<reason>${field("type")}${field("comment")}</reason></policy_evaluated></row>
<identifiers>${field("envelope_to")}${field("envelope_from")}${field("header_from")}</identifiers>
<auth_results><dkim>${field("domain")}${field("selector")}${field("result")}${field("human_result")}</dkim>
<spf>${field("domain")}${field("scope")}${field("result")}</spf></auth_results></record>
<record><row><source_ip>192.0.2.1</source_ip>${field("count")}<policy_evaluated><dkim>pass</dkim><spf>pass</spf></policy_evaluated></row>
<identifiers>${field("header_from")}</identifiers><auth_results/></record>
</feedback>`;
}

const elements = (page) => page.evaluate(() => ({
  marks: document.querySelectorAll("x-mark, img, iframe, object, embed, main script, [onerror], [onload], [srcdoc]").length,
  // The page loads its second program by a script of its own.
  scripts: document.querySelectorAll('script:not([src^="./screens-start.js?"])').length,
  links: [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")).filter((href) => /^javascript:/i.test(href)).length,
}));

for (const [way, write] of [["escaped", escaped], ["in CDATA", (text) => `<![CDATA[${text}]]>`]]) {
  test(`markup ${way} in every field of a report stays text`, async (t) => {
    const page = await open(t);
    const before = await elements(page);
    const files = ATTACKS.map((text, place) => file(`${place}.xml`, attack(text, place, write)));
    await give(page, files);
    await settled(page, files.length);
    // Shows all that can be shown.
    await page.locator(".chart-table summary").click();
    assert.deepEqual(await elements(page), before);
    await go(page, "Files");
    for (const place of ATTACKS.keys()) {
      await page.getByRole("button", { name: "Show the XML" }).first().click();
      await page.locator("pre.source").nth(place).waitFor();
    }
    assert.deepEqual(await elements(page), before);
    const seen = await page.locator("main").innerText();
    await go(page, "Sources");
    await page.locator(".sources tbody tr[aria-rowindex] th").first().waitFor();
    await calm(page);
    assert.deepEqual(await elements(page), before);
    const cells = await page.locator(".sources tbody th").allInnerTexts();
    for (const [place, text] of ATTACKS.entries()) {
      assert.ok(cells.some((cell) => cell === `${place} ${text}`), `as a source: ${text} in ${cells}`);
      assert.ok(seen.includes(write(text)), `in the XML: ${text}`);
    }
    await page.getByRole("link", { name: "Reports" }).click();
    for (const [place, text] of ATTACKS.entries()) {
      await page.locator(".reports tbody th a").nth(place).click();
      await page.locator(".report tbody tr[aria-rowindex]").first().waitFor();
      await page.locator(".report tbody tr[aria-rowindex] th").first().click();
      await page.locator(".record .facts").waitFor();
      const record = await page.locator(".record").innerText();
      assert.ok(ATTACKS.some((text) => record.includes(text)), `in a record: ${record}`);
      assert.deepEqual(await elements(page), before);
      await page.goBack();
      await page.locator(".reports tbody th a").nth(ATTACKS.length - 1).waitFor();
      assert.ok((await page.locator(".reports").innerText()).includes(text), `as a reporter: ${text}`);
    }
    assert.deepEqual(page.log, []);
  });
}

test("markup in names of files, entries, elements and namespaces stays text", async (t) => {
  const page = await open(t);
  const before = await elements(page);
  const names = ATTACKS.map((text, place) => `${place} ${text.replaceAll("/", "∕")}.xml`);
  const same = names.map((name, place) => xmlFile(report(place + 1), name));
  // The same reports in a zip and apart: the notes of the latter name their places in the former.
  const files = [zipFile("<x-mark>twins.zip", same), ...same];
  files.push(file("root.xml", "<x-mark onload='alert(1)'>1</x-mark>"), file("<x-mark>.txt", "Nothing."));
  files.push(file("space.xml", attack("a", 50, escaped).replace("<feedback>", `<feedback xmlns="${escaped(ATTACKS[0])}">`)));
  await give(page, files);
  await settled(page, files.length);
  await ledger(page);
  assert.deepEqual(await elements(page), before);
  const shown = await page.locator(".entry-name").allInnerTexts();
  assert.deepEqual(shown.sort(), files.map(({ name }) => name).sort());
  const notes = (await page.locator(".notes li").allInnerTexts()).join("\n");
  for (const text of ["<x-mark>twins.zip › 0 <img", "root element is “x-mark”", "img src=x onerror"]) assert.ok(notes.includes(text), `${text} in ${notes}`);
  assert.deepEqual(page.log, []);
});

test("markup in the view's address stays text", async (t) => {
  const page = await open(t, { hash: `#v1&only=${encodeURIComponent(`from:"${ATTACKS[0].replaceAll('"', '\\"')}"`)}&${encodeURIComponent(ATTACKS[4])}=1` });
  const before = await elements(page);
  await give(page, [xmlFile(report(1))]);
  await settled(page, 1);
  assert.ok((await page.locator(".chip").innerText()).includes("<img src=x"));
  assert.ok((await page.locator(".filter .problem").innerText()).includes("<x-mark>"));
  assert.deepEqual(await elements(page), before);
  assert.deepEqual(page.log, []);
});
