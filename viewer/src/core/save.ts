/** Files a reader can take away: tables as CSV, places as GeoJSON, pictures as SVG and PNG. */

import { t } from "./language.svelte";
import { wrapped } from "./project";
import type { Page } from "./state.svelte";
import { cell, DASH, people, percent } from "./words";

/** A cell of a table: what is shown, and what a file says of it (several columns for a place). */
export type Value = string | number;
export type Cell = string | { text: string; raw: Value | Value[] };
export interface Table {
  head: Cell[];
  rows: Cell[][];
}

const rawOf = (found: Cell): Value[] => (typeof found === "string" ? [found] : Array.isArray(found.raw) ? found.raw : [found.raw]);
export const textOf = (found: Cell): string => (typeof found === "string" ? found : found.text);

/** Heading of a column: as it is read, and its name in a file. */
export function head(text: string, ...raw: string[]): Cell {
  return { text, raw };
}

/** Headings of quantiles at some levels [%]. */
export const levels = (...found: number[]): Cell[] => found.map((q) => head(`${q} %`, `q${`${q}`.padStart(2, "0")}`));
/** A chance that is none of the futures that are left. */
export const share = (p: number | null | undefined): Cell => ({ text: percent(p), raw: p ?? "" });
/** A number of people. */
export const amount = (v: number): Cell => ({ text: people(v), raw: Math.round(v) });

/** Cells of a forecast: places with id and coordinates, dates in ISO 8601, chances and amounts as plain numbers. */
export class Cells {
  constructor(private readonly page: Page) {}
  readonly placeHead = (text: string): Cell => head(text, "place_id", "place", "lat", "lon");
  place(n: number): Cell {
    const { id, name, lat, lon } = this.page.model.places[n];
    return { text: name, raw: [id, name, round(lat, 5), round(wrapped(lon), 5)] };
  }
  side(s: number): Cell {
    const { id, short } = this.page.model.sides[s];
    return { text: short, raw: id };
  }
  day(d: number | null, later = ""): Cell {
    if (Number.isNaN(d)) return { text: DASH, raw: "" };
    return d === null ? { text: later, raw: "" } : { text: this.page.model.calendar.day(d), raw: this.page.model.calendar.iso(d) };
  }
  /** A share of the futures that are left. */
  chance(p: number): Cell {
    return { text: this.page.share(p), raw: round(p, 5) };
  }
  /** Whether a place is contested at init; nothing where the file does not say. */
  contested(n: number): Cell {
    const { header, contested } = this.page.model;
    const is = contested.has(n);
    return { text: is ? t("contested") : "", raw: header.contested ? Number(is) : "" };
  }
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** A table as CSV; under conditions every row says which futures it is of. */
export function csv(page: Page, { head, rows }: Table): string {
  const only = page.conditioned ? page.conditions.map((c) => page.condition(c)).join("; ") : null;
  const lines = [head, ...rows].map((row, k) => {
    const values = row.flatMap(rawOf);
    if (only !== null) values.push(k ? only : "only_futures_where", k ? page.weighed.left : "futures");
    return values.map(cell).join(",");
  });
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** Every place with its chances, as a table of plain numbers. */
export function placesTable(page: Page): Table {
  const { model, until } = page;
  const { calendar } = model;
  const cells = new Cells(page);
  const day = Math.max(0, page.day);
  return {
    head: [cells.placeHead(""), "kind", "population", "init", "holder_at_init", "contested_at_init", "by", "p_changes_hands", "on", ...model.sides.map((s) => `p_held_by_${s.id}`)],
    rows: model.places.filter((p) => !p.refuge).map((p) => [
      cells.place(p.index), p.kind, { text: "", raw: p.population }, calendar.iso(0), model.sides[model.leading(page.result.share, p.index, 0)].id, cells.contested(p.index),
      calendar.iso(until), cells.chance(page.fallen(p.index)), calendar.iso(day),
      ...model.sides.map((s) => cells.chance(model.chance(page.result, p.index, s.index, day))),
    ]),
  };
}

/** The same as GeoJSON: a point for each place. */
export function geojson(page: Page): string {
  const { head, rows } = placesTable(page);
  const names = head.flatMap(rawOf).map(String);
  const { attrs } = page.model.header;
  const features = rows.map((row) => {
    const values = Object.fromEntries(row.flatMap(rawOf).map((v, k) => [names[k], v]));
    const { lat, lon, ...properties } = values;
    return { type: "Feature", id: values.place_id, geometry: { type: "Point", coordinates: [lon, lat] }, properties };
  });
  const only = page.conditions.map((c) => page.condition(c));
  const about = { title: attrs.title ?? "", case: attrs.case ?? "", case_hash: attrs.case_hash ?? "", version: attrs.version ?? "", what: attrs.what ?? "", futures: page.weighed.left, only_futures_where: only };
  return `${JSON.stringify({ type: "FeatureCollection", headlong: about, features })}\n`;
}

export function download(content: string | Blob, name: string, type = ""): void {
  const url = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type }) : content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Name of a file: what it shows, of which case, by or on which day. */
export function named(page: Page, what: string, ending: string): string {
  const bare = what.normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase();
  return `${page.model.header.attrs.case ?? "forecast"}-${bare}-${page.model.calendar.iso(page.tab === "map" ? page.day : page.until)}.${ending}`;
}

const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight", "font-family", "text-anchor", "direction"];

/** A chart as a file of its own: what the style sheet says is written into it. */
export function chart(element: SVGSVGElement, title: string): string {
  const copy = element.cloneNode(true) as SVGSVGElement;
  const [own, theirs] = [[element, ...element.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  own.forEach((from, k) => {
    const style = getComputedStyle(from);
    for (const name of KEPT) {
      const value = style.getPropertyValue(name);
      if (value && !value.includes("url(")) theirs[k].setAttribute(name, value);
    }
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of [["width", "100%"], ["height", "100%"], ["fill", getComputedStyle(document.documentElement).getPropertyValue("--card").trim()]]) ground.setAttribute(name, value);
  copy.prepend(ground);
  const label = document.createElementNS("http://www.w3.org/2000/svg", "title");
  label.textContent = title;
  copy.prepend(label);
  return new XMLSerializer().serializeToString(copy);
}

/** An SVG painted at twice its size. */
export async function png(svg: string, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"));
  } finally {
    URL.revokeObjectURL(url);
  }
}
