/** Light or dark, as the reader's system asks for; on paper always light. */

export interface Theme {
  dark: boolean;
  ink: string;
  soft: string;
  paper: string;
  /** Behind names, so that they can be read on anything. */
  halo: string;
  sea: string;
  abroad: string;
  host: string;
  border: string;
  coast: string;
  country: string;
  roads: Record<string, string>;
  road: string;
  /** Places that may change hands. */
  risk: string;
  people: string;
  less: string;
}

const LIGHT: Theme = {
  dark: false, ink: "#1c2430", soft: "#565f6c", paper: "#fbfaf6", halo: "rgba(251,250,246,.92)",
  sea: "#dbe4ea", abroad: "#eeece6", host: "#fbfaf6", border: "#a9a397", coast: "#6f6a60", country: "#6f6a5f",
  roads: { highway: "#b9b1a2", river: "#9dbdd0", rail: "#a79f90", sea: "#90a7b5", air: "#90a7b5" }, road: "#c5beb0",
  risk: "#bc2026", people: "#6a3d94", less: "#ffffff",
};
const DARK: Theme = {
  dark: true, ink: "#efece4", soft: "#aab2bd", paper: "#14181e", halo: "rgba(20,24,30,.88)",
  sea: "#141d27", abroad: "#1d2229", host: "#2a3038", border: "#454c56", coast: "#7d8691", country: "#8d949d",
  roads: { highway: "#6b7079", river: "#3f6780", rail: "#666c75", sea: "#4a6173", air: "#4a6173" }, road: "#565c65",
  risk: "#ff5c55", people: "#c9a5ea", less: "#14181e",
};

const asked = typeof matchMedia === "undefined" ? null : matchMedia("(prefers-color-scheme: dark)");
let dark = $state(asked?.matches ?? false);
let printing = $state(false);
asked?.addEventListener("change", (event) => (dark = event.matches));
if (typeof window !== "undefined") {
  window.addEventListener("beforeprint", () => (printing = true));
  window.addEventListener("afterprint", () => (printing = false));
}

export function theme(): Theme {
  return dark && !printing ? DARK : LIGHT;
}

/** The theme of files that are saved: as on paper. */
export const PRINTED = LIGHT;
