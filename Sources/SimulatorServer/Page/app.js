// The page: which view is shown, and of which world.

import { get } from "./api.js";
import { el, show } from "./dom.js";
import { journal } from "./store.js";
import { cassettesView } from "./cassettes.js";
import { controlsView } from "./controls.js";
import { generationsView } from "./generations.js";
import { journalView } from "./journal.js";
import { ledgerView } from "./ledger.js";
import { missesView } from "./misses.js";
import { scenariosView } from "./scenarios.js";
import { worldsView } from "./worlds.js";

const views = [
    ["journal", "Journal", journalView],
    ["misses", "Misses", missesView],
    ["ledger", "Keys and ledger", ledgerView],
    ["generations", "Generations", generationsView],
    ["cassettes", "Cassettes", cassettesView],
    ["scenarios", "Scenarios", scenariosView],
    ["worlds", "Worlds", worldsView],
    ["controls", "Clock and faults", controlsView],
];

const main = document.getElementById("main");
const status = document.getElementById("status");
const worldChoice = document.getElementById("world");
const server = document.getElementById("server");

/** What the address says: `#view/item?world=name`; `/w/name/_sim/` names the world as well. */
function place() {
    const [path, query] = location.hash.slice(1).split("?");
    const [view, ...item] = path.split("/").map(decodeURIComponent);
    const named = location.pathname.match(/^\/w\/([^/]+)\//)?.[1];
    return {
        view: views.some(([name]) => name === view) ? view : "journal",
        item,
        world: new URLSearchParams(query).get("world") ?? (named ? decodeURIComponent(named) : "main"),
    };
}

/** The address of a view; `item` are the parts that follow its name. */
function link(view, item = [], world = current.world) {
    const path = [view, ...item].map(encodeURIComponent).join("/");
    return `#${path}${world === "main" ? "" : `?${new URLSearchParams({ world })}`}`;
}

/** How many messages there have been. */
let told = 0;

const current = { view: null, world: null, item: [], close: null, update: null };

/** What views may ask of the page. */
const page = {
    get world() { return current.world; },
    link,
    go(view, item, world) { location.hash = link(view, item, world); },
    /** Changes the item without a step back in the browser's history. */
    mark(item) {
        history.replaceState(null, "", link(current.view, item));
        current.item = item;
    },
    /** Says something; `isBad` for what went wrong. */
    tell(text, isBad = false) {
        told += 1;
        status.hidden = text === "";
        status.className = isBad ? "bad" : "";
        status.textContent = text;
    },
    /** Does something that may be refused, and says so; what was said before is over then, but not what was said since. */
    async attempt(action) {
        const before = told;
        try {
            const text = await action();
            if (typeof text === "string") page.tell(text);
            else if (told === before) page.tell("");
            return true;
        } catch (error) {
            page.tell(error.message, true);
            return false;
        }
    },
    loadWorlds,
};

async function loadWorlds() {
    let names = ["main"];
    try {
        names = (await get("/worlds")).worlds.map((world) => world.name);
    } catch (error) {
        page.tell(error.message, true);
    }
    if (!names.includes(current.world)) names.push(current.world);
    show(worldChoice, names.slice(0, 1000).map((name) => el("option", { value: name }, name)));
    worldChoice.value = current.world;
}

async function navigate() {
    const next = place();
    const isSameWorld = next.world === current.world;
    const isSameView = next.view === current.view && isSameWorld;
    Object.assign(current, { view: next.view, world: next.world, item: next.item });
    show(document.getElementById("views"), views.map(([name, title]) => el("li", {},
        el("a", { href: link(name), "aria-current": name === next.view ? "page" : undefined }, title))));
    if (!isSameWorld) {
        journal.follow(next.world);
        loadWorlds();
    }
    if (isSameView && current.update) return current.update(next.item);
    current.close?.();
    page.tell("");
    const [, title, make] = views.find(([name]) => name === next.view);
    document.title = `${title} – openrouter-sim`;
    show(main);
    main.scrollTop = 0;
    const handles = make(main, page) ?? {};
    current.close = handles.close ?? null;
    current.update = handles.update ?? null;
    current.update?.(next.item);
}

worldChoice.addEventListener("change", () => { location.hash = link(current.view, [], worldChoice.value); });
worldChoice.addEventListener("focus", loadWorlds);
window.addEventListener("hashchange", navigate);
journal.addEventListener("disconnected", () => page.tell("The server does not answer; trying again", true));
journal.addEventListener("connected", () => { if (status.classList.contains("bad")) page.tell(""); });

try {
    const ready = await get("/ready");
    show(server, `${ready.mode} · ${ready.base_url}`);
} catch (error) {
    page.tell(error.message, true);
}
navigate();
