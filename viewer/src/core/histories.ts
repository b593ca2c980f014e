/** Whole histories of things in members, kept as changes, and what they add up to. */

import type { Box, Column } from "./payload";

export class Histories {
  readonly things: number;
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
    readonly members: number,
    readonly times: number,
    readonly values: number,
  ) {
    const column = (part: string): Column => {
      const found = box.columns.get(`${name}.${part}`);
      if (!found) throw new Error(`the payload has no ${name}.${part}`);
      return found;
    };
    this.base = column("base");
    this.things = this.base.length;
    const fours = box.columns.get(`${name}.fours`);
    this.count = fours ? outOfFours(fours, this.things, members) : column("count");
    this.day = column("day").slice();
    this.value = column("value").slice();
    this.way = box.columns.get(`${name}.way`);
    this.start = new Uint32Array(this.count.length + 1);
    for (let k = 0; k < this.count.length; k++) {
      this.start[k + 1] = this.start[k] + this.count[k];
      let now = this.base[(k / this.members) | 0];
      let on = 0;
      for (let j = this.start[k]; j < this.start[k + 1]; j++) {
        now = this.value[j] ^= now; // kept as exclusive-or
        on = this.day[j] += on; // kept as days since the change before
      }
    }
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

  /** Share of members in which each thing has changed by each day, and changes on each day: [thing][day]. */
  changes(weight: Float64Array): { changed: Float32Array; moves: Float32Array } {
    const { times, members, start, day } = this;
    const changed = new Float32Array(this.things * times);
    const moves = new Float32Array(this.things * times);
    const [first, each] = [new Float64Array(times), new Float64Array(times)];
    for (let n = 0; n < this.things; n++) {
      first.fill(0);
      each.fill(0);
      for (let m = 0; m < members; m++) {
        const w = weight[m];
        if (w === 0) continue;
        const k = n * members + m;
        let fresh = true;
        for (let j = start[k]; j < start[k + 1]; j++) {
          const d = day[j];
          if (d === 0) continue;
          each[d] += w;
          if (fresh) first[d] += w;
          fresh = false;
        }
      }
      let total = 0;
      for (let t = 0; t < times; t++) {
        changed[n * times + t] = total += first[t];
        moves[n * times + t] = each[t];
      }
    }
    return { changed, moves };
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

/** Numbers below 4, four in a byte, by thing and member: one each. */
function outOfFours(packed: Column, things: number, members: number): Uint8Array {
  const wide = Math.ceil(members / 4);
  const out = new Uint8Array(things * members);
  for (let n = 0; n < things; n++)
    for (let m = 0; m < members; m++) out[n * members + m] = (packed[n * wide + (m >> 2)] >> (2 * (m & 3))) & 3;
  return out;
}
