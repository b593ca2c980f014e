/** Co-occurrence: chances of one place among the futures in which another changes hands, and how it does. */

import type { Model } from "./model";

export interface Tie {
  place: number;
  /** Chance of changing hands by the day where the first place does, and where it does not. */
  withIt: number;
  without: number;
}

export function ties(model: Model, arm: number, weight: Float64Array, place: number, day: number): Tie[] {
  const { control } = model.arms[arm];
  const fell = Uint8Array.from(weight, (_, m) => {
    const d = control.first(place, m);
    return d > 0 && d <= day ? 1 : 0;
  });
  let share = 0;
  for (let m = 0; m < fell.length; m++) if (fell[m]) share += weight[m];
  if (share < 0.01 || share > 0.99) return [];
  const found: Tie[] = [];
  for (const other of model.places) {
    if (other.refuge || other.index === place) continue;
    let both = 0;
    let alone = 0;
    for (let m = 0; m < fell.length; m++) {
      if (weight[m] === 0) continue;
      const d = control.first(other.index, m);
      if (d > 0 && d <= day) {
        if (fell[m]) both += weight[m];
        else alone += weight[m];
      }
    }
    found.push({ place: other.index, withIt: both / share, without: alone / (1 - share) });
  }
  return found.sort((a, b) => Math.abs(b.withIt - b.without) - Math.abs(a.withIt - a.without));
}

/** How the place changes hands: share of each way among futures where it does. */
export function ways(model: Model, arm: number, weight: Float64Array, place: number): [string, number][] {
  const { control } = model.arms[arm];
  const sums = new Float64Array(model.header.ways.length);
  const whole = model.box.columns.get(`${arm}.control.ways`);
  if (!control.way && !whole) return [];
  if (whole) sums.set(whole.subarray(place * sums.length, (place + 1) * sums.length));
  else for (let m = 0; m < weight.length; m++) {
    const k = place * control.members + m;
    for (let j = control.start[k]; j < control.start[k + 1]; j++)
      if (control.day[j] > 0) {
        sums[control.way![j]] += weight[m];
        break;
      }
  }
  const total = sums.reduce((a, b) => a + b, 0);
  return model.header.ways
    .map((name, w): [string, number] => [name, total ? sums[w] / total : 0])
    .filter(([, share]) => share > 0)
    .sort((a, b) => b[1] - a[1]);
}
