/** Distances along the roads of the file. */

export type Road = [number, number, number, string];

/** Shortest way by road from a place to every place [km]; Infinity where there is none. */
export function distances(roads: readonly Road[], places: number, from: number): Float64Array {
  const far = new Float64Array(places).fill(Infinity);
  const done = new Uint8Array(places);
  far[from] = 0;
  for (;;) {
    let next = -1;
    for (let n = 0; n < places; n++) if (!done[n] && far[n] < Infinity && (next < 0 || far[n] < far[next])) next = n;
    if (next < 0) return far;
    done[next] = 1;
    for (const [a, b, km] of roads) {
      if (a === next) far[b] = Math.min(far[b], far[next] + km);
      if (b === next) far[a] = Math.min(far[a], far[next] + km);
    }
  }
}
