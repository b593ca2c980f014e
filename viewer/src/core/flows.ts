/** People by road: quantiles over all futures, one entry for each direction of a road. */

import type { Header } from "./header";
import { fromCodes, type Box } from "./payload";
import { nearest } from "./people";

export interface Flow {
  from: number;
  to: number;
  /** 10, 50 and 90 % of futures. */
  people: number[];
}

export class Flows {
  constructor(
    private readonly amount: Float64Array,
    readonly days: number[],
    private readonly roads: [number, number][],
    /** Whether there are members enough to tell more than the median. */
    private readonly enough: boolean,
  ) {}

  /** The kept day that is nearest to a day. */
  dayOf(day: number): number {
    return this.days[nearest(this.days, day)];
  }

  /** Roads that anybody takes by then, the busiest first. */
  by(day: number): Flow[] {
    const k = nearest(this.days, day);
    const number = (level: number, r: number): number => this.amount[(level * this.days.length + k) * this.roads.length + r];
    const found = this.roads.map(([from, to], r) => ({ from, to, people: [0, 1, 2].map((level) => (this.enough || level === 1 ? number(level, r) : NaN)) }));
    return found.filter((f) => (f.people[2] || f.people[1]) >= 1).sort((a, b) => b.people[1] - a.people[1] || b.people[2] - a.people[2]);
  }
}

/** Flows of an arm; null where the file has none. */
export function flowsOf(box: Box<Header>, arm: number, top: number): Flows | null {
  const codes = box.columns.get(`${arm}.road`);
  const { flows } = box.header;
  return codes && flows?.roads.length ? new Flows(fromCodes(codes, top), flows.days, flows.roads, box.header.members >= box.header.few_members) : null;
}

/** How wide a road is drawn for so many people [pixels]. */
export function flowWidth(people: number): number {
  return Math.min(9, 0.9 + 0.045 * Math.sqrt(people));
}
