// Files as they come by mail: plain, gzip, zip. `{ name, mimeType, buffer }` is what Playwright's file inputs take.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 as ready, deflateRawSync, gzipSync } from "node:zlib";

import { xml } from "./reports.mjs";

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit += 1) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

// node:zlib has it from version 20.15 on.
const crc32 = ready ?? ((bytes) => ~bytes.reduce((sum, byte) => (sum >>> 8) ^ TABLE[(sum ^ byte) & 255], -1) >>> 0);

export const file = (name, content) => ({ name, mimeType: "", buffer: Buffer.from(content) });

const nameOf = (report) => `receiver.example!${report.domain}!${report.begin}!${report.end}!${report.number}.xml`;

export const xmlFile = (report, name = nameOf(report)) => file(name, xml(report));
export const gzFile = (report, name = `${nameOf(report)}.gz`) => file(name, gzipSync(xml(report)));

/** A report, so many MiB of blanks and another report, packed twice: a limit stops it between the two. */
export function layered(name, mebibytes, first, last) {
  const blanks = gzipSync(Buffer.alloc(2 ** 20, " "), { level: 9 });
  return file(name, gzipSync(Buffer.concat([gzipSync(xml(first)), ...Array(mebibytes).fill(blanks), gzipSync(xml(last))])));
}

/** A zip of entries `{ name, buffer }`: stored and deflated in turn, as far as an archive goes without extensions. */
export function zipFile(name, entries) {
  const [locals, directory] = [[], []];
  let at = 0;
  for (const [place, { name: entry, buffer }] of entries.entries()) {
    const title = Buffer.from(entry);
    const method = place % 2 ? 8 : 0;
    const packed = method ? deflateRawSync(buffer) : buffer;
    // Everything that a local header and the directory have in common: version to time, sizes, length of the name.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2); // the name is UTF-8
    common.writeUInt16LE(method, 4);
    common.writeUInt16LE(0x5d21, 8); // 2026-09-01
    common.writeUInt32LE(crc32(buffer), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(buffer.length, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), common, tail, title);
    locals.push(local);
    at += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(at, 16);
  return file(name, Buffer.concat([...locals, listing, end]));
}

/** A folder of the disk for one test, with these files in it; gone when the test is over. */
export async function folder(t, files) {
  const path = await mkdtemp(join(tmpdir(), "dmarcscope-"));
  t.after(() => rm(path, { recursive: true, force: true }));
  await Promise.all(files.map(({ name, buffer }) => writeFile(join(path, name), buffer)));
  return path;
}
