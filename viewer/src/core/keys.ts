/** Keys of the whole page; none is taken while an input has the focus. */

import type { Key } from "./language.svelte";
import { TABS, type Page } from "./state.svelte";

/** What keys do; those with words for a name are translated. */
export const KEYS: [string, Key][] = [
  ["keySpace", "doPlay"],
  ["← →", "doStep"],
  ["Home End", "doEnds"],
  ["I", "doInit"],
  ["L", "doLook"],
  ["J K", "doWalk"],
  ["Enter", "doOpen"],
  ["C", "doChoose"],
  ["U", "doUndo"],
  ["F", "doFuture"],
  ["Esc", "doEscape"],
  ["1–6", "doViews"],
  ["/", "doFind"],
  ["+ − 0", "doZoom"],
  ["?", "doHelp"],
];

export function press(page: Page, event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName)) {
    if (event.key === "Escape") target.blur();
    return;
  }
  const onButton = target.tagName === "BUTTON" || target.tagName === "A" || target.tagName === "SUMMARY";
  if (onButton && (event.key === " " || event.key === "Enter")) return;
  if (act(page, event)) event.preventDefault();
}

function act(page: Page, event: KeyboardEvent): boolean {
  const step = event.shiftKey ? 7 : 1;
  switch (event.key) {
    case " ": page.playing = !page.playing; return true;
    case "ArrowLeft": page.setDay(page.day - step); return true;
    case "ArrowRight": page.setDay(page.day + step); return true;
    case "Home": page.setDay(page.first); return true;
    case "End": page.setDay(page.last); return true;
    case "i": page.setDay(0); return true;
    case "l": page.look = page.look === "risk" ? "control" : "risk"; return true;
    case "j": walk(page, 1); return true;
    case "k": walk(page, -1); return true;
    case "Enter": page.tab = "place"; return true;
    case "c": if (!page.model.places[page.place].refuge) page.add({ place: page.place, kind: "falls", day: page.until }); return true;
    case "u": page.undo(); return true;
    case "f": page.nextFuture(); return true;
    case "Escape": escape(page); return true;
    case "?": page.help = !page.help; return true;
    case "/": document.getElementById("find")?.focus(); return true;
    case "+": case "=": page.map?.zoom(1.5); return true;
    case "-": page.map?.zoom(1 / 1.5); return true;
    case "0": page.map?.reset(); return true;
  }
  const tab = Number(event.key);
  if (Number.isInteger(tab) && tab >= 1 && tab <= TABS.length) {
    page.tab = TABS[tab - 1];
    return true;
  }
  return false;
}

function escape(page: Page): void {
  if (page.help) page.help = false;
  else if (page.future !== null) page.future = null;
  else page.clear();
}

function walk(page: Page, step: number): void {
  const at = page.order.indexOf(page.place);
  page.choose(page.order[Math.max(0, Math.min(page.order.length - 1, at < 0 ? 0 : at + step))]);
}
