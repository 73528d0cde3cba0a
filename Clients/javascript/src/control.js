/** The control API refused a call, or nobody answered it. */
export class SimulatorError extends Error {
  name = "SimulatorError";

  constructor(message, { status, cause } = {}) {
    super(message, { cause });
    /** Of the answer; undefined where there was none. */
    this.status = status;
  }
}

/**
 * Calls the control API of one server through one prefix.
 *
 * A world's calls go to `/w/NAME/_sim/…`, so that a load balancer that keeps worlds apart by their path sends them to
 * the server that has the world.
 */
export class Control {
  #root;

  constructor(origin, prefix = "") {
    this.#root = `${origin}${prefix}/_sim`;
  }

  /** Sends `body` as JSON, or a string as it is; the answer's JSON. */
  async call(method, path, { body, query } = {}) {
    const url = new URL(this.#root + path);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value));
    const isText = typeof body === "string";
    let response;
    try {
      response = await fetch(url, {
        method,
        headers: body === undefined ? {} : { "Content-Type": isText ? "application/yaml" : "application/json" },
        body: body === undefined ? undefined : isText ? body : JSON.stringify(body),
      });
    } catch (error) {
      throw new SimulatorError(`${method} ${url}: ${error.cause?.message ?? error.message}`, { cause: error });
    }
    const text = await response.text();
    if (!response.ok) {
      throw new SimulatorError(messageOf(text) ?? `${method} ${url}: ${response.status} ${response.statusText}`, {
        status: response.status,
      });
    }
    return JSON.parse(text);
  }
}

function messageOf(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}
