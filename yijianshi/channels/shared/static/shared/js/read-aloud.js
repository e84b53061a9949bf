// Large-print pages can be read aloud by the browser's own voice; the button appears only where there is one.

const button = document.querySelector("[data-read-aloud]");
if (button && "speechSynthesis" in window) {
  const label = button.querySelector("[data-label]");
  const stop = () => { speechSynthesis.cancel(); label.textContent = button.dataset.start; delete button.dataset.reading; };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (button.dataset.reading) { stop(); return; }
    const speech = new SpeechSynthesisUtterance(document.getElementById("content").innerText);
    speech.lang = document.documentElement.lang;
    speech.rate = 0.9;
    speech.addEventListener("end", stop);
    button.dataset.reading = "1";
    label.textContent = button.dataset.stop;
    speechSynthesis.speak(speech);
  });
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
}
