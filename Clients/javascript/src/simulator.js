import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { findBinary } from "./binary.js";
import { SimulatorError } from "./control.js";
import { World } from "./world.js";

/** Ours; the program takes other OPENROUTER_SIM_… variables for its options. */
const OWN_VARIABLES = ["OPENROUTER_SIM_BINARY", "OPENROUTER_SIM_URL"];
/** In milliseconds. */
const START_TIMEOUT = 60_000;
/** In milliseconds. */
const STOP_TIMEOUT = 30_000;

/** A server that worlds are made on. */
export class Simulator {
  #child;
  #errors;
  #apiKey;

  constructor(url, { child, errors, apiKey } = {}) {
    /** Without `/api/v1`. */
    this.origin = url.replace(/\/+$/, "").replace(/\/api\/v1$/, "");
    this.baseURL = `${this.origin}/api/v1`;
    this.#child = child;
    this.#errors = errors;
    this.#apiKey = apiKey;
  }

  get pid() {
    return this.#child?.pid;
  }

  /** What it has said on stderr so far; empty for a server that someone else runs. */
  get errors() {
    return this.#errors?.join("") ?? "";
  }

  /** Makes a world; see World.create for what it can be born with. */
  async world({ name = `js.${randomUUID()}`, ...birth } = {}) {
    const world = new World(this.origin, name, { apiKey: this.#apiKey });
    await world.create(birth);
    return world;
  }

  /** Lets streams and recordings finish; the exit status. A server that someone else runs goes on. */
  async stop() {
    const child = this.#child;
    if (!child) return undefined;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT);
      await ended;
      clearTimeout(timer);
    }
    return child.exitCode ?? undefined;
  }
}

/**
 * A server on a free port: the one at `url` or OPENROUTER_SIM_URL, else one that is started and ends with this process.
 *
 * With a cassette it is one that plays or records, by `recordMode` or OPENROUTER_SIM_RECORD: none (default), once,
 * new-episodes, all.
 */
export async function startSimulator(options = {}) {
  const { cassette, paths = [], args = [], binary } = options;
  if (!cassette) {
    const url = options.url ?? process.env.OPENROUTER_SIM_URL;
    return url ? new Simulator(url) : start(findBinary(binary), ["serve", ...paths.map(pathOf), ...args]);
  }
  const { command, apiKey } = cassetteCommand(pathOf(cassette), options);
  return start(findBinary(binary), [...command, ...args], apiKey);
}

const RECORD_MODES = ["none", "once", "new-episodes", "all"];

function cassetteCommand(path, { recordMode = process.env.OPENROUTER_SIM_RECORD || "none", upstream }) {
  if (!RECORD_MODES.includes(recordMode)) {
    throw new Error(`recordMode is '${recordMode}', expected one of ${RECORD_MODES.join(", ")}`);
  }
  if (recordMode === "none" || (recordMode === "once" && existsSync(path))) {
    if (existsSync(path)) return { command: ["replay", "--cassette", path] };
    throw new Error(`There is no cassette ${path}. Record it with recordMode: "once" or OPENROUTER_SIM_RECORD=once`);
  }
  // What is recorded is asked with the user's own key.
  const apiKey = process.env.OPENROUTER_API_KEY;
  if (!upstream && !apiKey) throw new Error("Recording OpenRouter needs your key in OPENROUTER_API_KEY");
  mkdirSync(dirname(path), { recursive: true });
  const command = ["record", "--cassette", path, "--record-mode", recordMode];
  return { command: upstream ? [...command, "--upstream", upstream] : command, apiKey };
}

function pathOf(path) {
  return path instanceof URL ? fileURLToPath(path) : path;
}

async function start(binary, command, apiKey) {
  const environment = { ...process.env };
  for (const name of [...OWN_VARIABLES, "OPENROUTER_SIM_RECORD"]) delete environment[name];
  const child = spawn(binary, [...command, "--port", "0", "--parent-watch"], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const errors = [];
  child.stderr.setEncoding("utf8").on("data", (text) => errors.push(text));
  const ready = await readyLine(child, [binary, ...command].join(" "), errors);
  // It does not keep this process alive; it ends when this process does.
  child.unref();
  child.stdout.unref();
  child.stderr.unref();
  return new Simulator(ready.base_url, { child, errors, apiKey });
}

function readyLine(child, command, errors) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new SimulatorError(`${command} was not ready within ${START_TIMEOUT / 1000} s:\n${errors.join("")}`));
    }, START_TIMEOUT);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(new SimulatorError(`${command}: ${error.message}`, { cause: error }));
    });
    child.once("close", (status, signal) => {
      clearTimeout(timer);
      reject(new SimulatorError(`${command} ended with ${status ?? signal}:\n${errors.join("")}`));
    });
    createInterface({ input: child.stdout }).once("line", (line) => {
      clearTimeout(timer);
      resolve(JSON.parse(line));
    });
  });
}
