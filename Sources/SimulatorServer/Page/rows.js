// A list of any length: only the rows that can be seen are elements.

import { el } from "./dom.js";

const rowHeight = 52;
const spare = 6;

export class Rows {
    #items = [];
    #selected = null;
    /** Rows that are elements, by key, in order. */
    #drawn = new Map();
    #isPressed = false;
    /** Items that came while a button was pressed. */
    #waiting = null;
    #space;
    #make;
    #key;
    #onselect;
    #onopen;
    #class;

    /**
     * `make` returns the children of an item's row and `key` what tells it from others; `onselect` is called when
     * another item is chosen, `onopen` when it is to be looked at; rows that are plain begin with no status.
     */
    constructor({ label, make, key, onselect, onopen, isPlain = false }) {
        this.#class = isPlain ? "row plain" : "row";
        this.#make = make;
        this.#key = key;
        this.#onselect = onselect;
        this.#onopen = onopen;
        this.#space = el("div", { class: "space", role: "presentation" });
        this.element = el("div", {
            class: "rows", role: "listbox", tabindex: 0, "aria-label": label,
            onscroll: () => this.draw(),
            onkeydown: (event) => this.#keydown(event),
            onpointerdown: () => this.#press(),
            onclick: (event) => this.#click(event),
        }, this.#space);
        new ResizeObserver(() => this.draw()).observe(this.element);
    }

    /**
     * Shows other items; those that can be seen stay where they are.
     *
     * While a button is pressed the list stands still: a click is lost when what it began on has moved away under it.
     */
    setItems(items) {
        if (this.#isPressed) {
            this.#waiting = items;
            return;
        }
        const anchor = this.element.scrollTop > 0 ? this.#items[Math.floor(this.element.scrollTop / rowHeight)] : undefined;
        this.#items = items;
        this.#space.style.height = `${items.length * rowHeight}px`;
        if (anchor !== undefined) {
            const index = this.#index(this.#key(anchor));
            if (index >= 0) this.element.scrollTop = index * rowHeight + (this.element.scrollTop % rowHeight);
        }
        this.draw();
    }

    #press() {
        if (this.#isPressed) return;
        this.#isPressed = true;
        const release = () => {
            removeEventListener("pointerup", release);
            removeEventListener("pointercancel", release);
            // The click comes after it.
            setTimeout(() => {
                this.#isPressed = false;
                const waiting = this.#waiting;
                this.#waiting = null;
                if (waiting) this.setItems(waiting);
            });
        };
        addEventListener("pointerup", release);
        addEventListener("pointercancel", release);
    }

    get selected() {
        return this.#selected;
    }

    /** Chooses an item by its key, or none for null, without telling anybody. */
    mark(key) {
        this.#selected = key;
        this.draw();
    }

    draw() {
        const first = Math.max(0, Math.floor(this.element.scrollTop / rowHeight) - spare);
        const last = Math.min(this.#items.length, Math.ceil((this.element.scrollTop + this.element.clientHeight) / rowHeight) + spare);
        const drawn = new Map();
        let active = null;
        for (let index = first; index < last; index += 1) {
            const key = this.#key(this.#items[index]);
            const isSelected = key === this.#selected;
            const row = this.#row(key, this.#make(this.#items[index]));
            const attributes = { "aria-selected": isSelected, "aria-setsize": this.#items.length, "aria-posinset": index + 1, "data-index": index };
            for (const [name, value] of Object.entries(attributes)) row.setAttribute(name, String(value));
            row.style.transform = `translateY(${index * rowHeight}px)`;
            if (isSelected) active = row.id;
            drawn.set(key, row);
        }
        for (const [key, row] of this.#drawn) if (!drawn.has(key)) row.remove();
        let next = this.#space.firstChild;
        for (const row of drawn.values()) {
            if (row === next) next = next.nextSibling;
            else this.#space.insertBefore(row, next);
        }
        this.#drawn = drawn;
        if (active) this.element.setAttribute("aria-activedescendant", active);
        else this.element.removeAttribute("aria-activedescendant");
    }

    /** The element of a row; one that is there stays, and what it has as far as that is the same. */
    #row(key, children) {
        const row = this.#drawn.get(key) ?? el("div", { class: this.#class, role: "option", id: `row-${key}` });
        const fresh = el("div", {}, children);
        const isSame = row.childNodes.length === fresh.childNodes.length
            && [...row.childNodes].every((child, index) => child.isEqualNode(fresh.childNodes[index]));
        if (!isSame) row.replaceChildren(...fresh.childNodes);
        return row;
    }

    #index(key) {
        return this.#items.findIndex((item) => this.#key(item) === key);
    }

    #choose(index) {
        const item = this.#items[index];
        if (item === undefined) return;
        this.#selected = this.#key(item);
        const top = index * rowHeight;
        if (top < this.element.scrollTop) this.element.scrollTop = top;
        const bottom = top + rowHeight - this.element.clientHeight;
        if (bottom > this.element.scrollTop) this.element.scrollTop = bottom;
        this.draw();
        this.#onselect?.(item);
    }

    #keydown(event) {
        const page = Math.max(1, Math.floor(this.element.clientHeight / rowHeight) - 1);
        const last = this.#items.length - 1;
        const now = this.#selected === null ? -1 : this.#index(this.#selected);
        const target = {
            ArrowDown: Math.min(last, now + 1), ArrowUp: Math.max(0, now - 1), Home: 0, End: last,
            PageDown: Math.min(last, now + page), PageUp: Math.max(0, now - page),
        }[event.key];
        if (target !== undefined) {
            event.preventDefault();
            this.#choose(target);
        } else if (event.key === "Enter" && now >= 0) {
            event.preventDefault();
            this.#onopen?.(this.#items[now]);
        }
    }

    #click(event) {
        const row = event.target.closest("[data-index]");
        if (!row) return;
        const index = Number(row.getAttribute("data-index"));
        this.#choose(index);
        this.#onopen?.(this.#items[index]);
    }
}
