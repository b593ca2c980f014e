/** The forecast in a few words, with numbers and one window. */

import { iso, t, unless } from "./language.svelte";
import type { Page } from "./state.svelte";
import { people } from "./words";

export function sentence(page: Page): string {
  const { model, until } = page;
  const { calendar } = model;
  if (page.none) return t("noFuture");
  const top = page.ranked("chance").slice(0, 3).map((n) => t("nameShare", { name: iso(model.places[n].name), share: page.share(page.fallen(n)) }));
  const side = threatened(page);
  const values = { day: calendar.full(until), n: page.lost(0.5), low: page.lost(0.05), high: page.lost(0.95), top: top.join(t("comma")), all: model.counted.reduce((a, b) => a + b, 0), mostly: side ? t("sayMostly", { side }) : "" };
  const parts = page.few
    ? [t("sayFew", { ...values, left: page.weighed.left, all: model.header.members })]
    : [page.conditioned ? t("sayChosen", { ...values, left: page.weighed.left }) : unless(page.narrow, "say", values)];
  for (const seat of model.places.filter((p) => p.kind === "capital"))
    parts.push(t("saySeat", { name: iso(seat.name), likely: page.likely(page.fallen(seat.index)) }));
  return parts.join(" ");
}

/** The side that holds most of what may change hands by the window's end; none where no side holds two thirds of it. */
function threatened(page: Page): string {
  const { model, result } = page;
  const expected = new Map<number, number>();
  for (const { index, refuge } of model.places) {
    const holder = model.leading(result.share, index, 0);
    if (!refuge) expected.set(holder, (expected.get(holder) ?? 0) + page.fallen(index));
  }
  const [[most, lost], all] = [[...expected].sort((a, b) => b[1] - a[1])[0], [...expected.values()].reduce((a, b) => a + b, 0)];
  const side = model.sides[most];
  return page.lost(0.5) > 1 && side.role !== "nobody" && 3 * lost >= 2 * all ? iso(side.short) : "";
}

/** The busiest way out by the end of the window, over all futures. */
export function busiest(page: Page): string {
  const { model, until } = page;
  const { crossings, levels } = model.header;
  const out = model.arms[page.arm].people;
  const [most, place, c] = crossings
    .map((place, c) => [out.quantile(`civilians:${c}`, until, levels.indexOf(model.spread ? 0.9 : 0.5)), place, c] as const)
    .sort((a, b) => b[0] - a[0])[0] ?? [0, 0, 0];
  if (most < 1 || page.conditioned) return "";
  return unless(!model.spread, "sayOut", {
    name: iso(model.places[place].name), day: model.calendar.day(until), most: people(most),
    middle: people(out.quantile(`civilians:${c}`, until, levels.indexOf(0.5))),
  });
}
