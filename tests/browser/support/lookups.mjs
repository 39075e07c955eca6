// A server that answers look-ups as registries and resolvers do, well and badly, and a page that asks it instead of them.
//
// The page has no setting for that: the program that asks is served with other addresses in its tables, of the same length.
import { once } from "node:events";
import { createServer } from "node:http";

import { built } from "./site.mjs";

/** The services of the tables, by what stands in the program. */
const BASES = {
  afrinic: "https://rdap.afrinic.net/rdap/", apnic: "https://rdap.apnic.net/", arin: "https://rdap.arin.net/registry/",
  lacnic: "https://rdap.lacnic.net/rdap/", ripe: "https://rdap.db.ripe.net/", google: "https://dns.google/resolve",
  cloudflare: "https://cloudflare-dns.com/dns-query",
};

/** An address of each registry, and what its service tells: each in the form that is that registry's own. */
export const ADDRESSES = { arin: "8.8.8.8", ripe: "193.0.6.139", apnic: "1.1.1.1", lacnic: "200.57.141.161", afrinic: "196.11.240.215" };

const card = (...properties) => ["vcard", [["version", {}, "text", "4.0"], ...properties]];
const event = (eventAction, eventDate) => ({ eventAction, eventDate });

export const ANSWERS = {
  // Padded addresses, no country but in a label, the abuse contact inside the registrant.
  "8.8.8.8": {
    handle: "NET-8-8-8-0-2", name: "GOGL", startAddress: "008.008.008.000", endAddress: "008.008.008.255", parentHandle: "NET-8-0-0-0-1",
    objectClassName: "ip network", status: ["active"], events: [event("last changed", "2023-12-28T17:24:56-05:00"), event("registration", "2014-03-14T16:52:05-04:00")],
    entities: [{
      handle: "GOGL", roles: ["registrant"],
      vcardArray: card(["fn", {}, "text", "Example Search LLC"], ["adr", { label: "1 Example Way\nMountain View\nCA\n94043\nUnited States" }, "text", ["", "", "", "", "", "", ""]], ["kind", {}, "text", "org"]),
      entities: [{ handle: "ABUSE-1", roles: ["abuse"], vcardArray: card(["fn", {}, "text", "Abuse"], ["email", {}, "text", "network-abuse@search.example"], ["tel", { type: ["work"] }, "text", "+1-650-555-0100"]) }],
    }],
  },
  "193.0.6.139": {
    handle: "193.0.0.0 - 193.0.7.255", name: "EXAMPLE-NCC", startAddress: "193.0.0.0", endAddress: "193.0.7.255", type: "ASSIGNED PA", country: "NL",
    objectClassName: "ip network", cidr0_cidrs: [{ v4prefix: "193.0.0.0", length: 21 }], remarks: [{ description: ["Example Coordination Centre", "Amsterdam"] }],
    entities: [
      { handle: "ORG-1", roles: ["registrant"], vcardArray: card(["fn", {}, "text", "Example Coordination Centre"], ["kind", {}, "text", "org"]) },
      { handle: "OPS-1", roles: ["abuse"], vcardArray: card(["fn", {}, "text", "Ops"], ["email", {}, "text", "ops@ncc.example"], ["email", {}, "text", "abuse@ncc.example"]) },
    ],
    links: [{ rel: "self", href: "https://rdap.db.ripe.net/ip/193.0.6.139" }],
  },
  "1.1.1.1": {
    handle: "1.1.1.0 - 1.1.1.255", name: "APNIC-LABS", startAddress: "1.1.1.0", endAddress: "1.1.1.255", country: "AU", objectClassName: "ip network",
    remarks: [{ title: "description", description: ["Example Research Pty", "6 Example St"] }], entities: [{ handle: "IRT-1", roles: ["abuse"], vcardArray: card(["fn", {}, "text", "IRT"], ["email", {}, "text", "helpdesk@research.example"]) }],
  },
  "200.57.141.161": {
    startAddress: "200.57.141.160", endAddress: "200.57.141.191", country: "MX", objectClassName: "ip network",
    entities: [{ handle: "MX-1", roles: ["registrant"], vcardArray: card(["fn", {}, "text", "Ejemplo, S.A. de C.V."], ["kind", {}, "text", "org"]) }],
  },
  "196.11.240.215": {
    handle: "196.11.239.0 - 196.11.246.255", name: "ORG-EX-AFRINIC", startAddress: "196.11.239.0", endAddress: "196.11.246.255", country: "ZA", objectClassName: "ip network",
    remarks: [{ title: "Remark", description: ["please send abuse reports to abuse@business.example"] }],
    entities: [{ handle: "ORG-EX", vcardArray: card(["kind", {}, "text", "org"], ["fn", {}, "text", "Example Business ISP"]) }],
  },
};

/**
 * Starts a server. `answer(kind, question)` gives what is answered: an object becomes JSON; `{ status, headers, body }` as it is;
 * `undefined` what the shapes above say. `asked` lists what came, `[kind, question]` each.
 */
export async function lookups(t, answer = () => undefined) {
  const asked = [];
  const cors = { "access-control-allow-origin": "*" };
  const started = createServer(async (request, response) => {
    const url = new URL(request.url, "http://host");
    const isName = url.searchParams.has("name");
    const question = isName ? url.searchParams.get("name") : decodeURIComponent(url.pathname.split("/ip/")[1] ?? url.pathname);
    const kind = isName ? url.searchParams.get("type") : "ip";
    asked.push([kind, question, request.headers]);
    const made = (await answer(kind, question, url)) ?? ready(kind, question);
    if (made.hang) return;
    const { status = 200, headers = cors, body = JSON.stringify(made) } = "body" in made ? made : {};
    response.writeHead(status, { "content-type": "application/rdap+json", ...headers }).end(body);
  });
  do {
    started.listen(0, "127.0.0.1");
    await once(started, "listening");
    // The tables have room for five digits.
    if (started.address().port < 10_000) await new Promise((done) => started.close(done));
  } while (!started.listening);
  t.after(() => {
    started.closeAllConnections();
    started.close();
  });
  const origin = `http://127.0.0.1:${started.address().port}`;
  return { origin, host: origin.slice(7), asked, change: changed(origin) };
}

/** What is answered where a test wants nothing else: a name for some, which leads back for one. */
function ready(kind, question) {
  if (kind === "ip") return ANSWERS[question] ?? { status: 404, body: '{"errorCode":404}' };
  if (kind === "PTR" && question === "8.8.8.8.in-addr.arpa") return { Status: 0, Answer: [{ name: question, type: 12, data: "mail.search.example." }] };
  if (kind === "PTR" && question === "139.6.0.193.in-addr.arpa") return { Status: 0, Answer: [{ name: question, type: 12, data: "anything.example." }] };
  if (kind === "A" && question === "mail.search.example") return { Status: 0, Answer: [{ name: question, type: 1, data: "8.8.8.8" }] };
  if (kind === "A" && question === "anything.example") return { Status: 0, Answer: [{ name: question, type: 1, data: "192.0.2.1" }] };
  return { Status: 3 };
}

/** A `change` of the site by which the page asks `origin` and may ask nobody else. */
function changed(origin) {
  const program = Buffer.from(built(/^networks_bg\.wasm$/).bytes);
  for (const [name, base] of Object.entries(BASES)) {
    const at = program.indexOf(base);
    if (at < 0) throw new Error(`${base} is not in the program`);
    const isName = base.endsWith("/") ? "/" : "";
    const path = base.length === origin.length + 1 ? "" : `${name.padEnd(base.length, "-").slice(0, base.length - origin.length - 1 - isName.length)}${isName}`;
    program.write(`${origin}/${path}`, at, "latin1");
  }
  const html = String(built(/^index\.html$/).bytes).replace(/connect-src 'self'[^;]*/, `connect-src 'self' ${origin}`);
  return (name) => {
    if (name === "networks_bg.wasm") return program;
    return ["", "index.html"].includes(name) ? html : undefined;
  };
}
