export default function setup(): Promise<() => Promise<void>>;
/** Does nothing where the server is someone else's. */
export function stop(): Promise<void>;
