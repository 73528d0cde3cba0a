// The set-up for test runners: node:test for real, the hooks of vitest and jest as they call them.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { startSimulator, useSimulator } from "openrouter-sim-testing";
import setup from "openrouter-sim-testing/global-setup";
import teardown from "openrouter-sim-testing/global-teardown";

const INDEX = new URL("../src/index.js", import.meta.url);
const EXAMPLE = new URL("../../../cassettes/example.cassette", import.meta.url);

/** Runs node:test on a file of this text: exit status and output. */
function run(text) {
  const file = join(mkdtempSync(join(tmpdir(), "openrouter-sim-js-")), "it.test.mjs");
  writeFileSync(
    file,
    `import * as hooks from "node:test";
     import { test } from "node:test";
     import { useSimulator } from ${JSON.stringify(INDEX.href)};
     ${text}`,
  );
  // A run within a run would report to the outer one.
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, ["--test", "--test-reporter=tap", file], { env }, (error, stdout) => {
      resolve({ status: error?.code ?? 0, output: stdout });
    });
  });
}

test("in node:test a miss fails the test that caused it, and no other", async () => {
  const { status, output } = await run(`
    const sim = useSimulator(hooks, { cassette: ${JSON.stringify(fileURLToPath(EXAMPLE))} });
    test("misses", async () => {
      await fetch(sim.world.baseURL + "/chat/completions", { method: "POST", body: '{"model":"x/y"}' });
    });
    test("does not", () => {});
  `);
  assert.equal(status, 1);
  assert.match(output, /^\s*not ok 1 - misses$/m);
  assert.match(output, /miss: POST \/api\/v1\/chat\/completions \(x\/y\): this request was never recorded/);
  assert.match(output, /^\s*ok 2 - does not$/m);
});

test("in node:test the environment is set for the time of each test", async () => {
  const { status, output } = await run(`
    import assert from "node:assert/strict";
    delete process.env.OPENAI_API_KEY;
    process.env.OPENAI_BASE_URL = "mine";
    const sim = useSimulator(hooks, { setEnvironment: true, world: { scenario: "rate-limited-then-ok" } });
    hooks.after(() => {
      assert.equal(process.env.OPENAI_API_KEY, undefined);
      assert.equal(process.env.OPENAI_BASE_URL, "mine");
      assert.throws(() => sim.world, /only while a test runs/);
    });
    for (const number of [1, 2]) {
      test("has its own " + number, async () => {
        assert.equal(process.env.OPENAI_BASE_URL, sim.world.baseURL);
        assert.equal(process.env.OPENAI_API_KEY, sim.world.apiKey);
        const ask = () => fetch(process.env.OPENAI_BASE_URL + "/chat/completions", {
          method: "POST", headers: sim.world.headers,
          body: '{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"hi"}]}',
        });
        assert.deepEqual([(await ask()).status, (await ask()).status], [429, 200]);
      });
    }
  `);
  assert.equal(status, 0, output);
});

test("hooks of the names that vitest and jest have do the same", async () => {
  const hooks = {};
  const register = (name) => (body) => (hooks[name] = body);
  const sim = useSimulator({
    beforeAll: register("beforeAll"),
    afterAll: register("afterAll"),
    beforeEach: register("beforeEach"),
    afterEach: register("afterEach"),
  });
  await hooks.beforeAll();
  await hooks.beforeEach();
  const first = sim.world;
  assert.equal((await fetch(`${first.baseURL}/models`)).status, 200);
  await hooks.afterEach();
  await hooks.beforeEach();
  assert.notEqual(sim.world.name, first.name);
  await assert.rejects(first.journal.entries(), /There is no world/);
  await hooks.afterEach();
  assert.equal(typeof sim.simulator.pid, "number");
  await hooks.afterAll();
  await assert.rejects(fetch(sim.simulator.baseURL));
});

test("hooks without a server do not hide why there is none", async () => {
  const hooks = {};
  const register = (name) => (body) => (hooks[name] = body);
  useSimulator(
    { before: register("before"), after: register("after"), beforeEach() {}, afterEach: register("afterEach") },
    { binary: "/nowhere/x" },
  );
  await assert.rejects(hooks.before(), /names '\/nowhere\/x'/);
  await hooks.afterEach();
  await hooks.after();
});

test("global set-up starts one server for all, and tears it down", async () => {
  assert.equal(process.env.OPENROUTER_SIM_URL, undefined);
  const stop = await setup();
  const origin = process.env.OPENROUTER_SIM_URL;
  assert.equal((await startSimulator()).origin, origin);
  // A nested set-up finds it, and does not stop it.
  await (await setup())();
  assert.equal((await fetch(`${origin}/_sim/health`)).status, 200);
  await teardown();
  assert.equal(process.env.OPENROUTER_SIM_URL, undefined);
  await assert.rejects(fetch(`${origin}/_sim/health`));
  await stop();
});
