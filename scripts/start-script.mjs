// Runs after Trunk's build, before dist/ is written: adds start.js, which starts the page's program, and refers to it.
//
// Trunk would write that script into index.html. A page whose policy forbids inline scripts needs it in a file.
// A release is made smaller here too: Trunk's own means for that do not understand the glue scripts. scripts/setup installs what
// that takes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { page as singleFile } from "./single-file.mjs";

const folder = process.env.TRUNK_STAGING_DIR;
const find = (pattern) => {
  const name = readdirSync(folder).find((name) => pattern.test(name));
  if (!name) throw new Error(`${folder} has no file like ${pattern}`);
  return name;
};
const [program, program_wasm] = [find(/^page(-[0-9a-f]+)?\.js$/), find(/^page(-[0-9a-f]+)?_bg\.wasm$/)];

// Both programs are Yew's, which marks elements and events by these names to find out whose they are. Each needs names of its
// own: the page would take what is clicked in the screens for something of its own otherwise.
const marks = join(folder, "screens.js");
const marked = readFileSync(marks, "utf8");
if (!marked.includes("__yew_")) throw new Error(`${marks} is not written as expected: it marks no elements`);
writeFileSync(marks, marked.replaceAll("__yew_", "__yew_screens_"));

// One sheet for the screens, which are loaded later than the page.
const sheets = join(import.meta.dirname, "..", "styles", "screens");
const sheet = readdirSync(sheets).sort().map((name) => readFileSync(join(sheets, name), "utf8")).join("");
writeFileSync(join(folder, "screens.css"), sheet);

if (process.env.TRUNK_PROFILE === "release") {
  const { minify } = createRequire(join(import.meta.dirname, "tools", "package.json"))("terser");
  const programs = [[program, program_wasm, true, "-Oz"], ["screens.js", "screens_bg.wasm", true, "-Oz"], ["worker.js", "worker_bg.wasm", false, "-Oz"], ["worker-fast.js", "worker-fast_bg.wasm", false, "-O3"], ["export.js", "export_bg.wasm", false, "-O3"], ["networks.js", "networks_bg.wasm", false, "-Oz"]];
  for (const [glue, wasm, module, level] of programs) {
    const source = shortened(join(folder, glue), join(folder, wasm), level);
    // The workers' one global, `wasm_bindgen`, keeps its name: what follows it in the blob calls it.
    const { code } = await minify(source, { module, toplevel: module, ecma: 2020, compress: { passes: 3 } });
    writeFileSync(join(folder, glue), code);
  }
  for (const name of readdirSync(folder).filter((name) => /\.(css|html|svg)$/.test(name))) {
    writeFileSync(join(folder, name), bare(name, readFileSync(join(folder, name), "utf8")));
  }
}

// Leaves out what only people, or Trunk, read of a style sheet or a page.
function bare(name, text) {
  const short = text.replace(/\/\*[^]*?\*\/|<!--[^]*?-->|<link data-trunk[^>]*>/g, "").replace(/\s+/g, " ");
  return name.endsWith(".css") ? short.replace(/ ?([{};>]) /g, "$1").replace(/;}/g, "}") : short.replace(/> </g, "><");
}

// Gives what program and glue share short names, in both: they carry hashes, which do not compress. Gives the glue.
function shortened(glue, wasm, level) {
  const features = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
  const options = [...features.map((name) => `--enable-${name}`), "--gufa", "--minify-imports-and-exports-and-modules", level];
  const { imports, exports } = JSON.parse(execFileSync("wasm-opt", [...options, wasm, "-o", wasm], { encoding: "utf8" }));
  const [used, offered] = [imports, exports.map((pair) => [null, ...pair])].map((all) => new Map(all.map(([, name, short]) => [name, short])));
  const seen = new Set();
  const source = readFileSync(glue, "utf8")
    .replace(/\bwasm\.(\w+)/g, (_, name) => `wasm.${offered.get(name)}`)
    .replace(/"\.\/[\w-]+_bg\.js":/, "a:")
    // What the program no longer asks for keeps its name.
    .replace(/^(\s+)(__wb\w+):/gm, (_, blank, name) => seen.add(name) && `${blank}${used.get(name) ?? name}:`);
  const lost = [...used.keys()].filter((name) => !seen.has(name));
  if (lost.length || /wasm\.undefined/.test(source)) throw new Error(`${glue} is not written as expected: ${lost.join(", ")}`);
  return source;
}

const script = `import init from "./${program}";\ninit({ module_or_path: new URL("./${program_wasm}", import.meta.url) });\n`;
const name = `start-${createHash("sha256").update(script).digest("hex").slice(0, 16)}.js`;
writeFileSync(join(folder, name), script);
// The page asks for the screens by the name of its build, as it does for its worker; what they need is of the same build too.
const screens = `const { search } = new URL(import.meta.url);
const link = document.createElement("link");
link.rel = "stylesheet";
link.href = "./screens.css" + search;
const styled = new Promise((resolve) => { link.onload = link.onerror = resolve; });
document.head.append(link);
const [{ default: init }] = await Promise.all([import("./screens.js" + search), styled]);
init({ module_or_path: new URL("./screens_bg.wasm" + search, import.meta.url) });
`;
writeFileSync(join(folder, "screens-start.js"), screens);

// The whole viewer as one file, which the page fills with what it saves.
writeFileSync(join(folder, "single.html"), singleFile(folder, program, program_wasm));

const page = join(folder, "index.html");
const links = `<link rel="modulepreload" href="./${name}"><link rel="modulepreload" href="./${program}"><link rel="preload" href="./${program_wasm}" as="fetch" type="application/wasm" crossorigin><script type="module" src="./${name}"></script>`;
let html = readFileSync(page, "utf8");
if (!html.includes("</head>")) throw new Error("index.html has no </head> to put the start script before");

// A database of networks, where scripts/networks made one, lies beside the page, which is told of it.
const networks = join(import.meta.dirname, "..", "assets", "networks", "networks.mmdb");
const database = existsSync(networks) ? '<meta name="networks" content="networks.mmdb">' : "";
if (database) copyFileSync(networks, join(folder, "networks.mmdb"));

// Look-ups ask these services, once a person turns them on, and the policy lets them ask nobody else.
if (process.env.DMARCSCOPE_LOOKUPS !== "0") {
  const tables = ["registries", "resolvers", "referrals"].map((name) => readFileSync(join(networks, "..", `${name}.tsv`), "utf8"));
  const origins = new Set(tables.join("\n").match(/https:\/\/[^/\s]+/g));
  if (!html.includes("connect-src 'self'")) throw new Error("index.html has no connect-src 'self' to add the services to");
  html = html.replace("connect-src 'self'", ["connect-src 'self'", ...[...origins].sort()].join(" "));
}
writeFileSync(page, html.replace("</head>", `${database}${links}</head>`));
