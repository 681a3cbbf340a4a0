// STACK|OK
function f() { try { f(); } finally { host.state.get('deep'); } } f()
