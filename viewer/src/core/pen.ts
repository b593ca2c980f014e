/** What the map is painted with: a canvas, or a pen that writes the same strokes down as SVG. */

export type Pen = Pick<
  CanvasRenderingContext2D,
  | "fillStyle" | "strokeStyle" | "lineWidth" | "font" | "textAlign" | "textBaseline" | "lineJoin"
  | "beginPath" | "moveTo" | "lineTo" | "arc" | "closePath" | "fill" | "stroke" | "fillRect" | "strokeRect" | "fillText" | "strokeText" | "setLineDash"
>;

const ANCHOR: Record<string, string> = { left: "start", right: "end", center: "middle", start: "start", end: "end" };
const n = (v: number): string => `${Math.round(v * 100) / 100}`;
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Writes an SVG by the calls that a canvas is painted with. */
export class SvgPen implements Pen {
  fillStyle = "#000";
  strokeStyle = "#000";
  lineWidth = 1;
  font = "12px sans-serif";
  textAlign: CanvasTextAlign = "left";
  textBaseline: CanvasTextBaseline = "alphabetic";
  lineJoin: CanvasLineJoin = "miter";
  readonly found: string[] = [];
  private d = "";
  private dash = "";

  beginPath(): void {
    this.d = "";
  }
  moveTo(x: number, y: number): void {
    this.d += `M${n(x)},${n(y)}`;
  }
  lineTo(x: number, y: number): void {
    this.d += `${this.d ? "L" : "M"}${n(x)},${n(y)}`;
  }
  closePath(): void {
    this.d += "Z";
  }
  arc(x: number, y: number, r: number, from: number, to: number): void {
    const at = (angle: number): string => `${n(x + r * Math.cos(angle))},${n(y + r * Math.sin(angle))}`;
    const lead = this.d ? "L" : "M";
    if (to - from >= 2 * Math.PI - 1e-6) this.d += `M${at(from)}A${n(r)},${n(r)} 0 1 1 ${at(from + Math.PI)}A${n(r)},${n(r)} 0 1 1 ${at(from)}`;
    else this.d += `${lead}${at(from)}A${n(r)},${n(r)} 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(to)}`;
  }
  fill(rule?: unknown): void {
    if (this.d) this.found.push(`<path d="${this.d}" fill="${this.fillStyle}"${rule === "evenodd" ? ' fill-rule="evenodd"' : ""}/>`);
  }
  stroke(): void {
    if (this.d) this.found.push(`<path d="${this.d}" fill="none" ${this.line()}/>`);
  }
  fillRect(x: number, y: number, w: number, h: number): void {
    this.found.push(`<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${this.fillStyle}"/>`);
  }
  strokeRect(x: number, y: number, w: number, h: number): void {
    this.found.push(`<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="none" ${this.line()}/>`);
  }
  fillText(text: string, x: number, y: number): void {
    this.found.push(`<text ${this.letters(x, y)} fill="${this.fillStyle}">${escaped(text)}</text>`);
  }
  strokeText(text: string, x: number, y: number): void {
    this.found.push(`<text ${this.letters(x, y)} fill="none" ${this.line()}>${escaped(text)}</text>`);
  }
  setLineDash(dash: Iterable<number>): void {
    this.dash = [...dash].join(" ");
  }
  /** What has been traced, as the path of an SVG. */
  path(): string {
    return `${this.d}Z`;
  }
  /** A line of text with its size, weight and colour. */
  text(text: string, x: number, y: number, size: number, weight: number, colour: string): void {
    this.font = `${weight} ${size}px system-ui, sans-serif`;
    this.textAlign = "left";
    this.textBaseline = "alphabetic";
    this.fillStyle = colour;
    this.fillText(text, x, y);
  }
  /** A picture, smoothed, inside what a path bounds. */
  image(address: string, x: number, y: number, w: number, h: number, clip: string): void {
    this.found.push(
      `<clipPath id="land"><path d="${clip}" clip-rule="evenodd"/></clipPath>` +
        `<image href="${address}" x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" preserveAspectRatio="none" clip-path="url(#land)"/>`,
    );
  }
  svg(width: number, height: number): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${this.found.join("\n")}</svg>\n`;
  }
  private line(): string {
    return `stroke="${this.strokeStyle}" stroke-width="${n(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"${this.dash ? ` stroke-dasharray="${this.dash}"` : ""}`;
  }
  private letters(x: number, y: number): string {
    const [, weight, size, family] = /^(?:(\d+) )?([\d.]+)px (.+)$/.exec(this.font) ?? [undefined, "400", "12", "sans-serif"];
    const middle = this.textBaseline === "middle" ? ' dominant-baseline="central"' : "";
    return `x="${n(x)}" y="${n(y)}" font-family="${escaped(family)}" font-size="${size}" font-weight="${weight ?? 400}" text-anchor="${ANCHOR[this.textAlign]}"${middle}`;
  }
}
