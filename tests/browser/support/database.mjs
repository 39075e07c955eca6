// A database of networks of our own, in MaxMind's format.
import { Writer } from "../../../scripts/mmdb.mjs";
import { xmlFile } from "./files.mjs";
import { report } from "./reports.mjs";

/** A file of these ranges: `{ range: record }`. */
export function database(ranges, name = "networks.mmdb", type = "Test-City") {
  const writer = new Writer();
  for (const [range, record] of Object.entries(ranges)) writer.set(range, record);
  return { name, mimeType: "", buffer: writer.finish({ type, description: "Made for a test.", built: 1_790_000_000 }) };
}

export const place = (number, name, code, city) => ({
  autonomous_system_number: number, autonomous_system_organization: name, country: { iso_code: code }, ...(city && { city: { names: { en: city } } }),
});

/** What is known of the addresses that `reports.mjs` makes. */
export const KNOWN = {
  "203.0.113.0/24": place(64_496, "Example Mail Ltd", "CH", "Zürich"), "203.0.114.0/24": place(64_497, "Other Example", "US", "Springfield"),
  "203.0.115.0/25": place(64_498, "Third <b>Example</b>", "JP"), "2001:db8::/36": place(64_499, "Example Six", "DE"),
};

/** A report whose records come from these addresses, each with ten messages more than the one after it. */
export function from(...ips) {
  const made = report(1, 1);
  const record = { ...made.records[0], count: 10 };
  return xmlFile({ ...made, dialect: "plain", records: ips.map((ip, place) => ({ ...record, ip, count: 10 * (ips.length - place) })) });
}

/** A report of ten thousand addresses, and a database of the forty networks that they are in. */
export function many() {
  const ips = Array.from({ length: 10_000 }, (_, place) => `203.0.${place >> 8}.${place & 255}`);
  const ranges = Array.from({ length: 40 }, (_, number) => [`203.0.${number}.0/24`, place(64_496 + number, `Network ${number}`, "CH")]);
  return { report: from(...ips), networks: database(Object.fromEntries(ranges), "ten.mmdb") };
}
