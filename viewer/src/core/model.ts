/** The forecast as the page uses it: names, members, and what they add up to under conditions. */

import { flowsOf, type Flows } from "./flows";
import type { Header } from "./header";
import { Histories } from "./histories";
import { fromCodes, unpack, type Box } from "./payload";
import { People } from "./people";
import { unwrapped } from "./project";
import { beside, countQuantiles, quantiles, survivors } from "./statistics";
import { Calendar } from "./words";

export interface Place {
  index: number;
  id: string;
  name: string;
  kind: string;
  population: number;
  lat: number;
  /** Degrees; of a case across 180 degrees on one side of it, so that some are above 180. */
  lon: number;
  refuge: boolean;
}

export interface Side {
  index: number;
  id: string;
  name: string;
  short: string;
  role: string;
}

export interface Condition {
  place: number;
  kind: "falls" | "holds" | "held";
  day: number;
  side?: number;
}

export interface Arm {
  control: Histories;
  /** Made when first asked for. */
  readonly leader: Histories;
  people: People;
  displaced: Displaced | null;
  /** People by road; null where the file has none. */
  flows: Flows | null;
}

/** Displaced people by place: quantiles over all futures, on the days that are kept. */
export interface Displaced {
  days: ArrayLike<number>;
  /** [level][kept day][place], the levels of the header */
  amount: Float64Array;
}

/** What the members that are left add up to. */
export interface Result {
  /** [place][side][day] */
  share: Float32Array;
  /** [place][day] share that has changed hands by then */
  fallen: Float32Array;
  /** [place][day] chance of changing hands on that day, comebacks included */
  moves: Float32Array;
  /** [side][level][day] number of places held; computed when first asked for */
  readonly held: Float32Array;
  /** Number of places that have changed hands by a day, at each level; computed when first asked for */
  lost(day: number): number[];
}

export const HELD_LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];

export class Model {
  readonly header: Header;
  readonly box: Box<Header>;
  readonly places: Place[];
  readonly sides: Side[];
  readonly arms: Arm[];
  readonly weight: Float64Array;
  readonly calendar: Calendar;
  readonly times: number;
  readonly pastDays: number;
  readonly counted: Uint8Array;
  /** Chance of each side in each place on the days before init: [day][place][side]; null where only holders are known. */
  private readonly analysis: Float32Array | null;
  /** Chance of each place of being cut off within some windows, all futures: [window][place], and at the start; null where the file has none. */
  readonly cutOff: { days: number[]; chance: Float32Array; start: Float32Array } | null;
  /** Places that are contested at init. */
  readonly contested: Set<number>;
  /** Whether all members are enough to tell more than the median. */
  readonly spread: boolean;
  private readonly talliesOf = new Map<number, Int16Array>();

  constructor(buffer: ArrayBuffer) {
    const box = unpack<Header>(buffer);
    const h = box.header;
    this.box = box;
    this.header = h;
    this.times = h.days + 1;
    this.calendar = new Calendar(h.init);
    this.pastDays = h.past?.days ?? 0;
    const lat = box.columns.get("lat")!;
    const lon = unwrapped(box.columns.get("lon")!);
    this.places = h.places.map(([id, name, kind, population], index) => ({
      index, id, name, kind, population, lat: lat[index], lon: lon[index], refuge: kind === "refuge",
    }));
    this.contested = new Set(h.contested);
    this.spread = h.members >= h.few_members;
    this.counted = Uint8Array.from(this.places, (p) => (p.refuge ? 0 : 1));
    this.sides = h.sides.map(([id, name], index) => ({
      index, id, name, short: short(id, name),
      role: index === h.sides.length - 1 ? "nobody" : (h.roles?.[id] ?? ""),
    }));
    const histories = (name: string, values: number): Histories => new Histories(box, name, h.members, this.times, values);
    this.arms = h.arms.map((arm, k) => ({
      control: histories(`${k}.control`, this.sides.length),
      get leader() {
        const leader = histories(`${k}.leader`, h.statuses.length);
        Object.defineProperty(this, "leader", { value: leader });
        return leader;
      },
      people: new People(box, `${k}.people`, arm, h.members, this.times, h.few_members),
      displaced: displaced(box, `${k}.displaced`, arm.top, this.spread ? -1 : h.displaced_levels.indexOf(0.5)),
      flows: flowsOf(box, k, arm.top),
    }));
    const analysis = box.columns.get("past.share");
    this.analysis = analysis ? Float32Array.from(analysis, (c) => c / 255) : null;
    const cut = box.columns.get("cut_off");
    this.cutOff = cut && h.cut_off ? { days: h.cut_off, chance: Float32Array.from(cut, (c) => c / 255), start: Float32Array.from(box.columns.get("cut_off.start") ?? [], (c) => c / 255) } : null;
    const given = box.columns.get("weight");
    const raw = given ? Float64Array.from(given) : new Float64Array(h.members).fill(1);
    const total = raw.reduce((a, b) => a + b, 0);
    this.weight = raw.map((w) => w / total);
  }

  /** Weight of each member under conditions (they add up to one), and how many members are left. */
  weigh(conditions: Condition[], arm = 0): { weight: Float64Array; left: number } {
    const { control } = this.arms[arm];
    const weight = this.weight.slice();
    let left = 0;
    let total = 0;
    for (let m = 0; m < weight.length; m++) {
      if (!conditions.every((c) => holds(control, c, m))) weight[m] = 0;
      if (weight[m] > 0) left++;
      total += weight[m];
    }
    if (total > 0) for (let m = 0; m < weight.length; m++) weight[m] /= total;
    return { weight, left };
  }

  /** Everything the views show of one arm, for members of these weights. */
  compute(arm: number, weight: Float64Array): Result {
    const { control } = this.arms[arm];
    const share = control.shares(weight);
    const { changed: fallen, moves } = control.changes(weight);
    const model = this;
    let held: Float32Array | undefined;
    const lost = new Map<number, number[]>();
    return {
      share,
      fallen,
      moves,
      get held() {
        return (held ??= model.heldBands(arm, weight));
      },
      lost(day) {
        let found = lost.get(day);
        if (!found) lost.set(day, (found = model.levels(model.falls(arm), day, weight, model.enough(weight))));
        return found;
      },
    };
  }

  /** Whether the members with any weight are enough to tell more than the median. */
  enough(weight: Float64Array): boolean {
    return survivors(weight) >= this.header.few_members;
  }

  private heldBands(arm: number, weight: Float64Array): Float32Array {
    const tallies = this.tallies(arm);
    const size = this.header.members * this.times;
    const held = new Float32Array(this.sides.length * HELD_LEVELS.length * this.times);
    for (let s = 0; s < this.sides.length; s++)
      held.set(this.bands(tallies.subarray(s * size, (s + 1) * size), weight), s * HELD_LEVELS.length * this.times);
    return held;
  }

  /** Number of places held, by side, day and member; computed once. */
  tallies(arm: number): Int16Array {
    const known = this.talliesOf.get(arm);
    if (known) return known;
    const found = this.arms[arm].control.tallies(this.counted);
    this.talliesOf.set(arm, found);
    return found;
  }

  /** Quantiles of the people who live in places that a side holds: [level][day]. */
  peopleHeld(arm: number, side: number, weight: Float64Array): Float32Array {
    const { control } = this.arms[arm];
    const { times } = this;
    const live = new Float64Array(weight.length * times);
    for (let n = 0; n < control.things; n++) {
      if (!this.counted[n]) continue;
      const people = this.places[n].population;
      for (let m = 0; m < weight.length; m++) {
        let now = control.base[n];
        if (now === side) live[m * times] += people;
        const k = n * control.members + m;
        for (let j = control.start[k]; j < control.start[k + 1]; j++) {
          if (now === side) live[m * times + control.day[j]] -= people;
          now = control.value[j];
          if (now === side) live[m * times + control.day[j]] += people;
        }
      }
    }
    for (let m = 0; m < weight.length; m++) for (let t = 1; t < times; t++) live[m * times + t] += live[m * times + t - 1];
    const out = new Float32Array(HELD_LEVELS.length * times);
    const own = new Float64Array(weight.length);
    const enough = this.enough(weight);
    for (let t = 0; t < times; t++) {
      for (let m = 0; m < weight.length; m++) own[m] = live[m * times + t];
      beside(HELD_LEVELS, quantiles(own, weight, HELD_LEVELS), enough).forEach((v, level) => (out[level * times + t] = v));
    }
    return out;
  }

  /** Number of places that have changed hands, by day and member; computed once. */
  falls(arm: number): Int16Array {
    const known = this.talliesOf.get(-1 - arm);
    if (known) return known;
    const out = this.arms[arm].control.falls(this.counted);
    this.talliesOf.set(-1 - arm, out);
    return out;
  }

  /** Quantiles on a day of a count [day][member]. */
  private levels(count: Int16Array, day: number, weight: Float64Array, enough: boolean): number[] {
    const own = count.subarray(day * weight.length, (day + 1) * weight.length);
    return beside(HELD_LEVELS, countQuantiles(own, weight, this.places.length, HELD_LEVELS), enough);
  }

  /** Quantiles by day of a count [day][member]: [level][day]. */
  private bands(count: Int16Array, weight: Float64Array): Float32Array {
    const out = new Float32Array(HELD_LEVELS.length * this.times);
    const enough = this.enough(weight);
    for (let t = 0; t < this.times; t++) this.levels(count, t, weight, enough).forEach((v, level) => (out[level * this.times + t] = v));
    return out;
  }

  /** Day by which a share `level` of futures has seen the place change hands; null: later than the forecast. */
  fallDay(fallen: Float32Array, place: number, level: number): number | null {
    const at = place * this.times;
    for (let t = 0; t < this.times; t++) if (fallen[at + t] >= level - 1e-6) return t;
    return null;
  }

  /** Chance that a side held a place on a day before init, by what was known at init; holders are sure where no more is known. */
  pastChance(place: number, side: number, day: number): number {
    if (this.analysis) return this.analysis[((this.pastDays + day) * this.places.length + place) * this.sides.length + side];
    return this.past(place, day) === side ? 1 : 0;
  }

  /** Who held a place on a day before init, or most likely did; -1 where that is not known. */
  past(place: number, day: number): number {
    const past = this.header.past;
    if (!past) return -1;
    if (this.analysis) {
      const at = ((this.pastDays + day) * this.places.length + place) * this.sides.length;
      let best = 0;
      for (let s = 1; s < this.sides.length; s++) if (this.analysis[at + s] > this.analysis[at + best]) best = s;
      return best;
    }
    let side = past.holder[place];
    for (const [when, where, taker] of past.changes) if (where === place && when <= day) side = taker;
    return side;
  }

  /** Changes of hands before init: day, place, taker. */
  get pastChanges(): [number, number, number][] {
    return this.header.past?.changes ?? [];
  }

  /** Side that most members see holding a place on a day. */
  leading(share: Float32Array, place: number, day: number): number {
    const at = place * this.sides.length * this.times + day;
    let best = 0;
    for (let s = 1; s < this.sides.length; s++)
      if (share[at + s * this.times] > share[at + best * this.times]) best = s;
    return best;
  }

  chance(result: Result, place: number, side: number, day: number): number {
    return result.share[(place * this.sides.length + side) * this.times + day];
  }
}

/** Of too few members only the amounts at level `only` are numbers; of enough it is -1. */
function displaced(box: Box<Header>, name: string, top: number, only: number): Displaced | null {
  const codes = box.columns.get(name);
  const days = box.columns.get(`${name}.days`);
  if (!codes || !days) return null;
  const amount = fromCodes(codes, top);
  const size = amount.length / box.header.displaced_levels.length;
  return { days, amount: only < 0 ? amount : amount.map((v, k) => (Math.floor(k / size) === only ? v : NaN)) };
}

function holds(control: Histories, condition: Condition, member: number): boolean {
  if (condition.kind === "held") return control.at(condition.place, member, condition.day) === condition.side;
  const first = control.first(condition.place, member);
  const fell = first > 0 && first <= condition.day;
  return condition.kind === "falls" ? fell : !fell;
}

/** A side's name for a legend: without what it comes with, or else its id. */
function short(id: string, name: string): string {
  const bare = name.split(/,? with |,? on the | \(| and allied /)[0];
  if (bare.length <= 28) return bare;
  if (id === "gov") return "Government";
  return id.length <= 4 ? id.toUpperCase() : id.charAt(0).toUpperCase() + id.slice(1).replaceAll("-", " ");
}
