import { Record } from "./answers";
import { saveButton } from "./save";
import { verifyButton } from "./verify";

/** Puts *Save* and *Verify* at the end of a notebook's toolbar, once live.js has made it. */
function start(): void {
  const api = window.hrdLive;
  if (api === undefined) return;
  const record = new Record(api);
  const status = api.toolbar.querySelector(".live-status");
  const buttons = [saveButton(api, record), verifyButton(api)];
  if (status === null) api.toolbar.append(...buttons);
  else status.before(...buttons);
}

start();
