// Single-key shortcuts on the worklist; they can be switched off (WCAG 2.1.4). None of them decides anything.
import { show, toggleAll } from "./selection.js";

const STORE = "workbench.keys";
let current = -1;

const rows = () => [...document.querySelectorAll("[data-row]")];

function isOn() {
  try { return localStorage.getItem(STORE) !== "off"; } catch { return true; }
}

function switchTo(on) {
  try { localStorage.setItem(STORE, on ? "on" : "off"); } catch { /* private window: on until the page closes */ }
}

function go(step) {
  const all = rows();
  if (!all.length) return;
  current = Math.min(Math.max(current + step, 0), all.length - 1);
  for (const row of all) row.classList.toggle("current", row === all[current]);
  const link = all[current].querySelector("[data-open]");
  link.focus({ preventScroll: true });
  all[current].scrollIntoView({ block: "nearest" });
}

function open() { rows()[current]?.querySelector("[data-open]").click(); }

function select() {
  const box = rows()[current]?.querySelector(".row-check");
  if (!box) return;
  box.checked = !box.checked;
  show();
}

const ACTS = {
  j: () => go(1),
  k: () => go(-1),
  o: open,
  x: select,
  a: toggleAll,
  "/": () => document.getElementById("search")?.focus(),
  "?": () => document.querySelector("[data-keys-dialog]")?.showModal(),
};

function typing(target) {
  return target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]") || target.closest("dialog[open]");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !document.querySelector("[data-desk]")) return;
  if (event.key === "Escape" && event.target.id === "search") { event.target.blur(); return; }
  if (typing(event.target) || !isOn() || !(event.key in ACTS)) return;
  event.preventDefault();
  ACTS[event.key]();
});

export function startKeys() {
  current = -1;
  const place = document.querySelector("[data-keys-place]");
  const dialog = document.querySelector("[data-keys-dialog]");
  if (!place || !dialog) return;
  place.hidden = false;
  const toggle = dialog.querySelector("[data-keys-switch]");
  toggle.checked = isOn();
  toggle.addEventListener("change", () => switchTo(toggle.checked));
  place.querySelector("[data-keys-help]").addEventListener("click", () => dialog.showModal());
  dialog.querySelector("[data-keys-close]").addEventListener("click", () => dialog.close());
  for (const [index, row] of rows().entries()) row.addEventListener("focusin", () => { current = index; });
}
