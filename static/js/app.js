// Each module looks for its own data attribute; every page works without any of them.
import "./modules/focus.js";
import "./modules/print.js";
import "./modules/urgent.js";
import "./modules/live.js";
import "./modules/read-back.js";
import "./modules/keep.js";
import "./modules/install.js";
import "./modules/write.js";
import "./modules/waiting.js";
import "./modules/draw.js";
import "./modules/hand-over.js";
import "./modules/once.js";
import "./modules/clover.js";
import "./modules/find.js";
import "./modules/exercise.js";
import "./modules/own.js";
import "./modules/zone.js";
import "./modules/push.js";
import "./modules/lock.js";

// What only some pages need is fetched there.
if (document.querySelector("[data-passkey-new], [data-passkey-use]")) import("./modules/passkey.js");
if (document.querySelector("[data-lock-set]")) import("./modules/lock-set.js");
