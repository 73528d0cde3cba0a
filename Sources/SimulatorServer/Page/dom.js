// Elements without markup: whatever text comes in stays text.

const svgNamespace = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === null || value === false) continue;
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else if (name === "value" || name === "checked" || name === "disabled") element[name] = value;
        else element.setAttribute(name, value === true ? "" : String(value));
    }
    append(element, children);
    return element;
}

function append(element, children) {
    for (const child of children.flat(Infinity)) {
        if (child === undefined || child === null || child === false) continue;
        element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
}

/** An element of HTML; attributes that begin with `on` are listeners. */
export function el(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
}

/** An element of SVG. */
export function svg(tag, attributes = {}, ...children) {
    return fill(document.createElementNS(svgNamespace, tag), attributes, children);
}

/** Puts children in the place of what an element has. */
export function show(element, ...children) {
    element.replaceChildren();
    append(element, children);
    return element;
}

/** A labelled form field. */
export function field(label, control, extra = "") {
    return el("label", { class: `field ${extra}` }, label, control);
}

/** A list to choose from; options are texts, or pairs of value and text. */
export function select(options, attributes = {}) {
    return el("select", attributes, options.map((option) => {
        const [value, text] = Array.isArray(option) ? option : [option, option];
        return el("option", { value }, text);
    }));
}

/** Names and values, those without a value left out; `extra` is `above` for names that are too long to stand beside them. */
export function facts(pairs, extra = "") {
    const known = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "");
    return el("dl", { class: `facts ${extra}` }, known.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

/**
 * A table; columns are `{title, value, number, short}`, and `pick` is called with the row that was clicked, or chosen by
 * Enter.
 */
export function table(caption, columns, rows, pick) {
    const kind = (column) => (column.number ? "number" : column.short ? "short" : undefined);
    const head = columns.map((column) => el("th", { scope: "col", class: kind(column) }, column.title));
    const body = rows.map((row) => {
        const cells = columns.map((column) => el("td", { class: kind(column) }, column.value(row)));
        if (!pick) return el("tr", {}, cells);
        const keydown = (event) => {
            if (event.key === "Enter" && event.target === event.currentTarget) pick(row);
        };
        return el("tr", { class: "pick", tabindex: 0, onclick: () => pick(row), onkeydown: keydown }, cells);
    });
    return el("div", { class: "table", tabindex: pick ? undefined : 0, role: "region", "aria-label": caption },
        el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, body)));
}
