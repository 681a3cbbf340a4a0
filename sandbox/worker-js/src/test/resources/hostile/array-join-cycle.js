// OK|STACK|THROWN
const a = []; a.push(a, a); String(a)
