/** The interface's words: one table for each language, all brought by the payload. */

import type en from "../../../src/headlong/view/page/words/en.json";

export type Key = keyof typeof en;
/** A sentence with {holes}, or one for each plural form. */
type Text = string | Partial<Record<Form, string>>;
type Form = "zero" | "one" | "two" | "few" | "many" | "other";
export type Table = Record<string, Text>;

const tables = new Map<string, Table>();
const names = new Map<string, string>();
const lists = new Map<string, string[]>();
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ps", "ur"]);
const RTL_LETTERS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Signs that keep what is between them from turning the text around (FSI and PDI of Unicode). */
const [ISOLATE, END] = [0x2068, 0x2069].map((sign) => String.fromCharCode(sign));
let code = $state("en");

export const language = {
  get code(): string {
    return code;
  },
  get rtl(): boolean {
    return RIGHT_TO_LEFT.has(code);
  },
  /** Codes and own names of the languages there are. */
  get all(): [string, string][] {
    return [...names];
  },
};

/** Take over tables of words, as a payload brings them. */
export function offer(more: Record<string, Table> | undefined): void {
  for (const [name, table] of Object.entries(more ?? {})) {
    tables.set(name, table);
    names.set(name, String(table.language ?? name));
  }
}

/** Speak a language, if there is a table of it. */
export function speak(wanted: string): boolean {
  if (!tables.has(wanted)) return false;
  code = wanted;
  return true;
}

/** The first of a reader's languages that there is a table of. */
export function preferred(wanted: readonly string[]): string {
  return wanted.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => tables.has(tag)) ?? "en";
}

/** Which plural form a number takes. */
export function form(tongue: string, n: number): Form {
  if (tongue === "ar") {
    const rest = n % 100;
    if (n === 0) return "zero";
    if (n === 1) return "one";
    if (n === 2) return "two";
    if (rest >= 3 && rest <= 10) return "few";
    return rest >= 11 ? "many" : "other";
  }
  if (tongue === "fr") return Math.abs(n) < 2 ? "one" : "other";
  return n === 1 ? "one" : "other";
}

/** A whole number in groups of three; `toLocaleString` is slow when first used. */
export function commas(count: number): string {
  const sign = text("thousands");
  return `${count}`.replace(/\B(?=(\d{3})+(?!\d))/g, sign);
}

/** Words as the table of the language has them, or the English one. */
function entry(key: string): Text | undefined {
  return tables.get(code)?.[key] ?? tables.get("en")?.[key];
}

function text(key: Key): string {
  const found = entry(key);
  return typeof found === "string" ? found : (found?.other ?? "");
}

/** Words of the interface; {holes} are filled, and `n` chooses the plural form. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  let found = entry(key) ?? key;
  if (typeof found !== "string") found = found[form(code, Number(values.n))] ?? found.other ?? "";
  return found.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    return value === undefined ? hole : typeof value === "number" ? commas(value) : value;
  });
}

/** Words that speak of intervals, or what is said in their place where members are too few for any. */
export function unless(few: boolean, key: Key, values: Record<string, string | number> = {}): string {
  return t((few ? `few.${key}` : key) as Key, values);
}

/** A list of words kept in one entry: months, days of the week. */
export function list(key: Key): string[] {
  const found = text(key);
  let parts = lists.get(found);
  if (!parts) lists.set(found, (parts = found.split("|")));
  return parts;
}

/** A word of the data (a way, a kind of source) in the reader's language; as it stands where the table has none. */
export function word(kind: string, value: string | null | undefined): string {
  if (!value) return "";
  const key = `${kind}.${value.replaceAll(" ", "_")}`;
  return entry(key) !== undefined ? t(key as Key) : value.replaceAll("_", " ");
}

const SENTENCES = "told.";
/** A sentence of the program in the reader's language: found among the English ones, with its numbers; others as they stand. */
export function told(said: string): string {
  if (code === "en") return said;
  for (const [key, found] of Object.entries(tables.get("en") ?? {})) {
    if (!key.startsWith(SENTENCES)) continue;
    for (const sentence of typeof found === "string" ? [found] : Object.values(found)) {
      const pattern = sentence.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("(\\d+)");
      const numbers = new RegExp(`^${pattern}$`).exec(said)?.slice(1).map(Number);
      if (numbers) return t(key as Key, Object.fromEntries([...sentence.matchAll(/\{(\w+)\}/g)].map((hole, k) => [hole[1], numbers[k]])));
    }
  }
  return said;
}

/** Where the land is from: the words of the shipped map in the reader's language, others as they stand. */
export function source(caption: string | undefined): string {
  return caption === tables.get("en")?.naturalEarth ? t("naturalEarth") : (caption ?? "");
}

/** Names of countries as the reader's language has them, by their English names; others as they stand. */
export function country(name: string): string {
  if (code === "en" || typeof Intl.DisplayNames !== "function") return name;
  let found = countries.get(code);
  if (!found) {
    countries.set(code, (found = new Map()));
    const [here, english] = [code, "en"].map((tongue) => new Intl.DisplayNames([tongue], { type: "region", fallback: "none" }));
    for (const a of LETTERS) for (const b of LETTERS) {
      const named = english.of(a + b);
      if (named) found.set(named, here.of(a + b) ?? named);
    }
  }
  return found.get(name) ?? name;
}
const countries = new Map<string, Map<string, string>>();
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A name inside a sentence of another direction: isolated, so that neither turns the other around. */
export function iso(name: string): string {
  return RTL_LETTERS.test(name) === language.rtl ? name : `${ISOLATE}${name}${END}`;
}
