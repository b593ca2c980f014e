/** The track record in sentences; the English ones are those of src/headlong/verify/results/track_record.py. */

import type { TrackRecord } from "./header";
import { iso, t, told } from "./language.svelte";
import { percent, skilled } from "./words";

const PAGE = "docs/track-record.md";
/** Chances below it are left out of "what was said and what came". */
const OFTEN = 0.1;

export function sentences(record: TrackRecord): string[] {
  const lines: string[] = [];
  const brier = Object.entries(record.strongest?.brier ?? {}).sort((a, b) => Number(a[0]) - Number(b[0]));
  if (brier.length) {
    const skills = brier.map(([k, row]) => t("trackSkillAt", { skill: iso(skilled(row.skill)), k })).join(t("comma"));
    lines.push(t("trackSkill", { dates: `${record.dates}`, wars: `${record.cases?.length}`, skills }));
  }
  const often = (record.reliability?.["30"] ?? []).filter((row) => row[0] >= OFTEN);
  const n = often.reduce((sum, row) => sum + row[2], 0);
  const mean = (k: 3 | 4): string => iso(percent(often.reduce((sum, row) => sum + row[2] * row[k], 0) / n));
  if (n) lines.push(t("trackOften", { said: mean(3), came: mean(4) }));
  const bursts = record.after_bursts;
  if (bursts) lines.push(t("trackBursts", { rule: told(bursts.rule), foreseen: bursts.foreseen.toFixed(0), came: bursts.came.toFixed(0) }));
  const { fell, held } = record.capital_30 ?? {};
  if (fell && held) lines.push(t("trackCapital", { fell: iso(percent(fell.mean_p)), held: iso(percent(held.mean_p)), page: iso(PAGE) }));
  return lines;
}
