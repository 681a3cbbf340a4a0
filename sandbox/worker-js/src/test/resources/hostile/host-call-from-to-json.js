// STACK|OK|THROWN
let d = 0; const o = { toJSON() { return ++d < 100000 ? [o] : host.state.get('deep'); } }; JSON.stringify(o); d
