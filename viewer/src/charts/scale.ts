/** Round numbers for an axis, and lines as SVG paths. */

export function nice(top: number, count = 4): number[] {
  if (!(top > 0)) return [0];
  const raw = top / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((k) => k * power).find((s) => s >= raw) ?? raw;
  const out: number[] = [];
  for (let v = 0; v <= top + step * 0.01; v += step) out.push(Number(v.toPrecision(6)));
  return out;
}

export interface Tick {
  day: number;
  x: number;
  anchor: "start" | "middle" | "end";
}

/** Days along an axis whose names do not touch, moved in at its ends; the first of the list are kept before others. */
export function apart(days: number[], x: (day: number) => number, width: number, room: number): Tick[] {
  const lefts: number[] = [];
  const out: Tick[] = [];
  for (const day of days) {
    const at = x(day);
    const anchor = at < room / 2 ? "start" : at > width - room / 2 ? "end" : "middle";
    const left = anchor === "start" ? at : anchor === "end" ? at - room : at - room / 2;
    if (at > width || lefts.some((other) => Math.abs(other - left) < room)) continue;
    lefts.push(left);
    out.push({ day, x: at, anchor });
  }
  return out;
}

export function line(points: [number, number][]): string {
  return points.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`).join("");
}

export function band(low: [number, number][], high: [number, number][]): string {
  return `${line(low)}${line([...high].reverse()).replace("M", "L")}Z`;
}
