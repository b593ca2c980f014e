/** Whole histories of things in members, kept as changes, and what they add up to. */

import type { Box, Column } from "./payload";

export class Histories {
  readonly things: number;
  readonly members: number;
  readonly base: Column;
  readonly count: Column;
  readonly day: Column;
  readonly value: Column;
  readonly way: Column | undefined;
  /** First change of each (thing, member); one more at the end. */
  readonly start: Uint32Array;

  constructor(
    box: Box<unknown>,
    name: string,
    readonly times: number,
    readonly values: number,
  ) {
    const column = (part: string): Column => {
      const found = box.columns.get(`${name}.${part}`);
      if (!found) throw new Error(`the payload has no ${name}.${part}`);
      return found;
    };
    [this.things, this.members] = box.shapes.get(`${name}.count`) as [number, number];
    this.base = column("base");
    this.count = column("count");
    this.day = column("day");
    this.value = column("value");
    this.way = box.columns.get(`${name}.way`);
    this.start = new Uint32Array(this.count.length + 1);
    for (let k = 0; k < this.count.length; k++) this.start[k + 1] = this.start[k] + this.count[k];
  }

  /** Value of one thing in one member on a day. */
  at(thing: number, member: number, day: number): number {
    const k = thing * this.members + member;
    let value = this.base[thing];
    for (let j = this.start[k]; j < this.start[k + 1] && this.day[j] <= day; j++) value = this.value[j];
    return value;
  }

  /** Day on which one thing first changes from what it is on day 0, or -1. */
  first(thing: number, member: number): number {
    const k = thing * this.members + member;
    for (let j = this.start[k]; j < this.start[k + 1]; j++) if (this.day[j] > 0) return this.day[j];
    return -1;
  }

  /** Share of members in which each thing has each value on each day: [thing][value][day]. */
  shares(weight: Float64Array): Float32Array {
    const { times, values, members } = this;
    const out = new Float32Array(this.things * values * times);
    const sum = new Float64Array(values * times);
    for (let n = 0; n < this.things; n++) {
      sum.fill(0);
      for (let m = 0; m < members; m++) {
        const w = weight[m];
        if (w === 0) continue;
        let now = this.base[n];
        sum[now * times] += w;
        const k = n * members + m;
        for (let j = this.start[k]; j < this.start[k + 1]; j++) {
          const d = this.day[j];
          sum[now * times + d] -= w;
          now = this.value[j];
          sum[now * times + d] += w;
        }
      }
      const at = n * values * times;
      for (let v = 0; v < values; v++) {
        let total = 0;
        for (let t = 0; t < times; t++) out[at + v * times + t] = total += sum[v * times + t];
      }
    }
    return out;
  }

  /** Share of members in which each thing has changed by each day: [thing][day]. */
  changed(weight: Float64Array): Float32Array {
    const { times, members } = this;
    const out = new Float32Array(this.things * times);
    for (let n = 0; n < this.things; n++) {
      for (let m = 0; m < members; m++) {
        if (weight[m] === 0) continue;
        const d = this.first(n, m);
        if (d > 0) out[n * times + d] += weight[m];
      }
      for (let t = 1; t < times; t++) out[n * times + t] += out[n * times + t - 1];
    }
    return out;
  }

  /** Share of members in which each thing changes on each day: [thing][day]. */
  moves(weight: Float64Array): Float32Array {
    const { times, members } = this;
    const out = new Float32Array(this.things * times);
    for (let n = 0; n < this.things; n++)
      for (let m = 0; m < members; m++) {
        const k = n * members + m;
        for (let j = this.start[k]; j < this.start[k + 1]; j++)
          if (this.day[j] > 0) out[n * times + this.day[j]] += weight[m];
      }
    return out;
  }

  /** Number of counted things that have a value, by member and day: [value][member][day]. */
  tallies(counted: Uint8Array): Int16Array {
    const { times, values, members } = this;
    const out = new Int16Array(values * members * times);
    for (let n = 0; n < this.things; n++) {
      if (!counted[n]) continue;
      for (let m = 0; m < members; m++) {
        let now = this.base[n];
        out[(now * members + m) * times]++;
        const k = n * members + m;
        for (let j = this.start[k]; j < this.start[k + 1]; j++) {
          const d = this.day[j];
          out[(now * members + m) * times + d]--;
          now = this.value[j];
          out[(now * members + m) * times + d]++;
        }
      }
    }
    for (let row = 0; row < values * members; row++)
      for (let t = 1; t < times; t++) out[row * times + t] += out[row * times + t - 1];
    return out;
  }
}
