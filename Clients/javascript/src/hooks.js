import { startSimulator } from "./simulator.js";

/**
 * A server for the tests of a file, and a world for each, through the hooks of any test runner:
 *
 *     import * as hooks from "node:test";      // or "vitest", or "@jest/globals"
 *     const sim = useSimulator(hooks);
 *
 * `sim.world` is the world of the test that runs. Misses fail the test in its afterEach.
 */
export function useSimulator(hooks, options = {}) {
  const { world: birth, allowMisses = false, setEnvironment = false, ...start } = options;
  const beforeAll = hooks.beforeAll ?? hooks.before;
  const afterAll = hooks.afterAll ?? hooks.after;
  const current = { simulator: undefined, world: undefined };
  let saved = {};

  beforeAll(async () => {
    current.simulator = await startSimulator(start);
  });

  hooks.beforeEach(async () => {
    current.world = await current.simulator.world(birth);
    if (setEnvironment) saved = exchange(current.world.environment);
  });

  hooks.afterEach(async () => {
    const { world } = current;
    current.world = undefined;
    exchange(saved);
    saved = {};
    // There is none when making it has failed.
    if (!world) return;
    try {
      if (!allowMisses) await world.expectNoMisses();
    } finally {
      await world.delete();
    }
  });

  afterAll(async () => {
    await current.simulator?.stop();
  });

  return {
    get simulator() {
      return current.simulator;
    },
    get world() {
      if (!current.world) throw new Error("There is a world only while a test runs");
      return current.world;
    },
  };
}

/** Sets variables of the environment, undefined to remove one; what they were. */
function exchange(variables) {
  const before = {};
  for (const [name, value] of Object.entries(variables)) {
    before[name] = process.env[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return before;
}
