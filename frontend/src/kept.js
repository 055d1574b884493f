/**
 * "What is kept about you", as a script of its own: few ask for it, and a phone that does not should not pay for it
 * (lib/late.js). It has its own copy of the messages, so it takes them like a block does.
 */
import { createKept } from "./kept/page.js";
import { setMessages } from "./lib/i18n.js";

window.psychsafetyKept = { createKept, setMessages };
