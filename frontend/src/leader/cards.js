/**
 * The safety net: what a leader does and says when something does not go as planned. Nobody else is there to help, so
 * each card is short enough to be read while the room waits.
 */
import { gettext } from "../lib/i18n.js";

/**
 * @typedef {object} SafetyCard
 * @property {string} id
 * @property {string} title  what has happened
 * @property {string[]} steps  what to do, one sentence each
 * @property {string} say    words to say, or ''
 */

/** @returns {SafetyCard[]} in the order in which they are likely to be needed */
export function safetyCards() {
  return [
    {
      id: "silence",
      title: gettext("Nobody writes"),
      steps: [
        gettext("Silence is work. Count slowly to ten before you say anything."),
        gettext("Then give two more minutes, and write something small yourself where they can see you write."),
      ],
      say: gettext("“Take your time. It may be something small. And passing is just as good.”"),
    },
    {
      id: "cliches",
      title: gettext("All notes are harmless"),
      steps: [
        gettext("Take them as they are. A careful wall tells you how it feels here today."),
        gettext("Ask pairs to talk for three minutes, then move on. Do not push for more."),
      ],
      say: gettext("“Thank you for these. With the person beside you: what would make it easier to say a bit more here?”"),
    },
    {
      id: "attack",
      title: gettext("A note attacks someone"),
      steps: [
        gettext("Hide the note at once. All see that one was hidden, nobody sees why."),
        gettext("Do not look for who wrote it. Talk about the need behind it, never about the person."),
        gettext("Afterwards, speak in private with whoever was meant."),
      ],
      say: gettext("“Here we write about situations, not about each other. What might somebody need who writes such a thing?”"),
    },
    {
      id: "guess",
      title: gettext("Somebody guesses who wrote it"),
      steps: [
        gettext("Interrupt kindly and straight away, also when it is a joke."),
        gettext("Never ask who wrote something, and do not let anybody be asked."),
      ],
      say: gettext("“Stop, please. We do not guess. Each of us could have written any of these.”"),
    },
    {
      id: "tears",
      title: gettext("Tears"),
      steps: [
        gettext("The agenda can wait. Nobody has to explain or to finish."),
        gettext("Offer a break, and let the person choose: stay, go out alone, or with somebody."),
        gettext("Talk to them the same day, in private. If it weighs more, say who can help: HR, the works council, a doctor."),
      ],
      say: gettext("“Thank you for being here with this. Shall we take five minutes?”"),
    },
    {
      id: "leader",
      title: gettext("A note is about you"),
      steps: [
        gettext("Breathe out first. Say thank you. Do not defend yourself and do not explain it away."),
        gettext("Ask for one thing that you could do, and write it down."),
      ],
      say: gettext("“Thank you. I want to hear this. What is one thing I could do differently from Monday on?”"),
    },
    {
      id: "few",
      title: gettext("Only three came"),
      steps: [
        gettext("Notes without names need enough people. The next step says beforehand what it becomes."),
        gettext("Talk instead, or write on paper cards, shuffle them, and read each other’s aloud."),
      ],
      say: gettext("“We are few today, so we talk. You say only what you would say to all of us.”"),
    },
    {
      id: "leave",
      title: gettext("Somebody wants to leave"),
      steps: [
        gettext("Let them go, at any time and without a reason. Nobody asks for one afterwards either."),
        gettext("Their phone has “Leave this seat”, so that you do not wait for an answer that never comes."),
      ],
      say: gettext("“That is fine. Good that you say so.”"),
    },
    {
      id: "late",
      title: gettext("Somebody joins late"),
      steps: [
        gettext("The code still works: it stands under “Room” here, and under “More” on the laptop."),
        gettext("Two sentences are enough: what we do, and that passing is fine."),
      ],
      say: gettext("“Good that you are here. We write without names. Come in when you like; passing is just as good.”"),
    },
    {
      id: "technology",
      title: gettext("The technology fails"),
      steps: [
        gettext("Nothing is lost. Reload the page; opening the unit on any device takes the lead back."),
        gettext("If one phone fails, go on. If all do, put the question on a flip chart and use paper cards: collect, shuffle, read aloud."),
      ],
      say: gettext("“The machine takes a break. We go on with paper.”"),
    },
  ];
}
