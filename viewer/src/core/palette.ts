/** One colour and one shape for each side; ends differ in lightness, shapes work without colour. */

import type { Side } from "./model";

export type Glyph = "square" | "diamond" | "triangle" | "pentagon" | "hexagon" | "cross" | "circle";

export interface Mark {
  colour: string;
  /** Ink that can be read on the colour. */
  ink: string;
  glyph: Glyph;
  /** Dash of a line. */
  dash: string;
}

const INCUMBENT: Mark = { colour: "#1c4a80", ink: "#fff", glyph: "square", dash: "" };
const OTHERS: Mark[] = [
  { colour: "#f2a22c", ink: "#1c2430", glyph: "diamond", dash: "6 3" },
  { colour: "#2f8f83", ink: "#fff", glyph: "triangle", dash: "2 3" },
  { colour: "#a04d8f", ink: "#fff", glyph: "pentagon", dash: "8 3 2 3" },
  { colour: "#9cc9e3", ink: "#1c2430", glyph: "hexagon", dash: "1 2" },
  { colour: "#7c7f2e", ink: "#fff", glyph: "cross", dash: "10 4" },
];
const NOBODY: Mark = { colour: "#ffffff", ink: "#1c2430", glyph: "circle", dash: "1 4" };
/** What is too dark to be seen on a dark map. */
const LIGHTER: Record<string, string> = { "#1c4a80": "#5e95d8", "#2f8f83": "#4fb8aa", "#a04d8f": "#cd7fbd", "#7c7f2e": "#a9ac4c", "#ffffff": "#3a424d" };

export function marks(sides: Side[], dark = false): Mark[] {
  const first = sides.find((s) => s.role === "incumbent") ?? sides[0];
  let next = 0;
  return sides.map((side, k) => {
    const mark = k === sides.length - 1 ? NOBODY : side === first ? INCUMBENT : OTHERS[next++ % OTHERS.length];
    return dark ? { ...mark, colour: LIGHTER[mark.colour] ?? mark.colour, ink: LIGHTER[mark.colour] ? "#10141a" : mark.ink } : mark;
  });
}

/** Parts of red, green and blue of a colour written #rrggbb. */
export function parts(colour: string): [number, number, number] {
  const n = parseInt(colour.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

type Corners = [number, number][] | null;
const known = new Map<Glyph, Corners>();

/** Corners of a glyph of radius one around (0, 0); null for a circle. */
export function corners(glyph: Glyph): Corners {
  const found = known.get(glyph);
  if (found !== undefined) return found;
  const made = make(glyph);
  known.set(glyph, made);
  return made;
}

function make(glyph: Glyph): Corners {
  if (glyph === "square") return [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]];
  if (glyph === "cross") {
    const a = 0.36;
    return [[-a, -1], [a, -1], [a, -a], [1, -a], [1, a], [a, a], [a, 1], [-a, 1], [-a, a], [-1, a], [-1, -a], [-a, -a]];
  }
  const sides = { diamond: 4, triangle: 3, pentagon: 5, hexagon: 6, circle: 0 }[glyph];
  if (sides === 0) return null;
  const size = glyph === "diamond" || glyph === "triangle" ? 1.18 : 1.05;
  return Array.from({ length: sides }, (_, k) => {
    const angle = (2 * Math.PI * k) / sides - Math.PI / 2;
    return [size * Math.cos(angle), size * Math.sin(angle)];
  });
}

/** The same as an SVG path. */
export function path(glyph: Glyph, x: number, y: number, r: number): string {
  const found = corners(glyph);
  if (!found) return `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
  return `M${found.map(([a, b]) => `${(x + r * a).toFixed(2)},${(y + r * b).toFixed(2)}`).join("L")}Z`;
}
