// Before anything is shown: where this phone has a lock that fell, the page stays hidden (lock.js asks for the PIN). Help now
// is for everyone. Not a module, so that nothing is painted before it ran.
(() => {
  const root = document.documentElement;
  try {
    const lock = JSON.parse(localStorage.getItem("lock"));
    const away = Date.now() - lock?.seen;
    const fell = lock?.person === root.dataset.person && (lock.locked || !(away >= 0 && away < lock.minutes * 60000));
    if (fell) root.dataset[root.dataset.helpNow === undefined ? "locked" : "lockedElsewhere"] = "";
  } catch {
    // nothing is kept in this browser: there is no lock
  }
})();
