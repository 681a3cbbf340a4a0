// THROWN
const a = []; a.push(a); host.state.get(a)
