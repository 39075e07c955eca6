// Runs after Trunk's build, before dist/ is written: adds start.js, which starts the page's program, and refers to it.
//
// Trunk would write that script into index.html. A page whose policy forbids inline scripts needs it in a file.
// A release's glue scripts are made smaller here too: Trunk's own means for that do not understand them.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = process.env.TRUNK_STAGING_DIR;
const find = (pattern) => {
  const name = readdirSync(folder).find((name) => pattern.test(name));
  if (!name) throw new Error(`${folder} has no file like ${pattern}`);
  return name;
};
const [program, wasm] = [find(/^page(-[0-9a-f]+)?\.js$/), find(/^page(-[0-9a-f]+)?_bg\.wasm$/)];

if (process.env.TRUNK_PROFILE === "release") {
  let terser;
  try {
    terser = createRequire(join(import.meta.dirname, "tools", "package.json"))("terser");
  } catch {
    console.warn("scripts/setup has not run: the glue scripts stay as they are");
  }
  for (const [name, module] of terser ? [[program, true], ["worker.js", false]] : []) {
    // The worker's one global, `wasm_bindgen`, keeps its name: what follows it in the blob calls it.
    const { code } = await terser.minify(readFileSync(join(folder, name), "utf8"), { module, toplevel: module, ecma: 2020 });
    writeFileSync(join(folder, name), code);
  }
}

const script = `import init from "./${program}";\ninit({ module_or_path: new URL("./${wasm}", import.meta.url) });\n`;
const name = `start-${createHash("sha256").update(script).digest("hex").slice(0, 16)}.js`;
writeFileSync(join(folder, name), script);

const page = join(folder, "index.html");
const links = `<link rel="modulepreload" href="./${name}"><link rel="modulepreload" href="./${program}"><link rel="preload" href="./${wasm}" as="fetch" type="application/wasm" crossorigin><script type="module" src="./${name}"></script>`;
const html = readFileSync(page, "utf8");
if (!html.includes("</head>")) throw new Error("index.html has no </head> to put the start script before");
writeFileSync(page, html.replace("</head>", `${links}</head>`));
