// Every page: no double submit, the error summary gets the focus, warn before unsaved typing is lost, print on request.
// Everything works without this file.

const unsaved = new Set();

export function markUnsaved(form) { unsaved.add(form); }
export function markSaved(form) { unsaved.delete(form); }

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent === "1") { event.preventDefault(); return; }
    if (event.defaultPrevented) return;
    form.dataset.sent = "1";
    unsaved.clear();
    // The pressed button's value must still travel, so buttons are only marked, not disabled.
    for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
    setTimeout(() => {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    }, 8000);
  });
}

for (const form of document.querySelectorAll("form[data-warn-on-leave]")) {
  form.addEventListener("input", () => markUnsaved(form));
}

window.addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });

// Back button: a page from the browser's memory must be usable again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
});

document.querySelector("[data-focus]")?.focus();

// A deep link to a field puts the cursor into it.
const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
if (target?.matches("input, select, textarea, fieldset")) target.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const line of document.querySelectorAll("[data-reload-after]")) {
  setTimeout(() => location.reload(), Number(line.dataset.reloadAfter) * 1000);
}

window.addEventListener("beforeprint", () => {
  for (const box of document.querySelectorAll("details:not([open])")) { box.dataset.opened = "1"; box.open = true; }
});
window.addEventListener("afterprint", () => {
  for (const box of document.querySelectorAll("details[data-opened]")) { delete box.dataset.opened; box.open = false; }
});
