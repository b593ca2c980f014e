/** Where the payload comes from: the page itself. */

export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** Text as src/headlong/view/page/export.py writes it: a length, a colon, then 13 bits in two of 91 signs. */
export function fromText(text: string): Uint8Array<ArrayBuffer> {
  const value = new Uint8Array(256);
  for (let code = 33, k = 0; code < 127; code++) if (!'"&<'.includes(String.fromCharCode(code))) value[code] = k++;
  const first = text.indexOf(":") + 1;
  const signs = new TextEncoder().encode(text);
  const bytes = new Uint8Array(Number(text.slice(0, first - 1)));
  for (let k = first, at = 0, bits = 0, held = 0; at < bytes.length; k += 2) {
    held = (held << 13) | (value[signs[k]] * 91 + value[signs[k + 1]]);
    bits += 13;
    for (; bits >= 8; bits -= 8) bytes[at++] = held >> (bits - 8); // what is too much is left out
    held &= (1 << bits) - 1;
  }
  return bytes;
}

/** Payload embedded in the page; the text is dropped, so that it is not kept twice. */
export async function embedded(): Promise<ArrayBuffer> {
  const element = document.getElementById("payload");
  const text = element?.textContent?.trim() ?? "";
  if (!element || text === "" || text.startsWith("@@")) throw new Error("this page holds no forecast");
  element.textContent = "";
  return gunzip(fromText(text));
}
