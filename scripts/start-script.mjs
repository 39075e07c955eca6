// Runs after Trunk's build, before dist/ is written: adds start.js, which starts the page's program, and refers to it.
//
// Trunk would write that script into index.html. A page whose policy forbids inline scripts needs it in a file.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.TRUNK_STAGING_DIR;
const program = readdirSync(folder).find((name) => /^page-[0-9a-f]+\.js$/.test(name)) ?? "page.js";
const wasm = program.replace(/\.js$/, "_bg.wasm");

const script = `import init from "./${program}";\ninit({ module_or_path: new URL("./${wasm}", import.meta.url) });\n`;
const name = `start-${createHash("sha256").update(script).digest("hex").slice(0, 16)}.js`;
writeFileSync(join(folder, name), script);

const page = join(folder, "index.html");
const links = `<link rel="modulepreload" href="./${name}"><link rel="modulepreload" href="./${program}"><link rel="preload" href="./${wasm}" as="fetch" type="application/wasm" crossorigin><script type="module" src="./${name}"></script>`;
const html = readFileSync(page, "utf8");
if (!html.includes("</head>")) throw new Error("index.html has no </head> to put the start script before");
writeFileSync(page, html.replace("</head>", `${links}</head>`));
