import { readFile } from "node:fs/promises";
import { basename } from "node:path";

import { Control } from "./control.js";

/** The requests of a world are not those that were expected; says which. */
export class VerificationError extends Error {
  name = "VerificationError";
}

/**
 * An isolated OpenRouter on a server that has others.
 *
 * Point a client at `baseURL` with `apiKey`, or give `environment` to a program. A client whose base URL cannot be
 * changed is led here by the header `X-Sim-World`, or by the key alone.
 */
export class World {
  #control;

  constructor(origin, name, { apiKey } = {}) {
    this.#control = new Control(origin, `/w/${name}`);
    this.origin = origin;
    this.name = name;
    /** For clients that want OpenRouter's or OpenAI's base URL. */
    this.baseURL = `${origin}/w/${name}/api/v1`;
    /** For Anthropic's SDK, which adds /v1 itself. */
    this.anthropicBaseURL = `${origin}/w/${name}/api`;
    /** Names the world too; in a recording it is the real key. */
    this.apiKey = apiKey ?? `sk-or-v1-world-${name}-test`;
    this.headers = { Authorization: `Bearer ${this.apiKey}`, "X-Sim-World": name };
    this.clock = new Clock(this.#control);
    this.faults = new Faults(this.#control);
    this.journal = new Journal(this.#control);
  }

  /** The variables that SDKs read. */
  get environment() {
    return {
      OPENROUTER_BASE_URL: this.baseURL,
      OPENROUTER_API_KEY: this.apiKey,
      OPENAI_BASE_URL: this.baseURL,
      OPENAI_API_KEY: this.apiKey,
      ANTHROPIC_BASE_URL: this.anthropicBaseURL,
      ANTHROPIC_API_KEY: this.apiKey,
    };
  }

  /**
   * Makes the world, in the place of what there is of it.
   *
   * `scenario` is the name of one that the server has, a path (a URL, or a string that ends in .yaml or .json), YAML,
   * or an object; one that the server does not have is this world's alone.
   */
  async create({ scenario, seed, clock, credits, faults, stream } = {}) {
    const path = `/worlds/${this.name}`;
    const world = await this.#control.call("PUT", path, { body: { seed, clock, credits, faults, stream } });
    if (scenario === undefined) return world;
    return this.#control.call("PATCH", path, { body: { scenario: await this.#known(scenario) } });
  }

  async #known(scenario) {
    if (scenario instanceof URL) return this.#read(scenario);
    if (typeof scenario === "object") return this.#put(JSON.stringify({ name: "scenario", ...scenario }), "scenario");
    // YAML has a colon, while names and paths have none.
    if (scenario.includes(":")) return this.#put(scenario, "scenario");
    return /\.(ya?ml|json)$/.test(scenario) ? this.#read(scenario) : scenario;
  }

  async #read(path) {
    return this.#put(await readFile(path, "utf8"), basename(path instanceof URL ? path.pathname : path));
  }

  async #put(text, file) {
    const query = { world: this.name, file };
    return (await this.#control.call("POST", "/scenarios", { body: text, query })).name;
  }

  /** Throws the world away. */
  async delete() {
    await this.#control.call("DELETE", `/worlds/${this.name}`);
  }

  /** Makes the world as new and says what was thrown away; seed, clock and scenario stay. */
  async reset() {
    return (await this.#control.call("POST", "/reset")).reset;
  }

  /** The journal's entries that no recording answered; `miss` explains each. */
  async misses() {
    return (await this.#control.call("GET", "/misses")).misses;
  }

  /** @throws {VerificationError} with the explanation of each miss. */
  async expectNoMisses() {
    const misses = await this.misses();
    if (misses.length > 0) throw new VerificationError(misses.map(({ miss }) => miss).join("\n\n"));
  }

  /**
   * Holds the world's requests against expectations; the report.
   *
   * @throws {VerificationError}
   */
  async verify({ expect = [], order = [], noMisses = true, noUnusedRules = false, noUnusedRecordings = false } = {}) {
    const report = await this.#control.call("POST", "/verify", {
      body: {
        expect,
        order,
        no_misses: noMisses,
        no_unused_rules: noUnusedRules,
        no_unused_recordings: noUnusedRecordings,
      },
    });
    if (!report.passed) throw new VerificationError(report.failures.join("\n"));
    return report;
  }
}

/** A world's clock; waiting streams go on as if the time had passed. */
class Clock {
  #control;

  constructor(control) {
    this.#control = control;
  }

  async now() {
    return new Date((await this.#control.call("GET", "/clock")).time);
  }

  /** By "90s", "24h", or milliseconds. */
  advance(by) {
    return this.#change("advance", typeof by === "number" ? `${Math.round(by * 1000)}us` : by);
  }

  /** Stands still at a time. */
  set(time) {
    return this.#change("fixed", time instanceof Date ? time.toISOString() : time);
  }

  freeze() {
    return this.#change("freeze", true);
  }

  resume() {
    return this.#change("resume", true);
  }

  /** The machine's time again. */
  system() {
    return this.#change("system", true);
  }

  async #change(name, value) {
    return new Date((await this.#control.call("POST", "/clock", { body: { [name]: value } })).time);
  }
}

/** Faults that are on in a world: a name, or an object of a name and its parameters. */
class Faults {
  #control;

  constructor(control) {
    this.#control = control;
  }

  /** After those that are on, for the requests that `match`, as in a scenario's rule; all. */
  add(faults, { match } = {}) {
    return this.#switch("POST", faults, match);
  }

  replace(faults, { match } = {}) {
    return this.#switch("PUT", faults, match);
  }

  async clear() {
    await this.#control.call("DELETE", "/faults");
  }

  async active() {
    return (await this.#control.call("GET", "/faults")).faults;
  }

  async #switch(method, faults, match) {
    return (await this.#control.call(method, "/faults", { body: { faults: [faults].flat(), match } })).faults;
  }
}

/** What was received and what was played. */
class Journal {
  #control;

  constructor(control) {
    this.#control = control;
  }

  /** Oldest first; filters are method, path, model, status, origin, rule, after, … */
  async entries(filters = {}) {
    return (await this.#control.call("GET", "/journal", { query: filters })).entries;
  }

  async clear() {
    return (await this.#control.call("DELETE", "/journal")).forgotten;
  }
}

/**
 * Runs `body` with a world of its own, which is thrown away after it.
 *
 * Misses fail it, unless it has failed by itself or `allowMisses` is set.
 */
export async function withWorld(simulator, options, body) {
  const { allowMisses = false, ...birth } = options;
  const world = await simulator.world(birth);
  try {
    const result = await body(world);
    if (!allowMisses) await world.expectNoMisses();
    return result;
  } finally {
    await world.delete();
  }
}
