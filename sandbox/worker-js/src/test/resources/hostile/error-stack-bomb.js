// THROWN
const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { for (;;) { } } }); Object.defineProperty(e, 'constructor', { get() { for (;;) { } } }); throw e;
