// Servers for the tests: the built page, with other bytes for some of its files where a test wants that, and a stranger.
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { server } from "../../../scripts/serve.mjs";

/** The built page. */
export const DIST = process.env.DIST || fileURLToPath(new URL("../../../dist", import.meta.url));

/** A file of the build by the pattern of its name, most of which carry a digest. */
export function built(pattern) {
  const name = readdirSync(DIST).find((name) => pattern.test(name));
  if (!name) throw new Error(`no file like ${pattern} in ${DIST}: build the page first`);
  return { name, bytes: readFileSync(join(DIST, name)) };
}

async function listen(t, started) {
  started.listen(0, "127.0.0.1");
  await once(started, "listening");
  t.after(() => {
    started.closeAllConnections();
    started.close();
  });
  return `http://127.0.0.1:${started.address().port}`;
}

/**
 * Serves the page below a sub-path until the test is over. `change(name, headers)` may give other bytes for a file; `beside` is a
 * folder that lies there as `reports/`.
 */
export async function site(t, { base = "/some/path", change, beside } = {}) {
  return `${await listen(t, server(DIST, base, change, beside))}${base}/`;
}

/** A server of another origin that would let anybody in. `asked` lists what it was asked for. */
export async function stranger(t) {
  const asked = [];
  const started = createServer((request, response) => {
    asked.push(request.url);
    const type = request.url.endsWith(".js") ? "text/javascript" : "text/plain";
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": type }).end("self.imported = true;");
  });
  started.on("upgrade", (request, socket) => {
    asked.push(request.url);
    socket.destroy();
  });
  return { origin: await listen(t, started), asked };
}

/** A `change` that puts `script` before the glue of the worker program, of the fast one too. */
export function workerScript(script) {
  return (name) => (/^worker(-fast)?\.js$/.test(name) ? `${script}\n${readFileSync(join(DIST, name))}` : undefined);
}
