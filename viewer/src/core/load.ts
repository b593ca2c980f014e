/** Where the payload comes from: the page itself. */

export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=>?@^_`{|}~";

/** Text as src/headlong/view/page/export.py writes it: a length, a colon, base 85 (five signs for four bytes). */
export function fromText(text: string): Uint8Array<ArrayBuffer> {
  const value = new Uint8Array(128);
  for (let k = 0; k < 85; k++) value[SIGNS.charCodeAt(k)] = k;
  const first = text.indexOf(":") + 1;
  const view = new DataView(new ArrayBuffer(((text.length - first) / 5) * 4));
  for (let k = first, at = 0; k < text.length; k += 5, at += 4) {
    let word = 0;
    for (let j = 0; j < 5; j++) word = word * 85 + value[text.charCodeAt(k + j)];
    view.setUint32(at, word);
  }
  return new Uint8Array(view.buffer, 0, Number(text.slice(0, first - 1)));
}

/** Payload embedded in the page; the text is dropped, so that it is not kept twice. */
export async function embedded(): Promise<ArrayBuffer> {
  const element = document.getElementById("payload");
  const text = element?.textContent?.trim() ?? "";
  if (!element || text === "" || text.startsWith("@@")) throw new Error("this page holds no forecast");
  element.textContent = "";
  return gunzip(fromText(text));
}
