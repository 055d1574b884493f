/** The script of Studio's form, for both blocks. Plain functions of three parameters: see team_session.js. */
import { setMessages } from "./lib/i18n.js";
import { mountEditor } from "./studio/editor.js";

window.PsychSafetyTeamSessionStudio = function PsychSafetyTeamSessionStudio(runtime, element, data) {
  setMessages(data.messages, data.language);
  mountEditor(runtime, element, data);
};

window.PsychSafetyWallStudio = function PsychSafetyWallStudio(runtime, element, data) {
  setMessages(data.messages, data.language);
  mountEditor(runtime, element, data);
};
