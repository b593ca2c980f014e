/** The forecast in a few words, with numbers and their windows. */

import { HELD_LEVELS } from "./model";
import type { Page } from "./state.svelte";
import { likely, many, people, percent } from "./words";

export function sentence(page: Page): string {
  const { model, result, window } = page;
  const { calendar, times } = model;
  if (page.conditioned && page.weighed.left === 0) return "No future meets these conditions.";
  const lost = (level: number): number => result.lost[HELD_LEVELS.indexOf(level) * times + window];
  const median = lost(0.5);
  const top = page.ranked(result, window, "chance").slice(0, 3);
  const where = page.conditioned ? `In the ${many(page.weighed.left, "future")} chosen, by` : "By";
  let text =
    `${where} ${calendar.full(window)} the median is ${many(median, "place")} changing hands ` +
    `(90 %: ${lost(0.05)} to ${lost(0.95)}); likeliest are ` +
    `${top.map((n) => `${model.places[n].name} (${percent(result.fallen[n * times + window])})`).join(", ")}.`;
  for (const seat of model.places.filter((p) => p.kind === "capital"))
    text += ` ${seat.name} to change hands by ${calendar.day(window)}: ${likely(result.fallen[seat.index * times + window])}.`;
  const { crossings, levels } = model.header;
  const out = model.arms[page.arm].people;
  const busiest = crossings
    .map((place, c) => [out.quantile(`civilians:${c}`, model.header.days, levels.indexOf(0.9)), place, c] as const)
    .sort((a, b) => b[0] - a[0])[0];
  if (busiest && busiest[0] >= 1 && !page.conditioned)
    text +=
      ` The busiest way out may be ${model.places[busiest[1]].name}: ` +
      `${people(out.quantile(`civilians:${busiest[2]}`, model.header.days, levels.indexOf(0.5)))} civilians by ` +
      `${calendar.day(model.header.days)} (one in ten futures: over ${people(busiest[0])}).`;
  return text;
}
