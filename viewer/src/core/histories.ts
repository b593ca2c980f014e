/** Whole histories of things in members, kept as changes, and what they add up to. */

import type { Box, Column } from "./payload";

export class Histories {
  readonly things: number;
  readonly base: Column;
  readonly day: Column;
  readonly value: Column;
  readonly way: Column | undefined;
  /** First change of each (thing, member); one more at the end. */
  readonly start: Uint32Array;
  /** Day on which each (thing, member) first changes from what it is on day 0; 0 where it never does. */
  private readonly fresh: Uint8Array | Uint16Array;

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
    const count = fours ? outOfFours(fours, this.things, members) : column("count");
    this.day = column("day").slice();
    this.value = column("value").slice();
    this.way = box.columns.get(`${name}.way`);
    this.start = new Uint32Array(count.length + 1);
    this.fresh = this.day instanceof Uint8Array ? new Uint8Array(count.length) : new Uint16Array(count.length);
    this.decode(count);
  }

  /** Days and values from their differences, in place. */
  private decode(count: Column): void {
    const { start, day, value, base, fresh, members, things } = this;
    for (let n = 0, k = 0, j = 0; n < things; n++)
      for (let m = 0; m < members; m++, k++) {
        const end = j + count[k];
        let [now, on, first] = [base[n], 0, 0];
        for (; j < end; j++) {
          now = value[j] ^= now; // kept as exclusive-or
          on = day[j] += on; // kept as days since the change before
          if (first === 0) first = on;
        }
        start[k + 1] = end;
        fresh[k] = first;
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
    return this.fresh[thing * this.members + member] || -1;
  }

  /** Share of members in which each thing has each value on each day: [thing][value][day]. */
  shares(weight: Float64Array): Float32Array {
    const { times, values, members, start, day, value } = this;
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
        for (let j = start[k], end = start[k + 1]; j < end; j++) {
          const d = day[j];
          sum[now * times + d] -= w;
          now = value[j];
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
    const { times, members, start, day, fresh } = this;
    const changed = new Float32Array(this.things * times);
    const moves = new Float32Array(this.things * times);
    const [first, each] = [new Float64Array(times), new Float64Array(times)]; // day 0 gathers what is not asked for
    for (let n = 0; n < this.things; n++) {
      first.fill(0);
      each.fill(0);
      for (let m = 0; m < members; m++) {
        const w = weight[m];
        if (w === 0) continue;
        const k = n * members + m;
        first[fresh[k]] += w;
        for (let j = start[k], end = start[k + 1]; j < end; j++) each[day[j]] += w;
      }
      first[0] = each[0] = 0;
      let total = 0;
      for (let t = 0; t < times; t++) {
        changed[n * times + t] = total += first[t];
        moves[n * times + t] = each[t];
      }
    }
    return { changed, moves };
  }

  /** Number of counted things that have a value, by day and member: [value][day][member]. */
  tallies(counted: Uint8Array): Int16Array {
    const { times, values, members, start, day, value } = this;
    const out = new Int16Array(values * members * times);
    for (let n = 0; n < this.things; n++) {
      if (!counted[n]) continue;
      for (let m = 0; m < members; m++) {
        let now = this.base[n];
        out[now * times * members + m]++;
        const k = n * members + m;
        for (let j = start[k], end = start[k + 1]; j < end; j++) {
          out[(now * times + day[j]) * members + m]--;
          now = value[j];
          out[(now * times + day[j]) * members + m]++;
        }
      }
    }
    addUp(out, values, times, members);
    return out;
  }

  /** Number of counted things that have changed, by day and member: [day][member]. */
  falls(counted: Uint8Array): Int16Array {
    const { times, members, fresh } = this;
    const out = new Int16Array(members * times);
    for (let n = 0; n < this.things; n++)
      if (counted[n]) for (let m = 0, k = n * members; m < members; m++, k++) out[fresh[k] * members + m]++;
    out.fill(0, 0, members); // those that never change
    addUp(out, 1, times, members);
    return out;
  }
}

/** Counts by day from what is added on each day: [row][day][member]. */
function addUp(out: Int16Array, rows: number, times: number, members: number): void {
  for (let row = 0; row < rows; row++)
    for (let at = (row * times + 1) * members, end = (row + 1) * times * members; at < end; at++) out[at] += out[at - members];
}

/** Numbers below 4, four in a byte, by thing and member: one each. */
function outOfFours(packed: Column, things: number, members: number): Uint8Array {
  const wide = Math.ceil(members / 4);
  const out = new Uint8Array(things * members);
  for (let n = 0, k = 0; n < things; n++)
    for (let m = 0; m < members; m++) out[k++] = (packed[n * wide + (m >> 2)] >> (2 * (m & 3))) & 3;
  return out;
}
