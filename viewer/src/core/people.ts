/** Numbers of people: quantiles of every series by day, and some series by member on some days. */

import type { ArmHeader } from "./header";
import { fromCodes, type Box, type Column } from "./payload";
import { beside, countQuantiles, survivors } from "./statistics";

export class People {
  readonly series: Map<string, number>;
  readonly kept: Map<string, number>;
  /** Days on which members are kept. */
  readonly days: Column;
  private readonly q: Float64Array;
  private readonly ends: Map<string, number>;
  /** Days on which the numbers of `ends` are kept. */
  readonly endDays: Column;
  private readonly endQ: Float64Array;
  private readonly dailyQ: Float64Array;
  private readonly codes: Column;
  private readonly amount: Float64Array;
  private readonly levels: number;

  constructor(
    box: Box<unknown>,
    name: string,
    header: ArmHeader,
    readonly members: number,
    readonly times: number,
    /** Of fewer members nothing is told but the median. */
    private readonly fewest: number,
  ) {
    this.series = new Map(header.series.map((s, k) => [s, k]));
    this.kept = new Map(header.kept.map((s, k) => [s, k]));
    const [series, , levels] = box.shapes.get(`${name}.q`)!;
    const told = (codes: Column): Float64Array => middle(fromCodes(codes, header.top), levels, members < fewest);
    this.q = told(undiff(box.columns.get(`${name}.q`)!, series, times, levels));
    this.ends = new Map(header.ends.map((s, k) => [s, k]));
    this.endQ = told(box.columns.get(`${name}.ends`)!);
    this.endDays = box.columns.get(`${name}.ends.days`)!;
    this.dailyQ = told(box.columns.get(`${name}.daily`)!);
    this.levels = levels;
    this.days = box.columns.get(`${name}.days`)!;
    this.codes = undiff(box.columns.get(`${name}.members`)!, this.kept.size, this.days.length, members);
    this.amount = fromCodes(Uint8Array.from({ length: 256 }, (_, k) => k), header.top);
  }

  /** Quantile of a series on a day, over all members. */
  quantile(series: string, day: number, level: number): number {
    const s = this.series.get(series);
    return s === undefined ? 0 : this.q[(s * this.times + day) * this.levels + level];
  }

  /** Quantile of a number that is kept on some days only, on the k-th of them, over all members. */
  end(name: string, k: number, level: number): number {
    const e = this.ends.get(name);
    return e === undefined ? 0 : this.endQ[(k * this.ends.size + e) * this.levels + level];
  }

  /** Quantile of what a series grows by on a day (day 1 on), over all members. */
  daily(series: string, day: number, level: number): number {
    const s = this.kept.get(series);
    return s === undefined ? 0 : this.dailyQ[(s * (this.times - 1) + day - 1) * this.levels + level];
  }

  /** One member's number on the k-th kept day. */
  member(series: string, k: number, member: number): number {
    const s = this.kept.get(series)!;
    return this.amount[this.codes[(s * this.days.length + k) * this.members + member]];
  }

  /** Quantiles on the k-th kept day, for members of these weights. */
  under(series: string, k: number, weight: Float64Array, levels: number[]): number[] {
    const s = this.kept.get(series)!;
    const at = (s * this.days.length + k) * this.members;
    const own = this.codes.subarray(at, at + this.members);
    return beside(levels, countQuantiles(own, weight, 255, levels).map((code) => this.amount[code]), survivors(weight) >= this.fewest);
  }

  /** Share of members with more than `amount` on the k-th kept day. */
  above(series: string, k: number, amount: number, weight: Float64Array): number {
    const s = this.kept.get(series)!;
    const at = (s * this.days.length + k) * this.members;
    let sum = 0;
    for (let m = 0; m < this.members; m++) if (this.amount[this.codes[at + m]] > amount) sum += weight[m];
    return sum;
  }
}

/** Quantiles with the levels last and the median in their middle; of too few members none but that is a number. */
function middle(values: Float64Array, levels: number, few: boolean): Float64Array {
  return few ? values.map((v, k) => (k % levels === levels >> 1 ? v : NaN)) : values;
}

/** Codes from their differences along the days: [series][day][member]; they wrap around as they did in numpy. */
function undiff<C extends Column>(steps: C, series: number, days: number, members: number): C {
  const codes = steps.slice() as C;
  for (let s = 0; s < series; s++)
    for (let k = 1; k < days; k++) {
      const at = (s * days + k) * members;
      for (let m = 0; m < members; m++) codes[at + m] += codes[at - members + m];
    }
  return codes;
}

/** The one of some days that is nearest to a day: its index. */
export function nearest(days: ArrayLike<number>, day: number): number {
  let best = 0;
  for (let k = 1; k < days.length; k++) if (Math.abs(days[k] - day) < Math.abs(days[best] - day)) best = k;
  return best;
}
