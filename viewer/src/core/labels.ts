/** Names on the map: where they go, and how they are written. */

import type { Pen } from "./pen";
import type { Rect } from "./project";
import type { Theme } from "./theme.svelte";

export interface Label {
  text: string;
  x: number;
  y: number;
  r: number;
  rank: number;
  strong: boolean;
  /** A chance behind the name. */
  chance: string;
}

export interface Written {
  text: string;
  x: number;
  y: number;
  strong: boolean;
  chance: string;
  /** Where the chance stands, from the start of the name [pixels]. */
  offset: number;
}

const STRONG = "700 13px system-ui, sans-serif";
const PLAIN = "500 11.5px system-ui, sans-serif";

const widths = new Map<string, number>();

function widthOf(pen: CanvasRenderingContext2D, text: string, font: string): number {
  const key = `${font}\n${text}`;
  let found = widths.get(key);
  if (found === undefined) {
    pen.font = font;
    widths.set(key, (found = pen.measureText(text).width));
  }
  return found;
}

const CELL = 48;
/** Where a name is tried: right of its place, left, below, above. */
const SIDES = [1, -1, 0, 2];

/** Boxes that are taken, by the cells of a grid that they touch: a name asks only its neighbours. */
class Taken {
  private readonly cells: [Rect, number][][];
  private readonly across: number;
  private readonly down: number;

  constructor(width: number, height: number) {
    [this.across, this.down] = [Math.ceil(width / CELL) + 1, Math.ceil(height / CELL) + 1];
    this.cells = Array.from({ length: this.across * this.down }, () => []);
  }
  /** Whether a step is asked for in any cell that a box touches; boxes beyond the edge count to the cells at the edge. */
  private walk(box: Rect, step: (cell: [Rect, number][]) => boolean): boolean {
    const at = (v: number, most: number): number => Math.max(0, Math.min(most - 1, Math.floor(v / CELL)));
    for (let v = at(box[1], this.down); v <= at(box[3], this.down); v++)
      for (let u = at(box[0], this.across); u <= at(box[2], this.across); u++) if (step(this.cells[v * this.across + u])) return true;
    return false;
  }
  add(box: Rect, owner: number): void {
    this.walk(box, (cell) => (cell.push([box, owner]), false));
  }
  /** Whether a box covers part of another one, its owner's apart. */
  meets(box: Rect, owner: number): boolean {
    return this.walk(box, (cell) => cell.some(([t, j]) => j !== owner && t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1]));
  }
}

/** Where names go, so that they do not cover each other; the most important first. */
export function placeLabels(pen: CanvasRenderingContext2D, labels: Label[], width: number, height: number, covered: Rect[] = []): Written[] {
  const seen = labels.filter((l) => l.x > -20 && l.y > -20 && l.x < width + 20 && l.y < height + 20);
  const taken = new Taken(width, height);
  seen.forEach((l, k) => taken.add([l.x - l.r * 0.8, l.y - l.r * 0.8, l.x + l.r * 0.8, l.y + l.r * 0.8], k));
  for (const box of covered) taken.add(box, -1);
  const order = seen.map((_, k) => k).sort((a, b) => seen[b].rank - seen[a].rank);
  const out: Written[] = [];
  for (const k of order) {
    const label = seen[k];
    if (!label.text) continue;
    const name = widthOf(pen, label.text, label.strong ? STRONG : PLAIN) + (label.chance ? 4 : 0);
    const w = name + (label.chance ? widthOf(pen, label.chance, STRONG) : 0);
    for (const side of SIDES) {
      const x = side % 2 === 0 ? label.x - w / 2 : side === 1 ? label.x + label.r + 4 : label.x - label.r - 4 - w;
      const y = side === 0 ? label.y + label.r + 10 : side === 2 ? label.y - label.r - 10 : label.y;
      const box: Rect = [x, y - 7, x + w, y + 7];
      if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2) continue;
      if (!(label.strong && side === 2) && taken.meets(box, k)) continue;
      taken.add(box, -1);
      out.push({ text: label.text, x, y, strong: label.strong, chance: label.chance, offset: name });
      break;
    }
  }
  return out;
}

export function paintLabels(pen: Pen, labels: Written[], theme: Theme): void {
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  pen.lineJoin = "round";
  pen.strokeStyle = theme.halo;
  pen.lineWidth = 3.5;
  // one font after the other: a canvas takes long to change it
  pen.font = PLAIN;
  for (const label of labels) if (!label.strong) write(pen, label.text, label.x, label.y, theme.ink);
  pen.font = STRONG;
  for (const label of labels) {
    if (label.strong) write(pen, label.text, label.x, label.y, theme.ink);
    if (label.chance) write(pen, label.chance, label.x + label.offset, label.y, theme.risk);
  }
}

function write(pen: Pen, text: string, x: number, y: number, colour: string): void {
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}
