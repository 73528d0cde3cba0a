// Accounts of a world, what they have spent, and their keys.

import { get } from "./api.js";
import { el, facts, show, table } from "./dom.js";
import { dollars, moment, plural } from "./format.js";

const shownAtOnce = 100;

export function ledgerView(main, page) {
    const list = el("div", { class: "stack" });

    function account(item) {
        return el("article", { class: "card" },
            el("h2", { class: "mono" }, item.id),
            facts([
                ["Credits", dollars(item.credits)], ["Spent", dollars(item.spent)], ["Remaining", dollars(item.remaining)],
                ["Today", dollars(item.spent_today)], ["This month", dollars(item.spent_this_month)],
            ]),
            table("Keys", [
                { title: "Key", value: (key) => el("code", {}, key.label), short: true },
                { title: "Name", value: (key) => key.name },
                { title: "Kind", value: (key) => key.kind, short: true },
                { title: "Spent", value: (key) => dollars(key.spent), number: true },
                { title: "Limit", value: (key) => (key.limit === null ? "none" : `${dollars(key.limit)}${key.limit_reset ? ` ${key.limit_reset}` : ""}`), number: true },
                { title: "Left", value: (key) => dollars(key.limit_remaining), number: true },
                { title: "State", value: (key) => (key.disabled ? "disabled" : key.expires_at ? `expires ${moment(key.expires_at)}` : "active") },
                { title: "Last used", value: (key) => moment(key.last_used_at) || "never", short: true },
            ], item.keys.slice(0, shownAtOnce)));
    }

    const load = () => page.attempt(async () => {
        const { accounts } = await get("/accounts", { world: page.world });
        show(list, accounts.length ? el("p", {}, plural(accounts.length, "account")) : el("p", { class: "empty" }, "No account has been used in this world yet: the first request with a key opens one."),
            accounts.slice(0, shownAtOnce).map(account));
    });

    show(main, el("div", { class: "bar" }, el("button", { type: "button", onclick: load }, "Read again")), list);
    load();
}
