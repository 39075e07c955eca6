// Code that measures from inside: put into the page before it starts, and before the worker program's glue.

/** Runs in the page. Leaves its findings in `window.bench`, counted from the `change` of the file input. */
export function pageProbe() {
  const bench = { start: 0, first: 0, ready: 0, frames: [] };
  window.bench = bench;
  // Says what the time of a long task went to; the tasks themselves come from the trace.
  new PerformanceObserver((list) => list.getEntries().forEach((frame) => bench.frames.push({
    startTime: frame.startTime,
    duration: frame.duration,
    style: frame.styleAndLayoutStart ? frame.startTime + frame.duration - frame.styleAndLayoutStart : 0,
    scripts: frame.scripts.map(({ invoker, duration, forcedStyleAndLayoutDuration }) => ({ invoker, duration, forced: forcedStyleAndLayoutDuration })),
  }))).observe({ type: "long-animation-frame", buffered: true });
  addEventListener("change", ({ target }) => {
    if (target.type !== "file" || bench.start) return;
    bench.start = performance.now();
    performance.mark("bench-start");
    const look = () => {
      const now = performance.now();
      if (!bench.first && Number(document.querySelector('[data-metric="messages"]')?.dataset.value) > 0) bench.first = now;
      if (document.documentElement.dataset.phase === "ready" && bench.first) {
        bench.ready = now;
        performance.mark("bench-ready");
        observer.disconnect();
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-value", "data-phase"] });
  }, true);
}

/** Runs in each worker. The longest and the sum of its turns by what set them off, and the size of its memory. */
export function workerProbe() {
  const bench = { role: "", memory: 0, turns: {} };
  self.bench = bench;
  let memory;
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...args) => {
    const made = await instantiate(...args);
    memory = Object.values((made.instance ?? made).exports).find((value) => value instanceof WebAssembly.Memory);
    return made;
  };
  const weigh = () => {
    const bytes = memory?.buffer.byteLength ?? 0;
    // A reader is ended when it is done: it tells while it lives.
    if (bytes > bench.memory) console.debug(JSON.stringify({ bench: bench.role, memory: bytes }));
    bench.memory = Math.max(bench.memory, bytes);
  };
  const timed = (name, handle) => function (event) {
    if (event?.data?.role) {
      bench.role = event.data.role;
      performance.mark(`bench-${bench.role}`);
    }
    const start = performance.now();
    try {
      return handle.call(this, event);
    } finally {
      const time = performance.now() - start;
      const turn = (bench.turns[name(event)] ??= { count: 0, sum: 0, longest: 0 });
      turn.count += 1;
      turn.sum += time;
      turn.longest = Math.max(turn.longest, time);
      weigh();
    }
  };
  // The page's questions in the order of `ToStore`.
  const QUESTIONS = ["figures", "locate", "client", "reader", "again", "lost", "unread", "suffixes"];
  const kinds = {
    page: ({ data }) => data.role ? "start" : QUESTIONS[data.bytes[0]] ?? "page",
    port: ({ data }) => data ? "batch" : "answering",
  };
  const wrap = (object, kind) => {
    let owner = object;
    while (!Object.hasOwn(owner, "onmessage")) owner = Object.getPrototypeOf(owner);
    const { get, set } = Object.getOwnPropertyDescriptor(owner, "onmessage");
    Object.defineProperty(object, "onmessage", { configurable: true, get, set(handle) { set.call(this, handle && timed(kind, handle)); } });
  };
  wrap(self, kinds.page);
  wrap(MessagePort.prototype, kinds.port);
  const { setTimeout } = self;
  self.setTimeout = (handle, ...rest) => setTimeout(timed(() => "timer", handle), ...rest);
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (...args) {
    weigh();
    return postMessage.apply(this, args);
  };
}
