/** A page may wait for minutes (until a file was read, until it tells of an end); the tests do not wait with it. */
const LONG_MS = 5000;
const realTimeout = globalThis.setTimeout;
globalThis.setTimeout = Object.assign((run, ms, ...more) => {
  const timer = realTimeout(run, ms, ...more);
  if (ms >= LONG_MS) timer.unref();
  return timer;
}, realTimeout);
