// Saves a draft form a moment after typing stops; keeps what was typed on this device while there is no network.
// Form: data-autosave="<address>" data-revision="<n>"; a [data-saved-line] shows what happened.

import { markSaved, markUnsaved } from "./page.js";

const WAIT = 1200;

class Autosave {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-saved-line]");
    this.key = `draft:${form.dataset.autosave}`;
    this.timer = 0;
    this.busy = false;
    this.changed = new Set();
    this.restore();
    form.addEventListener("input", (event) => this.note(event.target));
    form.addEventListener("change", (event) => this.note(event.target));
    form.addEventListener("submit", () => { clearTimeout(this.timer); sessionStorage.removeItem(this.key); });
    window.addEventListener("online", () => this.save());
  }

  values(names) {
    const values = {};
    for (const name of names) {
      const inputs = [...this.form.elements].filter((input) => input.name === name);
      if (inputs.some((input) => input.type === "checkbox")) values[name] = inputs.filter((i) => i.checked).map((i) => i.value);
      else if (inputs.some((input) => input.type === "radio")) values[name] = inputs.find((i) => i.checked)?.value ?? "";
      else values[name] = inputs[0]?.value ?? "";
    }
    return values;
  }

  note(input) {
    if (!input.name || input.type === "hidden" || input.type === "file") return;
    this.changed.add(input.name);
    markUnsaved(this.form);
    sessionStorage.setItem(this.key, JSON.stringify(this.values(this.changed)));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  async save() {
    if (this.busy || !this.changed.size) return;
    this.busy = true;
    const sent = this.values(this.changed);
    const names = new Set(this.changed);
    this.changed.clear();
    this.say("saving");
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "PATCH",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ revision: Number(this.form.dataset.revision), values: sent }),
      });
      if (answer.status === 409) { this.say("elsewhere"); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const saved = await answer.json();
      this.form.dataset.revision = saved.revision;
      for (const hidden of this.form.querySelectorAll("input[name=revision]")) hidden.value = saved.revision;
      if (!this.changed.size) { markSaved(this.form); sessionStorage.removeItem(this.key); }
      this.say("saved");
    } catch {
      for (const name of names) this.changed.add(name);
      this.say("offline");
      this.timer = setTimeout(() => this.save(), 15000);
    } finally {
      this.busy = false;
    }
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
    for (const [name, value] of Object.entries(kept)) {
      for (const input of [...this.form.elements].filter((i) => i.name === name)) {
        if (input.type === "checkbox") input.checked = value.includes(input.value);
        else if (input.type === "radio") input.checked = input.value === value;
        else input.value = value;
      }
      this.changed.add(name);
    }
    if (this.changed.size) { markUnsaved(this.form); this.save(); }
  }

  say(state) {
    if (!this.line) return;
    this.line.dataset.state = state;
    const clock = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
    this.line.textContent = this.line.dataset[state].replace("{time}", clock);
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
