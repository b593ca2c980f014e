/** Where the payload comes from: the page itself. */

export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let k = 0; k < raw.length; k++) bytes[k] = raw.charCodeAt(k);
  return bytes;
}

/** Payload embedded in the page; the text is dropped, so that it is not kept twice. */
export async function embedded(): Promise<ArrayBuffer> {
  const element = document.getElementById("payload");
  const text = element?.textContent?.trim() ?? "";
  if (!element || text === "" || text.startsWith("@@")) throw new Error("this page holds no forecast");
  element.textContent = "";
  return gunzip(fromBase64(text));
}
