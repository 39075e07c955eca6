// What is measured, and the sets for it: made by the generate example, kept until the generator changes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { board, domains, scattered, scroll, told, wide } from "./screens.mjs";
import { mailbox, single } from "./streams.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
const SETS = join(process.env.DMARCSCOPE_TOOLS ?? join(CACHE, "dmarcscope"), "bench");

const MILLION = { reports: 10_000, records: 1_000_000, seed: 1 };

const SMALL = { reports: 10_000, records: 10_000, seed: 3, separate: true };
/** Memory of the reader in bytes, and seconds until a cancel has its effect, at the most. */
const STREAM = { reader: 64e6, cancel: 1 };

/**
 * The cases of scripts/bench; `ready` and `first` are the seconds that are wanted at the most. Files are given once all of the page
 * is loaded, as people take longer than that; `early`: as soon as it takes any. `clicks`: what is asked of the set once it is read.
 * `made` are files made on the spot, of which `measure` finds figures.
 */
export const CASES = {
  a: { title: "one zip: 10,000 reports, 1,000,000 records", ...MILLION, ready: 20, first: 2 },
  early: { title: "the same, before the page has loaded all of itself", ...MILLION, ready: 20, first: 2, early: true },
  clicks: { title: "clicks among 1,000,000 records, until every figure and chart has followed", ...MILLION, clicks: true },
  b: { title: "one zip: 200,000 reports of one record", reports: 200_000, records: 200_000, seed: 2, ready: 60, ...STREAM },
  c: { title: "10,000 files: reports of one record", ...SMALL },
  scroll: { title: "a table of 20,000 sources is scrolled", made: wide, measure: scroll },
  domains: { title: "the board of 400 domains", made: domains, measure: board },
  addresses: { title: "a database for 10,000 addresses", made: scattered, measure: told },
  mbox: { title: "one mailbox of 2 GiB: 10,000 reports among other mail", stream: "mbox", ...STREAM },
  xml: { title: "one report of 500 MB", stream: "xml", ...STREAM },
};

const GENERATOR = join(ROOT, "examples/generate");
const sources = readdirSync(GENERATOR).filter((name) => name.endsWith(".rs")).sort();
const version = sources.reduce((hash, name) => hash.update(name).update(readFileSync(join(GENERATOR, name))), createHash("sha256")).digest("hex").slice(0, 12);

const cargo = (...args) => execFileSync("cargo", [args[0], "--release", "--locked", "--quiet", "--no-default-features", "--example", "generate", ...args.slice(1)], { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/** The files of a case and their totals; `end` is for when they are not needed any more. */
export async function filesOf(wanted) {
  const set = wanted.stream ? null : generated(wanted);
  if (set) return { ...set, end: () => {} };
  mkdirSync(SETS, { recursive: true });
  const path = join(SETS, `stream.${wanted.stream}`);
  const end = () => rmSync(path, { force: true });
  if (wanted.stream === "xml") return { files: [path], totals: await single(path, 477), end };
  const { files, totals } = generated(SMALL);
  await mailbox(path, 2048, files);
  return { files: [path], totals, end };
}

/** What the generator makes, and the totals that it states. */
function generated({ reports, records, seed, separate }) {
  const path = join(SETS, `${reports}-${records}-${seed}-${version}${separate ? "" : ".zip"}`);
  const stated = `${path}.json`;
  if (!existsSync(stated)) {
    mkdirSync(SETS, { recursive: true });
    // Sets of an older generator are of no use any more.
    for (const name of readdirSync(SETS)) if (!name.includes(version)) rmSync(join(SETS, name), { recursive: true });
    const making = `${path}.making`;
    rmSync(making, { recursive: true, force: true });
    const totals = cargo("run", "--", "--reports", `${reports}`, "--records", `${records}`, "--seed", `${seed}`, separate ? "--dir" : "--zip", making);
    rmSync(path, { recursive: true, force: true });
    renameSync(making, path);
    writeFileSync(stated, totals);
  }
  const files = separate ? readdirSync(path).map((name) => join(path, name)) : [path];
  return { files, totals: JSON.parse(readFileSync(stated, "utf8")) };
}
