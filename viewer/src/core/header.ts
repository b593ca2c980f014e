/** What the header of a payload says. */

import type { Table } from "./language.svelte";

export interface Report {
  id: string;
  published_at: string | null;
  event_date: string | null;
  place: string;
  claim: string;
  side: string;
  leader: string;
  polarity: string;
  source_class: string;
  verification: string;
  interest: string;
  outlet: string;
  origin: string;
  words: string;
  weight: number | null;
  counted: number | null;
  before: number | null;
  after: number | null;
  country_before: number | null;
  country_after: number | null;
  /** Why it can move no place; empty where it has a weight. */
  idle: string;
}

export interface SourceRow {
  name: string;
  reliability: number | null;
  reliability_low: number | null;
  reliability_high: number | null;
  reliability_prior: number | null;
  reliability_reports: number | null;
}

export interface Strongest {
  reference: string;
  ours: number;
  theirs: number;
  skill: number;
  interval_90: number[];
  won: number;
  cases: number;
}

/** How the number of places that change hands fared: shares within its intervals, and its ranks in tenths. */
export interface Coverage {
  dates?: number;
  inside_50?: number;
  inside_90?: number;
  meant_90?: number;
  pit?: number[];
}

/** Wars that went one way, at one lead. */
export interface StratumRow {
  expected: number;
  came: number;
  inside_90: number;
  meant_90?: number;
  skill?: Record<string, number>;
}

/** Days since the war's first date, then foreseen and come at two leads, the capital's chance in percent, whether it fell. */
export type PastRow = [number, ...(number | null)[]];

export interface TrackRecord {
  counts?: Record<string, Coverage>;
  strata?: Record<string, { cases: number; dates: number } & Record<string, StratumRow | number>>;
  ablations?: Record<string, Record<string, { skill: number; interval_90: number[]; won: number; cases: number }>>;
  past?: { leads: number[]; cases: Record<string, { first: string; rows: PastRow[] }> };
  rule?: string;
  cases?: string[];
  dates?: number;
  strongest?: Record<string, Record<string, Strongest>>;
  reliability?: Record<string, [number, number, number, number, number][]>;
  count_90_inside?: Record<string, number>;
  capital_30?: Record<string, { mean_p: number; dates: number; cases: number }>;
  after_bursts?: { rule: string; foreseen: number; came: number } | null;
}

export interface Land {
  caption: string;
  window: [number, number, number, number];
  steps: number;
  names: string[];
  labels: [string, number, number][];
  focus: number[];
}

export interface Past {
  days: number;
  /** Reports weighed day by day: `past.share` holds chances. */
  weighed?: boolean;
  holder: number[];
  changes: [number, number, number][];
  source: string;
}

export interface ArmHeader {
  series: string[];
  kept: string[];
  ends: string[];
  top: number;
}

/** What was forecast before, by init: of pages that are made from an archive. */
export interface OverTime {
  /** The two windows [days]. */
  days: number[];
  inits: string[];
  /** What of each one's settings or tables differs from the one before. */
  changed: string[][];
  places: OverTimePlace[];
  left_out: string[];
}

/** A place by init; null where a forecast does not know it. */
export interface OverTimePlace {
  id: string;
  p_near: (number | null)[];
  p_far: (number | null)[];
  held: (number[] | null)[];
  /** Ids of reports of the place that the forecast before had not heard. */
  reports: string[][];
}

export interface Header {
  attrs: Record<string, unknown> & { title?: string; case?: string; version?: string; scenario?: string };
  init: string;
  days: number;
  members: number;
  members_run: number;
  /** Of fewer members than these nothing is told but the median. */
  few_members: number;
  places: [string, string, string, number][];
  sides: [string, string][];
  crossings: number[];
  leaders: [string, string, string][];
  streams: string[];
  ways: string[];
  statuses: string[];
  levels: number[];
  arms: ArmHeader[];
  reports: { rows: Report[]; sources: SourceRow[]; ess: [string, number | null][] } | null;
  whatif: { scenario: string; scenario_title: string; scenario_what: string; judgement: string } | null;
  track: { record: TrackRecord } | null;
  land: Land | null;
  roads?: [number, number, number, string][];
  roles?: Record<string, string>;
  licence?: string;
  case_same?: boolean;
  past?: Past | null;
  scenarios?: [string, string, string][];
  refuges?: Record<string, string>;
  /** Levels of the quantiles of displaced people by place. */
  displaced_levels: number[];
  /** Days of the windows for which the chance of being cut off is told. */
  cut_off?: number[];
  /** Places that are contested at init. */
  contested?: number[];
  /** People by road: the days they are kept on, and places from and to. */
  flows?: { days: number[]; roads: [number, number][] };
  over_time?: OverTime;
  /** Tables of the interface's words, by language. */
  words: Record<string, Table>;
}
