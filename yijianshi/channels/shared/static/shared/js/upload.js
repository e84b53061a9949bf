// Shows how far an upload has come, refuses a file that is plainly too large before it is sent, and puts the answer in place.
// Form: data-upload data-max-bytes; inside: [data-upload-line] with data-too-large, data-sending, data-failed.

function tooLarge(form, input) {
  return [...input.files].some((file) => file.size > Number(form.dataset.maxBytes));
}

function showAnswer(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("content");
  if (!fresh) { location.reload(); return; }
  document.getElementById("content").replaceWith(fresh);
  document.title = page.title;
  bindAll();
  (fresh.querySelector("[data-focus]") ?? fresh).focus();
}

function send(form, input, line) {
  const bar = document.createElement("progress");
  bar.className = "upload-progress";
  bar.max = 100;
  bar.setAttribute("aria-label", line.dataset.sending);
  line.textContent = line.dataset.sending;
  line.after(bar);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (step) => { if (step.lengthComputable) bar.value = (step.loaded / step.total) * 100; });
  request.addEventListener("load", () => showAnswer(request.responseText));
  request.addEventListener("error", () => { bar.remove(); line.textContent = line.dataset.failed; });
  request.send(new FormData(form));
}

function bind(form) {
  const line = form.querySelector("[data-upload-line]");
  const input = form.querySelector("input[type=file]");
  input.addEventListener("change", () => { line.textContent = tooLarge(form, input) ? line.dataset.tooLarge : ""; });
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    if (tooLarge(form, input)) { line.textContent = line.dataset.tooLarge; input.focus(); return; }
    send(form, input, line);
  });
}

function bindAll() {
  for (const form of document.querySelectorAll("form[data-upload]")) bind(form);
}

bindAll();
