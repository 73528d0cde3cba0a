/** A fault: a name, or an object of a name and its parameters, such as `{ latency: "200ms" }`. */
export type Fault = string | Record<string, unknown>;
/** As `match` in a scenario's rule. */
export type Match = Record<string, unknown>;
export type RecordMode = "none" | "once" | "new-episodes" | "all";

export interface Birth {
  /** A name, a path (a URL, or a string that ends in .yaml or .json), YAML, or an object. */
  scenario?: string | URL | Record<string, unknown>;
  seed?: number;
  /** `system`, or `fixed:` and an RFC 3339 time. */
  clock?: string;
  /** US dollars. */
  credits?: number;
  faults?: Fault[];
  /** Worlds of one stream and one seed make up the same; the name where nothing is said. */
  stream?: string;
}

export interface WorldOptions extends Birth {
  /** 1 to 128 letters, digits, '.', '_' or '-'; by default a random one. */
  name?: string;
}

export interface StartOptions {
  /** A running server, which is then used; by default OPENROUTER_SIM_URL. Does not go with a cassette. */
  url?: string;
  /** By default OPENROUTER_SIM_BINARY, else the one in PATH. */
  binary?: string;
  /** Scenarios, cassettes and folders for `openrouter-sim serve`. */
  paths?: (string | URL)[];
  /** More arguments for the program. */
  args?: string[];
  /** A cassette to play, or to record. */
  cassette?: string | URL;
  /** By default OPENROUTER_SIM_RECORD, else none. */
  recordMode?: RecordMode;
  /** The API to record; by default OpenRouter itself, with the key in OPENROUTER_API_KEY. */
  upstream?: string;
}

export interface Entry {
  id: number;
  time: string;
  method: string;
  path: string;
  query: string;
  headers: [string, string][];
  body: string;
  body_bytes: number;
  model: string | null;
  generation_id: string | null;
  status: number | null;
  origin: string | null;
  rule: string | null;
  faults: string[];
  ending: string | null;
  miss?: string;
  retry: { of: number; attempt: number; wait_us: number } | null;
  played: {
    outcome: string;
    bytes: number;
    duration_us: number;
    sends: { at_us: number; bytes: number }[];
    cancelled?: { at_us: number; after_bytes: number };
  } | null;
}

export interface Filters {
  limit?: number;
  after?: number;
  method?: string;
  path?: string;
  model?: string;
  status?: number | string;
  origin?: string;
  rule?: string;
  outcome?: string;
  miss?: boolean;
}

export interface Clock {
  now(): Promise<Date>;
  /** By "90s", "24h", or milliseconds. */
  advance(by: string | number): Promise<Date>;
  /** Stands still at a time. */
  set(time: string | Date): Promise<Date>;
  freeze(): Promise<Date>;
  resume(): Promise<Date>;
  /** The machine's time again. */
  system(): Promise<Date>;
}

export interface Faults {
  add(faults: Fault | Fault[], options?: { match?: Match }): Promise<Fault[]>;
  replace(faults: Fault | Fault[], options?: { match?: Match }): Promise<Fault[]>;
  clear(): Promise<void>;
  active(): Promise<Fault[]>;
}

export interface Journal {
  /** Oldest first. */
  entries(filters?: Filters): Promise<Entry[]>;
  /** How many were forgotten. */
  clear(): Promise<number>;
}

export interface Expectations {
  expect?: { match?: Match; count?: number; min?: number; max?: number }[];
  order?: Match[];
  /** By default true. */
  noMisses?: boolean;
  noUnusedRules?: boolean;
  noUnusedRecordings?: boolean;
}

export interface Report {
  world: string;
  passed: boolean;
  failures: string[];
  requests: number;
  misses: number;
  unused_rules: string[];
  unused_recordings: string[];
}

export class World {
  constructor(origin: string, name: string, options?: { apiKey?: string });
  readonly origin: string;
  readonly name: string;
  readonly baseURL: string;
  readonly anthropicBaseURL: string;
  readonly apiKey: string;
  readonly headers: Record<string, string>;
  readonly environment: Record<string, string>;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly journal: Journal;
  create(birth?: Birth): Promise<Record<string, unknown>>;
  delete(): Promise<void>;
  reset(): Promise<Record<string, number>>;
  misses(): Promise<Entry[]>;
  expectNoMisses(): Promise<void>;
  verify(expectations?: Expectations): Promise<Report>;
}

export class Simulator {
  constructor(url: string);
  readonly origin: string;
  readonly baseURL: string;
  /** Undefined for a server that someone else runs. */
  readonly pid: number | undefined;
  readonly errors: string;
  world(options?: WorldOptions): Promise<World>;
  stop(): Promise<number | undefined>;
}

export function startSimulator(options?: StartOptions): Promise<Simulator>;

export function withWorld<Result>(
  simulator: Simulator,
  options: WorldOptions & { allowMisses?: boolean },
  body: (world: World) => Promise<Result> | Result,
): Promise<Result>;

type Hook = (body: () => Promise<void>) => unknown;

/** Of node:test, vitest, or jest. */
export type Hooks = { beforeEach: Hook; afterEach: Hook } & (
  | { beforeAll: Hook; afterAll: Hook }
  | { before: Hook; after: Hook }
);

export interface UseOptions extends StartOptions {
  /** What each test's world is born with. */
  world?: Birth;
  /** Whether misses do not fail tests. */
  allowMisses?: boolean;
  /** Whether OPENROUTER_BASE_URL and the like are set while a test runs. */
  setEnvironment?: boolean;
}

export function useSimulator(hooks: Hooks, options?: UseOptions): { readonly simulator: Simulator; readonly world: World };

export function findBinary(path?: string): string;

/** The control API refused a call, or nobody answered it. */
export class SimulatorError extends Error {
  readonly status: number | undefined;
}

/** The requests of a world are not those that were expected; says which. */
export class VerificationError extends Error {}
