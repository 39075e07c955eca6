// Faults put into the worker program from outside: its glue is served with a script in front that lies to it about one file.
import { workerScript } from "./site.mjs";

/**
 * Runs in the worker before the glue. The file named `name` makes the reader end its life in one of these ways:
 * - `panic`: the program is told of more bytes than there are, panics over it and so runs into wasm's `unreachable`;
 * - `throw`: a call out of the program throws where the program expects no such thing;
 * - `hang`: a call out of the program never comes back;
 * - `refuse`: the browser cannot read the file, and says so.
 * `block` names the read of a large file at which it happens, the first being 0.
 */
function put({ name, way, block }) {
  const parents = new WeakMap();
  const marked = new WeakSet();
  let blocks = 0;
  const { slice } = Blob.prototype;
  Blob.prototype.slice = function (...range) {
    const part = slice.apply(this, range);
    parents.set(part, this);
    return part;
  };
  const isAtFault = (blob) => (parents.get(blob) ?? blob).name?.endsWith(name);
  const strike = () => {
    if (way === "throw") throw new WebAssembly.RuntimeError("unreachable");
    if (way === "hang") for (;;);
  };
  const { arrayBuffer } = Blob.prototype;
  Blob.prototype.arrayBuffer = async function () {
    if (isAtFault(this) && way === "refuse") throw new DOMException("The disk is on fire.", "NotReadableError");
    const bytes = await arrayBuffer.call(this);
    if (isAtFault(this)) marked.add(bytes);
    return bytes;
  };
  const { readAsArrayBuffer } = FileReaderSync.prototype;
  FileReaderSync.prototype.readAsArrayBuffer = function (blob) {
    const strikes = isAtFault(blob) && blocks++ >= block;
    if (strikes && way === "refuse") throw new DOMException("The disk is on fire.", "NotReadableError");
    const bytes = readAsArrayBuffer.call(this, blob);
    if (strikes) marked.add(bytes);
    return bytes;
  };
  // Every look at bytes that were read goes through here; the program's imports for it cannot fail in its eyes.
  self.Uint8Array = new Proxy(Uint8Array, {
    construct(target, [bytes, ...rest], maker) {
      const made = Reflect.construct(target, [bytes, ...rest], maker === self.Uint8Array ? target : maker);
      if (bytes instanceof ArrayBuffer && marked.has(bytes)) {
        let asked = 0;
        const { length } = made;
        // A small file's bytes are asked for their number once: far too many. A block's twice, before and while copying.
        const isWhole = length <= 1 << 20;
        Object.defineProperty(made, "length", {
          get() {
            strike();
            if (isWhole) return 2 ** 31;
            return asked++ ? length - 1 : length;
          },
        });
      }
      return made;
    },
  });
}

/** A `change` for the server: the reader comes to grief over the file whose name ends in `name`. */
export const faulty = (fault) => workerScript(`(${put})(${JSON.stringify({ block: 0, ...fault })});`);

/** A `change` for the server: the store panics over the page's message number `at`, the one that starts it not counted. */
export function faultyStore(at) {
  return workerScript(`{
    let messages = 0;
    addEventListener("message", ({ data }) => {
      if (data.role) self.role = data.role;
      else if (self.role === "store" && messages++ === ${at}) Object.defineProperty(data.bytes, "length", { value: 2 ** 31 });
    });
  }`);
}

/** A `change` for the server: files whose name ends in `name` lie on a disk that takes its time over each read. */
export function slowDisk(milliseconds, name = "") {
  return workerScript(`{
    const slow = new WeakSet();
    const { slice } = Blob.prototype;
    Blob.prototype.slice = function (...range) {
      const part = slice.apply(this, range);
      if (this.name?.endsWith(${JSON.stringify(name)})) slow.add(part);
      return part;
    };
    const { readAsArrayBuffer } = FileReaderSync.prototype;
    FileReaderSync.prototype.readAsArrayBuffer = function (blob) {
      if (slow.has(blob)) for (const until = performance.now() + ${milliseconds}; performance.now() < until;);
      return readAsArrayBuffer.call(this, blob);
    };
  }`);
}
