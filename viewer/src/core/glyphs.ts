/** Paints places: shapes of sides, slices of futures, discs of risk, and what stands around them. */

import type { Place } from "./model";
import { corners, parts, type Mark } from "./palette";
import type { Pen } from "./pen";
import type { Theme } from "./theme.svelte";

export function radius(place: Place): number {
  if (place.refuge) return 4;
  if (place.kind === "capital") return 13;
  const grown = 3.6 + 1.9 * Math.max(0, Math.log10(Math.max(place.population, 1)) - 3);
  return Math.max(place.kind === "provincial_capital" ? 7 : 5, Math.min(11, grown));
}

function outline(pen: Pen, mark: Mark, x: number, y: number, r: number): void {
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
function slice(pen: Pen, mark: Mark, x: number, y: number, r: number, from: number, to: number): void {
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
  pen: Pen, x: number, y: number, r: number, shares: number[], marks: Mark[], sure: boolean, theme: Theme,
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
      pen.strokeStyle = theme.paper;
      pen.lineWidth = 0.8;
      pen.stroke();
      angle = end;
    }
    outline(pen, mark, x, y, r);
  }
  pen.strokeStyle = theme.ink;
  pen.lineWidth = 1;
  pen.stroke();
}

/** A place abroad. */
export function paintRefuge(pen: Pen, x: number, y: number, theme: Theme): void {
  pen.beginPath();
  pen.arc(x, y, 3, 0, 2 * Math.PI);
  pen.fillStyle = theme.host;
  pen.fill();
  pen.strokeStyle = theme.coast;
  pen.lineWidth = 1.2;
  pen.stroke();
}

/** A ring around the chosen place. */
export function paintRing(pen: Pen, x: number, y: number, r: number, theme: Theme): void {
  pen.beginPath();
  pen.arc(x, y, r + 7.5, 0, 2 * Math.PI);
  pen.strokeStyle = theme.ink;
  pen.lineWidth = 2.2;
  pen.stroke();
}

/** A ring around a place that changed hands on the day. */
export function paintHalo(pen: Pen, x: number, y: number, r: number, theme: Theme): void {
  pen.beginPath();
  pen.arc(x, y, r + 4.5, 0, 2 * Math.PI);
  pen.strokeStyle = theme.risk;
  pen.lineWidth = 3.2;
  pen.stroke();
}

/** How far its disc of risk reaches from a place [pixels]: the area grows with the chance; `size` is 1, and less on a small map. */
export function riskRadius(r: number, chance: number, size: number): number {
  return Math.sqrt(r * r + 620 * size * size * chance) + 2;
}

/** A disc behind a place: the larger and the darker, the likelier it changes hands. */
export function paintRisk(pen: Pen, x: number, y: number, r: number, chance: number, size: number, theme: Theme): void {
  const [red, green, blue] = parts(theme.risk);
  pen.beginPath();
  pen.arc(x, y, riskRadius(r, chance, size), 0, 2 * Math.PI);
  pen.fillStyle = `rgba(${red}, ${green}, ${blue}, ${(0.22 + 0.68 * chance).toFixed(2)})`;
  pen.fill();
  pen.strokeStyle = theme.risk;
  pen.lineWidth = 0.6;
  pen.stroke();
}

/** A ring for people: its area grows with their number. */
export function paintCrowd(pen: Pen, x: number, y: number, r: number, theme: Theme): void {
  const [red, green, blue] = parts(theme.people);
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fillStyle = `rgba(${red}, ${green}, ${blue}, .28)`;
  pen.fill();
  pen.strokeStyle = theme.people;
  pen.lineWidth = 1.4;
  pen.stroke();
}

/** A road that people take, on the right-hand side of the way they go, with an arrow where it is wide enough. */
export function paintFlow(pen: Pen, x1: number, y1: number, x2: number, y2: number, width: number, theme: Theme): void {
  const far = Math.hypot(x2 - x1, y2 - y1);
  if (far < 8) return;
  const [red, green, blue] = parts(theme.people);
  const [ux, uy] = [(x2 - x1) / far, (y2 - y1) / far];
  const at = (along: number, aside: number): [number, number] => [x1 + ux * along - uy * aside, y1 + uy * along + ux * aside];
  pen.beginPath();
  [at(0, 0.5), at(far, 0.5), at(far, 0.5 + width), at(0, 0.5 + width)].forEach(([x, y], k) => (k ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
  pen.fillStyle = `rgba(${red}, ${green}, ${blue}, .5)`;
  pen.fill();
  if (width < 1.6) return;
  const size = 3 + width;
  pen.beginPath();
  [at(0.55 * far + size, 0.5 + width / 2), at(0.55 * far - size / 2, 0.5 + width / 2 - size * 0.7), at(0.55 * far - size / 2, 0.5 + width / 2 + size * 0.7)].forEach(([x, y], k) => (k ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
  pen.fillStyle = theme.people;
  pen.fill();
}

/** A broken ring around a place that may be cut off. */
export function paintCut(pen: Pen, x: number, y: number, r: number, chance: number, theme: Theme): void {
  pen.setLineDash([4, 3]);
  pen.beginPath();
  pen.arc(x, y, r + 5, 0, 2 * Math.PI);
  pen.strokeStyle = theme.ink;
  pen.lineWidth = 0.8 + 4 * chance;
  pen.stroke();
  pen.setLineDash([]);
}

/** A bar at a crossing: how many civilians have crossed. */
export function paintBar(pen: Pen, x: number, y: number, height: number, theme: Theme): void {
  pen.fillStyle = theme.people;
  pen.strokeStyle = theme.paper;
  pen.lineWidth = 1;
  pen.fillRect(x + 9, y - height, 6, height);
  pen.strokeRect(x + 9, y - height, 6, height);
}

/** A change by a scenario: a triangle up where the place changes hands more often, down where less. */
export function paintShift(pen: Pen, x: number, y: number, shift: number, theme: Theme): void {
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
  pen.fillStyle = size < 3 ? theme.border : shift > 0 ? theme.risk : theme.less;
  pen.fill();
  pen.strokeStyle = theme.ink;
  pen.lineWidth = size < 3 ? 0 : 1.2;
  if (size >= 3) pen.stroke();
}

/** A small flag for reports of the days just before. */
export function paintFlag(pen: Pen, x: number, y: number, r: number, theme: Theme): void {
  pen.beginPath();
  pen.moveTo(x - r - 2, y - r);
  pen.lineTo(x - r - 9, y - r - 3);
  pen.lineTo(x - r - 2, y - r - 7);
  pen.closePath();
  pen.fillStyle = theme.ink;
  pen.fill();
}

