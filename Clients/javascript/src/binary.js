import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** The program's path: the one that is given, else the one in OPENROUTER_SIM_BINARY, else the one in PATH. */
export function findBinary(path) {
  for (const [origin, named] of [
    ["the option 'binary'", path],
    ["OPENROUTER_SIM_BINARY", process.env.OPENROUTER_SIM_BINARY],
  ]) {
    if (!named) continue;
    if (!isProgram(named)) throw new Error(`${origin} names '${named}', which is no program that can be run`);
    return resolve(named);
  }
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const candidate = join(folder, "openrouter-sim");
    if (folder && isProgram(candidate)) return candidate;
  }
  throw new Error(
    "openrouter-sim was not found. Put it into PATH, name it in OPENROUTER_SIM_BINARY or with the option 'binary', " +
      "or name a running server in OPENROUTER_SIM_URL",
  );
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
