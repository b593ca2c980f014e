/** Paints the land, roads and a scale, on a canvas or into an SVG. */

import type { Land } from "./header";
import { country } from "./language.svelte";
import type { Box } from "./payload";
import type { Pen } from "./pen";
import { plane, type Rect, type View } from "./project";
import type { Road } from "./roads";
import type { Theme } from "./theme.svelte";

export interface Outline {
  owner: number;
  closed: boolean;
  points: Float64Array;
  /** Which points lie on 180 degrees; null where none does. */
  seam: Uint8Array | null;
}

/** Outlines of the land in the plane. */
export function outlines(box: Box<unknown>, land: Land | null): Outline[] {
  if (!land) return [];
  const xy = box.columns.get("land.xy")!;
  const start = box.columns.get("land.start")!;
  const owner = box.columns.get("land.owner")!;
  const closed = box.columns.get("land.closed")!;
  const [west, south, east, north] = land.window;
  const across = (west < 180 && east > 180) || (west < -180 && east > -180);
  const found: Outline[] = [];
  for (let r = 0; r + 1 < start.length; r++) {
    const points = new Float64Array(2 * (start[r + 1] - start[r]));
    const seam = across ? new Uint8Array(start[r + 1] - start[r]) : null;
    let x = 0;
    let y = 0;
    for (let k = start[r]; k < start[r + 1]; k++) {
      x += xy[2 * k];
      y += xy[2 * k + 1];
      const lon = west + (x / land.steps) * (east - west);
      if (seam && Math.abs(Math.abs(lon) - 180) < (1.5 * (east - west)) / land.steps) seam[k - start[r]] = 1;
      const spot = plane(lon, south + (y / land.steps) * (north - south));
      points.set(spot, 2 * (k - start[r]));
    }
    found.push({ owner: owner[r], closed: closed[r] === 1, points, seam });
  }
  return found;
}

export function trace(pen: Pen, points: Float64Array, view: View): void {
  for (let k = 0; k < points.length; k += 2) {
    const x = view.x + view.k * points[k];
    const y = view.y + view.k * points[k + 1];
    if (k === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
}

/** An outline without the edge where its file was cut at 180 degrees: no country ends there. */
function border(pen: Pen, shape: Outline, view: View): void {
  const { points, seam } = shape;
  if (!seam) {
    trace(pen, points, view);
    pen.closePath();
    return;
  }
  const n = points.length / 2;
  for (let k = 0; k <= n; k++) {
    const [a, b] = [(k + n - 1) % n, k % n];
    const [x, y] = [view.x + view.k * points[2 * b], view.y + view.k * points[2 * b + 1]];
    if (k === 0 || (seam[a] && seam[b])) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
}

/** Capitals apart from each other; letters that are joined, as in Arabic, as they are. */
function spaced(name: string): string {
  return /^[\u0000-\u024f\s]*$/.test(name) ? name.toUpperCase().split("").join("\u200a") : name;
}

export function paintLand(
  pen: Pen, shapes: Outline[], land: Land | null, names: Named[], view: View, width: number, height: number, theme: Theme,
): void {
  pen.fillStyle = land ? theme.sea : theme.host;
  pen.fillRect(0, 0, width, height);
  const focus = new Set(land?.focus ?? []);
  for (const host of [false, true]) {
    pen.beginPath();
    for (const shape of shapes)
      if (shape.closed && focus.has(shape.owner) === host) {
        trace(pen, shape.points, view);
        pen.closePath();
      }
    pen.fillStyle = host ? theme.host : theme.abroad;
    pen.fill("evenodd");
    pen.beginPath();
    for (const shape of shapes) if (shape.closed && focus.has(shape.owner) === host) border(pen, shape, view);
    pen.strokeStyle = host ? theme.coast : theme.border;
    pen.lineWidth = host ? 1.3 : 0.8;
    pen.stroke();
  }
  pen.beginPath();
  for (const shape of shapes) if (!shape.closed) trace(pen, shape.points, view);
  pen.strokeStyle = theme.border;
  pen.stroke();
  pen.font = "600 12px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = theme.country;
  for (const { name, x, y } of names)
    pen.fillText(spaced(name), view.x + view.k * x, view.y + view.k * y);
}

export interface Named {
  name: string;
  x: number;
  y: number;
}

/** Where the names of other countries can be read when the whole map is seen: in the plane. */
export function anchors(shapes: Outline[], land: Land | null, view: View, spots: Float64Array, width: number, height: number, covered: Rect[] = []): Named[] {
  const found: Named[] = [];
  for (const [name] of land?.labels ?? []) {
    const owner = land!.names.indexOf(name);
    if (land!.focus.includes(owner)) continue;
    const path = new Path2D();
    for (const shape of shapes) if (shape.owner === owner && shape.closed) path.addPath(asPath(shape.points, view));
    const pen = document.createElement("canvas").getContext("2d")!;
    const said = country(name);
    const half = 5 * said.length + 6;
    let best: [number, number, number] | null = null;
    for (let x = half + 6; x < width - half; x += 44)
      for (let y = 76; y < height - 70; y += 26) {
        if (covered.some((b) => x + half > b[0] && x - half < b[2] && y + 8 > b[1] && y - 8 < b[3])) continue;
        if (![x, x - half, x + half].every((at) => pen.isPointInPath(path, at, y, "evenodd"))) continue;
        let room = Math.min(140, y, height - y);
        for (let k = 0; k < spots.length; k += 2) room = Math.min(room, Math.hypot((spots[k] - x) / 2.2, spots[k + 1] - y));
        if (room > 16 && (!best || room > best[2])) best = [x, y, room];
      }
    if (best) found.push({ name: said, x: (best[0] - view.x) / view.k, y: (best[1] - view.y) / view.k });
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

const ROADS: Record<string, [number, number[]]> = {
  highway: [1.8, []],
  primary: [1.5, []],
  river: [1.6, []],
  rail: [1.2, [6, 3]],
  sea: [0.8, [2, 5]],
  air: [0.8, [1, 6]],
  track: [1, [3, 3]],
};

export function paintRoads(
  pen: Pen, roads: readonly Road[], spots: Float64Array, theme: Theme,
): void {
  for (const [from, to, , kind] of roads) {
    const [width, dash] = ROADS[kind] ?? [1.1, []];
    pen.lineWidth = width;
    pen.setLineDash(dash);
    pen.strokeStyle = theme.roads[kind] ?? theme.road;
    pen.beginPath();
    pen.moveTo(spots[2 * from], spots[2 * from + 1]);
    pen.lineTo(spots[2 * to], spots[2 * to + 1]);
    pen.stroke();
  }
  pen.setLineDash([]);
}

/** A bar of round kilometres, right-hand below. */
export function paintScale(pen: Pen, right: number, y: number, km: number, theme: Theme): void {
  const [length, label] = scaleBar(km);
  pen.font = "500 11px system-ui, sans-serif";
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  pen.strokeStyle = theme.halo;
  pen.lineWidth = 3;
  pen.strokeText(label, right, y - 8);
  pen.fillStyle = theme.ink;
  pen.fillText(label, right, y - 8);
  pen.beginPath();
  for (const [x, v] of [[right - length, y - 4], [right - length, y], [right, y], [right, y - 4]] as const)
    if (x === right - length && v === y - 4) pen.moveTo(x, v);
    else pen.lineTo(x, v);
  pen.strokeStyle = theme.ink;
  pen.lineWidth = 1.4;
  pen.stroke();
}

/** Length of a bar of round kilometres [pixels], and what stands at it; `km` are those of a pixel. */
export function scaleBar(km: number): [number, string] {
  const most = 110 * km;
  const power = 10 ** Math.floor(Math.log10(most));
  const round = [5, 2, 1].map((f) => f * power).find((v) => v <= most) ?? power;
  return [round / km, `${round} km`];
}
