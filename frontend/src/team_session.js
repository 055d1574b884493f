/** The script of the team session block. */
import { setMessages } from "./lib/i18n.js";
import { mountBlock } from "./doorway/block.js";

/** A plain function of three parameters: the runtimes call it in different ways, and the workbench counts them. */
window.PsychSafetyTeamSession = function PsychSafetyTeamSession(runtime, element, data) {
  setMessages(data.messages, data.language);
  mountBlock(runtime, element, data);
};
