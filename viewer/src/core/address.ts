/** The state in the address, so that a view can be linked to: #tab=map&day=2021-08-15&place=kabul ... */

import type { Condition } from "./model";
import { TABS, type Page, type Tab } from "./state.svelte";

const SIGNS: Record<Condition["kind"], string> = { falls: "<", holds: ">", held: "=" };

export function write(page: Page): string {
  const { model } = page;
  const parts = new URLSearchParams();
  parts.set("tab", page.tab);
  parts.set("day", model.calendar.iso(page.day));
  parts.set("place", model.places[page.place].id);
  parts.set("window", `${page.window}`);
  if (page.arm) parts.set("arm", `${page.arm}`);
  if (page.future !== null) parts.set("future", `${page.future}`);
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

/** Take over what an address says; what makes no sense is left out. */
export function read(page: Page, hash: string): void {
  const { model } = page;
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const place = new Map(model.places.map((p) => [p.id, p.index]));
  const tab = parts.get("tab") as Tab | null;
  if (tab && TABS.includes(tab)) page.tab = tab;
  const day = parts.get("day");
  if (day && /^\d{4}-\d\d-\d\d$/.test(day)) page.setDay(model.calendar.of(day));
  const chosen = place.get(parts.get("place") ?? "");
  if (chosen !== undefined) page.place = chosen;
  const window = Number(parts.get("window"));
  if (page.windows.includes(window)) page.window = window;
  const arm = Number(parts.get("arm"));
  if (Number.isInteger(arm) && model.arms[arm]) page.arm = arm;
  const conditions: Condition[] = [];
  for (const text of (parts.get("if") ?? "").split(";")) {
    const found = /^(.+?)([<>=])(\d{4}-\d\d-\d\d)(?:@(.+))?$/.exec(text);
    const index = found ? place.get(found[1]) : undefined;
    if (!found || index === undefined) continue;
    const kind = (Object.keys(SIGNS) as Condition["kind"][]).find((k) => SIGNS[k] === found[2])!;
    const when = Math.max(0, Math.min(page.last, model.calendar.of(found[3])));
    const side = model.sides.findIndex((s) => s.id === found[4]);
    if (kind === "held" && side < 0) continue;
    conditions.push(kind === "held" ? { place: index, kind, day: when, side } : { place: index, kind, day: when });
  }
  page.conditions = conditions;
  const future = parts.get("future");
  if (future !== null && /^\d+$/.test(future) && Number(future) < model.header.members) page.future = Number(future);
}
