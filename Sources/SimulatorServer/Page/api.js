// The control API, and the API of a world.

/** What the server refused, with its own words. */
export class RefusalError extends Error {}

async function answered(response) {
    const text = await response.text();
    if (response.ok) return response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
    let message = `${response.status} ${response.statusText}`;
    try {
        message = JSON.parse(text).error.message;
    } catch {
        // Not in the usual envelope: the status says it.
    }
    throw new RefusalError(message);
}

/** Asks the control API; `query` may hold undefined, which is left out. */
export async function control(method, path, query = {}, body = undefined) {
    const known = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
    const search = new URLSearchParams(known);
    const init = { method, cache: "no-store" };
    if (body !== undefined) {
        init.body = JSON.stringify(body);
        init.headers = { "content-type": "application/json" };
    }
    return answered(await fetch(`/_sim${path}${known.length ? `?${search}` : ""}`, init));
}

export const get = (path, query) => control("GET", path, query);

/** The base URL of a world's API. */
export function baseURL(world) {
    return `${location.origin}${world === "main" ? "" : `/w/${encodeURIComponent(world)}`}/api/v1`;
}

/** A world of its own for one try, as nobody used it before. */
export async function freshWorld(name, scenario) {
    const number = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
    const world = `page-${name}`.slice(0, 100) + `-${number}`;
    await control("PUT", `/worlds/${encodeURIComponent(world)}`, {}, scenario ? { scenario } : {});
    return world;
}
