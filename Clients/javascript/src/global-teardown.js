// jest's globalTeardown beside global-setup.js.

export { stop as default } from "./global-setup.js";
