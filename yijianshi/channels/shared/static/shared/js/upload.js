// Shows how far an upload has come and refuses a file that is plainly too large before it is sent.
// Form: data-upload data-max-bytes; inside: [data-upload-line] with data-too-large, data-sending.

for (const form of document.querySelectorAll("form[data-upload]")) {
  const line = form.querySelector("[data-upload-line]");
  const input = form.querySelector("input[type=file]");
  const tooLarge = () => [...input.files].some((file) => file.size > Number(form.dataset.maxBytes));

  input.addEventListener("change", () => { line.textContent = tooLarge() ? line.dataset.tooLarge : ""; });

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    if (tooLarge()) { line.textContent = line.dataset.tooLarge; input.focus(); return; }
    const bar = document.createElement("progress");
    bar.className = "upload-progress";
    bar.max = 100;
    bar.setAttribute("aria-label", line.dataset.sending);
    line.textContent = line.dataset.sending;
    line.after(bar);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (step) => { if (step.lengthComputable) bar.value = (step.loaded / step.total) * 100; });
    request.addEventListener("load", () => { location.assign(request.responseURL || location.href); location.reload(); });
    request.addEventListener("error", () => { bar.remove(); line.textContent = line.dataset.failed; });
    request.send(new FormData(form));
  });
}
