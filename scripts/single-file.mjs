// The whole viewer as one HTML file, which opens from anywhere, also from a disk: `page(folder, programs)` gives its text.
//
// What the page would fetch lies in it as parts, in base64: a `fetch` of the file's own answers with them, and nothing else is to be
// had. The policy allows its own scripts and styles by their digests, WebAssembly, and workers from blobs; no address at all.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const KINDS = { js: "text/javascript", wasm: "application/wasm", txt: "text/plain", tsv: "text/plain", zip: "application/zip" };

/** `program` and `program_wasm` are the names of the page's own glue and program in `folder`. */
export function page(folder, program, program_wasm) {
  const read = (name) => readFileSync(join(folder, name));
  const sheets = readdirSync(folder).filter((name) => /^(tokens|page).*\.css$/.test(name)).sort().reverse();
  const style = [...sheets, "screens.css"].map((name) => read(name)).join("\n");
  // Nothing is gained by a small worker where all comes at once: the one made for speed stands in its place too.
  const parts = ["worker-fast.js", "worker-fast_bg.wasm", "export.js", "export_bg.wasm", "screens_bg.wasm"];
  const data = readdirSync(folder).filter((name) => /\.(txt|tsv|zip)$/.test(name)).sort();
  const start = `${BOOT}
${module(String(read(program)), program, 'START({ module_or_path: answer("page_bg.wasm") });')}`;
  const later = 'globalThis.dmarcscopeScreens = () => START({ module_or_path: fetch("screens_bg.wasm") });';
  const screens = module(String(read("screens.js")), "screens.js", later);
  const digest = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = [
    "default-src 'none'", `script-src ${digest(start)} ${digest(screens)} 'wasm-unsafe-eval'`, `style-src ${digest(style)}`,
    "img-src data:", "worker-src blob:", "base-uri 'none'", "form-action 'none'",
  ].join("; ");
  const part = (name, as = name) => {
    const kind = KINDS[name.split(".").pop()];
    return `<script type="text/plain" data-part="${as}" data-kind="${kind}" data-packed>${gzipSync(read(name), { level: 9 }).toString("base64")}</script>`;
  };
  const icon = `data:image/svg+xml;base64,${read("icon.svg").toString("base64")}`;
  return `<!doctype html>
<html lang="en" data-phase="empty" data-view="@@VIEW@@">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>DMARCscope</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" type="image/svg+xml" href="${icon}">
<style>${style}</style>
<script type="module">${start}</script>
<script type="module">${screens}</script>
</head>
<body>
<div class="saved"><!--@@FIGURES@@--></div>
<noscript>DMARCscope shows its reports with a program that is in this file. Please open it in a browser, and allow scripts for it.</noscript>
${part(program_wasm, "page_bg.wasm")}
${[...parts, ...data].map((name) => part(name)).join("\n")}
<!--@@DATA@@-->
</body>
</html>
`;
}

// Runs before the page's program: keeps the parts, which that takes out of the document, and answers for them.
const BOOT = `const parts = new Map([...document.querySelectorAll("script[data-part]")].map((part) => [part.dataset.part, part]));
const answer = async (address) => {
  const part = parts.get(String(address).split("?")[0].replace(/^worker(?=[._])/, "worker-fast"));
  if (!part) return new Response(null, { status: 404 });
  const signs = atob(part.textContent);
  const bytes = new Uint8Array(signs.length);
  for (let at = 0; at < signs.length; at += 1) bytes[at] = signs.charCodeAt(at);
  let body = new Blob([bytes]).stream();
  if ("packed" in part.dataset) body = body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(body, { headers: { "content-type": part.dataset.kind ?? "application/octet-stream" } });
};
globalThis.fetch = answer;
const { view } = document.documentElement.dataset;
if (view && !location.hash) history.replaceState(null, "", "#" + view);`;

// A module's text with what is to be done behind it; START in that stands for its default export.
function module(text, name, after) {
  const exports = /export\s*\{([^}]*)\};?\s*$/.exec(text);
  const start = exports && /([\w$]+) as default/.exec(exports[1]);
  if (!start || /<\/script/i.test(text)) throw new Error(`${name} is not written as expected`);
  return `${text.slice(0, exports.index)}\n${after.replaceAll("START", start[1])}`;
}

// node scripts/single-file.mjs FOLDER: writes the file without any data, dmarcscope.html, beside the one that the page fills.
if (process.argv[1]?.endsWith("single-file.mjs")) {
  const folder = process.argv[2];
  const text = readFileSync(join(folder, "single.html"), "utf8");
  writeFileSync(join(folder, "dmarcscope.html"), text.replace("@@VIEW@@", "").replace("<!--@@FIGURES@@-->", "").replace("<!--@@DATA@@-->\n", ""));
}
