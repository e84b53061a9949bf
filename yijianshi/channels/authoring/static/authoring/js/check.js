// Live check: while somebody edits, the findings appear beside the fields. Without this file they appear on save or "Check only".

const WAIT = 600; // milliseconds of rest before asking

for (const form of document.querySelectorAll("form[data-live-check]")) {
  let timer = 0;
  let asked = null;
  const later = () => { clearTimeout(timer); timer = setTimeout(check, WAIT); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);

  async function check() {
    asked?.abort();
    asked = new AbortController();
    const sent = new FormData(form);
    sent.set("do", "check");
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body: sent, signal: asked.signal });
      if (!answer.ok) return;
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      if (error.name !== "AbortError") return; // offline: the save will tell
    }
  }
}

function show(page) {
  for (const place of document.querySelectorAll("[data-check]")) {
    const fresh = page.querySelector(`[data-check="${CSS.escape(place.dataset.check)}"]`);
    if (!fresh || fresh.innerHTML === place.innerHTML) continue;
    place.replaceChildren(...fresh.childNodes);
    place.closest(".field")?.classList.toggle("has-problem", place.childElementCount > 0);
  }
}
