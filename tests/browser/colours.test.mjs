// The colours of styles/tokens.css: told apart by people who see little, and by those who see other colours.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";

const file = (path) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

/** The tokens of a theme, 0 light and 1 dark, as sRGB from 0 to 1. */
function tokens(theme) {
  const plain = file("styles/tokens.css").replace(/\/\*.*?\*\//gs, "").split("@media")[0];
  const written = Object.fromEntries([...plain.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]));
  const read = (value) => {
    const other = /^var\(--([\w-]+)\)$/.exec(value);
    if (other) return read(written[other[1]]);
    const hex = /^light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)$/.exec(value)?.[theme + 1];
    return hex && [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  };
  return Object.fromEntries(Object.entries(written).map(([name, value]) => [name, read(value)]).filter(([, color]) => color));
}

const linear = (color) => color.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
const dot = (matrix, vector) => matrix.map((row) => row.reduce((sum, part, place) => sum + part * vector[place], 0));

/** WCAG 2's contrast. */
function contrast(a, b) {
  const [x, y] = [a, b].map((color) => dot([[0.2126, 0.7152, 0.0722]], linear(color))[0] + 0.05);
  return Math.max(x, y) / Math.min(x, y);
}

// How colours look without one kind of cones: Machado, Oliveira, Fernandes 2009, severity 1, on linear light.
const EYES = {
  "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

/** Distance in OKLab, in hundredths: black and white are 100 apart, a just noticeable difference is about 2. */
function distance(a, b, eyes) {
  const [x, y] = [a, b].map((color) => {
    const light = dot(eyes, linear(color)).map((part) => Math.min(1, Math.max(0, part)));
    const lms = dot([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], light);
    return dot([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], lms.map(Math.cbrt));
  });
  return 100 * Math.hypot(...x.map((part, place) => part - y[place]));
}

/** The fates as the chart stacks them, bottom first: class and pattern. */
function fates() {
  const table = /const FATES:.*?= \[(.*?)\n\];/s.exec(file("src/screens/trend/mod.rs"))[1];
  return [...table.matchAll(/"(fate-[\w-]+)", Pattern::(\w+)\)/g)].map(([, name, pattern]) => ({ name, pattern }));
}

/** Patches side by side that differ by less look alike at a glance. */
const APART = 10;

for (const [theme, name] of ["light", "dark"].entries()) {
  const all = tokens(theme);
  const grounds = ["page", "surface", "surface-sunk"];

  test(`${name}: text stands out from whatever it stands on`, () => {
    for (const text of ["text", "text-muted", "accent"]) {
      for (const ground of grounds) {
        const found = contrast(all[text], all[ground]);
        assert.ok(found >= 4.5, `--${text} on --${ground}: ${found.toFixed(2)}`);
      }
    }
    for (const main of ["accent", "accent-strong"]) assert.ok(contrast(all["on-accent"], all[main]) >= 4.5, main);
  });

  test(`${name}: lines, rings, outcomes and fates stand out from what they are drawn on`, () => {
    const drawn = Object.keys(all).filter((token) => /^(outcome|fate)-/.test(token));
    assert.ok(drawn.length >= 11, `${drawn}`);
    for (const token of [...drawn, "line-strong", "focus"]) {
      const found = contrast(all[token], all.surface);
      assert.ok(found >= 3, `--${token}: ${found.toFixed(2)}`);
    }
    for (const ground of grounds) assert.ok(contrast(all.focus, all[ground]) >= 3, ground);
  });

  test(`${name}: outcomes are told apart by everybody's eyes, passing and failing by their lightness too`, () => {
    const outcomes = ["outcome-pass", "outcome-fail", "outcome-unknown"];
    for (const [eyes, matrix] of Object.entries(EYES)) {
      for (const [place, a] of outcomes.entries()) {
        for (const b of outcomes.slice(place + 1)) {
          const found = distance(all[a], all[b], matrix);
          assert.ok(found >= APART, `${a} and ${b}, ${eyes}: ${found.toFixed(1)}`);
        }
      }
    }
    assert.ok(contrast(all["outcome-pass"], all["outcome-fail"]) >= 3);
  });

  test(`${name}: any two fates differ to everybody's eyes, or by their marks`, () => {
    const known = fates();
    assert.equal(known.length, 8);
    for (const [place, a] of known.entries()) {
      for (const b of known.slice(place + 1)) {
        for (const [eyes, matrix] of Object.entries(EYES)) {
          const found = distance(all[a.name], all[b.name], matrix);
          assert.ok(found >= APART || a.pattern !== b.pattern, `${a.name} and ${b.name}, ${eyes}: ${found.toFixed(1)}`);
        }
      }
    }
    // Marks are in the colour of the surface: they show as well as the fate itself does. They are not drawn on narrow bars,
    // where order and seams tell what touches; what touches must not be the same patch.
    for (const [below, above] of known.slice(1).map((fate, place) => [known[place], fate])) {
      assert.notEqual(below.pattern, above.pattern, `${below.name}, ${above.name}`);
      const found = distance(all[below.name], all[above.name], EYES["all cones"]);
      assert.ok(found >= 5, `${below.name} and ${above.name} touch: ${found.toFixed(1)}`);
    }
  });
}

test("every token that is used is there, and no colour stands anywhere else", () => {
  const known = new Set([...file("styles/tokens.css").matchAll(/--([\w-]+):/g)].map(([, name]) => name));
  const screens = readdirSync(new URL("../../styles/screens", import.meta.url)).map((name) => `screens/${name}`);
  for (const path of ["page.css", ...screens]) {
    const text = file(`styles/${path}`).replace(/\/\*.*?\*\//gs, "");
    const own = new Set([...text.matchAll(/--([\w-]+):/g)].map(([, name]) => name));
    for (const [, name, fallback] of text.matchAll(/var\(--([\w-]+)(,)?/g)) assert.ok(known.has(name) || own.has(name) || fallback, `${path}: --${name}`);
    assert.deepEqual([...text.matchAll(/#[0-9a-f]{3,8}\b(?=[^{}]*;)/gi)].map(([color]) => color), [], path);
  }
});
