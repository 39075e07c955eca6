// The recipes for hosts do what they say: each is run as it stands, but for its port and folders.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { chmod, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

import { open, settled, shows, useChromium } from "./support/chromium.mjs";
import { folder, gzFile } from "./support/files.mjs";
import { figures, reports } from "./support/reports.mjs";
import { DIST, built } from "./support/site.mjs";

useChromium();

const recipe = (name) => readFile(fileURLToPath(new URL(`../../assets/hosting/${name}`, import.meta.url)), "utf8");
const policy = (html) => /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)[1];

function program(...names) {
  for (const name of names) {
    try {
      return execFileSync("sh", ["-c", `PATH=$PATH:/usr/sbin command -v ${name}`], { encoding: "utf8" }).trim();
    } catch { /* the next one */ }
  }
  return undefined;
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** What a host answers, unpacked or not. */
function get(url, headers = {}) {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers }));
    }).on("error", reject).end();
  });
}

/** Starts a host for the test and waits until it answers. */
async function host(t, command, args, url) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  child.stderr.on("data", (data) => { told += data; });
  t.after(() => child.kill());
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await get(url).catch(() => undefined);
    if (answer) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${command} does not answer: ${told}`);
}

/** The built page with reports beside it, as somebody would copy it to a host. */
async function copied(t, all) {
  const root = await folder(t, []);
  await cp(DIST, join(root, "site"), { recursive: true });
  await mkdir(join(root, "site", "reports"));
  for (const [place, report] of all.entries()) await writeFile(join(root, "site", "reports", `${place}.xml.gz`), gzFile(report).buffer);
  await writeFile(join(root, "site", "reports", "index.txt"), all.map((_, place) => `${place}.xml.gz\n`).join(""));
  return root;
}

/** Types, compression, the policy, and the page itself on the reports beside it. */
async function holds(t, url, all) {
  const packed = { "accept-encoding": "gzip" };
  const wasm = await get(`${url}${built(/^page.*_bg\.wasm$/).name}`, packed);
  assert.deepEqual([wasm.headers["content-type"], wasm.headers["content-encoding"]], ["application/wasm", "gzip"]);
  const script = await get(`${url}worker.js`, packed);
  assert.match(script.headers["content-type"], /^text\/javascript/);
  assert.equal(script.headers["content-encoding"], "gzip");
  const page = await get(url);
  assert.ok(page.headers["content-security-policy"].startsWith(`${policy(await readFile(join(DIST, "index.html"), "utf8"))}; frame-ancestors`));
  assert.equal(page.headers["cache-control"], "no-cache");
  const report = await get(`${url}reports/0.xml.gz`, packed);
  assert.equal(report.headers["content-encoding"], undefined);
  assert.equal((await get(`${url}nothing.txt`)).status, 404);
  const opened = await open(t, { address: url });
  await settled(opened, all.length);
  await shows(opened, figures(all));
  assert.deepEqual(opened.log, []);
}

test("the recipe for nginx", { skip: !program("nginx") && "nginx is not installed" }, async (t) => {
  const all = reports(3);
  const [root, port] = [await copied(t, all), await freePort()];
  const server = (await recipe("nginx.conf")).replace("listen 80;", `listen 127.0.0.1:${port};`).replace("/srv/dmarcscope;", `${join(root, "site")};`);
  const temps = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${root}/${name};`).join(" ");
  await writeFile(join(root, "nginx.conf"), `daemon off; pid ${root}/pid; error_log stderr; ${process.getuid() ? "" : "user root;"}\nevents {}\nhttp { access_log off; ${temps}\n${server} }\n`);
  const url = `http://127.0.0.1:${port}/`;
  await host(t, program("nginx"), ["-c", join(root, "nginx.conf"), "-e", "stderr"], url);
  await holds(t, url, all);
  await writeFile(join(root, "site", "reports", "index.txt"), "");
  await execFileSync("rm", [join(root, "site", "reports", "index.txt")]);
  assert.equal((await get(`${url}reports/index.txt`)).status, 204);
});

test("the recipe for Apache, below a path", { skip: !program("apache2", "httpd") && "Apache is not installed" }, async (t) => {
  const all = reports(3);
  const [root, port] = [await copied(t, all), await freePort()];
  await writeFile(join(root, "site", ".htaccess"), await recipe("apache.htaccess"));
  await mkdir(join(root, "empty"));
  await chmod(root, 0o755);
  const modules = ["mpm_event", "authz_core", "authz_host", "dir", "mime", "headers", "filter", "deflate", "rewrite", "alias"];
  const folderOf = ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules"].find((path) => execFileSync("sh", ["-c", `[ -d ${path} ] && echo yes || true`], { encoding: "utf8" }).trim());
  const lines = modules.map((name) => `<IfModule !${name}_module>\nLoadModule ${name}_module ${folderOf}/mod_${name}.so\n</IfModule>`);
  await writeFile(join(root, "httpd.conf"), `${lines.join("\n")}
${process.getuid() ? "" : "User www-data\nGroup www-data"}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${root}/pid
DefaultRuntimeDir ${root}
ErrorLog ${root}/error.log
<IfFile !/etc/mime.types>
TypesConfig /dev/null
</IfFile>
<IfFile /etc/mime.types>
TypesConfig /etc/mime.types
</IfFile>
DocumentRoot ${root}/empty
Alias /some/path ${root}/site
<Directory ${root}/site>
AllowOverride All
Require all granted
</Directory>
`);
  const url = `http://127.0.0.1:${port}/some/path/`;
  await host(t, program("apache2", "httpd"), ["-X", "-f", join(root, "httpd.conf")], url);
  await holds(t, url, all);
  execFileSync("rm", [join(root, "site", "reports", "index.txt")]);
  assert.equal((await get(`${url}reports/index.txt`)).status, 204);
});

test("every recipe has the page's own policy", async () => {
  // The built page's: its build adds the services that look-ups ask.
  const own = policy(await readFile(join(DIST, "index.html"), "utf8"));
  for (const name of ["nginx.conf", "apache.htaccess", "web.config"]) assert.ok((await recipe(name)).includes(`"${own}; frame-ancestors`), name);
});
