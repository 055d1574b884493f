/**
 * The script of Studio's preview, of both blocks. It is loaded twice over: by the page, which shows the frames, and in
 * each frame, which plays one view. Learners do not load it.
 */
import { tellHeight } from "./doorway/resize.js";
import { unwrap } from "./lib/dom.js";
import { setMessages } from "./lib/i18n.js";
import { play } from "./preview/play.js";
import { createPreview } from "./preview/preview.js";

/** A plain function of three parameters: the runtimes call it in different ways, and the workbench counts them. */
window.PsychSafetyPreview = function PsychSafetyPreview(runtime, element, data) {
  setMessages(data.messages, data.language);
  const host = unwrap(element);
  const root = host.querySelector(".psy-pre") || host;
  createPreview(root, { data });
  tellHeight(root);
};

window.psychsafetyPreviewPlay = play;
