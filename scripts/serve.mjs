// Serves a folder on this machine only, as a plain static host would: node scripts/serve.mjs FOLDER PORT [/SUB/PATH [REPORTS]]
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm", ".png": "image/png",
};

/**
 * A server of `folder` under `base` ("" or "/some/path"). `change(name, headers)` may give other bytes for a file; `beside` is a
 * folder that lies there as `reports/`.
 */
export function server(folder, base = "", change = () => undefined, beside = undefined) {
  return createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    if (request.method !== "GET" && request.method !== "HEAD") return response.writeHead(405).end();
    if (base && path === base) return response.writeHead(301, { location: `${base}/` }).end();
    const name = normalize(path.startsWith(`${base}/`) ? path.slice(base.length) : "\0");
    const reports = normalize("/reports/");
    const file = beside && name.startsWith(reports)
      ? join(beside, name.slice(reports.length))
      : join(folder, name.endsWith(sep) ? `${name}index.html` : name);
    const size = path.startsWith(`${base}/`) && statSync(file, { throwIfNoEntry: false });
    // Nothing lies beside the page: no browser needs to call that an error.
    if (!size && name === join(reports, "index.txt")) return response.writeHead(204).end();
    if (!size || !size.isFile()) return response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    const headers = { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "x-content-type-options": "nosniff", "cache-control": "no-cache" };
    const other = change(name.slice(1), headers);
    response.writeHead(200, { ...headers, "content-length": other ? Buffer.byteLength(other) : size.size });
    if (request.method === "HEAD") return response.end();
    if (other) return response.end(other);
    createReadStream(file).pipe(response);
  });
}

if (import.meta.main ?? process.argv[1]?.endsWith("serve.mjs")) {
  const [folder, port, base, beside] = process.argv.slice(2);
  const started = server(folder, base, undefined, beside);
  started.on("error", (error) => {
    console.error(error.code === "EADDRINUSE" ? `Port ${port} is taken: choose another with --port N.` : error.message);
    process.exit(1);
  });
  started.listen(Number(port), "127.0.0.1", () => console.log(`DMARCscope is at http://127.0.0.1:${port}${base ?? ""}/  (Ctrl+C ends it)`));
}
