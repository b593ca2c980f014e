/** What the reader has chosen, and what follows from it. One object that all views share. */

import { iso, t } from "./language.svelte";
import { HELD_LEVELS, type Condition, type Model, type Result } from "./model";
import { marks, type Mark } from "./palette";
import { theme } from "./theme.svelte";
import { DASH, estimate, percent } from "./words";

export const TABS = ["map", "place", "when", "people", "reports", "trust"] as const;
export type Tab = (typeof TABS)[number];
/** What the map shows: who may lose what within the window, or who holds what on the day. */
export type Look = "risk" | "control";
/** Below so many futures no percentages are shown but counts. */
export const FEW = 50;
/** A holder less sure than this is told with its chance. */
export const SURE = 0.95;

export class Page {
  readonly model: Model;
  readonly windows: number[];
  tab = $state<Tab>("map");
  look = $state<Look>("risk");
  /** The clock. */
  day = $state(0);
  /** Window that holds while the clock stands at init or before [days]. */
  reach = $state(7);
  playing = $state(false);
  place = $state(0);
  hover = $state<number | null>(null);
  arm = $state(0);
  future = $state<number | null>(null);
  conditions = $state<Condition[]>([]);
  private before: Condition[][] = [];
  /** What the address asked for and makes no sense. */
  wrong = $state<string[]>([]);
  help = $state(false);
  layers = $state({ areas: true, roads: true, people: false, displaced: false, cut: false, reports: true, names: true });
  said = $state("");
  /** How large discs of risk are drawn: less on a small map. */
  discs = $state(1);
  sort = $state<"chance" | "date" | "population">("chance");
  /** The map that is shown, for keys. */
  map: { zoom(factor: number): void; reset(): void } | null = null;

  marks: Mark[] = $derived.by(() => marks(this.model.sides, theme().dark));
  /** The window of everything on the screen [days after init]: the clock's day, where it is a day of the forecast. */
  until: number = $derived(this.day > 0 ? this.day : this.reach);
  /** Members that are left, by what happens in the arm that is shown. */
  weighed = $derived.by(() => this.model.weigh(this.conditions, this.arm));
  /** Pairs of members that are left, by what happens as it is. */
  pairs = $derived.by(() => (this.arm === 0 ? this.weighed : this.model.weigh(this.conditions, 0)));
  result: Result = $derived.by(() => this.model.compute(this.arm, this.weighed.weight));
  conditioned = $derived(this.conditions.length > 0);
  medians = $derived.by(() => this.model.places.map((p) => this.model.fallDay(this.result.fallen, p.index, 0.5)));
  /** Places as the list has them: likeliest to change hands first. */
  order: number[] = $derived.by(() => this.ranked(this.sort));
  few = $derived(this.conditioned && this.weighed.left < FEW);
  none = $derived(this.conditioned && this.weighed.left < 1);

  /** Said wherever a number does not follow the conditions. */
  allNote = $derived.by(() => (this.conditioned ? ` (${t("allFuturesNote")})` : ""));
  /** Whether the futures that are left are too few to tell more than the median. */
  narrow = $derived.by(() => !this.model.enough(this.weighed.weight));

  constructor(model: Model) {
    this.model = model;
    this.windows = [3, 7, 14, 30].filter((w) => w <= model.header.days);
    if (!this.windows.length) this.windows = [model.header.days];
    this.reach = this.windows.includes(7) ? 7 : this.windows[this.windows.length - 1];
    this.day = this.reach;
    this.place = Math.max(0, model.places.findIndex((p) => p.kind === "capital"));
  }

  ranked(sort: "chance" | "date" | "population"): number[] {
    const { model, medians } = this;
    const found = model.places.filter((p) => !p.refuge).map((p) => p.index);
    const last = model.header.days;
    return found.sort((a, b) => {
      if (sort === "population" && model.places[a].population !== model.places[b].population)
        return model.places[b].population - model.places[a].population;
      if (sort === "date" && medians[a] !== medians[b]) return (medians[a] ?? last + 1) - (medians[b] ?? last + 1);
      return this.fallen(b) - this.fallen(a) || this.fallen(b, last) - this.fallen(a, last) || a - b;
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
    if (this.day > 0) this.reach = this.day;
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
  /** Put other conditions in the place of those there are; they can be taken back. */
  impose(next: Condition[]): void {
    this.before.push(this.conditions);
    this.conditions = next;
    if (this.future !== null && !(this.weighed.weight[this.future] > 0)) this.future = null;
  }
  add(condition: Condition): void {
    this.impose([...this.conditions.filter((c) => c.place !== condition.place), condition]);
  }
  drop(index: number): void {
    this.impose(this.conditions.filter((_, k) => k !== index));
  }
  clear(): void {
    if (this.conditioned) this.impose([]);
  }
  /** Take the last choice of futures back. */
  undo(): void {
    this.conditions = this.before.pop() ?? this.conditions.slice(0, -1);
  }
  /** A share of the futures that are left: a percentage, or a count where they are few. */
  share(p: number | null | undefined): string {
    if (p === null || p === undefined || Number.isNaN(p) || this.none) return DASH;
    return this.few ? t("countOf", { k: Math.round(p * this.weighed.left), n: this.weighed.left }) : percent(p);
  }
  /** The same with words for a chance; a few futures are only counted. */
  likely(p: number): string {
    return this.few ? t("inFutures", { share: this.share(p), n: this.weighed.left }) : t("likely", { word: estimate(p), percent: percent(p) });
  }
  /** What one condition says. */
  condition(c: Condition): string {
    const { model } = this;
    const name = iso(model.places[c.place].name);
    const day = model.calendar.day(c.day);
    if (c.kind === "held") return t("isHeld", { name, side: iso(model.sides[c.side ?? 0].short), day });
    const holder = iso(model.sides[model.arms[this.arm].control.base[c.place]].short);
    return t(c.kind === "falls" ? "isTaken" : "isKept", { name, day, holder });
  }
  /** Chance that a side holds a place on a day, known past included. */
  chance(place: number, side: number, day: number): number {
    if (day < 0) return this.model.pastChance(place, side, day);
    if (this.future !== null)
      return this.model.arms[this.arm].control.at(place, this.future, day) === side ? 1 : 0;
    return this.model.chance(this.result, place, side, day);
  }
  /** Share of the futures that have seen a place change hands by a day. */
  fallen(place: number, day = this.until): number {
    return this.result.fallen[place * this.model.times + day];
  }
  /** How to cite the forecast. */
  get cite(): string {
    const { init, attrs } = this.model.header;
    return t("cite", { version: iso(String(attrs.version)), case: iso(String(attrs.case)), init, hash: String(attrs.case_hash ?? "").slice(0, 12), seed: String(attrs.seed) });
  }
  /** Chance of changing hands within the window; of one future, whether it has. */
  risk(place: number): number {
    if (this.future === null) return this.fallen(place);
    const first = this.model.arms[this.arm].control.first(place, this.future);
    return first > 0 && first <= this.until ? 1 : 0;
  }
  /** Whom a place belongs to on a day, with chances: "Republic 88 %, Taliban 12 %". */
  holders(place: number, day: number): string {
    const found = this.model.sides
      .map((s) => [iso(s.short), this.chance(place, s.index, day)] as const)
      .filter(([, p]) => p >= 0.005)
      .sort((a, b) => b[1] - a[1]);
    if (!found.length) return t("notKnown");
    const known = (day < 0 && found[0][1] > 0.985) || this.future !== null;
    const text = known ? found[0][0] : found.map(([name, p]) => `${name} ${this.share(p)}`).join(t("comma"));
    return day === 0 && this.contested(place) ? t("contestedNow", { holders: text }) : text;
  }
  /** Whether a place is contested at init; in a single future it is clear who holds it. */
  contested(place: number): boolean {
    return this.future === null && this.model.contested.has(place);
  }
  /** Day by which a share of the futures has seen the place change hands; null: later; no number where they are too few to tell. */
  fallDay(place: number, level: number): number | null {
    return this.narrow && level !== 0.5 ? NaN : this.model.fallDay(this.result.fallen, place, level);
  }
  /** A place in one line, on the clock's day. */
  describe(place: number): string {
    const { day } = this;
    const when = day < 0 ? t("known") : this.future !== null ? t("inFuture", { k: `${this.future}` }) : day === 0 ? t("start") : t("forecast");
    const head = t("placeOn", { name: iso(this.model.places[place].name), day: this.model.calendar.day(day), when, holders: this.holders(place, day) });
    if (day <= 0 || this.future !== null || this.model.places[place].refuge) return head;
    return `${head}. ${this.falls(place)}`;
  }
  /** How likely a place changes hands in the window; with whose it is at init where that is not sure. */
  falls(place: number): string {
    const { model } = this;
    const sure = model.chance(this.result, place, model.leading(this.result.share, place, 0), 0);
    const text = t("changesBy", { day: model.calendar.day(this.until), share: this.share(this.risk(place)) });
    return sure < SURE || this.contested(place) ? `${text} ${t("atStart", { day: model.calendar.day(0), holders: this.holders(place, 0) })}` : text;
  }
  /** Quantile of the number of places that change hands in the window. */
  lost(level: number): number {
    return this.result.lost(this.until)[HELD_LEVELS.indexOf(level)];
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
