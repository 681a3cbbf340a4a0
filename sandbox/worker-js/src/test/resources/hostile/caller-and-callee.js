// THROWN|OK null
function f() { return f.caller; } const c = [1].map(f)[0]; c && c.caller ? c.caller.arguments : null
