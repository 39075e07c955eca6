// Writes databases in MaxMind's format (https://maxmind.github.io/MaxMind-DB/): ranges of addresses and what is known of each.
// Small: maps, texts and whole numbers, every record once, IPv4 below ::/96 as is usual.

/** An address as bytes, 16 of them: IPv4 is the last four after noughts. */
export function bytesOf(address) {
  if (!address.includes(":")) return [...Array(12).fill(0), ...address.split(".").map(Number)];
  const [head, tail] = address.split("::");
  const words = (text) => (text ? text.split(":").flatMap((word) => (word.includes(".") ? [...word.split(".").map(Number)] : [parseInt(word, 16) >> 8, parseInt(word, 16) & 255])) : []);
  const [first, last] = [words(head), words(tail)];
  return tail === undefined ? first : [...first, ...Array(16 - first.length - last.length).fill(0), ...last];
}

/** A number that the format wants in two bytes. */
class Short extends Number {}

/** What the format has of a value. */
function encoded(value) {
  const control = (type, size) => {
    const head = [];
    const [short, more] = size < 29 ? [size, []] : size < 285 ? [29, [size - 29]] : size < 65_821 ? [30, [(size - 285) >> 8, (size - 285) & 255]] : [31, [(size - 65_821) >> 16, ((size - 65_821) >> 8) & 255, (size - 65_821) & 255]];
    if (type < 8) head.push((type << 5) | short);
    else head.push(short, type - 7);
    return Buffer.from([...head, ...more]);
  };
  if (typeof value === "string") {
    const text = Buffer.from(value);
    return Buffer.concat([control(2, text.length), text]);
  }
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Short) {
    const [type, size] = value instanceof Short ? [5, 2] : typeof value === "bigint" ? [9, 8] : [6, 4];
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(Number(value)));
    return Buffer.concat([control(type, size), bytes.subarray(8 - size)]);
  }
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encoded)]);
  const entries = Object.entries(value);
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([name, own]) => [encoded(name), encoded(own)])]);
}

/** A tree of ranges. */
export class Writer {
  #left = [0];
  #right = [0];
  #data = [];
  #size = 0;
  #places = new Map();

  /** The number of a record: its place in the data, below nought so that no node has it. */
  #record(value) {
    const key = JSON.stringify(value);
    let place = this.#places.get(key);
    if (place === undefined) {
      const bytes = encoded(value);
      place = -1 - this.#size;
      this.#places.set(key, place);
      this.#data.push(bytes);
      this.#size += bytes.length;
    }
    return place;
  }

  /** Sets what is known of a range, `bytes` and how many of their 128 bits count. Wider ranges come before narrower ones in them. */
  insert(bytes, prefix, value) {
    const record = this.#record(value);
    let node = 0;
    for (let bit = 0; bit < prefix; bit += 1) {
      const side = (bytes[bit >> 3] >> (7 - (bit & 7))) & 1 ? this.#right : this.#left;
      if (bit === prefix - 1) {
        side[node] = record;
        return;
      }
      if (side[node] <= 0) {
        // A range that was there is split: both halves know what it knew.
        const known = side[node];
        this.#left.push(known);
        this.#right.push(known);
        side[node] = this.#left.length - 1;
      }
      node = side[node];
    }
  }

  /** The same of a range in CIDR form. */
  set(range, value) {
    const [address, prefix] = range.split("/");
    const full = address.includes(":") ? 128 : 32;
    this.insert(bytesOf(address), Number(prefix ?? full) + (full === 32 ? 96 : 0), value);
  }

  /** The database. */
  finish({ type, description, built = Math.floor(Date.now() / 1000) }) {
    const count = this.#left.length;
    const size = count + this.#size + 16 < 2 ** 24 ? 24 : 32;
    const tree = Buffer.alloc((count * size) / 4);
    const value = (own) => (own < 0 ? count + 16 + (-1 - own) : own || count);
    for (let node = 0; node < count; node += 1) {
      const at = (node * size) / 4;
      tree.writeUIntBE(value(this.#left[node]), at, size / 8);
      tree.writeUIntBE(value(this.#right[node]), at + size / 8, size / 8);
    }
    const metadata = {
      binary_format_major_version: new Short(2), binary_format_minor_version: new Short(0), build_epoch: BigInt(built), database_type: type,
      description: { en: description }, ip_version: new Short(6), languages: ["en"], node_count: count, record_size: new Short(size),
    };
    return Buffer.concat([tree, Buffer.alloc(16), ...this.#data, Buffer.from("\xab\xcd\xefMaxMind.com", "latin1"), encoded(metadata)]);
  }
}
