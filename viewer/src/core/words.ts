/** Numbers and days as a reader meets them; the same rules as src/headlong/text.py. */

import { commas, language, list, t } from "./language.svelte";

export { commas };
export const DASH = "–";
const BOUNDS = [0.05, 0.2, 0.45, 0.55, 0.8, 0.95, 1];

/** Half to even, as Python rounds. */
function round(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  if (Math.abs(rest - 0.5) < 1e-9) return low % 2 === 0 ? low : low + 1;
  return Math.round(x);
}

/** A chance as a percentage that is never 0 and never 100. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || Number.isNaN(share)) return DASH;
  if (share < 0.01) return t("percentLow");
  if (share > 0.99) return t("percentHigh");
  return t("percent", { n: round(100 * share) });
}

/** Words for a chance: "unlikely". */
export function estimate(share: number): string {
  const at = BOUNDS.findIndex((bound) => share <= bound);
  return list("estimates")[at < 0 ? BOUNDS.length - 1 : at];
}

/** A chance in words, with its number. */
export function likely(share: number): string {
  return t("likely", { word: estimate(share), percent: percent(share) });
}

/** A number of people with two significant digits. */
export function people(count: number | null | undefined): string {
  if (count === null || count === undefined || Number.isNaN(count)) return DASH;
  const whole = Math.round(count);
  if (Math.abs(whole) < 100) return `${whole}`;
  return commas(Number(whole.toPrecision(2)));
}

const decimal = (text: string): string => text.replace(".", t("decimal"));

/** A number with so many digits after the point. */
export function fixed(value: number, digits: number): string {
  return decimal(value.toFixed(digits));
}

/** A skill with its sign, two digits after the point. */
export function skilled(value: number): string {
  return `${value < 0 ? "−" : "+"}${fixed(Math.abs(value), 2)}`;
}

/** A short number for an axis. */
export function brief(count: number): string {
  if (count >= 1e6) return `${decimal(`${Number((count / 1e6).toPrecision(2))}`)}M`;
  if (count >= 1e3) return `${decimal(`${Number((count / 1e3).toPrecision(2))}`)}k`;
  return decimal(`${Number(count.toPrecision(3))}`);
}

/** How many more or fewer places: "0.3 fewer places", "no more and no fewer places". */
export function moreOrFewer(difference: number): string {
  const size = gap(Math.abs(difference)).replace("+", "");
  if (size === "0") return t("neitherMore");
  return t(difference > 0 ? "morePlaces" : "fewerPlaces", { n: size === "1" ? 1 : 2, size });
}

/** A difference with its sign. */
export function gap(difference: number, unit = ""): string {
  const size = Math.abs(difference);
  const text = size < 10 ? decimal(size.toFixed(1).replace(/\.0$/, "")) : commas(Math.round(size));
  return text === "0" ? `0${unit}` : `${difference > 0 ? "+" : "−"}${text}${unit}`;
}

export class Calendar {
  private readonly zero: number;
  constructor(readonly init: string) {
    this.zero = Date.parse(`${init}T00:00:00Z`);
  }
  private when(day: number): Date {
    return new Date(this.zero + day * 86400000);
  }
  iso(day: number): string {
    return this.when(day).toISOString().slice(0, 10);
  }
  day(day: number): string {
    const d = this.when(day);
    return `${d.getUTCDate()} ${list("months")[d.getUTCMonth()]}`;
  }
  full(day: number): string {
    return `${this.day(day)} ${this.when(day).getUTCFullYear()}`;
  }
  /** About how wide the name of a day may be, for what stands beside it [pixels]. */
  get room(): number {
    return (language.rtl ? 38 : 28) + 6.5 * Math.max(...list("months").map((month) => month.length));
  }
  weekday(day: number): string {
    return list("weekdays")[this.when(day).getUTCDay()];
  }
  /** Days after init of a date or moment written in ISO 8601. */
  of(iso: string): number {
    return Math.round((Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) - this.zero) / 86400000);
  }
}

/** A cell of a CSV file: quoted, and never a formula to a spreadsheet. */
export function cell(value: string | number): string {
  if (typeof value === "number") return Number.isFinite(value) ? `${value}` : "";
  const safe = /^[\s]*[=+\-@]/.test(value) && !/^[+\-]?[\d.,]+( ?%)?$/.test(value.trim()) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
