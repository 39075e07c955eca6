// What was found, for people: a line for each figure, with what is wanted beside it.

const mega = (bytes) => (bytes ? `${Math.round(bytes / 1e6)} MB` : "unknown");
const ms = (time) => Math.round(time * 10) / 10;

/** Prints the findings of one run. */
export function print(name, { title, ready, first, reader, cancel }, found) {
  console.log(`\n(${name}) ${title}`);
  const line = (label, figure, wanted, is_met) => {
    console.log(`  ${label.padEnd(34)}${String(figure).padStart(12)}  ${wanted ?? ""}${wanted && !is_met ? "  MISSED" : ""}`);
  };
  line("first figures", `${found.first.toFixed(2)} s`, first && `at most ${first} s`, found.first <= first);
  line("ready", `${found.ready.toFixed(2)} s`, ready && `at most ${ready} s`, found.ready <= ready);
  const { longest, mostWork, over50, work } = found.tasks;
  line("longest task of the page", `${ms(longest.wall)} ms`, "at most 50 ms", longest.wall <= 50);
  line("  of which the processor worked", `${ms(longest.cpu)} ms`);
  line("  most work in one task", `${ms(mostWork)} ms`, "at most 50 ms", mostWork <= 50);
  line("  tasks over 50 ms, work of all", `${over50}, ${Math.round(work)} ms`);
  for (const { duration, style, scripts } of found.frames.slice(0, 3)) {
    const parts = scripts.map(({ invoker, duration, forced }) => `${invoker} ${ms(duration)}${forced > 1 ? ` (${ms(forced)} of it layout)` : ""}`);
    console.log(`    frame of ${ms(duration)} ms: ${[...parts, `drawing ${ms(style)}`].join(", ")}`);
  }
  const turns = Object.entries(found.turns).sort(([, a], [, b]) => b.longest - a.longest);
  const blocked = turns[0]?.[1].longest ?? 0;
  line("store blocked at most", `${ms(blocked)} ms`, "at most 30 ms", blocked <= 30);
  line("  most work in one task", `${ms(found.storeTasks.mostWork)} ms`, "at most 30 ms", found.storeTasks.mostWork <= 30);
  for (const [kind, { count, sum, longest }] of turns) {
    console.log(`    ${kind.padEnd(12)}${String(count).padStart(8)} turns, longest ${ms(longest)} ms, all ${Math.round(sum)} ms`);
  }
  line("memory: store, reader", `${mega(found.memory.store)}, ${mega(found.memory.reader)}`);
  if (reader) line("  the reader alone", mega(found.memory.reader), `at most ${mega(reader)}`, found.memory.reader <= reader);
  if (cancel) line("a cancel in the middle", `${found.cancelled.toFixed(2)} s`, `at most ${cancel} s`, found.cancelled <= cancel);
  line("memory: the page's whole process", mega(found.memory.process));
  line("totals", found.wrong.length ? "WRONG" : "right");
  found.wrong.forEach((words) => console.log(`    ${words}`));
}

/** Prints the medians of what was done several times. */
export function printTimes(name, { title }, found) {
  console.log(`\n(${name}) ${title}; median, shortest`);
  for (const { name: label, median, shortest, most } of found) {
    console.log(`  ${label.padEnd(38)}${`${Math.round(median)} ms`.padStart(9)}${`${Math.round(shortest)} ms`.padStart(9)}${most ? `  at most ${most} ms${median > most ? "  MISSED" : ""}` : ""}`);
  }
}
