/** Names on the map: where they go, and how they are written. */

import type { Pen } from "./pen";
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

/** Where names go, so that they do not cover each other; the most important first. */
export function placeLabels(pen: CanvasRenderingContext2D, labels: Label[], width: number, height: number): Written[] {
  const seen = labels.filter((l) => l.x > -20 && l.y > -20 && l.x < width + 20 && l.y < height + 20);
  const taken: number[][] = seen.map((l) => [l.x - l.r * 0.8, l.y - l.r * 0.8, l.x + l.r * 0.8, l.y + l.r * 0.8]);
  const order = seen.map((_, k) => k).sort((a, b) => seen[b].rank - seen[a].rank);
  const out: Written[] = [];
  for (const k of order) {
    const label = seen[k];
    if (!label.text) continue;
    const name = widthOf(pen, label.text, label.strong ? STRONG : PLAIN) + (label.chance ? 4 : 0);
    const w = name + (label.chance ? widthOf(pen, label.chance, STRONG) : 0);
    for (const side of label.strong ? [1, -1, 0, 2] : [1, -1, 0]) {
      const x = side % 2 === 0 ? label.x - w / 2 : side === 1 ? label.x + label.r + 4 : label.x - label.r - 4 - w;
      const y = side === 0 ? label.y + label.r + 10 : side === 2 ? label.y - label.r - 10 : label.y;
      const box = [x, y - 7, x + w, y + 7];
      if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2) continue;
      if (side !== 2 && taken.some((t, j) => j !== k && t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue;
      taken.push(box);
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
    for (const { text, x, y, strong, chance, offset } of labels) {
    pen.font = strong ? STRONG : PLAIN;
    pen.strokeText(text, x, y);
    pen.fillStyle = theme.ink;
    pen.fillText(text, x, y);
    if (!chance) continue;
    pen.font = STRONG;
    pen.strokeText(chance, x + offset, y);
    pen.fillStyle = theme.risk;
    pen.fillText(chance, x + offset, y);
  }
}
