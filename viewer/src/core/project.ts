/** From longitude and latitude to the plane (Mercator), and the part of it that is seen. */

import type { Place } from "./model";

export interface View {
  /** Pixels per unit of the plane, and where its origin is [pixels]. */
  k: number;
  x: number;
  y: number;
}

/** Longitudes on one side of the widest gap between them: a country across 180 degrees stays whole. */
export function unwrapped(lon: ArrayLike<number>): Float64Array {
  const out = Float64Array.from(lon);
  const order = [...out].sort((a, b) => a - b);
  if (!order.length || order[order.length - 1] - order[0] <= 180) return out;
  let cut = 180;
  let widest = order[0] + 360 - order[order.length - 1];
  for (let k = 1; k < order.length; k++)
    if (order[k] - order[k - 1] > widest) {
      widest = order[k] - order[k - 1];
      cut = (order[k] + order[k - 1]) / 2;
    }
  return out.map((x) => (x < cut && cut < 180 ? x + 360 : x));
}

/** A longitude between -180 and 180 degrees. */
export function wrapped(lon: number): number {
  return lon > 180 ? lon - 360 : lon;
}

export function plane(lon: number, lat: number): [number, number] {
  const bounded = Math.max(-85, Math.min(85, lat));
  return [(lon * Math.PI) / 180, -Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360))];
}

/** Left, top, right and bottom [pixels]. */
export type Rect = [number, number, number, number];
/** How far a place keeps from what covers the map, up and down and sideways: room for its mark, better for its name, too; and how small the land may become for it [pixels, share]. */
const CLEAR = [
  { down: 13, across: 60, least: 0.84 },
  { down: 13, across: 13, least: 0.6 },
];

/** View that shows all places, with room around them, none below what covers the map [pixels]. */
export function fit(places: Place[], width: number, height: number, edge: { x: number; top: number; bottom: number }, covered: Rect[] = []): View {
  const spots = places.map((p) => plane(p.lon, p.lat));
  const xs = spots.map((s) => s[0]);
  const ys = spots.map((s) => s[1]);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const k = Math.min(
    Math.max(40, width - 2 * edge.x) / Math.max(right - left, 0.01),
    Math.max(40, height - edge.top - edge.bottom) / Math.max(bottom - top, 0.01),
  );
  const at = (size: number, across: number, down: number): View => ({
    k: size,
    x: width / 2 + (across * Math.max(0, width - 2 * edge.x - size * (right - left))) / 2 - (size * (left + right)) / 2,
    y: edge.top + (height - edge.top - edge.bottom) / 2 + (down * Math.max(0, height - edge.top - edge.bottom - size * (bottom - top))) / 2 - (size * (top + bottom)) / 2,
  });
  // the largest view that will do, and of these the one that lies most in the middle
  for (const clear of CLEAR) {
    const boxes = covered.map((b): Rect => [b[0] - clear.across, b[1] - clear.down, b[2] + clear.across, b[3] + clear.down]);
    const below = (v: View): boolean =>
      spots.some(([px, py]) => boxes.some((b) => v.x + v.k * px > b[0] && v.x + v.k * px < b[2] && v.y + v.k * py > b[1] && v.y + v.k * py < b[3]));
    for (let size = k; size > clear.least * k; size *= 0.96)
      for (const [across, down] of SHIFTS) {
        const view = at(size, across, down);
        if (!below(view)) return view;
      }
  }
  return at(k, 0, 0);
}
const STEPS = [0, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75, 1, -1];
const SHIFTS = STEPS.flatMap((across) => STEPS.map((down) => [across, down])).sort((a, b) => Math.hypot(a[0], a[1]) - Math.hypot(b[0], b[1]));

export function zoomed(view: View, factor: number, x: number, y: number, least: number): View {
  const k = Math.max(least * 0.7, Math.min(least * 40, view.k * factor));
  const f = k / view.k;
  return { k, x: x - f * (x - view.x), y: y - f * (y - view.y) };
}

/** Kilometres of one pixel at a latitude. */
export function kmPerPixel(view: View, lat: number): number {
  return (6371 * Math.cos((lat * Math.PI) / 180)) / view.k;
}

/** Degrees of latitude of a height in the plane. */
export function latitude(y: number): number {
  return ((2 * Math.atan(Math.exp(-y)) - Math.PI / 2) * 180) / Math.PI;
}
