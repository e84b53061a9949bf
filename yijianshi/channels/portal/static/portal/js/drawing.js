// A box to write one's name in. It fills the file input of the same form, so that the form is the same without scripts.
for (const form of document.querySelectorAll("[data-drawing]")) {
  const pad = form.querySelector(".drawing-pad");
  const canvas = pad.querySelector("canvas");
  const input = form.querySelector("input[type=file]");
  const pen = canvas.getContext("2d");
  let last = null;
  let drawn = false;

  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#000";
    pen.lineWidth = 6;
    pen.lineCap = pen.lineJoin = "round";
    drawn = false;
    input.value = "";
  };
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const next = place(event);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    last = next;
    drawn = true;
  });
  for (const over of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(over, () => {
      last = null;
      if (!drawn) return;
      canvas.toBlob((picture) => {
        const held = new DataTransfer();
        held.items.add(new File([picture], "signature.png", { type: "image/png" }));
        input.files = held.files;
      }, "image/png");
    });
  }
  pad.querySelector("button").addEventListener("click", clear);
  pad.hidden = false;
  clear();
}
