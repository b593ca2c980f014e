/** What the reader has chosen, and what follows from it. One object that all views share. */

import type { Condition, Model, Result } from "./model";
import { marks, type Mark } from "./palette";

export const TABS = ["map", "place", "when", "people", "reports", "trust"] as const;
export type Tab = (typeof TABS)[number];
export const TAB_NAMES: Record<Tab, string> = {
  map: "Map",
  place: "Place",
  when: "When",
  people: "People",
  reports: "Reports",
  trust: "Compare & trust",
};
export const FEW = 50;

export class Page {
  readonly model: Model;
  readonly marks: Mark[];
  readonly windows: number[];
  tab = $state<Tab>("map");
  day = $state(0);
  playing = $state(false);
  window = $state(7);
  place = $state(0);
  hover = $state<number | null>(null);
  arm = $state(0);
  future = $state<number | null>(null);
  conditions = $state<Condition[]>([]);
  help = $state(false);
  search = $state("");
  layers = $state({ roads: true, people: true, reports: true, names: true });
  said = $state("");
  sort = $state<"chance" | "date" | "population">("chance");
  /** The map that is shown, for keys. */
  map: { zoom(factor: number): void; reset(): void } | null = null;

  weighed = $derived.by(() => this.model.weigh(this.conditions));
  results = $derived.by(() => this.model.arms.map((_, arm) => this.model.compute(arm, this.weighed.weight)));
  result: Result = $derived.by(() => this.results[this.arm]);
  conditioned = $derived(this.conditions.length > 0);
  /** Places as the list has them: likeliest to change hands first. */
  order: number[] = $derived.by(() => this.ranked(this.result, this.window, this.sort));
  few = $derived(this.conditioned && this.weighed.left < FEW);

  constructor(model: Model) {
    this.model = model;
    this.marks = marks(model.sides);
    this.windows = [3, 7, 14, 30].filter((w) => w <= model.header.days);
    if (!this.windows.length) this.windows = [model.header.days];
    if (!this.windows.includes(7)) this.window = this.windows[this.windows.length - 1];
    this.place = Math.max(0, model.places.findIndex((p) => p.kind === "capital"));
  }

  ranked(result: Result, window: number, sort: "chance" | "date" | "population"): number[] {
    const { model } = this;
    const found = model.places.filter((p) => !p.refuge).map((p) => p.index);
    const chance = (n: number, day: number): number => result.fallen[n * model.times + day];
    const last = model.header.days;
    const median = found.reduce((all, n) => all.set(n, model.fallDay(result.fallen, n, 0.5) ?? last + 1), new Map<number, number>());
    return found.sort((a, b) => {
      if (sort === "population" && model.places[a].population !== model.places[b].population)
        return model.places[b].population - model.places[a].population;
      if (sort === "date" && median.get(a) !== median.get(b)) return median.get(a)! - median.get(b)!;
      return chance(b, window) - chance(a, window) || chance(b, last) - chance(a, last) || a - b;
    });
  }

  get first(): number {
    return -this.model.pastDays;
  }
  get last(): number {
    return this.model.header.days;
  }
  setDay(day: number): void {
    this.day = Math.max(this.first, Math.min(this.last, Math.round(day)));
  }
  choose(place: number): void {
    this.place = place;
    this.said = this.describe(place);
  }
  /** Members left, in the order of their number. */
  get alive(): number[] {
    const found: number[] = [];
    for (let m = 0; m < this.weighed.weight.length; m++) if (this.weighed.weight[m] > 0) found.push(m);
    return found;
  }
  nextFuture(): void {
    const alive = this.alive;
    if (!alive.length) return;
    const at = this.future === null ? -1 : alive.indexOf(this.future);
    this.future = alive[(at + 1) % alive.length];
  }
  add(condition: Condition): void {
    const rest = this.conditions.filter((c) => c.place !== condition.place);
    this.conditions = [...rest, condition];
    if (this.future !== null && this.weighed.weight[this.future] === 0) this.future = null;
  }
  drop(index: number): void {
    this.conditions = this.conditions.filter((_, k) => k !== index);
  }
  /** Chance that a side holds a place on a day, known past included. */
  chance(place: number, side: number, day: number): number {
    if (day < 0) return this.model.past(place, day) === side ? 1 : 0;
    if (this.future !== null)
      return this.model.arms[this.arm].control.at(place, this.future, day) === side ? 1 : 0;
    return this.model.chance(this.result, place, side, day);
  }
  describe(place: number): string {
    const shares = this.model.sides
      .map((s) => [s.short, this.chance(place, s.index, this.day)] as const)
      .filter(([, p]) => p >= 0.005)
      .sort((a, b) => b[1] - a[1]);
    const when = this.day < 0 ? "known" : this.day === 0 && this.future === null ? "start" : this.future !== null ? `in future ${this.future}` : "forecast";
    const text = this.day < 0 || this.future !== null ? shares[0]?.[0] ?? "not known" : shares.map(([n, p]) => `${n} ${Math.round(100 * p) > 99 ? ">99" : Math.round(100 * p) < 1 ? "<1" : Math.round(100 * p)} %`).join(", ");
    return `${this.model.places[place].name}, ${this.model.calendar.day(this.day)} (${when}): ${text}`;
  }
}

let page: Page | undefined;
export function open(model: Model): Page {
  page = new Page(model);
  return page;
}
export function use(): Page {
  if (!page) throw new Error("no forecast is open");
  return page;
}
