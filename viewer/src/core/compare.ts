/** What a scenario changes: the same luck on both sides, member by member. */

import type { Model } from "./model";
import { meanInterval } from "./statistics";

export interface Shift {
  place: number;
  before: number;
  after: number;
  mean: number;
  low: number;
  high: number;
}

/** Mean of a difference with its interval, whose ends are no numbers where pairs are too few. */
function interval(model: Model, difference: Float64Array, weight: Float64Array): [number, number, number] {
  const [mean, low, high] = meanInterval(difference, weight);
  return model.enough(weight) ? [mean, low, high] : [mean, NaN, NaN];
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
    const [mean, low, high] = interval(model, difference, weight);
    found.push({ place: place.index, before, after, mean, low, high });
  }
  return found.sort((x, y) => Math.abs(y.mean) - Math.abs(x.mean));
}

/** How many more places change hands by a day in the scenario. */
export function more(model: Model, weight: Float64Array, day: number): [number, number, number] {
  const [a, b] = [model.falls(0), model.falls(1)];
  const difference = Float64Array.from(weight, (_, m) => b[m * model.times + day] - a[m * model.times + day]);
  return interval(model, difference, weight);
}
