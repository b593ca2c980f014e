/** What a scenario changes: the same luck on both sides, member by member. */

import type { Model } from "./model";

export interface Shift {
  place: number;
  before: number;
  after: number;
  mean: number;
  low: number;
  high: number;
}

/** Mean of a difference over members, and its 90 % interval from the spread of the mean. */
export function interval(difference: Float64Array, weight: Float64Array): [number, number, number] {
  let mean = 0;
  for (let m = 0; m < weight.length; m++) mean += weight[m] * difference[m];
  let spread = 0;
  for (let m = 0; m < weight.length; m++) spread += weight[m] ** 2 * (difference[m] - mean) ** 2;
  const error = Math.sqrt(Math.max(0, spread));
  return [mean, mean - 1.645 * error, mean + 1.645 * error];
}

export function shifts(model: Model, weight: Float64Array, day: number): Shift[] {
  const [a, b] = model.arms;
  const difference = new Float64Array(weight.length);
  const found: Shift[] = [];
  for (const place of model.places) {
    if (place.refuge) continue;
    let before = 0;
    let after = 0;
    for (let m = 0; m < weight.length; m++) {
      const [p, q] = [a.control.first(place.index, m), b.control.first(place.index, m)];
      const [x, y] = [p > 0 && p <= day ? 1 : 0, q > 0 && q <= day ? 1 : 0];
      before += weight[m] * x;
      after += weight[m] * y;
      difference[m] = y - x;
    }
    const [mean, low, high] = interval(difference, weight);
    found.push({ place: place.index, before, after, mean, low, high });
  }
  return found.sort((x, y) => Math.abs(y.mean) - Math.abs(x.mean));
}

/** How many more places change hands by a day in the scenario. */
export function more(model: Model, weight: Float64Array, day: number): [number, number, number] {
  const [a, b] = [model.falls(0), model.falls(1)];
  const difference = Float64Array.from(weight, (_, m) => b[m * model.times + day] - a[m * model.times + day]);
  return interval(difference, weight);
}
