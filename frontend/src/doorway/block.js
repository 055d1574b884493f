/** One block on a page: what this browser holds decides what stands here. Both kinds of block start through this. */
import { postHandler } from "../lib/api.js";
import { h, unwrap } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { createStore } from "../lib/storage.js";
import { createLeaderPlace } from "../leader/leader_place.js";
import { createSeatView } from "../seat/seat_view.js";
import { createBeforeStart } from "./before_start.js";
import { connect, heldFrom } from "./connection.js";
import { mountCourseWall } from "./course.js";
import { decide } from "./decide.js";
import { createDoorway } from "./doorway.js";
import { joinPage } from "./page.js";
import { createElsewhere, createOffer, createPreview } from "./places.js";
import { tellHeight } from "./resize.js";
import { takeoverLine } from "./takeover.js";

/**
 * @param {any} runtime the XBlock runtime: only `handlerUrl` is used
 * @param {any} element the block's element, or jQuery around it
 * @param {any} data what the view was given (docs/api.md, section 5)
 */
export function mountBlock(runtime, element, data) {
  const host = unwrap(element);
  const root = host.querySelector(".psy-block") || host;
  const top = h("div", { class: "psy-block__top" });
  const place = h("div", { class: "psy-block__place" });
  root.replaceChildren(top, place);
  tellHeight(root);
  if (data.preview) return void createPreview(place, { data });

  const call = (name, body) => postHandler(runtime, element, name, body, { language: data.language });
  if (data.kind === "wall" && data.audience === "course") return void mountCourseWall(place, { data, call });

  const store = createStore({ key: data.storage_key, persistent: true });
  const page = joinPage({ block: data.block, kind: data.kind, element: root, onChange: refresh });
  /** @type {{who: "leader" | "seat", held: any, link: any} | null} */
  let session = null;
  let state = null;
  let offset = 0;
  let current = { name: "", view: null };
  let notice = "";
  let asked = false;
  /** A seat whose session has ended keeps its farewell until something new is held. */
  let over = false;

  /** Reads what the browser holds and shows what follows from it. */
  function refresh() {
    const lead = store.get("lead");
    const held = lead || store.get("seat");
    if (over && !held) return;
    over = false;
    if (!session || !held || session.held.token !== held.token) {
      if (session) session.link.stop();
      session = null;
      state = null;
      if (held) session = follow(lead ? "leader" : "seat", held);
    }
    show();
  }

  function follow(who, held) {
    const name = who === "leader" ? "lead" : "seat";
    return {
      who,
      held,
      link: connect({
        held,
        data,
        element: root,
        onState: (next, offsetMs) => {
          offset = offsetMs;
          // The leader's view has the last word about which state is newer: it knows its own commands.
          if (current.name === "leader") return current.view.update(next, offset);
          state = next;
          return show();
        },
        onOffline: (off) => current.view && current.view.offline && current.view.offline(off),
        onRefused: () => drop([name], name === "lead"
          ? gettext("This browser does not lead the session any more.")
          : gettext("Your seat is not valid any more. Join again with the code.")),
        onEnded: () => ended(who, held),
      }),
    };
  }

  function ended(who, held) {
    if (who === "seat" && data.complete_after_session !== false) call("complete", { token: held.token }).catch(() => {});
    const view = current.view;
    if (current.name === "seat" && view.sessionEnded) {
      over = true;
      store.wipe();
      view.sessionEnded();
      return;
    }
    store.wipe();
    drop([], gettext("The session has ended. All notes are down."));
  }

  function drop(names, why) {
    for (const name of names) store.remove(name);
    notice = why;
    refresh();
    notice = "";
    page.tellOthers();
  }

  function hold(name, reply) {
    store.set(name, heldFrom(reply));
    refresh();
    page.tellOthers();
  }

  function where() {
    return decide({
      data, held: session && session.who, state, onPage: page.has, isHost: page.isHost(),
    });
  }

  function show() {
    const name = where();
    // Whoever reads what happens before the start is not thrown out by another block of the page.
    if (current.name === "before" && name === "doorway") return;
    if (name !== current.name || current.token !== (session && session.held.token)) {
      if (current.view) current.view.destroy();
      current = { name, token: session && session.held.token, view: null };
      current.view = PLACES[name]();
    }
    if (state && current.view.update) current.view.update(state, offset);
    top.hidden = name !== "seat";
  }

  const PLACES = {
    loading: () => {
      place.replaceChildren(h("p", { class: "psy-block__wait", text: gettext("One moment…") }));
      return { destroy: () => place.replaceChildren() };
    },
    doorway: () => createDoorway(place, {
      data,
      notice,
      onJoin: async (code) => hold("seat", await call("take_seat", { join_code: code })),
      onConvene: ({ fresh = false } = {}) => (fresh ? beforeStart(true) : convene()),
      onContinue: takeLead,
    }),
    elsewhere: () => createElsewhere(place, { data }),
    offer: () => createOffer(place, { data, onAttach: attach, onStart: startHere }),
    seat: () => createSeatView(place, {
      api: session.link.api, store, data, onChanged: session.link.nudge, onLeave: () => drop(["seat"], ""),
    }),
    leader: leaderPlace,
  };

  /** Asks once more: a session may be open since this page came, or another block of the page may have said so. */
  async function convene() {
    const lead = await call("current_session", {}).catch(() => null);
    if (current.name !== "doorway") return;
    if (lead && lead.session_id) current.view.showOpenLead();
    else beforeStart(false);
  }

  function beforeStart(fresh) {
    if (current.view) current.view.destroy();
    const view = createBeforeStart(place, {
      data,
      fresh,
      onOpen: async () => hold("lead", await call("open_session", fresh ? { fresh: true } : {})),
      onCancel: () => {
        current = { name: "", view: null };
        view.destroy();
        asked = false;
        show();
        lookForOpenLead();
      },
    });
    current = { name: "before", view };
  }

  async function takeLead() {
    const lead = await call("current_session", {});
    if (lead.session_id) return hold("lead", lead);
    return drop([], gettext("The session has ended. All notes are down."));
  }

  /** A leader who comes with another browser, or again after a day: never continued without asking. */
  async function lookForOpenLead() {
    if (asked || !data.may_lead || !page.isHost() || store.get("lead")) return;
    asked = true;
    const lead = await call("current_session", {}).catch(() => null);
    if (!lead || !lead.session_id || !root.isConnected) return;
    if (current.name === "doorway") current.view.showOpenLead();
    else if (session && session.who === "seat") top.replaceChildren(takeoverLine({ onTake: takeLead }));
  }

  async function attach() {
    const reply = await call("open_session", {});
    session.link.nudge();
    return reply.attached || [];
  }

  async function startHere() {
    const attached = await attach();
    const ours = attached[0];
    const { state: now } = await session.link.api.getState(null);
    const reply = await session.link.api.post("commands", {
      command: "start_round", step: now.step, ...(ours ? { activity: ours } : {}),
    });
    state = reply.body;
    show();
  }

  function leaderPlace() {
    const { link, held } = session;
    return createLeaderPlace(place, {
      link,
      held,
      store,
      data,
      call,
      joinCode: () => state.join_code,
      onGone: (error) => (error.status === 401
        ? drop(["lead"], gettext("This browser does not lead the session any more."))
        : ended("leader", held)),
      onNewState: (next) => {
        state = next;
        if (where() !== "leader") show();
      },
    });
  }

  refresh();
  page.tellOthers();
  // The other blocks of the page start in the same moment; only then is it known which of them asks.
  setTimeout(lookForOpenLead);
}
