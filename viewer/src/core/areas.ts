/** Soft areas: the land nearest by road to each place, tinted by who holds it, paler the less that is sure.

Land goes to the nearest point of a place or of a road, and that to the nearer end of the road. Nothing is known of
land between places: tints fade with the distance, and end at the country's border.
*/

import type { Outline } from "./land";
import { parts } from "./palette";
import type { Road } from "./roads";

const LONG = 200;
/** Tint at a place, and how far from road or place it has faded to a third [cells]. */
const STRENGTH = 0.44;
const FADE = 26;

export interface Areas {
  /** Cells across and down, and the part of the plane they cover: left, top, right, bottom. */
  width: number;
  height: number;
  bounds: [number, number, number, number];
  /** Place each cell belongs to, and how strong its tint is at most. */
  owner: Int16Array;
  strength: Float32Array;
}

/** Which place each cell of a country belongs to; `spots` are places in the plane, `dead` those abroad. */
export function areasOf(hosts: Outline[], spots: [number, number][], dead: boolean[], roads: readonly Road[]): Areas | null {
  const bounds = boundsOf(hosts);
  if (!bounds) return null;
  const [left, top, right, bottom] = bounds;
  const size = Math.max(right - left, bottom - top) / LONG;
  const [width, height] = [Math.ceil((right - left) / size) + 1, Math.ceil((bottom - top) / size) + 1];
  const owner = new Int16Array(width * height).fill(-1);
  /** Nearest seed of each cell, in cells. */
  const [sx, sy] = [new Float32Array(width * height), new Float32Array(width * height)];
  const sow = (x: number, y: number, place: number): void => {
    const [u, v] = [Math.round((x - left) / size), Math.round((y - top) / size)];
    if (u < 0 || v < 0 || u >= width || v >= height) return;
    const k = v * width + u;
    if (owner[k] >= 0) return;
    owner[k] = place;
    [sx[k], sy[k]] = [u, v];
  };
  spots.forEach(([x, y], n) => dead[n] || sow(x, y, n));
  for (const [a, b, , kind] of roads) {
    if (dead[a] || dead[b] || kind === "air" || kind === "sea") continue;
    const [[ax, ay], [bx, by]] = [spots[a], spots[b]];
    const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / size);
    for (let k = 1; k < steps; k++) sow(ax + ((bx - ax) * k) / steps, ay + ((by - ay) * k) / steps, 2 * k < steps ? a : b);
  }
  spread(owner, sx, sy, width, height);
  const strength = Float32Array.from(owner, (n, k) => {
    const [u, v] = [k % width, (k / width) | 0];
    return n < 0 ? 0 : STRENGTH * Math.exp((-Math.hypot(sx[k] - u, sy[k] - v) * 1.1) / FADE);
  });
  return { width, height, bounds, owner, strength };
}

function boundsOf(hosts: Outline[]): [number, number, number, number] | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { points } of hosts)
    for (let k = 0; k < points.length; k += 2) {
      left = Math.min(left, points[k]);
      right = Math.max(right, points[k]);
      top = Math.min(top, points[k + 1]);
      bottom = Math.max(bottom, points[k + 1]);
    }
  return left < right && top < bottom ? [left, top, right, bottom] : null;
}

/** Nearest seed of every cell: two sweeps over the grid, each cell asks its neighbours (Danielsson 1980). */
function spread(owner: Int16Array, sx: Float32Array, sy: Float32Array, width: number, height: number): void {
  const take = (k: number, u: number, v: number, from: number): void => {
    if (owner[from] < 0) return;
    const far = (sx[from] - u) ** 2 + (sy[from] - v) ** 2;
    if (owner[k] >= 0 && far >= (sx[k] - u) ** 2 + (sy[k] - v) ** 2) return;
    owner[k] = owner[from];
    [sx[k], sy[k]] = [sx[from], sy[from]];
  };
  for (const down of [1, -1]) {
    for (let i = 0; i < height; i++) {
      const v = down > 0 ? i : height - 1 - i;
      for (let j = 0; j < width; j++) {
        const u = down > 0 ? j : width - 1 - j;
        const k = v * width + u;
        if (u - down >= 0 && u - down < width) take(k, u, v, k - down);
        for (const side of [-1, 0, 1])
          if (v - down >= 0 && v - down < height && u + side >= 0 && u + side < width) take(k, u, v, k - down * width + side);
      }
      for (let j = 0; j < width; j++) {
        const u = down > 0 ? width - 1 - j : j;
        if (u + down >= 0 && u + down < width) take(v * width + u, u, v, v * width + u + down);
      }
    }
  }
}

/** Paint the cells in the colour of each place's likeliest holder, by how far ahead of the others it is (0..1). */
export function tint(areas: Areas, image: ImageData, colours: string[], lead: ArrayLike<number>, ahead: ArrayLike<number>): void {
  const known = colours.map(parts);
  const { owner, strength } = areas;
  const { data } = image;
  for (let k = 0; k < owner.length; k++) {
    const n = owner[k];
    if (n < 0 || lead[n] < 0) {
      data[4 * k + 3] = 0;
      continue;
    }
    const [red, green, blue] = known[lead[n]];
    data[4 * k] = red;
    data[4 * k + 1] = green;
    data[4 * k + 2] = blue;
    data[4 * k + 3] = 255 * strength[k] * ahead[n];
  }
}
