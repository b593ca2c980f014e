/** Known answers of the computing core, worked out by hand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { areasOf } from "../src/core/areas";
import { ties } from "../src/core/cooccurrence";
import { riskRadius } from "../src/core/glyphs";
import { placeLabels } from "../src/core/labels";
import { scaleBar } from "../src/core/land";
import { form } from "../src/core/language.svelte";
import type { Model } from "../src/core/model";
import { SvgPen } from "../src/core/pen";
import { nearest } from "../src/core/people";
import { latitude, plane, unwrapped, wrapped } from "../src/core/project";
import { distances } from "../src/core/roads";
import { beside, countQuantiles, distance, meanInterval, quantiles, survivors } from "../src/core/statistics";

const even = (n: number): Float64Array => new Float64Array(n).fill(1 / n);

test("quantiles are the least value that enough of the weight does not exceed", () => {
  assert.deepEqual(countQuantiles([3, 0, 1, 1], even(4), 5, [0.25, 0.5, 0.75, 0.76]), [0, 1, 1, 3]);
  assert.deepEqual(quantiles([30, 10, 20], even(3), [0.05, 0.5, 0.95]), [10, 20, 30]);
  assert.deepEqual(quantiles([30, 10, 20], Float64Array.of(0.5, 0, 0.5), [0.5, 0.6]), [20, 30]); // no weight, not counted
});

test("too few members have a median and no other quantile", () => {
  assert.equal(survivors([0.5, 0, 0.5]), 2);
  assert.deepEqual(beside([0.05, 0.5, 0.95], [1, 2, 3], true), [1, 2, 3]);
  assert.deepEqual(beside([0.05, 0.5, 0.95], [1, 2, 3], false), [NaN, 2, NaN]);
});

test("the mean of a difference and its interval", () => {
  const [mean, low, high] = meanInterval(Float64Array.of(1, 0, 0, -1), even(4));
  const error = Math.sqrt(2 / 16);
  assert.equal(mean, 0);
  assert.ok(Math.abs(high - 1.645 * error) < 1e-12 && Math.abs(low + 1.645 * error) < 1e-12);
});

test("letters put in, left out, changed or swapped", () => {
  assert.equal(distance("kabul", "kabul"), 0);
  assert.equal(distance("kabul", "kaubl"), 1);
  assert.equal(distance("herat", "heart"), 1);
  assert.equal(distance("kunduz", "qunduz"), 1);
  assert.equal(distance("", "ab"), 2);
});

test("the shortest way by road", () => {
  const roads: [number, number, number, string][] = [[0, 1, 10, ""], [1, 2, 10, ""], [0, 2, 30, ""]];
  assert.deepEqual([...distances(roads, 4, 0)], [0, 10, 20, Infinity]);
});

test("what goes with a place", () => {
  const first = [[1, 1, 2, -1], [2, -1, -1, -1]];
  const control = { first: (place: number, m: number) => first[place][m] };
  const model = { arms: [{ control }], places: [0, 1].map((index) => ({ index, refuge: false })) } as unknown as Model;
  // within two days the first place changes hands in futures 0, 1 and 2, the second in future 0
  assert.deepEqual(ties(model, 0, even(4), 0, 2), [{ place: 1, withIt: 1 / 3, without: 0 }]);
});

test("a country across 180 degrees stays whole", () => {
  assert.deepEqual([...unwrapped([177, -179, 179])], [177, 181, 179]);
  assert.deepEqual([...unwrapped([-10, 20])], [-10, 20]);
  assert.equal(wrapped(181), -179);
  assert.ok(Math.abs(latitude(plane(0, 34.5)[1]) - 34.5) < 1e-9);
});

test("land goes to the nearer end of the nearest road", () => {
  const [left, top, right, bottom] = [0, 0, 1, 0.5];
  const square = Float64Array.of(left, top, right, top, right, bottom, left, bottom);
  const hosts = [{ owner: 0, closed: true, points: square, seam: null }];
  const areas = areasOf(hosts, [[0.1, 0.25], [0.9, 0.25], [0.5, 0.45]], [false, false, true], [[0, 1, 5, "primary"]])!;
  const at = (x: number, y: number): number => areas.owner[Math.round(y * 200) * areas.width + Math.round(x * 200)];
  assert.deepEqual([at(0.3, 0.1), at(0.7, 0.1), at(0.02, 0.25), at(0.5, 0.49)].map((n) => n === 2), [false, false, false, false]);
  assert.deepEqual([at(0.3, 0.1), at(0.7, 0.1)], [0, 1]);
  const strength = (x: number, y: number): number => areas.strength[Math.round(y * 200) * areas.width + Math.round(x * 200)];
  assert.ok(strength(0.3, 0.25) > 2 * strength(0.3, 0.02)); // fades away from the road
});

test("a bar of round kilometres, and discs whose area grows with the chance", () => {
  assert.deepEqual(scaleBar(1), [100, "100 km"]);
  assert.deepEqual(scaleBar(0.5), [100, "50 km"]);
  const area = (p: number): number => (riskRadius(5, p, 1) - 2) ** 2;
  assert.ok(riskRadius(5, 0.4, 0.72) < riskRadius(5, 0.4, 1)); // a small map has small discs
  assert.ok(Math.abs(area(0.8) - area(0.4) - (area(0.4) - area(0))) < 1e-9);
});

test("names cover neither each other nor the places of others", () => {
  const pen = { measureText: (text: string) => ({ width: 7 * text.length }) } as unknown as CanvasRenderingContext2D;
  let seed = 1;
  const next = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const spots = Array.from({ length: 120 }, (_, k) => ({ text: `Town ${k}`, x: 700 * next(), y: 500 * next(), r: 5, rank: next(), strong: false, chance: "" }));
  const written = placeLabels(pen, spots, 700, 500);
  assert.ok(written.length > 30 && written.length < 120);
  const boxes = written.map(({ text, x, y }) => [x, y - 7, x + 7 * text.length, y + 7, Number(text.slice(5))]);
  const meet = (a: number[], b: number[]): boolean => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  boxes.forEach((box, k) => {
    assert.ok(boxes.every((other, j) => j === k || !meet(box, other)));
    assert.ok(spots.every(({ x, y }, n) => n === box[4] || !meet(box, [x - 4, y - 4, x + 4, y + 4])));
  });
});

test("the nearest of the days that are kept", () => {
  assert.equal(nearest([0, 3, 7, 14], 6), 2);
  assert.equal(nearest([0, 3, 7, 14], 99), 3);
});

test("plural forms", () => {
  assert.deepEqual([0, 1, 2, 3, 10, 11, 99, 100, 102, 103].map((n) => form("ar", n)), ["zero", "one", "two", "few", "few", "many", "many", "other", "other", "few"]);
  assert.deepEqual([0, 1, 2].map((n) => form("fr", n)), ["one", "one", "other"]);
  assert.deepEqual([0, 1, 2].map((n) => form("en", n)), ["other", "one", "other"]);
});

test("a pen that writes SVG keeps texts texts", () => {
  const pen = new SvgPen();
  pen.fillText('<img src=x onerror="alert(1)">&', 1, 2);
  assert.ok(!pen.svg(10, 10).includes("<img") && pen.svg(10, 10).includes("&#60;img"));
});
