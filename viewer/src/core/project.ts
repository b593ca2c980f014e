/** From longitude and latitude to the plane (Mercator), and the part of it that is seen. */

import type { Place } from "./model";

export interface View {
  /** Pixels per unit of the plane, and where its origin is [pixels]. */
  k: number;
  x: number;
  y: number;
}

export function plane(lon: number, lat: number): [number, number] {
  const bounded = Math.max(-85, Math.min(85, lat));
  return [(lon * Math.PI) / 180, -Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360))];
}

/** View that shows all places, with room around them [pixels]. */
export function fit(places: Place[], width: number, height: number, edge: { x: number; top: number; bottom: number }): View {
  const spots = places.map((p) => plane(p.lon, p.lat));
  const xs = spots.map((s) => s[0]);
  const ys = spots.map((s) => s[1]);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const k = Math.min(
    Math.max(40, width - 2 * edge.x) / Math.max(right - left, 0.01),
    Math.max(40, height - edge.top - edge.bottom) / Math.max(bottom - top, 0.01),
  );
  return {
    k,
    x: width / 2 - (k * (left + right)) / 2,
    y: edge.top + (height - edge.top - edge.bottom) / 2 - (k * (top + bottom)) / 2,
  };
}

export function zoomed(view: View, factor: number, x: number, y: number, least: number): View {
  const k = Math.max(least * 0.7, Math.min(least * 40, view.k * factor));
  const f = k / view.k;
  return { k, x: x - f * (x - view.x), y: y - f * (y - view.y) };
}
