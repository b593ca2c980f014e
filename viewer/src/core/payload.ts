/** Reads the binary payload that src/headlong/view/page/pack.py writes; docs/page.md describes it. */

export type Column = Uint8Array | Uint16Array | Uint32Array | Int8Array | Int16Array | Int32Array | Float32Array;

export interface Entry {
  name: string;
  dtype: "uint8" | "uint16" | "uint32" | "int8" | "int16" | "int32" | "float32";
  shape: number[];
  at: number;
}

export interface Box<H> {
  header: H;
  columns: Map<string, Column>;
  shapes: Map<string, number[]>;
}

const VERSION = 2;
const KINDS = {
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  float32: Float32Array,
};

export function unpack<H>(buffer: ArrayBuffer): Box<H> {
  const view = new DataView(buffer);
  const magic = String.fromCharCode(...new Uint8Array(buffer, 0, 4));
  if (magic !== "HLPG") throw new Error("this is not the payload of a Headlong page");
  const version = view.getUint32(4, true);
  if (version !== VERSION) throw new Error(`payload of version ${version}; this page reads version ${VERSION}`);
  const length = view.getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 12, length))) as H & { columns: Entry[] };
  const columns = new Map<string, Column>();
  const shapes = new Map<string, number[]>();
  for (const { name, dtype, shape, at } of header.columns) {
    const size = shape.reduce((a, b) => a * b, 1);
    const kind = KINDS[dtype];
    const start = 12 + length + at;
    columns.set(name, kind === Uint8Array ? new Uint8Array(buffer, start, size) : new kind(together(buffer, start, size, kind.BYTES_PER_ELEMENT)));
    shapes.set(name, shape);
  }
  return { header, columns, shapes };
}

/** Numbers of several bytes, kept as all their lowest bytes, then the next ones, and so on. */
function together(buffer: ArrayBuffer, start: number, size: number, wide: number): ArrayBuffer {
  const apart = new Uint8Array(buffer, start, size * wide);
  const out = new Uint8Array(size * wide);
  for (let b = 0, at = 0; b < wide; b++) for (let k = 0; k < size; k++) out[k * wide + b] = apart[at++];
  return out.buffer;
}

/** Amounts behind codes that are evenly spaced on the scale log(1 + x). */
export function fromCodes(codes: Column, top: number): Float64Array {
  const steps = codes instanceof Uint8Array ? 255 : 65535;
  const scale = Math.log1p(Math.max(top, 1)) / steps;
  const amounts = new Float64Array(codes.length);
  for (let k = 0; k < codes.length; k++) amounts[k] = Math.expm1(codes[k] * scale);
  return amounts;
}
