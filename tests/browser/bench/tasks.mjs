// The tasks of the page's threads from Chromium's own trace: how long each took, and how much of it the processor worked on it.
//
// The two differ by what the thread waited: for a processor that other threads or programs had, or for the browser.

/** What to record. */
export const CATEGORIES = ["toplevel", "blink.user_timing"];

/** The longest tasks of the main thread and of the store between the page's marks, in milliseconds. */
export function tasks(trace) {
  const { traceEvents } = JSON.parse(trace);
  // Of several the last: the worker that is made for speed takes the first one's place.
  const mark = (name) => traceEvents.findLast((event) => event.name === name && event.cat === "blink.user_timing");
  const [start, ready, store] = ["bench-start", "bench-ready", "bench-store"].map(mark);
  const of = (thread) => {
    const runs = traceEvents.filter(({ name, ph, pid, tid, ts, dur }) => ph === "X" && name === "ThreadControllerImpl::RunTask"
      && pid === thread.pid && tid === thread.tid && ts + dur > start.ts && ts < ready.ts);
    // The task that brings the files in begins before the page hears of them: making so many files is Chromium's.
    const parts = runs.map(({ ts, dur, tdur }) => ({ wall: (ts + dur - Math.max(ts, start.ts)) / 1000, cpu: (tdur ?? 0) / 1000 }));
    const longest = parts.sort((a, b) => b.wall - a.wall)[0] ?? { wall: 0, cpu: 0 };
    return {
      longest,
      mostWork: parts.reduce((most, { wall, cpu }) => Math.max(most, Math.min(wall, cpu)), 0),
      over50: parts.filter(({ wall }) => wall > 50).length,
      work: parts.reduce((sum, { cpu }) => sum + cpu, 0),
    };
  };
  return { page: of(start), store: of(store) };
}
