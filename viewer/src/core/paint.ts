/** Paints the map on a canvas: land, roads, places as glyphs sliced by the shares of futures, names. */

import type { Land } from "./header";
import type { Place } from "./model";
import { corners, type Mark } from "./palette";
import type { Box } from "./payload";
import { plane, type View } from "./project";

export const INK = "#1c2430";
const SEA = "#dbe4ea";
const ABROAD = "#eeece6";
const HOST = "#fbfaf6";
const BORDER = "#a9a397";

export interface Outline {
  owner: number;
  closed: boolean;
  points: Float64Array;
}

/** Outlines of the land in the plane. */
export function outlines(box: Box<unknown>, land: Land | null): Outline[] {
  if (!land) return [];
  const xy = box.columns.get("land.xy")!;
  const start = box.columns.get("land.start")!;
  const owner = box.columns.get("land.owner")!;
  const closed = box.columns.get("land.closed")!;
  const [west, south, east, north] = land.window;
  const found: Outline[] = [];
  for (let r = 0; r + 1 < start.length; r++) {
    const points = new Float64Array(2 * (start[r + 1] - start[r]));
    let x = 0;
    let y = 0;
    for (let k = start[r]; k < start[r + 1]; k++) {
      x += xy[2 * k];
      y += xy[2 * k + 1];
      const spot = plane(west + (x / land.steps) * (east - west), south + (y / land.steps) * (north - south));
      points.set(spot, 2 * (k - start[r]));
    }
    found.push({ owner: owner[r], closed: closed[r] === 1, points });
  }
  return found;
}

function trace(pen: CanvasRenderingContext2D, points: Float64Array, view: View): void {
  for (let k = 0; k < points.length; k += 2) {
    const x = view.x + view.k * points[k];
    const y = view.y + view.k * points[k + 1];
    if (k === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
}

export function paintLand(
  pen: CanvasRenderingContext2D, shapes: Outline[], land: Land | null, names: Named[], view: View, width: number, height: number,
): void {
  pen.fillStyle = land ? SEA : HOST;
  pen.fillRect(0, 0, width, height);
  const focus = new Set(land?.focus ?? []);
  for (const host of [false, true]) {
    pen.beginPath();
    for (const shape of shapes)
      if (shape.closed && focus.has(shape.owner) === host) {
        trace(pen, shape.points, view);
        pen.closePath();
      }
    pen.fillStyle = host ? HOST : ABROAD;
    pen.fill("evenodd");
    pen.strokeStyle = host ? "#6f6a60" : BORDER;
    pen.lineWidth = host ? 1.3 : 0.8;
    pen.stroke();
  }
  pen.beginPath();
  for (const shape of shapes) if (!shape.closed) trace(pen, shape.points, view);
  pen.strokeStyle = BORDER;
  pen.stroke();
  pen.font = "600 12px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = "#7d776b";
  for (const { name, x, y } of names)
    pen.fillText(name.toUpperCase().split("").join("\u200a"), view.x + view.k * x, view.y + view.k * y);
}

export interface Named {
  name: string;
  x: number;
  y: number;
}

/** Where the names of other countries can be read when the whole map is seen: in the plane. */
export function anchors(shapes: Outline[], land: Land | null, view: View, spots: Float64Array, width: number, height: number): Named[] {
  const found: Named[] = [];
  for (const [name] of land?.labels ?? []) {
    const owner = land!.names.indexOf(name);
    if (land!.focus.includes(owner)) continue;
    const path = new Path2D();
    for (const shape of shapes) if (shape.owner === owner && shape.closed) path.addPath(asPath(shape.points, view));
    const pen = document.createElement("canvas").getContext("2d")!;
    const half = 5 * name.length + 6;
    let best: [number, number, number] | null = null;
    for (let x = half + 6; x < width - half; x += 44)
      for (let y = 60; y < height - 70; y += 26) {
        if (![x, x - half, x + half].every((at) => pen.isPointInPath(path, at, y, "evenodd"))) continue;
        let room = Math.min(140, y, height - y);
        for (let k = 0; k < spots.length; k += 2) room = Math.min(room, Math.hypot((spots[k] - x) / 2.2, spots[k + 1] - y));
        if (room > 16 && (!best || room > best[2])) best = [x, y, room];
      }
    if (best) found.push({ name, x: (best[0] - view.x) / view.k, y: (best[1] - view.y) / view.k });
  }
  return found;
}

function asPath(points: Float64Array, view: View): Path2D {
  const path = new Path2D();
  for (let k = 0; k < points.length; k += 2) {
    const [x, y] = [view.x + view.k * points[k], view.y + view.k * points[k + 1]];
    if (k === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  path.closePath();
  return path;
}

const ROADS: Record<string, [number, number[], string]> = {
  highway: [1.8, [], "#b9b1a2"],
  primary: [1.5, [], "#c2bbad"],
  river: [1.6, [], "#9dbdd0"],
  rail: [1.2, [6, 3], "#a79f90"],
  sea: [0.8, [2, 5], "#90a7b5"],
  air: [0.8, [1, 6], "#90a7b5"],
  track: [1, [3, 3], "#cdc6b8"],
};

export function paintRoads(
  pen: CanvasRenderingContext2D, roads: [number, number, number, string][], spots: Float64Array,
): void {
  for (const [from, to, , kind] of roads) {
    const [width, dash, colour] = ROADS[kind] ?? [1.1, [], "#cdc6b8"];
    pen.lineWidth = width;
    pen.setLineDash(dash);
    pen.strokeStyle = colour;
    pen.beginPath();
    pen.moveTo(spots[2 * from], spots[2 * from + 1]);
    pen.lineTo(spots[2 * to], spots[2 * to + 1]);
    pen.stroke();
  }
  pen.setLineDash([]);
}

export function radius(place: Place): number {
  if (place.refuge) return 4;
  if (place.kind === "capital") return 13;
  const grown = 3.6 + 1.9 * Math.max(0, Math.log10(Math.max(place.population, 1)) - 3);
  return Math.max(place.kind === "provincial_capital" ? 7 : 5, Math.min(11, grown));
}

function outline(pen: CanvasRenderingContext2D, mark: Mark, x: number, y: number, r: number): void {
  const found = corners(mark.glyph);
  pen.beginPath();
  if (!found) pen.arc(x, y, r, 0, 2 * Math.PI);
  else {
    found.forEach(([a, b], k) => (k ? pen.lineTo(x + r * a, y + r * b) : pen.moveTo(x + r * a, y + r * b)));
    pen.closePath();
  }
}

/** How far the edge of a shape is from its middle in a direction [radii]. */
function reach(found: [number, number][] | null, angle: number): number {
  if (!found) return 1;
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  let best = 0;
  for (let k = 0; k < found.length; k++) {
    const [ax, ay] = found[k];
    const [bx, by] = found[(k + 1) % found.length];
    const across = dx * (by - ay) - dy * (bx - ax);
    if (Math.abs(across) < 1e-9) continue;
    const t = (ax * (by - ay) - ay * (bx - ax)) / across;
    const u = (ax * dy - ay * dx) / across;
    if (t > 0 && u >= -1e-9 && u <= 1 + 1e-9) best = Math.max(best, t);
  }
  return best;
}

/** A slice of a shape between two angles: cheaper than clipping. */
function slice(pen: CanvasRenderingContext2D, mark: Mark, x: number, y: number, r: number, from: number, to: number): void {
  const found = corners(mark.glyph);
  pen.beginPath();
  pen.moveTo(x, y);
  const spot = (angle: number): void => {
    const far = r * reach(found, angle);
    pen.lineTo(x + far * Math.cos(angle), y + far * Math.sin(angle));
  };
  spot(from);
  if (!found) pen.arc(x, y, r, from, to);
  else
    found
      .map(([a, b]): [number, number, number] => {
        const angle = Math.atan2(b, a);
        return [angle + 2 * Math.PI * Math.ceil((from - angle) / (2 * Math.PI)), a, b];
      })
      .filter(([angle]) => angle < to)
      .sort((a, b) => a[0] - b[0])
      .forEach(([, a, b]) => pen.lineTo(x + r * a, y + r * b));
  spot(to);
  pen.closePath();
}

/** A place: the shape of the side likeliest to hold it, sliced by the share of futures of each side. */
export function paintPlace(
  pen: CanvasRenderingContext2D, x: number, y: number, r: number, shares: number[], marks: Mark[], sure: boolean,
): void {
  let lead = 0;
  for (let s = 1; s < shares.length; s++) if (shares[s] > shares[lead]) lead = s;
  const mark = marks[lead];
  outline(pen, mark, x, y, r);
  pen.fillStyle = mark.colour;
  pen.fill();
  if (!sure && shares[lead] < 0.985) {
    let angle = -Math.PI / 2 + 2 * Math.PI * shares[lead];
    for (let s = 0; s < shares.length; s++) {
      if (s === lead || shares[s] <= 0) continue;
      const end = angle + 2 * Math.PI * shares[s];
      slice(pen, mark, x, y, r, angle, end);
      pen.fillStyle = marks[s].colour;
      pen.fill();
      pen.strokeStyle = "#fff";
      pen.lineWidth = 0.8;
      pen.stroke();
      angle = end;
    }
    outline(pen, mark, x, y, r);
  }
  pen.strokeStyle = INK;
  pen.lineWidth = 1;
  pen.stroke();
}

/** A place abroad. */
export function paintRefuge(pen: CanvasRenderingContext2D, x: number, y: number): void {
  pen.beginPath();
  pen.arc(x, y, 3, 0, 2 * Math.PI);
  pen.fillStyle = "#fff";
  pen.fill();
  pen.strokeStyle = "#6f6a60";
  pen.lineWidth = 1.2;
  pen.stroke();
}

/** A ring around the chosen place. */
export function paintRing(pen: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  pen.beginPath();
  pen.arc(x, y, r + 7.5, 0, 2 * Math.PI);
  pen.strokeStyle = INK;
  pen.lineWidth = 2.2;
  pen.stroke();
}

/** A halo around a place that may change hands on the day. */
export function paintHalo(pen: CanvasRenderingContext2D, x: number, y: number, r: number, chance: number): void {
  pen.beginPath();
  pen.arc(x, y, r + 4.5, 0, 2 * Math.PI);
  pen.strokeStyle = `rgba(188, 32, 38, ${Math.min(1, 0.25 + 1.6 * chance).toFixed(2)})`;
  pen.lineWidth = 1.2 + 5 * Math.min(0.6, chance);
  pen.stroke();
}

/** A bar at a crossing: how many civilians have crossed. */
export function paintBar(pen: CanvasRenderingContext2D, x: number, y: number, height: number): void {
  pen.fillStyle = "#51356b";
  pen.strokeStyle = "#fff";
  pen.lineWidth = 1;
  pen.fillRect(x + 9, y - height, 6, height);
  pen.strokeRect(x + 9, y - height, 6, height);
}

/** A change by a scenario: a triangle up where the place changes hands more often, down where less. */
export function paintShift(pen: CanvasRenderingContext2D, x: number, y: number, shift: number): void {
  const size = Math.min(22, 46 * Math.sqrt(Math.abs(shift)));
  pen.beginPath();
  if (size < 3) pen.arc(x, y, 2, 0, 2 * Math.PI);
  else {
    const up = shift > 0 ? -1 : 1;
    pen.moveTo(x, y + up * size * 0.7);
    pen.lineTo(x - size * 0.6, y - up * size * 0.4);
    pen.lineTo(x + size * 0.6, y - up * size * 0.4);
    pen.closePath();
  }
  pen.fillStyle = size < 3 ? "#8d8778" : shift > 0 ? "#8c1a1f" : "#ffffff";
  pen.fill();
  pen.strokeStyle = INK;
  pen.lineWidth = size < 3 ? 0 : 1.2;
  if (size >= 3) pen.stroke();
}

/** A small flag for reports of the days just before. */
export function paintFlag(pen: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  pen.beginPath();
  pen.moveTo(x - r - 2, y - r);
  pen.lineTo(x - r - 9, y - r - 3);
  pen.lineTo(x - r - 2, y - r - 7);
  pen.closePath();
  pen.fillStyle = "#1c2430";
  pen.fill();
}

export interface Label {
  text: string;
  x: number;
  y: number;
  r: number;
  rank: number;
  strong: boolean;
}

export interface Written {
  text: string;
  x: number;
  y: number;
  strong: boolean;
}

const STRONG = "700 13px system-ui, sans-serif";
const PLAIN = "500 11.5px system-ui, sans-serif";

/** Where names go, so that they do not cover each other; the most important first. */
export function placeLabels(pen: CanvasRenderingContext2D, labels: Label[], width: number, height: number): Written[] {
  const seen = labels.filter((l) => l.x > -20 && l.y > -20 && l.x < width + 20 && l.y < height + 20);
  const taken: number[][] = seen.map((l) => [l.x - l.r * 0.8, l.y - l.r * 0.8, l.x + l.r * 0.8, l.y + l.r * 0.8]);
  const order = seen.map((_, k) => k).sort((a, b) => seen[b].rank - seen[a].rank);
  const out: Written[] = [];
  for (const k of order) {
    const label = seen[k];
    if (!label.text) continue;
    pen.font = label.strong ? STRONG : PLAIN;
    const w = pen.measureText(label.text).width;
    for (const side of label.strong ? [1, -1, 0, 2] : [1, -1, 0]) {
      const x = side % 2 === 0 ? label.x - w / 2 : side === 1 ? label.x + label.r + 4 : label.x - label.r - 4 - w;
      const y = side === 0 ? label.y + label.r + 10 : side === 2 ? label.y - label.r - 10 : label.y;
      const box = [x, y - 7, x + w, y + 7];
      if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2) continue;
      if (side !== 2 && taken.some((t, j) => j !== k && t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue;
      taken.push(box);
      out.push({ text: label.text, x, y, strong: label.strong });
      break;
    }
  }
  return out;
}

export function paintLabels(pen: CanvasRenderingContext2D, labels: Written[]): void {
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  pen.lineJoin = "round";
  pen.strokeStyle = "rgba(251,250,246,.92)";
  pen.lineWidth = 3.5;
  pen.fillStyle = INK;
  for (const { text, x, y, strong } of labels) {
    pen.font = strong ? STRONG : PLAIN;
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  }
}
