// Whose addresses are: what is known without asking anyone, databases, look-ups, and that nothing leaves the page without a word.
import assert from "node:assert/strict";
import test from "node:test";

import { calm, drop, give, headline, open, settled, useChromium, visit } from "./support/chromium.mjs";
import { KNOWN, database, from, many } from "./support/database.mjs";
import { file } from "./support/files.mjs";
import { ADDRESSES, lookups } from "./support/lookups.mjs";
import { rows } from "./support/rows.mjs";

useChromium();

async function opened(t, files, hash, options = {}) {
  const page = await open(t, options);
  await give(page, files);
  await settled(page, files.length);
  if (hash) await visit(page, hash);
  return page;
}

const fact = (page, name) => page.locator(`.whois [data-fact="whois-${name}"] dd`);
/** What was asked, without headers. */
const questions = ({ asked }) => asked.map(([kind, question]) => `${kind} ${question}`);
/** Goes to a source's view, and gives its panel. */
async function source(page, address) {
  await visit(page, `v1&source=${address}`);
  const panel = page.locator(".whois");
  await panel.locator(".facts").waitFor();
  return panel;
}
async function agreed(page, press = "Look it up") {
  await page.getByRole("button", { name: press, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator(".consent-hosts li").first().waitFor();
  return dialog;
}
/** Waits until nothing was asked for a second; gives how many questions there were. */
async function rest({ asked }) {
  let before = -1;
  while (asked.length > before) {
    before = asked.length;
    await new Promise((done) => setTimeout(done, 1_000));
  }
  return before;
}
const done = (page) => page.locator(".whois-actions button", { hasText: /^Look it up( again)?$/ }).waitFor();

test("registry and special range of every address are known on the spot, and nothing is asked", { timeout: 90_000 }, async (t) => {
  const server = await lookups(t);
  const page = await opened(t, [from(...Object.values(ADDRESSES), "10.1.2.3", "2001:db8::7")], undefined, { change: server.change });
  for (const [address, registry] of Object.entries({ "8.8.8.8": "ARIN", "193.0.6.139": "RIPE NCC", "1.1.1.1": "APNIC", "200.57.141.161": "LACNIC", "196.11.240.215": "AFRINIC" })) {
    await source(page, address);
    assert.match(await fact(page, "registry").innerText(), new RegExp(`^${registry} \\(by IANA’s table of 20`), address);
  }
  await source(page, "10.1.2.3");
  assert.match(await fact(page, "special").innerText(), /^Private addresses 10\.0\.0\.0\/8, RFC1918/);
  assert.equal(await fact(page, "registry").count(), 0);
  assert.equal(await page.getByRole("button", { name: "Look it up" }).count(), 0, "nobody knows more of it");
  // It is grouped and filtered by.
  await visit(page, "v1&group=registry");
  assert.deepEqual((await rows(page, ".groups table[role=grid]")).map((row) => [row.Registry, row.Messages]), [["ARIN", "70"], ["RIPE NCC", "60"], ["APNIC", "50"], ["LACNIC", "40"], ["AFRINIC", "30"], ["not stated", "30"]]);
  await visit(page, "v1&only=special:private,documentation");
  await headline(page, 30);
  for (const hash of ["v1&show=sources", "v1&show=domains", "v1&group=ptr", "v1&show=compare", "v1&show=reports", "v1&show=files"]) await visit(page, hash);
  assert.deepEqual([server.asked, page.log], [[], []]);
});

test("a database that is dropped tells networks, countries and cities", { timeout: 90_000 }, async (t) => {
  const page = await opened(t, [from("203.0.113.5", "203.0.114.5", "203.0.115.5", "203.0.115.200", "2001:db8::5")], "v1&group=country");
  await drop(page, [database(KNOWN)]);
  await page.locator(".groups [role=grid]", { hasText: "Switzerland" }).waitFor();
  await calm(page);
  assert.deepEqual((await rows(page, ".groups table[role=grid]")).map((row) => [row.Country, row.Messages]), [["Switzerland", "50"], ["United States", "40"], ["Japan", "30"], ["not stated", "20"], ["Germany", "10"]]);
  assert.match(await page.locator(".world svg").getAttribute("aria-label"), /4 countries.*20 messages/);
  assert.deepEqual(await page.locator(".world [data-country]").evaluateAll((all) => all.map((own) => own.dataset.country).sort()), ["CH", "DE", "JP", "US"]);
  // Islands: the middle of the whole is the sea.
  await page.locator('.world [data-country="JP"]').dispatchEvent("click");
  await page.locator(".chip", { hasText: "Japan" }).waitFor();
  await headline(page, 30);
  await visit(page, "v1&group=network");
  assert.deepEqual((await rows(page, ".groups table[role=grid]")).map((row) => row.Network), ["AS64496 Example Mail Ltd", "AS64497 Other Example", "AS64498 Third <b>Example</b>", "not stated", "AS64499 Example Six"]);
  await source(page, "203.0.113.5");
  assert.equal(await fact(page, "city").innerText(), "Zürich");
  assert.match(await page.locator(".whois .databases").innerText(), /networks\.mmdb \(Test-City, .*2026\)\. Made for a test\./);
  // Of a file that is none it is said why; what was there stays.
  await give(page, [file("broken.mmdb", "none")]);
  await page.locator(".databases .problem", { hasText: "broken.mmdb is no database" }).first().waitFor();
  assert.equal(await fact(page, "city").innerText(), "Zürich");
  assert.deepEqual(page.log, []);
});

test("a database may come before any report, and is told of", { timeout: 90_000 }, async (t) => {
  const page = await open(t);
  await give(page, [database(KNOWN)]);
  await page.locator(".databases", { hasText: "networks.mmdb" }).waitFor();
  await give(page, [from("203.0.113.5")]);
  await settled(page, 1);
  await visit(page, "v1&only=country:ch");
  await headline(page, 10);
  assert.deepEqual(page.log, []);
});

test("a database beside the page is fetched only when a view needs it", { timeout: 90_000 }, async (t) => {
  const html = (name, headers) => {
    if (!["", "index.html"].includes(name)) return undefined;
    headers["x-test"] = "1";
    return undefined;
  };
  const fetched = [];
  const prepare = async (context) => {
    await context.route(/index\.html$|\/$/, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/<meta name="networks"[^>]*>/, "").replace("</head>", '<meta name="networks" content="networks.mmdb"></head>');
      await route.fulfill({ response, body });
    });
    await context.route(/networks\.mmdb/, (route) => {
      fetched.push(route.request().url());
      return route.fulfill({ body: database(KNOWN).buffer });
    });
  };
  const page = await opened(t, [from("203.0.113.5", "203.0.114.5")], "v1&show=reports", { change: html, prepare });
  assert.deepEqual(fetched, []);
  await visit(page, "v1&group=city");
  await page.locator(".groups [role=grid]", { hasText: "Springfield" }).waitFor();
  assert.equal(fetched.length, 1);
});

test("ten thousand addresses are told", { timeout: 90_000 }, async (t) => {
  const { report, networks } = many();
  const page = await opened(t, [report], "v1&group=network");
  await drop(page, [networks]);
  await page.locator(".databases", { hasText: networks.name }).first().waitFor();
  await page.locator(".groups [role=grid]", { hasText: "AS64496 Network 0" }).waitFor();
  await calm(page);
  const found = await rows(page, ".groups table[role=grid]");
  assert.equal(found[0].Network, "AS64496 Network 0", "the addresses that come first have the most messages");
  assert.ok(found.every((row) => /^AS64\d{3} Network \d+$/.test(row.Network)), JSON.stringify(found));
  assert.deepEqual(page.log, []);
});

test("look-ups ask exactly the promised hosts for exactly the shown addresses, once a person agrees", { timeout: 90_000 }, async (t) => {
  const server = await lookups(t);
  const page = await opened(t, [from("8.8.8.8", "8.8.8.9", "193.0.6.139", "10.0.0.1")], undefined, { change: server.change });
  const panel = await source(page, "8.8.8.8");
  let dialog = await agreed(page);
  assert.deepEqual(await dialog.locator(".consent-hosts li").evaluateAll((all) => all.map((own) => own.dataset.host)), [server.host]);
  assert.match(await dialog.locator(".consent-hosts").innerText(), /8\.8\.8\.8/);
  await dialog.getByRole("button", { name: "Not now" }).click();
  assert.deepEqual(server.asked, [], "nothing before the word");
  dialog = await agreed(page);
  await dialog.getByRole("button", { name: "Turn on and look up" }).click();
  await fact(page, "holder").waitFor();
  await fact(page, "name").waitFor();
  await done(page);
  assert.deepEqual(questions(server).sort(), ["A mail.search.example", "PTR 8.8.8.8.in-addr.arpa", "ip 8.8.8.8"]);
  for (const [, , headers] of server.asked) assert.deepEqual([headers.cookie, headers.referer], [undefined, undefined]);
  for (const [name, pattern] of Object.entries({
    holder: /^Example Search LLC$/, abuse: /^network-abuse@search\.example Abuse, \+1-650-555-0100$/, "net-name": /^GOGL$/, range: /^8\.8\.8\.0 – 8\.8\.8\.255 \(8\.8\.8\.0\/24\)$/,
    handle: /^NET-8-8-8-0-2$/, "held-in": /^United States \(US\)$/, registered: /^2014-03-14$/, changed: /^2023-12-28$/, status: /^active$/, parent: /^NET-8-0-0-0-1$/,
    name: /^mail\.search\.example \(confirmed/, asked: new RegExp(`^${server.origin}.*UTC$`),
  })) assert.match(await fact(page, name).innerText(), pattern, name);
  await panel.locator("summary").click();
  assert.match(await panel.locator("pre").textContent(), /"NET-8-8-8-0-2"/);
  // The answer is of its whole range: another address in it is known without a question.
  await source(page, "8.8.8.9");
  assert.equal(await fact(page, "holder").innerText(), "Example Search LLC");
  await visit(page, "v1&group=holder");
  assert.deepEqual((await rows(page, ".groups table[role=grid]")).map((row) => [row.Holder, row.Messages]), [["Example Search LLC", "70"], ["not stated", "30"]]);
  await visit(page, "v1&group=abuse");
  assert.equal((await rows(page, ".groups table[role=grid]"))[0]["Abuse contact"], "network-abuse@search.example");
  // Now that look-ups are on a press is enough; one that is off again asks nothing.
  await source(page, "193.0.6.139");
  await page.getByRole("button", { name: "Look it up", exact: true }).click();
  await fact(page, "holder").waitFor();
  assert.match(await fact(page, "name").innerText(), /^anything\.example \(unconfirmed/);
  assert.match(await fact(page, "abuse").innerText(), /^abuse@ncc\.example/, "the one for abuse comes first");
  await visit(page, "v1&show=sources");
  await page.locator(".whois-batch summary").click();
  await page.getByRole("button", { name: "Turn off" }).click();
  await page.locator(".whois-batch", { hasText: "Look-ups are off" }).waitFor();
  const before = server.asked.length;
  await page.getByRole("button", { name: "Look them up" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(server.asked.length, before);
  assert.deepEqual(page.log.filter((line) => !line.startsWith(`request: ${server.origin}/`)), []);
});

test("every registry's shape is read in the page too", { timeout: 90_000 }, async (t) => {
  const server = await lookups(t);
  const page = await opened(t, [from(...Object.values(ADDRESSES))], "v1&show=sources", { change: server.change });
  await page.locator(".whois-batch summary").click();
  const dialog = await agreed(page, "Look them up");
  await dialog.locator("#consent-resolver").selectOption("");
  await dialog.getByRole("button", { name: "Turn on and look up" }).click();
  await page.locator(".batch-progress", { hasText: "5 of 5 questions done" }).waitFor();
  assert.deepEqual(questions(server).sort(), Object.values(ADDRESSES).map((address) => `ip ${address}`).sort(), "no names are asked for");
  await visit(page, "v1&group=holder");
  assert.deepEqual((await rows(page, ".groups table[role=grid]")).map((row) => row.Holder), ["Example Search LLC", "Example Coordination Centre", "Example Research Pty", "Ejemplo, S.A. de C.V.", "Example Business ISP"]);
  await visit(page, "v1&group=country");
  assert.deepEqual((await rows(page, ".groups table[role=grid]")).map((row) => row.Country), ["United States", "Netherlands", "Australia", "Mexico", "South Africa"]);
});

test("refusals are told apart, and hostile answers stay text", { timeout: 90_000 }, async (t) => {
  const cors = { "access-control-allow-origin": "*" };
  const found = { startAddress: "9.0.0.0", endAddress: "9.255.255.255", objectClassName: "ip network" };
  const ways = {
    "9.0.0.1": { status: 404, body: "" }, "9.0.0.2": { status: 500, body: "" }, "9.0.0.3": { body: "{ not json" },
    "9.0.0.4": { headers: {}, body: "{}" }, "9.0.0.5": { body: `{"x":"${"y".repeat(2 << 20)}"}` },
    "9.0.0.6": { status: 302, headers: { ...cors, location: "http://localhost:9/ip/9.0.0.6" }, body: "" },
    "9.0.0.7": { ...found, startAddress: "10.0.0.0" }, "9.0.0.8": { status: 302, headers: { ...cors, location: "/elsewhere/ip/9.0.0.88" }, body: "" },
  };
  const server = await lookups(t, (kind, question) => {
    if (kind !== "ip") return { Status: 3 };
    if (question === "9.0.0.88") {
      return { ...found, startAddress: "9.0.0.8", endAddress: "9.0.0.8", name: "<img src=x onerror=alert(1)>", remarks: [{ title: "<script>", description: ["javascript:alert(1)\u202e"] }],
        links: [{ rel: "self", href: "javascript:alert(1)" }], entities: [{ roles: ["registrant"], vcardArray: ["vcard", [["fn", {}, "text", "<b>Holder</b>"]]] }] };
    }
    return ways[question];
  });
  const page = await opened(t, [from(...Object.keys(ways))], undefined, { change: server.change });
  const expected = { "9.0.0.1": "not-found", "9.0.0.2": "status", "9.0.0.3": "malformed", "9.0.0.4": "unreachable", "9.0.0.5": "too-long", "9.0.0.6": "policy", "9.0.0.7": "malformed" };
  let first = true;
  for (const [address, word] of Object.entries(expected)) {
    await source(page, address);
    if (first) await (await agreed(page)).getByRole("button", { name: "Turn on and look up" }).click();
    else await page.getByRole("button", { name: "Look it up", exact: true }).click();
    first = false;
    await page.locator(`.whois-refused [data-refusal="${word}"]`).waitFor().catch(() => assert.fail(`${address}: no ${word}`));
    await done(page);
  }
  await source(page, "9.0.0.8");
  await page.getByRole("button", { name: "Look it up", exact: true }).click();
  await fact(page, "holder").waitFor();
  assert.equal(await fact(page, "holder").innerText(), "<b>Holder</b>");
  assert.equal(await fact(page, "net-name").innerText(), "<img src=x onerror=alert(1)>");
  assert.deepEqual(await page.locator(".whois a").evaluateAll((all) => all.map((own) => own.protocol).filter((own) => !["http:", "https:"].includes(own))), []);
  assert.deepEqual(page.log.filter((line) => line.startsWith("dialog") || line.startsWith("error")), []);
});

test("many are looked up one after the other: with a pause, an end, and rest for who asks for it", { timeout: 90_000 }, async (t) => {
  let busy = true;
  const server = await lookups(t, async (kind, question) => {
    if (kind !== "ip") return { Status: 3 };
    if (question === "1.1.1.1" && busy) return { status: 429, headers: { "access-control-allow-origin": "*", "retry-after": "1" }, body: "" };
    await new Promise((done) => setTimeout(done, 150));
    return { startAddress: question, endAddress: question, objectClassName: "ip network", name: `N-${question}` };
  });
  const ips = Array.from({ length: 20 }, (_, place) => `9.0.${place}.1`);
  const page = await opened(t, [from("1.1.1.1", ...ips)], "v1&show=sources", { change: server.change });
  await page.locator(".whois-batch summary").click();
  await page.locator("#batch-count").selectOption("25");
  const dialog = await agreed(page, "Look them up");
  await dialog.locator("#consent-resolver").selectOption("");
  await dialog.getByRole("button", { name: "Turn on and look up" }).click();
  const progress = page.locator(".batch-progress");
  await progress.getByRole("button", { name: "Pause" }).click();
  const paused = await rest(server);
  assert.ok(paused < 21, `nothing is asked in a pause: ${paused}`);
  await progress.getByRole("button", { name: "Go on" }).click();
  await page.waitForFunction((paused) => Number(document.querySelector("#batch-bar").value) > paused, paused);
  assert.equal(questions(server).filter((question) => question === "ip 1.1.1.1").length, 1, "it is left in peace");
  await progress.getByRole("button", { name: "Cancel" }).click();
  await progress.getByRole("button", { name: "Cancel" }).waitFor({ state: "detached" });
  const ended = await rest(server);
  assert.ok(ended < 21, `nothing is asked after the end: ${ended}`);
  busy = false;
  // What was found can be saved and forgotten.
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save what was looked up" }).click()]);
  const { holdings } = JSON.parse(await (await import("node:fs/promises")).readFile(await saved.path(), "utf8"));
  assert.ok(holdings.length >= 1 && holdings.every(({ name }) => name.startsWith("N-9.0.")), `${holdings.length}`);
  await page.getByRole("button", { name: "Forget what was looked up" }).click();
  await source(page, holdings[0].first);
  assert.equal(await fact(page, "net-name").count(), 0);
});

test("the facts of a source are copied for its abuse contact", { timeout: 90_000 }, async (t) => {
  const page = await opened(t, [from("8.8.8.8")], undefined, { as: { permissions: ["clipboard-read", "clipboard-write"] } });
  await source(page, "8.8.8.8");
  await page.getByRole("button", { name: "Copy the facts" }).click();
  await page.locator(".whois .copy", { hasText: "Copied" }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^Address: 8\.8\.8\.8\n/);
  assert.match(text, /\nMessages: 10\n/);
  assert.match(text, /\nDays[^\n]*2026/);
  assert.match(text, /\nFrom domains: .*example/);
});
