/** One block on a page: what this browser holds decides what stands here. Both kinds of block start through this. */
import { postHandler } from "../lib/api.js";
import { h, unwrap } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { keepFocus } from "../lib/keep_focus.js";
import { createLate } from "../lib/late.js";
import { giveSeatBack } from "../lib/leave.js";
import { createStore } from "../lib/storage.js";
import { createKeptDoor } from "../seat/kept_door.js";
import { createSeatView } from "../seat/seat_view.js";
import { createCompletion, wipeSession } from "./completion.js";
import { connect, heldFrom } from "./connection.js";
import { mountCourseWall } from "./course.js";
import { decide } from "./decide.js";
import { createDoorway } from "./doorway.js";
import { joinPage } from "./page.js";
import { createElsewhere } from "./places.js";
import { tellHeight } from "./resize.js";
import { takeoverLine } from "./takeover.js";

/**
 * @param {any} runtime the XBlock runtime: only `handlerUrl` is used
 * @param {any} element the block's element, or jQuery around it
 * @param {any} data what the view was given (docs/api.md, section 7)
 */
export function mountBlock(runtime, element, data) {
  const host = unwrap(element);
  const root = host.querySelector(".psy-block") || host;
  const top = h("div", { class: "psy-block__top" });
  const place = h("div", { class: "psy-block__place" });
  root.replaceChildren(top, place);
  keepFocus(root);
  tellHeight(root);

  const call = (name, body) => postHandler(runtime, element, name, body);
  if (data.kind === "wall" && data.audience === "course") return void mountCourseWall(place, { data, call });

  const store = createStore({ key: data.storage_key, persistent: true });
  const completion = createCompletion({ wanted: Boolean(data.complete_after_session), store, call });
  /** A rehearsal belongs to this tab and this block; it leaves what is held for a team's session alone. */
  const practice = createStore({ key: `${data.storage_key}.${data.block}` });
  /** What this person likes, and nothing of any session: it outlives them all. */
  const preferences = createStore({ key: `${data.storage_key}.likes`, persistent: true });
  const page = joinPage({ block: data.block, kind: data.kind, element: root, onChange: refresh });
  /** @type {{who: "rehearsal" | "leader" | "seat", held: any, link: any} | null} */
  let session = null;
  let state = null;
  let offset = 0;
  let current = { name: "", view: null };
  /** @type {import("./doorway.js").Notice | null} */
  let notice = null;
  let asked = false;
  /** A seat whose session has ended keeps its farewell until something new is held. */
  let over = false;

  /** Reads what the browser holds and shows what follows from it. */
  function refresh() {
    completion.resume();
    const { who, held } = whatIsHeld();
    if (over && !held) return;
    over = false;
    if (!session || !held || session.held.token !== held.token) {
      if (session) session.link.stop();
      session = null;
      state = null;
      if (held) session = follow(who, held);
    }
    show();
  }

  function whatIsHeld() {
    if (practice.get("lead")) return { who: "rehearsal", held: practice.get("lead") };
    return store.get("lead") ? { who: "leader", held: store.get("lead") } : { who: "seat", held: store.get("seat") };
  }

  function follow(who, held) {
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
          if (current.name === "leader" && current.view.ready()) return current.view.update(next, offset);
          state = next;
          return show();
        },
        onOffline: (off) => current.view && current.view.offline && current.view.offline(off),
        onRefused: () => refused(who),
        onEnded: () => ended(who, held),
      }),
    };
  }

  function refused(who) {
    if (who === "rehearsal") rehearsalOver();
    else if (who === "leader") drop(["lead"], farewell() || gettext("This browser does not lead the session any more."));
    else drop(["seat"], gettext("Your seat is not valid any more. Join again with the code."));
  }

  /** @returns {string} what the leader's view says to a lead that was given away on purpose */
  const farewell = () => (current.name === "leader" ? current.view.farewell() : "");

  /** @param {string} [summary] where the leader finds what is left of the session */
  function ended(who, held, summary) {
    if (who === "rehearsal") return rehearsalOver();
    const seat = store.get("seat");
    if (seat && seat.session_id === held.session_id) completion.ended(seat.token);
    wipeSession(store);
    const view = current.view;
    if (who === "seat" && current.name === "seat" && view.sessionEnded) {
      over = true;
      return view.sessionEnded();
    }
    return drop([], gettext("The session has ended. All notes are down."),
      summary ? { href: summary, label: gettext("Your summary") } : null);
  }

  function rehearsalOver() {
    practice.wipe();
    asked = false;
    drop([], gettext("The rehearsal is over. Nothing of it was kept."));
    lookForOpenLead();
  }

  function drop(names, why, link = null) {
    for (const name of names) store.remove(name);
    notice = why ? { text: why, link } : null;
    refresh();
    notice = null;
    page.tellOthers();
  }

  function hold(name, reply) {
    store.set(name, heldFrom(reply));
    refresh();
    page.tellOthers();
  }

  function where() {
    if (session && session.who === "rehearsal") return state ? "leader" : "loading";
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
      loadPast: () => call("past_sessions", {}),
      loadFigures: () => call("insights", {}),
    }),
    elsewhere: () => createElsewhere(place, { data }),
    offer: () => late(({ createOffer }) => createOffer(place, { data, onAttach: attach, onStart: startHere })),
    seat: () => createSeatView(place, {
      api: session.link.api, store, onChanged: session.link.nudge, onLeave: leaveSeat,
      kept: createKeptDoor({ api: session.link.api, urls: data.urls }),
    }),
    leader: leaderPlace,
  };

  /** What only a leader sees is a script of its own, which comes when it is needed. */
  const late = (make) => createLate(place, { part: leaderPart(data.urls), language: data.language, make });

  function leaveSeat() {
    giveSeatBack(session.link.api);
    drop(["seat"], "");
  }

  /** Asks once more: a session may be open since this page came, or another block of the page may have said so. */
  async function convene() {
    const lead = await call("current_session", {}).catch(() => null);
    if (current.name !== "doorway") return;
    if (lead && lead.session_id) current.view.showOpenLead();
    else beforeStart(false);
  }

  function beforeStart(fresh) {
    if (current.view) current.view.destroy();
    const view = late(({ createBeforeStart }) => createBeforeStart(place, {
      data,
      store: preferences,
      fresh,
      onOpen: async (chosen) => hold("lead", await call("open_session", { ...chosen, ...(fresh ? { fresh: true } : {}) })),
      onRehearse: rehearse,
      onCancel: () => {
        current = { name: "", view: null };
        view.destroy();
        asked = false;
        show();
        lookForOpenLead();
      },
    }));
    current = { name: "before", view };
  }

  async function rehearse(chosen) {
    const reply = await call("open_session", { ...chosen, rehearse: true });
    practice.set("lead", { ...heldFrom(reply), pretend: reply.pretend });
    refresh();
  }

  async function takeLead() {
    const lead = await call("current_session", {});
    if (lead.session_id) return hold("lead", lead);
    return drop([], gettext("The session has ended. All notes are down."));
  }

  /** A leader who comes with another browser, or again after a day: never continued without asking. */
  async function lookForOpenLead() {
    if (asked || !data.may_lead || !page.isHost() || store.get("lead") || practice.get("lead")) return;
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
    const { link, held, who } = session;
    return late(({ createLeaderPlace }) => createLeaderPlace(place, {
      link,
      held,
      store,
      data,
      call,
      joinCode: () => state.join_code,
      onGone: (reply) => (reply.status === 401 ? refused(who) : ended(who, held, reply.summary_url)),
      onNewState: (next) => {
        state = next;
        if (where() !== "leader") show();
      },
    }));
  }

  refresh();
  page.tellOthers();
  // The other blocks of the page start in the same moment; only then is it known which of them asks.
  setTimeout(lookForOpenLead);
}

const leaderPart = ({ leader_script: script, leader_style: style, leader_messages: texts }) => ({
  name: "psychsafetyLeader", script, style, texts,
});
