// Selecting rows: the bar appears with the first one, and each button says how many of the selected it suits.

const boxes = () => [...document.querySelectorAll("[data-row] .row-check")];

export function toggleAll() {
  const all = boxes();
  const checked = !all.every((box) => box.checked);
  for (const box of all) box.checked = checked;
  show();
}

export function show() {
  const bar = document.querySelector("[data-bar]");
  if (!bar) return;
  const chosen = boxes().filter((box) => box.checked);
  bar.hidden = chosen.length === 0;
  const line = bar.querySelector("[data-count-line]");
  line.textContent = line.dataset.words.replace("#", String(chosen.length));
  for (const button of bar.querySelectorAll("[data-action]")) {
    const suits = chosen.filter((box) => box.dataset.actions.split(" ").includes(button.dataset.action)).length;
    button.disabled = suits === 0;
    button.querySelector("[data-suits]").textContent = suits ? ` (${suits})` : "";
  }
  const all = document.querySelector("[data-check-all]");
  if (all) {
    all.checked = chosen.length > 0 && chosen.length === boxes().length;
    all.indeterminate = chosen.length > 0 && !all.checked;
  }
}

export function startSelection() {
  const form = document.querySelector("[data-batch]");
  if (!form) return;
  form.querySelector("[data-check-all]").hidden = false;
  form.querySelector("[data-count-line]").hidden = false;
  form.querySelector("[data-no-script]").hidden = true;
  const clear = form.querySelector("[data-clear]");
  clear.hidden = false;
  clear.addEventListener("click", () => { for (const box of boxes()) box.checked = false; show(); });
  form.querySelector("[data-check-all]").addEventListener("change", toggleAll);
  form.addEventListener("change", show);
  show();
}
