import { mount } from "svelte";
import App from "./App.svelte";
import "./page.css";
import { offer, preferred, speak } from "./core/language.svelte";
import { embedded } from "./core/load";
import { Model } from "./core/model";
import { open } from "./core/state.svelte";

declare global {
  interface Window {
    /** For tests: when the page is ready, how long it took, and the forecast it shows. */
    headlong?: { ready: boolean; ms: number; page: ReturnType<typeof open> };
  }
}

async function start(): Promise<void> {
  const target = document.getElementById("app")!;
  try {
    const model = new Model(await embedded());
    offer(model.header.words);
    speak(preferred(navigator.languages));
    const page = open(model);
    target.textContent = "";
    mount(App, { target });
    requestAnimationFrame(() => {
      window.headlong = { ready: true, ms: performance.now(), page };
    });
  } catch (error) {
    target.textContent = `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
    target.setAttribute("role", "alert");
    throw error;
  }
}

void start();
