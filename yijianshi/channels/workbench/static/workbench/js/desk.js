// The worklist without page loads, with selection and keys; the case page's way back. Everything works without this file.
import { startKeys } from "./keys.js";
import { startSelection } from "./selection.js";
import { startSwapping } from "./swapping.js";

function start() {
  startSelection();
  startKeys();
}

startSwapping(start);
start();
