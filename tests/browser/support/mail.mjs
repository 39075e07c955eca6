// Reports as they come by mail: messages, mailboxes, Outlook's messages.
import { gzipSync } from "node:zlib";

import { file } from "./files.mjs";
import { xml } from "./reports.mjs";

const lines = (bytes) => bytes.toString("base64").replace(/.{76}/g, "$&\n");

/** A message with a text and an attachment. */
export function message(attachment, subject = "Report domain: example.org") {
  return [
    "Received: from a by b; Tue, 1 Sep 2026 00:00:00 +0000", "From: dmarc@receiver.example", `Subject: ${subject}`,
    'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="=_x"', "", "--=_x", "Content-Type: text/plain", "", "A report.", "",
    "--=_x", "Content-Type: application/octet-stream", "Content-Transfer-Encoding: base64", "", lines(attachment), "--=_x--", "",
  ].join("\n");
}

/** A message with a gzipped report. */
export const mailOf = (report) => message(gzipSync(xml(report)), `Report domain: ${report.domain} Report-ID: ${report.id}`);

export const note = (subject = "hello") => `From: a@b.example\nTo: c@d.example\nSubject: ${subject}\n\nNo report at all.\n`;

/** A mailbox in the mbox format. */
export const mailbox = (name, messages) =>
  file(name, messages.map((text) => `From a@b.example Tue Sep  1 00:00:00 2026\n${text.replace(/^(>*From )/gm, ">$1")}\n`).join(""));

const SECTOR = 512;
const [END, FREE, TABLE] = [0xfffffffe, 0xffffffff, 0xfffffffd];

/** An Outlook message with one attachment, of 4 to 60 kB: a compound file (MS-CFB) with nothing in its mini stream. */
export function msgFile(name, attachment) {
  const count = Math.ceil(attachment.length / SECTOR);
  if (attachment.length < 4096 || count > 120) throw new Error(`${attachment.length} bytes`);
  const header = Buffer.alloc(SECTOR);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(header);
  header.writeUInt32LE(0x0003003e, 24);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48); // the directory: sector 1
  header.writeUInt32LE(4096, 56);
  for (const at of [60, 68]) header.writeUInt32LE(END, at);
  for (let at = 76; at < SECTOR; at += 4) header.writeUInt32LE(FREE, at);
  header.writeUInt32LE(0, 76); // the table: sector 0
  const table = Buffer.alloc(SECTOR, 0xff);
  table.writeUInt32LE(TABLE, 0);
  table.writeUInt32LE(END, 4);
  for (let place = 0; place < count; place += 1) table.writeUInt32LE(place + 1 < count ? place + 3 : END, (place + 2) * 4);
  const entry = (title, type, child, start, size) => {
    const bytes = Buffer.alloc(128);
    bytes.write(title, "utf16le");
    bytes.writeUInt16LE(title.length * 2 + 2, 64);
    bytes.writeUInt8(type, 66);
    bytes.writeUInt8(1, 67);
    for (const [at, value] of [[68, FREE], [72, FREE], [76, child], [116, start], [120, size]]) bytes.writeUInt32LE(value, at);
    return bytes;
  };
  const directory = [
    entry("Root Entry", 5, 1, END, 0), entry("__attach_version1.0_#00000000", 1, 2, 0, 0),
    entry("__substg1.0_37010102", 2, FREE, 2, attachment.length), Buffer.alloc(128),
  ];
  const padding = Buffer.alloc(count * SECTOR - attachment.length);
  return file(name, Buffer.concat([header, table, ...directory, attachment, padding]));
}
