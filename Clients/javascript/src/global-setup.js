// One server for all files and workers of a run: globalSetup of vitest (which takes the returned function as teardown)
// and of jest (which wants global-teardown.js besides).

import { startSimulator } from "./simulator.js";

let simulator;

export default async function setup() {
  if (process.env.OPENROUTER_SIM_URL) return async () => {};
  simulator = await startSimulator();
  // Workers inherit it, and startSimulator() finds the server by it.
  process.env.OPENROUTER_SIM_URL = simulator.origin;
  return stop;
}

/** Does nothing where the server is someone else's. */
export async function stop() {
  if (!simulator) return;
  delete process.env.OPENROUTER_SIM_URL;
  await simulator.stop();
  simulator = undefined;
}
