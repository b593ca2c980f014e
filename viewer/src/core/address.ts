/** The state in the address, so that a view can be linked to: #tab=map&day=2021-08-15&place=kabul ... */

import { iso, language, speak, t } from "./language.svelte";
import type { Condition } from "./model";
import { TABS, type Page, type Tab } from "./state.svelte";

const SIGNS: Record<Condition["kind"], string> = { falls: "<", holds: ">", held: "=" };
const PARTS = ["tab", "day", "place", "window", "look", "arm", "future", "lang", "if"];

export function write(page: Page, spoken: boolean): string {
  const { model } = page;
  const parts = new URLSearchParams();
  parts.set("tab", page.tab);
  parts.set("day", model.calendar.iso(page.day));
  parts.set("place", model.places[page.place].id);
  if (page.day <= 0) parts.set("window", `${page.reach}`);
  if (page.look !== "risk") parts.set("look", page.look);
  if (page.arm) parts.set("arm", `${page.arm}`);
  if (page.future !== null) parts.set("future", `${page.future}`);
  if (spoken) parts.set("lang", language.code);
  if (page.conditions.length)
    parts.set(
      "if",
      page.conditions
        .map((c) => {
          const side = c.kind === "held" ? `@${model.sides[c.side ?? 0].id}` : "";
          return `${model.places[c.place].id}${SIGNS[c.kind]}${model.calendar.iso(c.day)}${side}`;
        })
        .join(";"),
    );
  return `#${parts.toString()}`;
}

/** Take over what an address says; what makes no sense is named, not dropped. */
export function read(page: Page, hash: string): void {
  const { model } = page;
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const wrong: string[] = [];
  const place = new Map(model.places.map((p) => [p.id, p.index]));
  const given = (name: string): string | null => parts.get(name) || null;
  const complain = (name: string, why: string): void => void wrong.push(t("wrongPart", { part: iso(`${name}=${parts.get(name)}`), why }));

  const spoken = given("lang");
  if (spoken && !speak(spoken)) complain("lang", t("noLanguage"));
  const tab = given("tab") as Tab | null;
  if (tab && TABS.includes(tab)) page.tab = tab;
  else if (tab) complain("tab", t("noView"));
  const look = given("look");
  if (look && look !== "risk" && look !== "control") complain("look", t("noLook"));
  page.look = look === "control" ? "control" : "risk";
  /** A whole number in a range; anything else is named. */
  const whole = (name: string, from: number, to: number, why = t("noNumber", { from: `${from}`, to: `${to}` })): number | null => {
    const text = given(name);
    if (text === null) return null;
    if (/^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to) return Number(text);
    complain(name, why);
    return null;
  };
  const window = whole("window", 1, page.last);
  const day = given("day");
  if (window !== null) page.setDay(window);
  if (day && !isDay(day)) complain("day", t("noDate"));
  else if (day) {
    const at = model.calendar.of(day);
    page.setDay(at);
    if (at !== page.day) complain("day", outside(page));
    if (window !== null && page.day > 0 && page.day !== window) complain("window", t("windowIsDay", { day: model.calendar.full(page.day) }));
  }
  const chosen = given("place");
  if (chosen && place.has(chosen)) page.place = place.get(chosen)!;
  else if (chosen) complain("place", t("noPlace"));
  page.arm = whole("arm", 0, model.arms.length - 1, t("noArm")) ?? 0;
  const conditions: Condition[] = [];
  for (const text of (given("if") ?? "").split(";")) {
    if (!text) continue;
    const found = condition(page, text, place);
    if (typeof found === "string") wrong.push(t("wrongPart", { part: iso(text), why: found }));
    else conditions.push(found);
  }
  page.conditions = conditions;
  page.future = whole("future", 0, model.header.members - 1);
  if (page.future !== null && !(page.weighed.weight[page.future] > 0)) {
    page.future = null;
    complain("future", t("notAmong"));
  }
  for (const name of new Set(parts.keys())) if (!PARTS.includes(name)) complain(name, t("noPart"));
  page.wrong = wrong;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

function outside(page: Page): string {
  const { calendar } = page.model;
  return t("outside", { from: calendar.full(page.first), to: calendar.full(page.last) });
}

/** One condition of an address, or why it makes no sense. */
function condition(page: Page, text: string, places: Map<string, number>): Condition | string {
  const { model } = page;
  const found = /^(.+?)([<>=])([^@]*)(?:@(.+))?$/.exec(text);
  if (!found) return t("noCondition");
  const place = places.get(found[1]);
  if (place === undefined || model.places[place].refuge) return t("noPlace");
  if (!isDay(found[3])) return t("noDate");
  const day = model.calendar.of(found[3]);
  const kind = (Object.keys(SIGNS) as Condition["kind"][]).find((k) => SIGNS[k] === found[2])!;
  if (day > page.last || day < (kind === "held" ? 0 : 1))
    return t("outside", { from: model.calendar.full(kind === "held" ? 0 : 1), to: model.calendar.full(page.last) });
  if (kind !== "held") return { place, kind, day };
  const side = model.sides.findIndex((s) => s.id === found[4]);
  return side < 0 ? t("noSide") : { place, kind, day, side };
}
