/** Where in the session the author looks: a step, and a moment of it. Plain fields, so that a keyboard is enough. */
import { h, setAttr, uid } from "../lib/dom.js";
import { gettext } from "../lib/i18n.js";
import { momentText, placeText } from "./walk.js";

/**
 * @param {{data: any, stops: import("./walk.js").Stop[], onPlace: (place: string) => void,
 *   onMoment: (moment: string) => void, onStep: (by: 1 | -1) => void}} options
 * @returns {{element: HTMLElement, update: (at: number) => void}}
 */
export function createControls({ data, stops, onPlace, onMoment, onStep }) {
  const course = data.audience === "course";
  const places = stops.filter((stop, at) => stops.findIndex((other) => other.place === stop.place) === at);
  const select = h("select", { class: "psy-pre__select", on: { change: () => onPlace(select.value) } },
    places.map((stop) => h("option", { text: placeText(stop, data), attrs: { value: stop.place } })));
  const name = uid("moment");
  const moments = h("fieldset", { class: "psy-pre__moments" });
  const back = button("back", gettext("Back"), -1);
  const on = button("on", gettext("Go on"), 1);
  const element = h("div", { class: "psy-pre__controls", attrs: { role: "group", "aria-label": gettext("What the preview shows") } },
    places.length > 1 && h("label", { class: "psy-pre__field" }, h("span", { class: "psy-pre__label", text: gettext("Step") }), select),
    places.length > 1 && h("div", { class: "psy-pre__walk" }, back, on),
    moments);
  let drawn = "";

  function button(action, text, by) {
    return h("button", {
      class: by < 0 ? "psy-button psy-button--alt" : "psy-button", text, dataset: { action },
      on: { click: (event) => event.currentTarget.getAttribute("aria-disabled") !== "true" && onStep(/** @type {1 | -1} */ (by)) },
    });
  }

  function drawMoments(here) {
    drawn = here.place;
    const own = stops.filter((stop) => stop.place === here.place);
    moments.hidden = own.length < 2;
    moments.replaceChildren(h("legend", { class: "psy-pre__label", text: gettext("Moment") }),
      h("div", { class: "psy-pre__choices" }, own.map(({ moment }) => h("label", { class: "psy-pre__choice" },
        h("input", { attrs: { type: "radio", name, value: moment, autocomplete: "off" }, on: { change: () => onMoment(moment) } }),
        h("span", { text: momentText(moment, course) })))));
  }

  return {
    element,
    update(at) {
      const here = stops[at];
      select.value = here.place;
      if (drawn !== here.place) drawMoments(here);
      for (const input of moments.querySelectorAll("input")) input.checked = input.value === here.moment;
      setAttr(back, "aria-disabled", at === 0 && "true");
      setAttr(on, "aria-disabled", at === stops.length - 1 && "true");
    },
  };
}
