// The same files read natively: the example "figures" over the very code of the page's reader and store.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PROGRAM = join(process.env.CARGO_TARGET_DIR || join(ROOT, "target"), "debug/examples/figures");

/** What the example prints for these files (`{ name, buffer }`) and arguments before their paths. */
function run(files, words) {
  const folder = mkdtempSync(join(tmpdir(), "dmarcscope-"));
  try {
    // In folders of their own: several may have one name.
    const paths = files.map(({ name, buffer }, place) => {
      mkdirSync(join(folder, String(place)));
      const path = join(folder, String(place), name);
      writeFileSync(path, buffer);
      return path;
    });
    return JSON.parse(execFileSync(PROGRAM, [...words, ...paths], { maxBuffer: 1 << 28 }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the engine tells of these files for a filter: see examples/figures.rs. */
export const told = (files, filter = "") => run(files, [filter]);

/** The groups by one dimension or two, with how many values of others each has. */
export const grouped = (files, filter, by, within = []) => run(files, ["--by", by.join(), ...(within.length ? ["--within", within.join()] : []), filter]);

/** The groups by a dimension of the records of two filters, side by side. */
export const compared = (files, filter, against, by) => run(files, ["--by", by, "--against", against, filter]);
