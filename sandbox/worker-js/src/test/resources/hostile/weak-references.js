// CPU|MEMORY
const r = new FinalizationRegistry(() => { for (;;) { } }); for (;;) { r.register({ a: new Array(1000) }, 1); }
