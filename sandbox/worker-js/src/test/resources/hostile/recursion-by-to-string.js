// STACK
const o = { toString() { return '' + this; } }; o + ''
