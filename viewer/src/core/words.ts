/** Numbers and days as a reader meets them; the same rules as src/headlong/text.py. */

export const DASH = "–";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SCALE: [number, string][] = [
  [0.05, "almost no chance"],
  [0.2, "very unlikely"],
  [0.45, "unlikely"],
  [0.55, "roughly even chance"],
  [0.8, "likely"],
  [0.95, "very likely"],
  [1, "almost certain"],
];

/** A whole number with commas; `toLocaleString` is slow when first used. */
export function commas(count: number): string {
  return `${count}`.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

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
  if (share < 0.01) return "<1 %";
  if (share > 0.99) return ">99 %";
  return `${round(100 * share)} %`;
}

/** A chance in words, with its number. */
export function likely(share: number): string {
  const found = SCALE.find(([bound]) => share <= bound);
  return `${(found ?? SCALE[SCALE.length - 1])[1]} (${percent(share)})`;
}

/** A number of people with two significant digits. */
export function people(count: number | null | undefined): string {
  if (count === null || count === undefined || Number.isNaN(count)) return DASH;
  const whole = Math.round(count);
  if (Math.abs(whole) < 100) return `${whole}`;
  return commas(Number(whole.toPrecision(2)));
}

/** A short number for an axis. */
export function brief(count: number): string {
  if (count >= 1e6) return `${Number((count / 1e6).toPrecision(2))}M`;
  if (count >= 1e3) return `${Number((count / 1e3).toPrecision(2))}k`;
  return `${Number(count.toPrecision(3))}`;
}

/** How many more or fewer: "0.3 fewer places", "no more and no fewer places". */
export function moreOrFewer(difference: number, what: string): string {
  const size = gap(Math.abs(difference)).replace("+", "");
  if (size === "0") return `no more and no fewer ${what}s`;
  return `${size} ${difference > 0 ? "more" : "fewer"} ${what}${size === "1" ? "" : "s"}`;
}

/** A difference with its sign. */
export function gap(difference: number, unit = ""): string {
  const size = Math.abs(difference);
  const text = (size < 10 ? size.toFixed(1) : commas(Math.round(size))).replace(/\.0$/, "");
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
    return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`;
  }
  full(day: number): string {
    return `${this.day(day)} ${this.when(day).getUTCFullYear()}`;
  }
  weekday(day: number): string {
    return ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][this.when(day).getUTCDay()];
  }
  /** Days after init of a date or moment written in ISO 8601. */
  of(iso: string): number {
    return Math.round((Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) - this.zero) / 86400000);
  }
}

export function many(count: number, what: string): string {
  return `${commas(count)} ${what}${count === 1 ? "" : "s"}`;
}

/** A cell of a CSV file: quoted, and never a formula to a spreadsheet. */
export function cell(text: string): string {
  const safe = /^[\s]*[=+\-@]/.test(text) && !/^[+\-]?[\d.,]+( ?%)?$/.test(text.trim()) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
