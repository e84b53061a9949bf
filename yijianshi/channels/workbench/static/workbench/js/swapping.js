// Links and forms marked data-swap replace the page's content instead of loading the page; the address and the back button stay true.

function put(html, address) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("content");
  if (!fresh) return false;
  document.getElementById("content").replaceChildren(...fresh.childNodes);
  document.title = page.title;
  if (address && address !== location.href) history.pushState({ swapped: true }, "", address);
  const target = document.querySelector("#content [data-focus]");
  if (target) target.focus();
  window.scrollTo(0, 0);
  return true;
}

let busy = false; // a double click must not send a batch twice

async function load(address, options, started) {
  if (busy) return;
  busy = true;
  const content = document.getElementById("content");
  content.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin", ...options });
    const isReview = options.method === "POST" && !answer.redirected;
    if (!put(await answer.text(), options.silent || isReview ? "" : answer.url)) { location.assign(answer.url); return; }
    started();
  } catch {
    if (options.method !== "POST") { location.assign(address); return; }
    options.fallback();
  } finally {
    busy = false;
    content.removeAttribute("aria-busy");
  }
}

function sent(form, button) {
  const values = new FormData(form, button);
  const address = button?.getAttribute("formaction") || form.getAttribute("action") || location.pathname;
  if (form.method !== "post") {
    for (const [name, value] of [...values]) if (value === "") values.delete(name);
    return [`${address}?${new URLSearchParams(values)}`, {}];
  }
  // When the connection fails, the browser sends the form itself and shows its own page about it.
  return [address, { method: "POST", body: new URLSearchParams(values), fallback: () => { form.action = address; form.submit(); } }];
}

export function startSwapping(started) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load(link.href, {}, started);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-swap]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    load(...sent(form, event.submitter), started);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form.filters[data-swap]");
    if (form && event.target.matches("select")) form.requestSubmit();
  });
  window.addEventListener("popstate", () => {
    if (document.querySelector("[data-desk]")) load(location.href, { silent: true }, started);
  });
}
