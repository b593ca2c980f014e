/** Weighted statistics of members: quantiles, means of differences with their intervals. */

/** Quantiles of whole numbers from 0 to `most`: the least value that a share of at least `level` does not exceed. */
export function countQuantiles(counts: ArrayLike<number>, weight: Float64Array, most: number, levels: readonly number[]): number[] {
  const histogram = new Float64Array(most + 1);
  for (let m = 0; m < weight.length; m++) histogram[counts[m]] += weight[m];
  let sum = 0;
  let value = -1;
  return levels.map((level) => {
    while (value < most && sum < level - 1e-9) sum += histogram[++value];
    return Math.max(0, value);
  });
}

/** Quantiles of any numbers; members of no weight do not count. */
export function quantiles(values: ArrayLike<number>, weight: Float64Array, levels: readonly number[]): number[] {
  const order = Uint32Array.from(weight.keys()).filter((m) => weight[m] > 0);
  order.sort((a, b) => values[a] - values[b]);
  const out: number[] = [];
  let sum = 0;
  for (const m of order) {
    sum += weight[m];
    while (out.length < levels.length && sum >= levels[out.length] - 1e-9) out.push(values[m]);
  }
  while (out.length < levels.length) out.push(order.length ? values[order[order.length - 1]] : NaN);
  return out;
}

/** How many members have any weight. */
export function survivors(weight: ArrayLike<number>): number {
  let n = 0;
  for (let m = 0; m < weight.length; m++) if (weight[m] > 0) n++;
  return n;
}

/** Quantiles at some levels; where members are too few, none but the median is a number. */
export function beside(levels: readonly number[], values: number[], enough: boolean): number[] {
  return enough ? values : values.map((value, k) => (levels[k] === 0.5 ? value : NaN));
}

/** Mean of a difference over members, and its 90 % interval from the spread of the mean. */
export function meanInterval(difference: Float64Array, weight: Float64Array): [number, number, number] {
  let mean = 0;
  for (let m = 0; m < weight.length; m++) mean += weight[m] * difference[m];
  let spread = 0;
  for (let m = 0; m < weight.length; m++) spread += weight[m] ** 2 * (difference[m] - mean) ** 2;
  const error = Math.sqrt(Math.max(0, spread));
  return [mean, mean - 1.645 * error, mean + 1.645 * error];
}

/** How many steps it takes to turn one word into another: letters put in, left out, changed or swapped. */
export function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, k) => k)];
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) now[j] = Math.min(now[j], before[j - 2] + 1);
    }
    [before, last] = [last, now];
  }
  return last[b.length];
}
