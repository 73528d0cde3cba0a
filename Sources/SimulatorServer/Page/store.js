// The journal of a world as the page knows it: what was there, and what comes.

/** Entries kept; of more the oldest go. */
export const entryLimit = 10_000;

/** Entries in the order of their ids; tells its listeners at most once per picture. */
export class JournalStore extends EventTarget {
    entries = [];
    #places = new Map();
    #source = null;
    #isTelling = false;
    #isStale = false;

    /** Follows a world's journal from now on; what was known before is forgotten. */
    follow(world) {
        this.close();
        this.clear();
        const source = new EventSource(`/_sim/journal?${new URLSearchParams({ world, follow: "1", brief: "1" })}`);
        const take = (event) => this.put(JSON.parse(event.data));
        source.addEventListener("received", take);
        source.addEventListener("played", take);
        source.addEventListener("error", () => {
            this.#isStale = true;
            this.dispatchEvent(new Event("disconnected"));
        });
        source.addEventListener("open", () => {
            // The server tells all of it again, and may be another one by now.
            if (this.#isStale) this.clear();
            this.#isStale = false;
            this.dispatchEvent(new Event("connected"));
        });
        this.#source = source;
    }

    close() {
        this.#source?.close();
        this.#source = null;
        this.#isStale = false;
    }

    clear() {
        this.entries = [];
        this.#places.clear();
        this.#tell();
    }

    get(id) {
        return this.#places.get(id);
    }

    put(entry) {
        const known = this.#places.get(entry.id);
        if (known) {
            Object.assign(known, entry);
        } else {
            this.#places.set(entry.id, entry);
            this.entries.push(entry);
            // In one go, so that dropping costs little for each entry that comes.
            if (this.entries.length > entryLimit + 500) {
                for (const old of this.entries.splice(0, this.entries.length - entryLimit)) this.#places.delete(old.id);
            }
        }
        this.#tell();
    }

    #tell() {
        if (this.#isTelling) return;
        this.#isTelling = true;
        requestAnimationFrame(() => {
            this.#isTelling = false;
            this.dispatchEvent(new Event("change"));
        });
    }
}

export const journal = new JournalStore();
