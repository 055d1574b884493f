/**
 * What only a leader needs, as a script of its own: learners do not download it. Blocks load it on demand
 * (lib/late.js). It has its own copy of the messages, so it takes them like a block does.
 */
import { createBeforeStart } from "./doorway/before_start.js";
import { createOffer } from "./doorway/offer.js";
import { createLeaderPlace } from "./leader/leader_place.js";
import { setMessages } from "./lib/i18n.js";

window.psychsafetyLeader = { createBeforeStart, createLeaderPlace, createOffer, setMessages };
