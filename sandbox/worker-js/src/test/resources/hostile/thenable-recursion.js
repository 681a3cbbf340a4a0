// CPU|STACK
const t = { then(yes) { yes(t); } }; t
