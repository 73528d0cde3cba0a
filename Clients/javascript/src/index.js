// A fake OpenRouter for tests: the server, its worlds, and what a test does with one. No dependencies.

export { findBinary } from "./binary.js";
export { SimulatorError } from "./control.js";
export { useSimulator } from "./hooks.js";
export { Simulator, startSimulator } from "./simulator.js";
export { VerificationError, World, withWorld } from "./world.js";
