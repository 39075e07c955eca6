// axe-core over the page as it stands.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Puts axe into every page of the context to come: the page's policy lets no script in later. */
export const useAxe = (context) => context.addInitScript({ content: SOURCE });

/**
 * What axe finds against WCAG 2.2 AA and good practice, a line each: "rule: element (why)". Rules that are experiments and
 * those of level AAA are left out.
 */
export function findings(page) {
  return page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
    // The size of targets is a rule of 2.2 that axe leaves off unless asked.
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags }, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} (${failureSummary.split("\n").slice(1).join(";").trim()})`));
  });
}
